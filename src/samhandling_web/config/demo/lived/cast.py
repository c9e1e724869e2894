"""Those who work in the town beside the demo's logins, and who answers for which district."""

from datetime import date
from typing import TypeAlias

import numpy as np
from django.utils import timezone

from samhandling.synthetic import Town, TownPlan
from samhandling_web.base.accounts import services as accounts
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.accounts.rules import OrganisationKind, Role
from samhandling_web.base.areas import selectors
from samhandling_web.base.areas import services as areas
from samhandling_web.base.areas.models import Area, AreaVersion
from samhandling_web.config import installation
from samhandling_web.config.demo import people
from samhandling_web.config.demo.lived.clock import Diary
from samhandling_web.config.demo.lived.scene import District, Scene, Spot, spots_by_area
from samhandling_web.observe.observations.models import Category

Worker: TypeAlias = tuple[str, str, str, Role, str]
MORE_ORGANISATIONS: tuple[tuple[str, str, OrganisationKind], ...] = (
    ("park", "Park och gata", OrganisationKind.COMMITTEE),
    ("kultur", "Kulturnämnden", OrganisationKind.COMMITTEE),
    ("social", "Socialnämnden", OrganisationKind.COMMITTEE),
    ("kvarnfastigheter", "Kvarnfastigheter", OrganisationKind.PROPERTY_OWNER),
)
MORE_PEOPLE: tuple[Worker, ...] = (
    ("strateg2", "Sune", "Stjernfelt", Role.CITY_STRATEGIST, "kommunen"),
    ("samordnare2", "Tage", "Timmerdal", Role.DISTRICT_COORDINATOR, "district-b"),
    ("samordnare3", "Tilda", "Tornvall", Role.DISTRICT_COORDINATOR, "district-c"),
    ("faltgrupp", "Frej", "Fjällhult", Role.SOCIAL_SERVICES, "social"),
    ("skola1", "Sol", "Skogvik", Role.SCHOOL, "utbildning"),
    ("skola2", "Sixten", "Sjövall", Role.SCHOOL, "utbildning"),
    ("skola3", "Stina", "Stenmyr", Role.SCHOOL, "utbildning"),
    ("hem2", "Hilma", "Husgård", Role.REPORTER, "bostadsbolaget"),
    ("hem3", "Hjalmar", "Hedmyr", Role.REPORTER, "bostadsbolaget"),
    ("park1", "Pålle", "Parkdal", Role.REPORTER, "park"),
    ("park2", "Py", "Plantdal", Role.REPORTER, "park"),
    ("park3", "Pim", "Pilmyr", Role.REPORTER, "park"),
    ("bibliotek1", "Bo", "Bladmyr", Role.REPORTER, "kultur"),
    ("bibliotek2", "Bodil", "Bokdal", Role.REPORTER, "kultur"),
    ("bibliotek3", "Birk", "Bandmyr", Role.REPORTER, "kultur"),
)
# They have work to show and sign in as the demo's other logins do.
SIGN_IN = frozenset({"strateg2", "samordnare2", "samordnare3"})
REPORTERS = {
    "a": ("rapportor", "skola1", "park1", "bibliotek1", "ordningsvakt"),
    "b": ("hem2", "skola2", "park2", "bibliotek2"),
    "c": ("hem3", "skola3", "park3", "bibliotek3"),
}
COORDINATORS = {"a": "samordnare", "b": "samordnare2", "c": "samordnare3"}
COMMITTEES = {"a": "district", "b": "district-b", "c": "district-c"}
MOST_SPOTS = 6
TROUBLED = {
    "a": ("square", "tunnel", "park"),
    "b": ("station", "school", "tunnel"),
    "c": ("square", "park"),
}
"""Themes whose spots are worked with as problems, where the district has such a spot."""
TROUBLED_AS_OFTEN = 3.2


def scene_of(town: Town, diary: Diary, rng: np.random.Generator, *, is_small: bool) -> Scene:
    """Let everybody be there who works in the half year, and each district have its committee."""
    today = timezone.localdate()
    chosen = _districts(town, today, most=4 if is_small else MOST_SPOTS)
    named = {key: _name_of(area, today) for key, (area, _spots) in chosen.items()}
    _organisations(named)
    _people(town.plan)
    organisations = {one.slug: one for one in Organisation.objects.all()}
    staff = {user.email.split("@")[0]: user for user in User.objects.all()}
    for key, (area, _spots) in chosen.items():
        committee = organisations[COMMITTEES[key]]
        areas.area_set(
            area_id=area.pk, responsible=committee, visibility=area.visibility, actor=None
        )
    districts = tuple(
        District(
            key=key,
            area=area,
            name=named[key],
            committee=organisations[COMMITTEES[key]],
            coordinator=staff[COORDINATORS[key]],
            reporters=[staff[name] for name in REPORTERS[key]],
            spots=spots,
            works_well=key != "c",
        )
        for key, (area, spots) in chosen.items()
    )
    categories = {one.slug: one for one in Category.objects.all()}
    return Scene(town, diary, rng, staff, organisations, categories, districts, is_small)


def _districts(town: Town, day: date, most: int) -> dict[str, tuple[Area, list[Spot]]]:
    """Return the district that the demo's coordinator has, and two more with much ground."""
    spots = spots_by_area(town, day, most)
    own = Area.objects.filter(responsible__slug=COMMITTEES["a"], pk__in=spots).first()
    first = own.pk if own else max(spots, key=lambda area: len(spots[area]))
    others = sorted((area for area in spots if area != first), key=lambda area: -len(spots[area]))
    chosen = Area.objects.in_bulk([first, *others[:2]])
    found = {
        key: (chosen[number], spots[number])
        for key, number in zip("abc", [first, *others[:2]], strict=True)
    }
    for key, (_area, there) in found.items():
        for spot in _troubled(there, TROUBLED[key]):
            spot.busy = TROUBLED_AS_OFTEN
    return found


def _troubled(spots: list[Spot], themes: tuple[str, ...]) -> list[Spot]:
    """Return one spot of each theme, and others in place of themes that are not there."""
    by_theme = {spot.theme: spot for spot in reversed(spots)}
    fitting = [by_theme[theme] for theme in themes if theme in by_theme]
    others = [spot for spot in spots if spot not in fitting]
    return [*fitting, *others][: len(themes)]


def _name_of(area: Area, day: date) -> str:
    versions = AreaVersion.objects.filter(area=area, valid_from__lte=day)
    return versions.order_by("-valid_from")[0].name


def _organisations(named: dict[str, str]) -> None:
    level = selectors.district_level()
    label = level.name if level else ""
    committee = OrganisationKind.DISTRICT_COMMITTEE
    wanted = [*MORE_ORGANISATIONS]
    wanted += [(COMMITTEES[key], f"{label} {named[key]}", committee) for key in ("b", "c")]
    for slug, name, kind in wanted:
        accounts.organisation_set(slug=slug, name=name, kind=kind, parent=None, actor=None)


def _people(plan: TownPlan) -> None:
    organisations = {one.slug: one for one in Organisation.objects.all()}
    for user_name, first, last, role, where in MORE_PEOPLE:
        installation.person_with_role(
            email=f"{user_name}@{people.domain_of(plan)}",
            password=people.PASSWORD if user_name in SIGN_IN else None,
            role=role,
            organisation=organisations[where],
            name=(first, last),
        )
