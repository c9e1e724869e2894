import csv
import gzip
import io
import json
from collections import Counter
from datetime import UTC, datetime

import pyarrow.compute as pc
import pytest

from samhandling.sources import UnreadableFile
from samhandling.sources.police_events import read
from samhandling.sources.tests.readings import read_bytes, read_path
from tests.shared_data import shared_file

CODES = {"Söderby": "9901", "Storstad": "9902"}
CSV_NAMES = [
    "id",
    "datetime",
    "name",
    "summary",
    "url",
    "type",
    "location_name",
    "gps",
    "forst_sedd_utc",
    "senast_sedd_utc",
    "antal_versioner",
]


def event(**changes):
    values = {
        "id": 7,
        "datetime": "2024-08-22 9:15:00 +02:00",
        "name": "22 augusti 17.59, Brand, Söderby",
        "summary": "En container brinner.",
        "url": "/aktuellt/handelser/brand/",
        "type": "Brand",
        "location": {"name": "Söderby", "gps": "59.3,18.0"},
    }
    return {**values, **changes}


def read_events(*events, **values):
    values = {"municipality_codes": CODES, **values}
    return read_bytes(read, json.dumps(events), "events.json", **values)


def the_start(name, published):
    return read_events(event(name=name, datetime=published)).rows[0]["start"]


def test_an_event_keeps_no_position_only_its_municipality():
    row = read_events(event(datetime="2024-08-22 18:15:00 +02:00")).rows[0]
    assert (row["lon"], row["lat"]) == (None, None)
    assert "59.3" not in json.dumps(row, default=str)
    assert row["position_precision"] == "municipality"
    assert (row["municipality_code"], row["area_code"]) == ("9901", "9901")


def test_the_time_is_the_one_in_the_name_and_datetime_is_when_it_was_published():
    row = read_events(event(datetime="2024-08-22 18:15:00 +02:00")).rows[0]
    assert row["start"] == row["end"] == datetime(2024, 8, 22, 15, 59, tzinfo=UTC)
    assert row["registered"] == datetime(2024, 8, 22, 16, 15, tzinfo=UTC)
    assert row["time_precision"] == "minute"


@pytest.mark.parametrize("clock", ["17.59", "17:59", "kl 17.59", "kl. 17:59"])
def test_both_ways_of_writing_the_clock_are_read(clock):
    found = the_start(f"22 augusti {clock}, Brand, Söderby", "2024-08-23 8:00:00 +02:00")
    assert found == datetime(2024, 8, 22, 15, 59, tzinfo=UTC)


def test_an_event_of_december_changed_in_january_belongs_to_the_old_year():
    found = the_start("31 december 23.50, Brand, Söderby", "2025-01-02 8:00:00 +01:00")
    assert found == datetime(2024, 12, 31, 22, 50, tzinfo=UTC)


def test_an_event_just_after_midnight_of_new_year_belongs_to_the_new_year():
    # It is still the old year in UTC.
    found = the_start("1 januari 00.10, Brand, Söderby", "2025-01-01 0:40:00 +01:00")
    assert found == datetime(2024, 12, 31, 23, 10, tzinfo=UTC)


def test_a_leap_day_changed_the_year_after_is_found():
    found = the_start("29 februari 10.00, Brand, Söderby", "2025-01-02 8:00:00 +01:00")
    assert found == datetime(2024, 2, 29, 9, tzinfo=UTC)


def test_winter_and_summer_time_are_told_apart():
    winter = the_start("22 januari 12.00, Brand, Söderby", "2024-01-22 13:00:00 +01:00")
    assert winter == datetime(2024, 1, 22, 11, tzinfo=UTC)


def test_the_hour_that_comes_twice_is_taken_as_the_first_and_told():
    found = read_events(
        event(name="27 oktober 02.30, Brand, Söderby", datetime="2024-10-27 8:00:00 +01:00")
    )
    assert found.rows[0]["start"] == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    assert "ambiguous_local_time" in found.noticed


def test_the_hour_that_does_not_exist_is_moved_forward_and_told():
    found = read_events(
        event(name="31 mars 02.30, Brand, Söderby", datetime="2024-03-31 8:00:00 +02:00")
    )
    assert found.rows[0]["start"] == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)
    assert "missing_local_time" in found.noticed


def test_a_county_keeps_only_the_county_unless_the_name_ends_in_a_municipality():
    county = {"name": "Storstads län", "gps": "59,18"}
    named = event(location=county, name="1 maj 10.00, Brand, Storstad")
    unnamed = event(location=county, name="1 maj 10.00, Brand, Storstads län")
    unknown = event(location=county, name="1 maj 10.00, Brand, Okänd by")
    found = read_events(named, unnamed, unknown).rows
    assert [row["position_precision"] for row in found] == ["municipality", "county", "county"]
    assert [row["municipality_code"] for row in found] == ["9902", "", ""]


