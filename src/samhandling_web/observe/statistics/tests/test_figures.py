"""Figures: revised, never counted twice, shown with where they come from."""

import pytest
from django.urls import reverse

from samhandling.sources.mapping import Mapping
from samhandling.sources.schema import Kind
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.selectors import records_of
from samhandling_web.observe.imports import services
from samhandling_web.observe.imports.rules import NameTaken
from samhandling_web.observe.imports.tests.people import person
from samhandling_web.observe.statistics import selectors
from samhandling_web.observe.statistics.models import FigureRevision, Indicator

pytestmark = pytest.mark.django_db
MAPPING = Mapping(
    kind=Kind.STATISTICS,
    columns={
        "area_code": "kod",
        "area_name": "namn",
        "period_start": "år",
        "value": "antal",
        "breakdown": "kön",
    },
    constants={
        "indicator": "population",
        "indicator_label": "Folkmängd",
        "area_level": "deso",
        "unit": "personer",
    },
)
ROWS = [
    ("01", "Ett", 2023, 100, ""),
    ("01", "Ett", 2023, 48, "sex=women"),
    ("02", "Två", 2023, 7, ""),
]


def imported(path, rows, mapping=None):
    lines = ["kod;namn;år;antal;kön", *(";".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    batch = services.batch_receive(
        source="mapped_table",
        path=path,
        actor=None,
        mapping=mapping,
        options={} if mapping else {"mapping": MAPPING},
    )
    return services.batch_run(batch_id=batch.pk)


def values(**choice):
    figures = selectors.figures_of("population", area_level="deso", **choice)
    return [(figure.area_code, figure.value) for figure in figures]


def test_figures_are_kept_by_area_period_and_breakdown(tmp_path):
    batch = imported(tmp_path / "a.csv", ROWS)
    assert (batch.kind, batch.rows_new) == ("statistics", 3)
    assert values() == [("01", 100.0), ("02", 7.0)]
    assert values(breakdown="sex=women") == [("01", 48.0)]
    assert values(area_codes=["02"]) == [("02", 7.0)]
    indicator = Indicator.objects.get()
    assert (indicator.label, indicator.unit) == ("Folkmängd", "personer")


def test_a_corrected_figure_replaces_and_undoing_brings_back(tmp_path):
    imported(tmp_path / "a.csv", ROWS)
    version = selectors.data_version()
    second = imported(tmp_path / "b.csv", [("01", "Ett", 2023, 105, ""), *ROWS[1:]])
    assert (second.rows_changed, second.rows_unchanged) == (1, 2)
    assert values()[0] == ("01", 105.0)
    assert selectors.data_version() != version
    assert selectors.revisions_of(FigureRevision.objects.get(batch=second)).count() == 2
    services.batch_undo(batch_id=second.pk, actor=None)
    assert values()[0] == ("01", 100.0)


def test_two_sources_of_one_figure_are_not_counted_twice(tmp_path):
    imported(tmp_path / "a.csv", ROWS)
    other = services.mapping_save(name="Annan", content=MAPPING.as_dict(), actor=None)
    batch = imported(tmp_path / "b.csv", [("01", "Ett", 2023, 101, "")], mapping=other)
    assert batch.rows_new == 1
    assert values() == [("01", 101.0), ("02", 7.0)]


def test_descriptions_whose_rows_would_be_taken_for_each_others_are_refused():
    content = MAPPING.as_dict()
    saved = services.mapping_save(name="Väst", content=content, actor=None)
    assert services.mapping_save(name="Väst", content=content, actor=None) == saved
    with pytest.raises(NameTaken, match="Väst"):
        services.mapping_save(name="Vast", content=content, actor=None)


def test_figures_are_shown_and_an_export_is_recorded(client, tmp_path):
    imported(tmp_path / "a.csv", ROWS)
    analyst = person(Role.ANALYST)
    client.force_login(analyst)
    assert "Folkmängd" in client.get(reverse("statistics:indicator-list")).content.decode()
    address = reverse("statistics:indicator-detail", args=["population"])
    shown = client.get(address).context["table"].as_values()
    assert [row[6] for row in list(shown)[1:]] == [100, 48, 7]
    assert client.get(address, {"export": "csv"}).content.decode("utf-8-sig").count("\n") == 4
    record = records_of(Indicator.objects.get()).get()
    assert (record.actor, record.after["row_count"]) == (analyst, 3)
