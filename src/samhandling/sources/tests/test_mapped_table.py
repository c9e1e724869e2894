import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from shapely.geometry import box

from samhandling.sources import (
    Mapping,
    UnreadableFile,
    preview,
    propose_mapping,
    read_sample,
)
from samhandling.sources.mapped_table import read
from samhandling.sources.schema import Kind
from samhandling.sources.tests.readings import options, read_bytes, read_path
from tests.shared_data import shared_file

TOWN = box(17.9, 59.2, 18.2, 59.5)
EVENTS = Mapping(
    kind=Kind.EVENTS,
    columns={
        "category": "Typ",
        "start": "Datum + Tid",
        "lon": "Long",
        "lat": "Lat",
    },
)


def read_events(*lines, mapping=EVENTS, header="Typ;Datum;Tid;Long;Lat", **values):
    text = "".join(line + "\n" for line in (header, *lines))
    return read_bytes(read, text, mapping=mapping, bounds=TOWN, **values)


def test_an_event_is_read_with_date_and_clock_joined():
    row = read_events("Bråk;2024-05-01;22:10;18,05;59,33", municipality_code="9901").rows[0]
    assert (row["category"], row["category_label"]) == ("brak", "Bråk")
    assert row["start"] == row["end"] == datetime(2024, 5, 1, 20, 10, tzinfo=UTC)
    assert (row["lon"], row["lat"]) == (18.05, 59.33)
    assert (row["position_precision"], row["municipality_code"]) == ("point", "9901")


def test_a_day_without_a_clock_fills_the_day():
    row = read_events("Bråk;2024-05-01;;18.05;59.33").rows[0]
    assert (row["end"] - row["start"]).total_seconds() == 24 * 3600
    assert row["time_precision"] == "day"


@pytest.mark.parametrize(
    ("position", "reason"),
    [
        ("0;0", "null_island"),
        ("18.05;57.0", "outside_municipality"),
        ("674000;6580000", "projected_coordinates"),
        ("1628000;6580000", "projected_coordinates"),
        ("500;500", "bad_coordinates"),
        ("18.05;", "missing_value"),
        ("här;59.33", "bad_number"),
    ],
)
def test_a_position_that_cannot_be_true_is_refused(position, reason):
    found = read_events(f"Bråk;2024-05-01;22:10;{position}")
    assert found.reasons == [reason]
    assert found.rejected[0].raw["Typ"] == "Bråk"


def test_swapped_latitude_and_longitude_are_turned_round_and_told():
    found = read_events("Bråk;2024-05-01;22:10;59.33;18.05")
    assert (found.rows[0]["lon"], found.rows[0]["lat"]) == (18.05, 59.33)
    assert "swapped_coordinates" in found.noticed


def test_projected_coordinates_are_converted_when_the_mapping_says_so():
    mapping = Mapping(kind=EVENTS.kind, columns=EVENTS.columns, crs="EPSG:3006")
    row = read_events("Bråk;2024-05-01;22:10;674032;6580822", mapping=mapping).rows[0]
    # The position of the same point by the national survey's formulas, to about ten metres.
    assert (row["lon"], row["lat"]) == pytest.approx((18.062, 59.331), abs=0.005)


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        ("2030-05-01;22:10", "time_in_future"),
        ("förra veckan;22:10", "bad_date"),
        (";", "missing_value"),
    ],
)
def test_a_time_that_cannot_be_is_refused(start, reason):
    assert read_events(f"Bråk;{start};18.05;59.33").reasons == [reason]


def test_an_end_before_its_start_is_refused():
    mapping = Mapping(kind=Kind.EVENTS, columns={"category": "Typ", "start": "Från", "end": "Till"})
    text = "Typ;Från;Till\nBråk;2024-05-02;2024-05-01\nBråk;2024-05-01;2024-05-02\n"
    found = read_bytes(read, text, mapping=mapping)
    assert found.reasons == ["end_before_start"]
    assert (found.rows[0]["end"] - found.rows[0]["start"]).days == 2


def test_a_formula_is_kept_as_text_and_told():
    mapping = Mapping(
        kind=Kind.EVENTS, columns={"category": "Typ", "start": "Datum", "text": "Not"}
    )
    found = read_bytes(read, "Typ;Datum;Not\nBråk;2024-05-01;=cmd()\n", mapping=mapping)
    assert found.rows[0]["text"] == "=cmd()"
    assert "formula_kept_as_text" in found.noticed


def test_a_date_format_is_followed():
    mapping = Mapping(
        kind=Kind.EVENTS,
        columns={"start": "When"},
        constants={"category": "noise"},
        date_format="%m/%d/%Y",
    )
    found = read_bytes(read, "When,x\n05/01/2024,\n13/01/2024,\n", mapping=mapping)
    assert found.rows[0]["start"] == datetime(2024, 4, 30, 22, tzinfo=UTC)
    assert found.reasons == ["bad_date"]


