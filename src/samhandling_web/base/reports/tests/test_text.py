"""Typed text and written figures."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.base.reports import columns, text
from samhandling_web.base.reports.content import (
    SUPPRESSED,
    BulletList,
    Column,
    FigureTable,
    Interval,
    Kind,
    Paragraph,
    Provenance,
)
from samhandling_web.base.reports.figures import head, moment_in_words, with_unit, written
from samhandling_web.base.reports.layout import lay_out
from samhandling_web.base.reports.tests.samples import document

typed_text = st.text(st.characters(exclude_categories=["Cs"]))


@given(typed_text)
def test_runs_lose_nothing_but_the_marks(typed):
    kept = "".join(run.text for run in text.runs(typed))
    assert kept.replace("*", "") == (
        text.one_line(typed) if "\n" in typed or "\r" in typed else text.clean(typed)
    ).replace("*", "")


@given(typed_text)
def test_cleaning_twice_changes_nothing(typed):
    once = text.clean(typed)
    assert text.clean(once) == once
    assert not any("\ue000" <= letter <= "\ue00f" for letter in once)


@pytest.mark.parametrize("typed", ["5 * 3 * 2", "**", "* ", "a*", "<b>x</b>", "{{ 1 }}", "#let"])
def test_what_only_looks_like_emphasis_is_literal(typed):
    assert [(run.text, str(run.emphasis)) for run in text.runs(typed)] == [(typed, "none")]


def test_blank_lines_part_paragraphs_and_dashes_make_items():
    made = text.blocks("Ett\ntvå\n\n- a\n  fortsatt\n- b\n\nTre\r\n\r\nFyra")
    assert [type(block) for block in made] == [Paragraph, BulletList, Paragraph, Paragraph]
    assert made[0].runs[0].text == "Ett två"
    assert [item[0].text for item in made[1].items] == ["a fortsatt", "b"]


@pytest.mark.parametrize(
    ("cell", "column", "expected"),
    [
        (None, Column("A", Kind.INT), ".."),
        (SUPPRESSED, Column("A", Kind.INT), "x"),
        (1234567, Column("A", Kind.INT), "1\u00a0234\u00a0567"),
        (-0.04, Column("A", Kind.DECIMAL), "0,0"),
        (Interval(1, 2.25), Column("A", Kind.INTERVAL, decimals=2), "1,00–2,25"),
        (datetime(2025, 7, 1, 22, 30, tzinfo=UTC), Column("A", Kind.DATE), "2025-07-02 00:30"),
        ("rad\nett", Column("A"), "rad ett"),
    ],
)
def test_cells_are_written_as_swedes_write(cell, column, expected):
    assert written(cell, column) == expected


def test_units_stand_by_figures_and_in_heads():
    assert with_unit(12.5, Column("A", Kind.PERCENT)) == "12,5\u00a0%"
    assert with_unit(3, Column("A", Kind.INT, unit="kr")) == "3\u00a0kr"
    assert with_unit(None, Column("A", Kind.INT, unit="kr")) == ".."
    assert head(Column("Andel", Kind.PERCENT)) == "Andel (%)"
    assert head(Column("Andel, procent", Kind.PERCENT)) == "Andel, procent"
    assert head(Column("Kostnad", Kind.INT, unit="tkr")) == "Kostnad (tkr)"


def test_moments_are_told_in_swedish_time():
    summer = moment_in_words(datetime(2026, 7, 1, 22, 5, tzinfo=UTC))
    assert summer == "2\u00a0juli 2026 kl.\u00a000.05"


def test_tables_and_pictures_are_numbered_in_reading_order():
    laid = lay_out(document())
    labels = [block.label for block in laid.blocks if block.block in {"table", "picture"}]
    assert labels == ["Tabell 1", "Figur 1", "Tabell 2", "Figur 2"]


def test_headings_never_skip_a_level():
    levels = [block.level for block in lay_out(document()).blocks if block.block == "heading"]
    assert levels == [1, 2]


def test_a_decision_not_yet_taken_says_so():
    undecided = replace(document().blocks[-1], decided_on=None, reference="")
    laid = lay_out(replace(document(), blocks=(undecided,)))
    assert ("Beslutsdatum", "Ännu inte beslutat") in laid.blocks[0].facts


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="Row 2 of 'T' has 1 cells for 2 columns"):
        FigureTable("T", (Column("A"), Column("B")), ((1, 2), (1,)))


def test_a_picture_without_words_is_refused():
    chart = next(block for block in document().blocks if hasattr(block, "alternative"))
    with pytest.raises(ValueError, match="needs an alternative text"):
        replace(chart, alternative="  ")


def test_an_interval_the_wrong_way_round_is_refused():
    with pytest.raises(ValueError, match="from low to high"):
        Interval(2, 1)


def test_a_clock_without_zone_is_refused():
    with pytest.raises(ValueError, match="needs a time zone"):
        Provenance("1", "1", datetime(2026, 1, 1), "A")  # noqa: DTZ001


@given(
    st.lists(st.tuples(st.text("abå ", max_size=40), st.text("1 ", max_size=9)), min_size=1),
    st.floats(100, 700),
)
def test_columns_fill_exactly_the_page(rows, available):
    widths = columns.shared_out(rows, (False, True), available)
    assert sum(widths) == pytest.approx(available)
    assert min(widths) > 0
