"""Survey results: with their wording and interval, and never compared across wordings."""

import pytest
from django.urls import reverse
from statsmodels.stats.proportion import proportion_confint

from samhandling.sources.mapping import Mapping
from samhandling.sources.schema import Kind
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.observe.imports import services
from samhandling_web.observe.imports.tests.people import person
from samhandling_web.observe.surveys import selectors
from samhandling_web.observe.surveys.intervals import Result, interval_of, share_interval
from samhandling_web.observe.surveys.models import SurveyResultRevision
from samhandling_web.observe.surveys.rules import WordingsDiffer
from tests.shared_data import shared_file

pytestmark = pytest.mark.django_db
MAPPING = Mapping(
    kind=Kind.SURVEY,
    columns={
        "wave": "år",
        "area_name": "område",
        "area_code": "område",
        "wording": "lydelse",
        "value_percent": "andel",
        "n": "n",
    },
    constants={
        "survey": "Trygghet",
        "item": "unsafe_late",
        "cut": "otrygg",
        "area_level": "municipality",
        "n_basis": "item",
    },
)


@pytest.mark.parametrize(("percent", "n"), [(10.0, 1_000), (0.0, 60), (97.5, 400)])
def test_the_interval_is_wilsons_on_fewer_answers(percent, n):
    effective = n / 1.3
    peer = proportion_confint(percent / 100 * effective, effective, method="wilson")
    assert share_interval(percent, n, 1.3) == pytest.approx([100 * end for end in peer])


def test_nothing_is_computed_from_answers_to_something_else():
    whole = Result(10.0, 17_857, "whole_survey", is_everybody=True)
    part = Result(10.0, 17_857, "whole_survey", is_everybody=False)
    assert interval_of(whole, low=None, high=None).origin == "computed"
    assert interval_of(part, low=None, high=None).origin == "none"
    assert interval_of(part, low=8.0, high=12.0).origin == "published"


@pytest.fixture
def imported(tmp_path):
    def bring_in(*rows):
        path = tmp_path / "enkät.csv"
        path.write_text("\n".join(["år;område;lydelse;andel;n", *rows]) + "\n", encoding="utf-8")
        batch = services.batch_receive(
            source="mapped_table", path=path, actor=None, options={"mapping": MAPPING}
        )
        return services.batch_run(batch_id=batch.pk)

    return bring_in


def test_a_series_and_a_change_never_cross_wordings(imported):
    imported(
        "2017;Staden;Fråga A;11;900", "2020;Staden;Fråga A;9;950", "2020;Staden;Fråga B;15;950"
    )
    old, new, other = SurveyResultRevision.objects.order_by("wording", "wave")
    assert list(selectors.series_of(old)) == [old, new]
    assert selectors.change_between(old, new) == pytest.approx(-2.0)
    with pytest.raises(WordingsDiffer):
        selectors.change_between(old, other)
    assert new.low < 9 < new.high
    assert (new.interval_origin, new.design_effect) == ("computed", 1.3)


def test_results_are_shown_and_an_export_is_recorded(client, imported):
    imported("2017;Staden;Fråga A;11;900")
    client.force_login(person(Role.ANALYST))
    text = client.get(reverse("surveys:result-list")).content.decode()
    assert "Fråga A" in text
    assert "beräknat här" in text
    client.get(reverse("surveys:result-list"), {"export": "xlsx"})
    assert AuditRecord.objects.get(kind="surveys.results.exported").after["row_count"] == 1


def test_the_published_values_are_taken_in():
    path = shared_file("trygghetsmatning/trygghetsmatning_publicerade_varden.csv")
    batch = services.batch_receive(source="safety_survey", path=path, actor=None)
    batch = services.batch_run(batch_id=batch.pk)
    assert (batch.rows_read, batch.rows_new) == (13, 13)
    assert selectors.results_current().filter(value_percent=26.0).exists()