@pytest.mark.parametrize(
    ("form", "text", "precision", "end"),
    [
        ("%Y-%m-%d %H:%M", "2024-02-03 14:05", "minute", datetime(2024, 2, 3, 13, 5, tzinfo=UTC)),
        ("%Y-%m-%d kl %H", "2024-02-03 kl 14", "hour", datetime(2024, 2, 3, 14, tzinfo=UTC)),
        ("%d.%m.%Y", "03.02.2024", "day", datetime(2024, 2, 3, 23, tzinfo=UTC)),
        ("%Y-%m", "2024-02", "month", datetime(2024, 2, 29, 23, tzinfo=UTC)),
    ],
)
def test_a_time_is_known_no_more_exactly_than_its_format_says(form, text, precision, end):
    mapping = Mapping(
        kind=Kind.EVENTS,
        columns={"start": "När"},
        constants={"category": "x"},
        date_format=form,
        separator=";",
    )
    row = read_bytes(read, f"När;x\n{text};\n", mapping=mapping).rows[0]
    assert (row["time_precision"], row["end"]) == (precision, end)


def test_an_event_of_which_only_the_year_is_known_is_refused():
    mapping = Mapping(
        kind=Kind.EVENTS,
        columns={"start": "År"},
        constants={"category": "x"},
        date_format="%Y",
        separator=";",
    )
    assert read_bytes(read, "År;x\n2024;\n", mapping=mapping).reasons == ["bad_date"]


def test_a_day_is_the_one_that_is_written_whatever_its_zone():
    mapping = Mapping(
        kind=Kind.STATISTICS,
        columns={"area_code": "Kod", "period_start": "Dag", "value": "n"},
        constants={"indicator": "x"},
    )
    text = "Kod;Dag;n\n01;2024-05-01 00:30 +02:00;3\n"
    assert read_bytes(read, text, mapping=mapping).rows[0]["period_start"] == date(2024, 5, 1)


def test_statistics_with_periods_decimal_commas_and_withheld_values():
    mapping = Mapping(
        kind=Kind.STATISTICS,
        columns={"area_code": "Kod", "period_start": "Period", "value": "Värde"},
        constants={"indicator": "Andel trygga", "unit": "percent", "area_level": "district"},
        decimal_comma=True,
    )
    text = "Kod;Period;Värde\n01;2024K1;71,5\n01;2024K2;..\n01;snart;3\n01;2024;x\n"
    found = read_bytes(read, text, mapping=mapping)
    first, second = found.rows
    assert (first["indicator"], first["value"]) == ("andel_trygga", 71.5)
    assert (first["period_start"], first["period_end"]) == (date(2024, 1, 1), date(2024, 3, 31))
    assert (second["value"], second["suppressed"]) == (None, True)
    assert found.reasons == ["bad_date", "bad_number"]
    assert {"decimal_comma", "suppressed_value"} <= found.noticed


GRANTS = Mapping(
    kind=Kind.STATISTICS,
    columns={
        "indicator": "slag",
        "indicator_label": "plats",
        "area_code": "stadsdelsomrade_2023",
        "period_start": "datum",
        "value": "belopp_kr",
        "value_text": "belopp_precision",
    },
    constants={"unit": "sek", "area_level": "district"},
)


def test_a_grant_for_three_places_is_one_grant_and_a_contradicted_sum_says_so():
    path = shared_file("trygghetsfonden/trygghetsfonden_beslut_ur_press.csv")
    found = read_path(read, path, mapping=GRANTS)
    assert (found.rows_read, found.reasons) == (21, ["missing_value"] * 9)
    grants = [row for row in found.rows if row["indicator"] == "projekt"]
    # A ninth, of 800,000, has no day, and the totals belong to no district: neither is guessed.
    assert sum(row["value"] for row in grants) == 18_740_000
    three = [row for row in grants if "Långsjöbadet, Bergtorpskärret" in row["indicator_label"]]
    assert [row["value"] for row in three] == [4_000_000]
    contradicted = [row["value"] for row in grants if row["value_text"] == "motstridig"]
    assert contradicted == [700_000]


def test_survey_results_outside_per_cent_are_refused():
    mapping = Mapping(
        kind=Kind.SURVEY,
        columns={"item": "Fråga", "value_percent": "Andel", "n": "n"},
        constants={"survey": "egen", "wave": "2024"},
    )
    found = read_bytes(read, "Fråga;Andel;n\nTrygg?;71;900\nTrygg?;171;900\n", mapping=mapping)
    assert (found.rows[0]["item"], found.rows[0]["n"]) == ("trygg", 900)
    assert found.reasons == ["bad_number"]


@pytest.mark.parametrize(
    ("fields", "line", "reason"),
    [
        (("low", "high"), "75;65", "bad_number"),
        (("fieldwork_start", "fieldwork_end"), "2024-10-31;2024-09-01", "end_before_start"),
    ],
)
def test_an_interval_or_a_fieldwork_that_ends_before_it_begins_is_refused(fields, line, reason):
    first, last = fields
    mapping = Mapping(
        kind=Kind.SURVEY,
        columns={"item": "Fråga", "value_percent": "Andel", first: "a", last: "b"},
        constants={"survey": "egen", "wave": "2024"},
    )
    text = f"Fråga;Andel;a;b\nTrygg?;71;{line}\nTrygg?;71;;\n"
    found = read_bytes(read, text, mapping=mapping)
    assert found.reasons == [reason]
    assert found.table.num_rows == 1


