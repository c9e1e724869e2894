"""Did every district have an agreement on a day? A made-up town, a larger one, and a real city."""

from datetime import date, timedelta

import pytest
import shapely
from django.conf import settings
from django.utils import timezone

from samhandling_web.agree.partnership.rules import AgreementKind
from samhandling_web.agree.partnership.selectors.coverage import (
    agreement_gaps,
    coverage_on,
    police_areas_of,
)
from samhandling_web.agree.partnership.services import agreements as services
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.agree.partnership.validity import Cover
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import services as areas
from samhandling_web.base.areas.models import Area
from samhandling_web.base.areas.tests import test_city
from samhandling_web.base.areas.tests.town import block, division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
DAY = date(2026, 3, 1)
POLICE_LEVEL = settings.POLICE_LEVEL


@pytest.fixture
def strategist():
    return factories.person(Role.CITY_STRATEGIST, factories.organisation("kommunen"))


@pytest.fixture
def town():
    """Three districts side by side; the police divide the same ground in two, and a sliver more.

    The first police area ends half-way into the middle district, and reaches half a per cent of
    a block into the third.
    """
    levels()
    division(
        "district",
        [
            ("D1", "Väster", block(0, 2)),
            ("D2", "Mitten", block(2, 4)),
            ("D3", "Öster", block(4, 6)),
        ],
    )
    west = shapely.union_all([block(0, 3), block(3, 4.005, 0, 0.5)])
    division(POLICE_LEVEL, [("P1", "LPO Väster", west), ("P2", "LPO Öster", block(3, 6))])


def levels():
    areas.level_set(
        slug="district", name="Stadsdelsområde", name_plural="Stadsdelsområden", rank=1, actor=None
    )
    areas.level_set(slug=POLICE_LEVEL, name="Lokalpolisområde", rank=9, is_overlay=True, actor=None)


def area(level, code):
    return Area.objects.get(level__slug=level, code=code)


def agree(actor, district, police=None, **changes):
    values = {
        "title": f"{district} {police or ''}",
        "district": area("district", district),
        "police_area": area(POLICE_LEVEL, police) if police else None,
        "owner": factories.organisation("kommunen"),
    }
    return factories.signed(actor, **(values | changes))


def pairs(rows):
    return [(row.district.code, row.police_area.code if row.police_area else "") for row in rows]


def test_a_sliver_of_a_police_area_is_no_partner(town):
    found = police_areas_of("district", DAY)
    assert {code: set(shares) for code, shares in found.items()} == {
        "D1": {"P1"},
        "D2": {"P1", "P2"},
        "D3": {"P2"},
    }
    assert found["D2"]["P1"] == pytest.approx(0.75, abs=0.01)


def test_every_pair_without_an_agreement_is_a_gap(town, strategist):
    everything = [("D2", "P1"), ("D2", "P2"), ("D1", "P1"), ("D3", "P2")]
    assert sorted(pairs(agreement_gaps(DAY))) == sorted(everything)
    agree(strategist, "D1")
    agree(strategist, "D2", "P1")
    assert sorted(pairs(agreement_gaps(DAY))) == [("D2", "P2"), ("D3", "P2")]
    agree(strategist, "D2", "P2")
    agree(strategist, "D3", "P2", valid_to=DAY + timedelta(days=30))
    answer = coverage_on(DAY)
    assert answer.gaps == ()
    assert pairs(answer.expiring) == [("D3", "P2")]
    assert answer.districts == 3


def test_only_signed_agreements_on_cooperation_with_the_district_count(town, strategist):
    agree(strategist, "D1", kind=AgreementKind.YEARLY_PLAN)
    agree(strategist, "D1", kind=AgreementKind.DECLARATION_OF_INTENT)
    factories.draft(
        strategist, district=area("district", "D1"), owner=factories.organisation("kommunen")
    )
    city = factories.signed(
        strategist,
        kind=AgreementKind.COOPERATION_AGREEMENT,
        title="Hela kommunen",
        owner=factories.organisation("kommunen"),
    )
    answer = coverage_on(DAY)
    assert ("D1", "P1") in pairs(answer.gaps)
    assert answer.city == (city,)
    row = next(row for row in answer.rows if row.district.code == "D1")
    assert row.draft is not None


