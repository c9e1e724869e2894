import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.sources import Limits, NoticeCode
from samhandling.sources.breakdowns import canonical_breakdown, category_slug
from samhandling.sources.cell_text import is_formula, parse_count, parse_number
from samhandling.sources.clock_times import LocalClock, parse_day, parse_moment
from samhandling.sources.delimited import DelimitedFile, recognise_separator
from samhandling.sources.municipalities import MunicipalityNames
from samhandling.sources.published_periods import parse_period
from samhandling.sources.reported_crime_municipality import read as read_counts
from samhandling.sources.slugs import slug
from samhandling.sources.tests.readings import read_bytes

TABLE = "namn;antal\nÅngsjö;1\nÖby;2\n"
CLOCK = LocalClock("Europe/Stockholm")


def opened(content, **values):
    return DelimitedFile(io.BytesIO(content), "x.csv", Limits(), **values)


def lines(file):
    return [line.values for line in file]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", set()),
        ("utf-8-sig", {"byte_order_mark"}),
        ("cp1252", {"encoding"}),
        ("utf-16", {"byte_order_mark", "encoding"}),
        ("utf-16-le", {"encoding"}),
        ("utf-16-be", {"encoding"}),
    ],
)
def test_an_encoding_is_recognised_and_told(encoding, told):
    file = opened(TABLE.encode(encoding))
    assert lines(file) == [["Ångsjö", "1"], ["Öby", "2"]]
    assert file.header == ["namn", "antal"]
    assert {str(one.code) for one in file.notices()} == told


def test_one_line_of_another_encoding_late_in_a_file_is_read_rightly():
    content = b"namn;antal\n" + "Öby;1\n".encode() * 50_000 + "Åby;2\n".encode("cp1252")
    file = opened(content)
    assert lines(file)[-1] == ["Åby", "2"]
    assert file.notices()[0].code is NoticeCode.ENCODING


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_separator_is_recognised_outside_quotes(separator):
    header = separator.join(['"a;b,c"', "d", "e"])
    assert recognise_separator(header) == separator


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_is_read(ending):
    assert len(lines(opened(TABLE.replace("\n", ending).encode()))) == 2


def test_a_quoted_cell_may_hold_line_breaks_and_separators():
    assert lines(opened(b'a;b\n"1;\n2";3\n')) == [["1;\n2", "3"]]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,5", 1234.5),
        ("1\u00a0234", 1234),
        ("12.5", 12.5),
        ("−3", -3),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("2e3", 2000),
        ("", None),
        ("..", None),
        ("nan", None),
        ("1e999", None),
        ("1_000", None),
        ("٣", None),
    ],
)
def test_numbers_are_read_as_swedes_write_them(text, number):
    assert parse_number(text) == number


def test_a_comma_separates_thousands_only_when_it_is_said():
    assert parse_number("1,234", decimal_comma=False) == 1234
    assert parse_number("1,234") == 1.234


def test_a_count_is_whole_and_not_negative():
    assert [parse_count(text) for text in ("3", "3,0", "-1", "2,5", "9999999999")] == [
        3,
        3,
        None,
        None,
        None,
    ]


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_written_number_is_read_back(number):
    assert parse_number(f"{number:.6f}".replace(".", ",")) == pytest.approx(number, abs=1e-6)


@given(st.text(max_size=50))
def test_any_text_is_a_number_a_moment_and_a_period_or_nothing(text):
    assert parse_number(text) is None or isinstance(parse_number(text), float)
    assert parse_moment(text) is None or isinstance(parse_moment(text)[0], datetime)
    period = parse_period(text)
    assert period is None or period[0] <= period[1]
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|calc", "-cmd", "\t=1", " =1"])
def test_a_formula_is_seen(text):
    assert is_formula(text)


@pytest.mark.parametrize("text", ["", "-12,5", "+46 8", "hej", "a=b", "- 3"])
def test_ordinary_text_is_no_formula(text):
    assert not is_formula(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-04-14 6:31:22 +02:00", datetime(2025, 4, 14, 4, 31, 22, tzinfo=UTC)),
        ("2023-03-26T05:53:58Z", datetime(2023, 3, 26, 5, 53, 58, tzinfo=UTC)),
        ("2025-04-14", datetime(2025, 4, 14)),  # noqa: DTZ001
        ("14.4.2025 06.31", datetime(2025, 4, 14, 6, 31)),  # noqa: DTZ001
        ("14/4/2025", datetime(2025, 4, 14)),  # noqa: DTZ001
        ("20250414", datetime(2025, 4, 14)),  # noqa: DTZ001
    ],
)
def test_moments_are_read_in_the_forms_authorities_write(text, moment):
    assert parse_moment(text)[0] == moment


@pytest.mark.parametrize(
    "text",
    [
        *("2025-13-01", "2025-02-30", "0001-01-01", "25:00", "x"),
        *("2025-04-14 06:31 +25:00", "2025-04-14 06:31 +02:75"),
    ],
)
def test_what_is_no_moment_is_nothing(text):
    assert parse_moment(text) is None


def test_the_date_part_of_a_time_is_the_one_that_is_written():
    written = ("2025-04-14 00:30 +02:00", "2025-04-14T23:30:00-05:00", "14.4.2025 06.31")
    assert {parse_day(text) for text in written} == {date(2025, 4, 14)}
    assert parse_day("2025-02-30") is None


def test_the_days_of_changing_clocks_are_23_and_25_hours():
    spring, autumn = datetime(2024, 3, 31), datetime(2024, 10, 27)  # noqa: DTZ001
    hours = []
    for day in (spring, autumn):
        begins, ends = CLOCK.day(day.date())
        hours.append((ends - begins).total_seconds() / 3600)
    assert hours == [23, 25]


@given(st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_a_local_time_survives_the_way_to_utc_and_back(local):
    moment, problem = CLOCK.to_utc(local)
    back = moment.astimezone(CLOCK.zone).replace(tzinfo=None, fold=0)
    if problem is NoticeCode.MISSING_LOCAL_TIME:
        assert (back - local).total_seconds() == 3600
    else:
        assert back == local


def test_breakdowns_have_one_form_and_leave_out_wholes():
    parts = {
        "sex": category_slug("sex", "Kvinnor"),
        "age": category_slug("age", "16-64 år"),
        "background": category_slug("background", "totalt"),
    }
    assert canonical_breakdown(parts) == "age=16-64;sex=women"


def test_a_municipality_is_known_whatever_its_case():
    names = MunicipalityNames({"Söderby": "9901"})
    assert names.code("SÖDERBY kommun") == "9901"
    assert names.code("Norrby") == ""


def test_a_byte_order_mark_reaches_the_reader_of_a_source_as_a_notice():
    text = "\ufeffkommun;period;key;count;preliminary\n9901;2024;total;1;\n"
    found = read_bytes(read_counts, text)
    assert found.table.num_rows == 1
    assert found.noticed == {"byte_order_mark"}