def sheet(rows, name="Blad1"):
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_a_workbook_is_read_from_its_header_row():
    rows = [["Rapport"], ["Typ", "Datum"], ["Bråk", datetime(2024, 5, 1, 22, 10)]]  # noqa: DTZ001
    mapping = Mapping(
        kind=Kind.EVENTS,
        columns={"category": "Typ", "start": "Datum"},
        header_row=2,
        sheet="Blad1",
    )
    found = read_bytes(read, sheet(rows), "fil.xlsx", mapping=mapping)
    assert found.rows[0]["start"] == datetime(2024, 5, 1, 20, 10, tzinfo=UTC)


def test_a_missing_sheet_column_or_field_is_named():
    columns = {"category": "Typ", "start": "Datum"}
    lost = Mapping(kind=Kind.EVENTS, columns=columns, sheet="Blad9")
    with pytest.raises(UnreadableFile, match="no sheet 'Blad9'; it has Blad1"):
        read_bytes(read, sheet([["Typ", "Datum"]]), "fil.xlsx", mapping=lost)
    with pytest.raises(UnreadableFile, match="lacks the columns Datum; it has Typ"):
        read_bytes(read, "Typ;x\n", mapping=Mapping(kind=Kind.EVENTS, columns=columns))
    with pytest.raises(UnreadableFile, match="lacks start"):
        read_bytes(read, "Typ;x\n", mapping=Mapping(kind=Kind.EVENTS, columns={"category": "Typ"}))
    with pytest.raises(UnreadableFile, match="Map the columns"):
        read_bytes(read, "Typ;x\n")


def test_a_mapping_survives_being_stored():
    assert Mapping.from_dict(EVENTS.as_dict()) == EVENTS


@pytest.mark.parametrize("separator", [";;", '"', "\n"])
def test_a_separator_that_cannot_be_one_is_refused(separator):
    with pytest.raises(ValueError, match="give one character"):
        Mapping(kind=Kind.EVENTS, columns={}, separator=separator)


def test_a_mapped_column_that_stands_twice_is_named():
    with pytest.raises(UnreadableFile, match="the columns Datum more than once"):
        read_events("Bråk;2024-05-01;22:10;18;59", header="Typ;Datum;Datum;Tid;Long;Lat")


def test_an_area_without_a_level_has_that_of_the_import():
    mapping = Mapping(
        kind=Kind.STATISTICS,
        columns={"area_code": "Kod", "area_level": "Nivå", "period_start": "År", "value": "n"},
        constants={"indicator": "x"},
    )
    text = "Kod;Nivå;År;n\n01;;2024;3\n01;deso;2024;3\n"
    found = read_bytes(read, text, mapping=mapping, level="district")
    assert [row["area_level"] for row in found.rows] == ["district", "deso"]


def test_a_mapping_to_an_unknown_field_is_refused():
    with pytest.raises(ValueError, match="'colour'"):
        Mapping(kind=Kind.EVENTS, columns={"colour": "Färg"})


def proposed(text, **values):
    return propose_mapping(read_sample(io.BytesIO(text.encode()), "x.csv", options()), **values)


def test_a_proposal_reads_swedish_headers_and_joins_the_clock():
    mapping = proposed("Datum;Tid;Händelsetyp;Longitud;Latitud\n2024-05-01;22:10;Bråk;18,1;59,3\n")
    assert mapping.kind is Kind.EVENTS
    assert mapping.columns == {
        "category": "Händelsetyp",
        "start": "Datum + Tid",
        "lon": "Longitud",
        "lat": "Latitud",
    }
    assert (mapping.separator, mapping.decimal_comma) == (";", True)


@pytest.mark.parametrize(
    ("x", "y", "crs"),
    [
        ("6580000", "674000", "EPSG:3006"),
        ("6580000", "1628000", "EPSG:3021"),
    ],
)
def test_a_proposal_tells_the_axes_apart_by_their_size(x, y, crs):
    mapping = proposed(f"type,date,x,y\nnoise,2024-05-01,{x},{y}\n")
    assert (mapping.columns["lat"], mapping.columns["lon"]) == ("x", "y")
    assert mapping.crs == crs


def test_a_proposal_knows_statistics_and_surveys():
    assert proposed("Kod;År;Antal\n01;2024;3\n").kind is Kind.STATISTICS
    assert proposed("Fråga;Andel\nTrygg?;71\n").kind is Kind.SURVEY


def test_a_preview_shows_the_first_rows_both_ways():
    text = "Typ;Datum\n" + "Bråk;2024-05-01\n" * 500
    mapping = Mapping(kind=Kind.EVENTS, columns={"category": "Typ", "start": "Datum"})
    shown = preview(io.BytesIO(text.encode()), "x.csv", options(mapping=mapping), rows=5)
    assert len(shown.sample.rows) == shown.chunk.table.num_rows == 5
    assert shown.sample.header == ("Typ", "Datum")