def test_the_answer_is_of_the_day_that_is_asked_about(town, strategist):
    old = agree(strategist, "D1", valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    later = agree(
        strategist,
        "D1",
        valid_from=date(2026, 2, 1),
        valid_to=date(2027, 12, 31),
        signed_on=date(2026, 1, 20),
    )

    def row_on(day):
        return next(row for row in coverage_on(day).rows if row.district.code == "D1")

    assert row_on(date(2024, 12, 31)).cover == Cover.MISSING
    assert row_on(date(2025, 12, 31)).agreement == old
    between = row_on(date(2026, 1, 15))
    assert (between.cover, between.agreement, between.lapsed) == (Cover.MISSING, None, old)
    assert row_on(date(2026, 2, 1)).agreement == later


def test_an_unbroken_row_of_agreements_does_not_run_out(town, strategist):
    agree(strategist, "D1", valid_to=date(2026, 4, 30))
    assert pairs(coverage_on(DAY).expiring) == [("D1", "P1")]
    agree(
        strategist,
        "D1",
        valid_from=date(2026, 5, 1),
        valid_to=date(2028, 4, 30),
        signed_on=date(2026, 2, 1),
    )
    assert coverage_on(DAY).expiring == ()


def test_one_that_is_ended_covers_no_longer(town, strategist):
    agreement = agree(strategist, "D1")
    today = timezone.localdate()
    services.agreement_end(agreement_id=agreement.pk, ended_on=today, actor=strategist)
    assert ("D1", "P1") in pairs(agreement_gaps(today))
    assert ("D1", "P1") not in pairs(agreement_gaps(today - timedelta(days=1)))


def test_without_police_areas_it_is_asked_for_districts(strategist):
    areas.level_set(slug="district", name="Område", rank=1, actor=None)
    division("district", [("D1", "Väster", block(0, 2)), ("D2", "Öster", block(2, 4))])
    agree(strategist, "D1")
    assert pairs(agreement_gaps(DAY)) == [("D2", "")]
    assert not coverage_on(DAY).has_police_areas


def test_without_districts_there_is_no_answer():
    assert coverage_on(DAY).rows == ()
    areas.level_set(slug="district", name="Område", rank=1, actor=None)
    division("district", [("D1", "Väster", block(0, 2))], date(2020, 1, 1))
    assert coverage_on(date(2019, 1, 1)).rows == ()


def test_eleven_districts_times_police_areas(strategist, django_assert_max_num_queries):
    """Each of six police areas spans two districts but the last: one district has two police."""
    levels()
    division("district", [(f"D{n}", f"Område {n}", block(n, n + 1)) for n in range(11)])
    police = [(f"P{n}", f"LPO {n}", block(2 * n, 2 * n + 2)) for n in range(5)]
    police += [("P5", "LPO 5", block(10, 10.5)), ("P6", "LPO 6", block(10.5, 11))]
    division(POLICE_LEVEL, police)
    for n in range(0, 10, 2):
        agree(strategist, f"D{n}", f"P{n // 2}")
    agree(strategist, "D10", "P6")
    answer = coverage_on(DAY)
    assert len(answer.rows) == 12
    expected = [(f"D{n}", f"P{n // 2}") for n in range(1, 10, 2)] + [("D10", "P5")]
    assert sorted(pairs(answer.gaps)) == sorted(expected)
    assert "Område 10" in answer.districts_with_gaps
    with django_assert_max_num_queries(14):
        coverage_on(DAY)


def test_a_real_citys_districts_against_overlapping_areas(strategist):
    """The eleven districts of 2023 × areas of another division in the place of the police's."""
    levels()
    name = "stockholm_indelning/stadsdelsomraden_2023_11.geojson"
    districts = test_city.read(name, "omr_kod", "omr_namn")
    assert len(districts) == 11
    division("district", districts, test_city.ELEVEN)
    older = "stockholm_indelning/sdn_2020_13_stadsdelsnamndsomraden_shp.zip"
    division(POLICE_LEVEL, test_city.read(older, "Sdn_omarde", "Sdn_omarde"), test_city.THIRTEEN)
    found = police_areas_of("district", DAY)
    assert len(found) == 11
    assert all(shares for shares in found.values())
    assert all(sum(shares.values()) > 0.9 for shares in found.values())
    # Two pairs were merged into one district each; the others keep their one main counterpart.
    large = {code: [s for s in shares.values() if s > 0.2] for code, shares in found.items()}
    assert sorted(len(shares) for shares in large.values()) == [1] * 9 + [2, 2]
    for code, *_rest in districts[:-1]:
        agree(strategist, code)
    missing = {row.district.code for row in agreement_gaps(DAY)}
    assert missing == {districts[-1][0]}
