"""Bringing the invented town in: areas, residents, events, surveys, people and pictures."""

import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from shapely.geometry import shape

from samhandling.synthetic import GRANKOPING, VINTERSELE, Town, TownPlan, make_town
from samhandling.synthetic.doors import event_mapping, population_mapping, survey_mapping
from samhandling.synthetic.files import TownFiles, write_town
from samhandling_web.base.accounts.models import Membership
from samhandling_web.base.areas import services as areas
from samhandling_web.base.areas.models import Municipality
from samhandling_web.config import installation
from samhandling_web.config.demo import people, pictures
from samhandling_web.config.demo.lived import story
from samhandling_web.config.demo.lived.clock import living_at
from samhandling_web.observe.events.snapshot import rebuild
from samhandling_web.observe.imports import services as imports
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.observations import services as observations

LAST_YEAR = 2025
SEED = 1
GROUND = {"water": ("water",), "streets": ("main_street", "railway", "bridge")}
Tell = Callable[[str], None]


def plan_of(*, small: bool) -> TownPlan:
    return replace(VINTERSELE if small else GRANKOPING, last_year=LAST_YEAR)


def is_there(*, small: bool) -> bool:
    """Whether the database holds this town, or nothing yet."""
    row = Municipality.objects.first()
    return row is None or row.code == plan_of(small=small).municipality_code


def make(*, events: int, small: bool, tell: Tell, lived: bool = True) -> list[dict[str, Any]]:
    """Bring the town in where it is not there yet, and return the demo's logins.

    With `lived` the town begins half a year ago and everybody has worked in it since.
    """
    now = timezone.now()
    if not lived:
        return _make(events=events, small=small, tell=tell)
    is_new = not Municipality.objects.exists()
    with living_at(story.first_moment(now)) if is_new else nullcontext():
        logins = _make(events=events, small=small, tell=tell)
    _live(now, small=small, tell=tell)
    return logins


def _live(now: datetime, *, small: bool, tell: Tell) -> None:
    """Let the half year be lived, unless it is, or nobody was there when it would begin."""
    if story.is_lived():
        return
    first = timezone.localdate(story.first_moment(now))
    if not Membership.objects.filter(valid_from__lte=first).exists():
        tell("This town is of an earlier day and has no half year of work: remove its folder.")
        return
    tell("Living half a year of reports, walks, meetings and measures …")
    happened = story.live(_town(plan_of(small=small)), now, is_small=small)
    tell(f"{happened} things happened.")


def _make(*, events: int, small: bool, tell: Tell) -> list[dict[str, Any]]:
    plan = plan_of(small=small)
    if not Municipality.objects.filter(code=plan.municipality_code).exists():
        tell(f"Making {plan.name}, an invented town …")
        _set_up(plan)
    if not Batch.objects.filter(source__startswith="mapped_table", state="applied").exists():
        _import_town(_town(plan), events, tell)
    if not rebuild.is_current():
        tell("Counting events for maps and charts …")
        rebuild.rebuild()
    logins = people.make(plan)
    pictures.make(plan, tell)
    return logins


@lru_cache(maxsize=1)
def _town(plan: TownPlan) -> Town:
    return make_town(plan, SEED)


def _set_up(plan: TownPlan) -> None:
    areas.municipality_set(
        code=plan.municipality_code, name=plan.name, is_invented=True, actor=None
    )
    last = len(plan.levels) - 1
    levels = [
        {
            "slug": level.slug,
            "name": level.label,
            "name_plural": level.label,
            "rank": 10 * (at + 1),
            "is_base_unit": at == last,
        }
        for at, level in enumerate(plan.levels)
    ]
    overlays = [
        {
            "slug": level.slug,
            "name": level.label,
            "name_plural": level.label,
            "rank": 60 + 10 * at,
            "is_overlay": True,
        }
        for at, level in enumerate((plan.police_areas, plan.listed_areas))
    ]
    installation.levels_set([*levels, *overlays])
    observations.categories_ensure()


def _import_town(town: Town, events: int, tell: Tell) -> None:
    with tempfile.TemporaryDirectory() as name:
        files = write_town(town, Path(name), expected=events)
        tell(f"Importing {len(files.areas)} sets of areas …")
        _import_areas(files)
        _lay_ground(files)
        for label, path, mapping in (
            ("Invånare", files.population, population_mapping(town.plan)),
            ("Trygghetsmätning", files.survey, survey_mapping(town.plan)),
            ("Anmälda händelser", files.events, event_mapping(town.plan)),
        ):
            tell(f"Importing {path.name} …")
            saved = imports.mapping_save(name=label, content=mapping.as_dict(), actor=None)
            _run("mapped_table", path, {}, saved)


def _import_areas(files: TownFiles) -> None:
    for file in files.areas:
        if file.level == "municipality":
            continue
        options = {
            "level": file.level,
            "valid_from": file.valid_from.isoformat(),
            "valid_to": file.valid_to.isoformat() if file.valid_to else "",
            "code_column": "code",
            "name_column": "name",
        }
        _run("boundaries", file.path, options)


def _lay_ground(files: TownFiles) -> None:
    layers = dict(files.layers)
    for kind, names in GROUND.items():
        shapes = [
            shape(feature["geometry"])
            for name in names
            for feature in json.loads(layers[name].read_text(encoding="utf-8"))["features"]
        ]
        areas.map_layer_set(kind=kind, shapes=shapes, source="invented", actor=None)


def _run(source: str, path: Path, options: Mapping[str, str], mapping: Any = None) -> None:
    batch = imports.batch_receive(
        source=source, path=path, actor=None, options=options, mapping=mapping
    )
    imports.batch_run(batch_id=batch.pk)
