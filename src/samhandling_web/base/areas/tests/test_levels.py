"""The municipality, its levels, and what is decided about an area: success, refusals, the log."""

import pytest
from django.db import IntegrityError, transaction

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import permissions, rules, selectors, services
from samhandling_web.base.areas.models import AreaLevel, Municipality
from samhandling_web.base.areas.rules import Visibility
from samhandling_web.base.areas.tests.town import EARLY, block, division, person
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed

pytestmark = pytest.mark.django_db


def last_record():
    return AuditRecord.objects.order_by("-sequence").first()


def test_an_installation_serves_one_municipality():
    actor = person(Role.ADMINISTRATOR)
    services.municipality_set(code="9999", name="Exempelstad", is_invented=True, actor=actor)
    services.municipality_set(code="9999", name="Exempelköping", is_invented=True, actor=actor)
    assert str(selectors.municipality()) == "Exempelköping"
    assert Municipality.objects.count() == 1
    assert last_record().before == {"name": "Exempelstad", "is_invented": True}
    with pytest.raises(rules.AnotherMunicipality, match="Exempelköping"):
        services.municipality_set(code="0180", name="Annan", actor=actor)


def test_a_level_keeps_what_is_not_changed():
    services.level_set(slug="district", name="Stadsdelsområde", rank=3, actor=None)
    level = services.level_set(slug="district", visibility="internal", actor=None)
    assert (level.name, level.name_plural, level.rank) == ("Stadsdelsområde", "Stadsdelsområde", 3)
    assert last_record().after["visibility"] == "internal"
    records = AuditRecord.objects.count()
    services.level_set(slug="district", visibility="internal", actor=None)
    assert AuditRecord.objects.count() == records
    with pytest.raises(TypeError, match="colour"):
        services.level_set(slug="district", colour="red", actor=None)


def test_one_level_is_the_base_unit():
    with pytest.raises(rules.NoBaseLevel, match="statistisk basenhet"):
        selectors.base_level()
    services.level_set(slug="deso", is_base_unit=True, actor=None)
    services.level_set(slug="block", is_base_unit=True, actor=None)
    assert selectors.base_level().slug == "block"
    with pytest.raises(rules.OverlayIsNoBaseUnit):
        services.level_set(slug="block", is_overlay=True, actor=None)
    for values in ({"slug": "deso"}, {"slug": "block"}):
        row = AreaLevel.objects.filter(**values)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(is_base_unit=True, is_overlay=values["slug"] == "block")


def test_only_administrators_define_levels_and_areas():
    services.level_set(slug="district", actor=None)
    division("district", [("W", "Väst", block(0, 1))])
    area = selectors.areas_on("district", EARLY).get().area
    analyst = person(Role.ANALYST)
    for act in (
        lambda: services.municipality_set(code="1", name="X", actor=analyst),
        lambda: services.level_set(slug="district", name="X", actor=analyst),
        lambda: services.area_set(area_id=area.pk, responsible=None, actor=analyst),
    ):
        with pytest.raises(NotAllowed):
            act()
    boss = person(Role.ADMINISTRATOR, email="admin@exempel.se")
    before = selectors.level_by_slug("district").revision
    services.area_set(
        area_id=area.pk, responsible=None, visibility=Visibility.PROTECTED, actor=boss
    )
    assert selectors.level_by_slug("district").revision != before
    assert last_record().after == {"responsible": None, "visibility": "protected"}


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (None, {"public"}),
        (Role.GUARD, {"public", "internal"}),
        (Role.GUARD_COMMAND, {"public", "internal", "protected"}),
        (Role.POLICE_LIAISON, {"public", "internal", "protected"}),
        (Role.PROPERTY_OWNER, {"public", "internal"}),
    ],
)
def test_who_sees_through_which_protection(role, sees):
    actor = person(role) if role else None
    assert permissions.visibilities_open_to(actor) == sees