def test_an_unknown_municipality_is_told():
    found = read_events(event(location={"name": "Ingenstans", "gps": "1,2"}))
    assert found.rows[0]["municipality_code"] == ""
    assert "unknown_municipality" in found.noticed


def test_a_summary_of_several_events_is_marked():
    bundle = event(type="Sammanfattning natt")
    found = read_events(bundle, event(id=8)).rows
    assert [json.loads(row["extra"]).get("bundled") for row in found] == [True, None]


def test_the_article_follows_the_summary_and_nan_is_no_text():
    with_text = event(text="Branden är släckt.")
    without = event(id=8, text=float("nan"))
    texts = [row["text"] for row in read_events(with_text, without).rows]
    assert texts == ["En container brinner.\nBranden är släckt.", "En container brinner."]


def test_a_name_without_a_time_leaves_the_time_unknown():
    found = read_events(event(name="Information, Söderby"))
    assert found.rows[0]["start"] is None
    assert found.rows[0]["time_precision"] == "unknown"
    assert "no_event_time" in found.noticed


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None}, "missing_value"),
        ({"type": " "}, "missing_value"),
        ({"datetime": "igår"}, "bad_date"),
        ({"datetime": "2030-01-01 10:00:00 +01:00"}, "time_in_future"),
    ],
)
def test_a_faulty_event_is_refused_and_the_others_kept(changes, reason):
    found = read_events(event(**changes), event(id=8))
    assert found.reasons == [reason]
    assert found.rejected[0].row == 1
    assert found.rejected[0].raw["name"].startswith("22 augusti")
    assert [row["external_id"] for row in found.rows] == ["8"]


def test_something_that_is_no_event_is_refused():
    assert read_events(17, event()).reasons == ["unreadable_row"]


def test_csv_and_json_give_the_same_events():
    values = event()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_NAMES)
    cells = [values[name] for name in CSV_NAMES[:6]]
    writer.writerow([*cells, "Söderby", "59.3,18.0", "", "", 1])
    packed = gzip.compress(text.getvalue().encode())
    from_csv = read_bytes(read, packed, "events.csv.gz", municipality_codes=CODES).rows
    assert from_csv == read_events(values).rows


def test_a_formula_in_a_name_stays_text_and_is_told():
    found = read_events(event(summary="=HYPERLINK(1)"))
    assert found.rows[0]["text"] == "=HYPERLINK(1)"
    assert "formula_kept_as_text" in found.noticed


@pytest.mark.parametrize("answer", [{}, {"message": "Too many requests"}, {"data": [event()]}])
def test_an_answer_that_is_no_list_is_not_a_feed_without_events(answer):
    with pytest.raises(UnreadableFile, match="is an object and not a list"):
        read_bytes(read, json.dumps(answer), "events.json")


def test_a_json_file_cut_short_is_refused_with_advice():
    whole = json.dumps([event()] * 20)
    with pytest.raises(UnreadableFile, match=r"cut short.*fetch it again"):
        read_bytes(read, whole[: len(whole) // 2], "events.json")


def test_a_lone_surrogate_does_not_stop_the_reading():
    found = read_bytes(read, json.dumps([event(summary="x\ud800y")]), "events.json")
    assert found.rows[0]["text"] == "x?y"


def test_the_snapshot_of_the_interface_holds_500_events():
    found = read_path(read, shared_file("polisen_handelser/events_api_snapshot_500.json"))
    assert (found.table.num_rows, found.rejected) == (500, [])
    assert len(set(found.table["external_id"].to_pylist())) == 500


def test_the_collected_events_with_text_are_all_read():
    name = "polisen_handelser/handelser_stockholm_med_text_2022-09_2026-04.json.gz"
    found = read_path(read, shared_file(name))
    assert (found.table.num_rows, found.rejected) == (3571, [])


def test_the_national_collection_is_read_whole_and_without_positions():
    name = "polisen_handelser/handelser_sverige_2022-09_2026-04.csv.gz"
    found = read_path(read, shared_file(name))
    table = found.table
    assert (table.num_rows, found.rejected) == (77974, [])
    assert table["lon"].null_count == table["lat"].null_count == 77974
    assert set(table["position_precision"].unique().to_pylist()) == {"municipality", "county"}
    years = Counter(pc.year(table["registered"]).to_pylist())
    assert (years[2023], years[2024], years[2025]) == (20349, 24606, 25214)
