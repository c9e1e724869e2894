"""Every chart: well-formed, accessible, deterministic, escaped, without inline style."""

import itertools
import math
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.base.common.charts import (
    Bar,
    BarChart,
    Choropleth,
    Comparison,
    ComparisonRow,
    Estimate,
    Frame,
    FunnelLimit,
    FunnelPlot,
    FunnelPoint,
    HeatMatrix,
    Line,
    LineChart,
    MapArea,
    Mark,
    SmallMultiples,
    Sparkline,
    choropleth,
    comparison,
    funnel_plot,
    heat_matrix,
    horizontal_bars,
    line_chart,
    palette,
    small_multiples,
    sparkline,
    vertical_bars,
)
from samhandling_web.base.common.charts.canvas import text_width
from samhandling_web.base.common.charts.choropleth import colour_of
from samhandling_web.base.common.charts.funnel import is_outside
from samhandling_web.base.common.charts.plot import spread, wrapped
from samhandling_web.base.common.charts.scales import day_ticks, round_ticks

SVG = "{http://www.w3.org/2000/svg}"
NAMES = "<b>Å & \"Ö\" 'Ä'"
FRAME = Frame(NAMES, f"Om {NAMES}", unit=NAMES, decimals=1)
POINTS = tuple(
    (date(2020 + month // 12, month % 12 + 1, 1), Estimate(5.0 + month % 7, 4.0, 13.0))
    for month in range(30)
)
GAPPED = (*POINTS[:10], (POINTS[10][0], Estimate(None)), *POINTS[11:])
BARS = (Bar(NAMES, Estimate(12.0, 10.0, 15.0), focus=True), Bar("B", Estimate(None), note="få"))
SQUARE = {"type": "Polygon", "coordinates": [[[18, 59], [18.1, 59], [18.1, 59.1], [18, 59]]]}
LIMIT = FunnelLimit("95 %", (100.0, 1000.0), (2.0, 4.0), (8.0, 6.0))

CHARTS = {
    "line": lambda: line_chart(
        LineChart(
            FRAME,
            (Line(NAMES, GAPPED), Line("B", POINTS)),
            (Mark(date(2021, 1, 1), NAMES),),
            (5.0, NAMES),
        )
    ),
    "line without points": lambda: line_chart(LineChart(FRAME, (Line("A", ()),))),
    "lying bars": lambda: horizontal_bars(BarChart(FRAME, BARS, (11.0, NAMES))),
    "standing bars": lambda: vertical_bars(BarChart(FRAME, BARS, (11.0, NAMES))),
    "no bars": lambda: vertical_bars(BarChart(FRAME, ())),
    "multiples": lambda: small_multiples(
        SmallMultiples(FRAME, (Line(NAMES, GAPPED), Line("Tom", ())))
    ),
    "sparkline": lambda: sparkline(Sparkline(NAMES, NAMES, GAPPED)),
    "funnel": lambda: funnel_plot(
        FunnelPlot(
            FRAME,
            (FunnelPoint(NAMES, 500, 9.0), FunnelPoint("B", 700, 5.0, focus=True)),
            5.0,
            NAMES,
            (LIMIT,),
            NAMES,
        )
    ),
    "heat": lambda: heat_matrix(HeatMatrix(FRAME, (((1.0, None, 3.5) * 8),) * 7)),
    "comparison": lambda: comparison(
        Comparison(
            FRAME,
            (
                ComparisonRow(NAMES, Estimate(3.0, 2.0, 4.0), Estimate(2.0, 1.0, 3.0), focus=True),
                ComparisonRow("B", Estimate(None), note=NAMES),
            ),
            reference=(2.5, NAMES),
        )
    ),
    "map": lambda: choropleth(
        Choropleth(
            FRAME,
            (
                MapArea(NAMES, SQUARE, 3.0, uncertain=True, focus=True),
                MapArea("B", SQUARE, None),
                MapArea("C", SQUARE, 8.0),
            ),
            (2.0, 5.0),
            label_areas=True,
        )
    ),
}


def parse(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def all_text(svg: str) -> list[str]:
    return [element.text or "" for element in parse(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_what_it_is_to_who_cannot_see_it(name):
    root = parse(CHARTS[name]())
    assert root.get("role") == "img"
    title, description = root.get("aria-labelledby", "").split()
    words = {e.get("id"): e.text for e in root if e.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert words[title] == NAMES
    assert NAMES in words[description]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_obeys_the_content_security_policy(name):
    for element in parse(CHARTS[name]()).iter():
        assert element.tag not in {f"{SVG}style", f"{SVG}script", f"{SVG}foreignObject"}
        for attribute in element.attrib:
            assert attribute != "style"
            assert not attribute.startswith("on")
            assert "href" not in attribute


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_the_same_every_time(name):
    assert CHARTS[name]() == CHARTS[name]()


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_holds_no_number_that_is_none(name):
    svg = CHARTS[name]()
    assert "nan" not in svg.replace("Månad", "").replace("inhan", "")
    assert "inf" not in svg.casefold()


@pytest.mark.parametrize("name", CHARTS)
def test_everything_drawn_lies_on_the_paper(name):
    root = parse(CHARTS[name]())
    _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
    for element in root.iter():
        for attribute, most in (("x", width), ("cx", width), ("y", height), ("cy", height)):
            if attribute in element.attrib:
                assert -1 <= float(element.get(attribute, "0")) <= most + 1


@given(st.text(), st.floats(-1e9, 1e9))
def test_any_name_and_any_value_make_a_well_formed_chart(name, value):
    estimate = Estimate(value, value - abs(value) / 3, value + abs(value) / 3)
    chart = BarChart(Frame(name, name, unit=name), (Bar(name, estimate), Bar("B", Estimate(1.0))))
    for svg in (horizontal_bars(chart), vertical_bars(chart)):
        assert parse(svg).get("role") == "img"


def test_lines_differ_in_more_than_colour():
    lines = tuple(Line(f"Serie {number}", POINTS[:8]) for number in range(6))
    svg = line_chart(LineChart(FRAME, lines))
    paths = [e for e in parse(svg).iter(f"{SVG}path") if e.get("class") == "sam-chart__line"]
    assert len({path.get("stroke-dasharray") for path in paths}) == 6
    assert {f"Serie {number}" for number in range(6)} <= set(all_text(svg))


def test_seven_lines_are_refused():
    lines = tuple(Line(str(number), POINTS) for number in range(7))
    with pytest.raises(ValueError, match="7 lines in one chart"):
        line_chart(LineChart(FRAME, lines))


def test_a_gap_breaks_the_line_and_is_never_a_zero():
    svg = line_chart(LineChart(FRAME, (Line("A", GAPPED),)))
    paths = [e for e in parse(svg).iter(f"{SVG}path") if e.get("class") == "sam-chart__line"]
    assert [path.get("d", "").count("L") for path in paths] == [9, 18]


def test_bars_start_at_zero():
    svg = vertical_bars(BarChart(FRAME, (Bar("A", Estimate(100.0)), Bar("B", Estimate(50.0)))))
    heights = [
        float(e.get("height", "0"))
        for e in parse(svg).iter(f"{SVG}rect")
        if e.get("class") == "sam-chart__bar"
    ]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.02)


def test_a_missing_bar_says_why():
    assert "få" in all_text(horizontal_bars(BarChart(FRAME, BARS)))


def test_figures_are_written_in_swedish():
    texts = all_text(horizontal_bars(BarChart(FRAME, (Bar("A", Estimate(1234.5)),))))
    assert "1\u00a0234,5" in texts


def test_hidden_hours_are_hatched_and_explained():
    svg = heat_matrix(HeatMatrix(FRAME, (((1.0, None, 3.0) * 8),) * 7))
    assert svg.count("url(#") == 7 * 8 + 1
    assert "Visas inte (för få)" in all_text(svg)
    assert "visas inte" in svg


def test_a_week_has_seven_days_of_twenty_four_hours():
    with pytest.raises(ValueError, match="7 rows of 24 values"):
        HeatMatrix(FRAME, ((1.0,) * 24,) * 6)


def test_areas_outside_the_limits_are_named_and_shaped():
    svg = CHARTS["funnel"]()
    assert NAMES in all_text(svg)
    assert len(list(parse(svg).iter(f"{SVG}polygon"))) == 1
    assert is_outside(FunnelPoint("A", 550, 7.1), (LIMIT,))
    assert not is_outside(FunnelPoint("A", 550, 6.9), (LIMIT,))
    assert is_outside(FunnelPoint("A", 5_000, 3.9), (LIMIT,))


def test_a_value_on_a_break_is_in_the_lower_class():
    breaks = (2.0, 5.0)
    assert colour_of(2.0, breaks) == colour_of(1.0, breaks) == palette.SEQUENTIAL[0]
    assert colour_of(2.1, breaks) == colour_of(5.0, breaks)
    assert colour_of(5.1, breaks) == palette.SEQUENTIAL[-1]
    assert colour_of(None, breaks) == palette.NO_DATA


def test_a_map_keeps_its_proportions():
    """At 59 degrees a degree of longitude is about half as long as one of latitude."""
    box = [[18, 59], [18.2, 59], [18.2, 59.1], [18, 59.1], [18, 59]]
    area = MapArea("A", {"type": "Polygon", "coordinates": [box]}, 1.0)
    svg = choropleth(Choropleth(FRAME, (area,), (2.0,)))
    path = next(e for e in parse(svg).iter(f"{SVG}path") if e.get("class") == "sam-chart__area")
    places = [part.split() for part in path.get("d", "")[1:-1].split("L")]
    across = [float(x) for x, _ in places]
    down = [float(y) for _, y in places]
    ratio = (max(across) - min(across)) / (max(down) - min(down))
    assert ratio == pytest.approx(2 * math.cos(math.radians(59.05)), rel=0.03)


def test_uncertain_and_hidden_areas_are_hatched_and_explained():
    texts = all_text(CHARTS["map"]())
    assert "Osäkert" in texts
    assert "Visas inte" in texts
    assert CHARTS["map"]().count("url(#") == 4


def test_a_map_of_points_is_refused():
    area = MapArea("A", {"type": "Point", "coordinates": [18, 59]}, 1.0)
    with pytest.raises(TypeError, match="needs polygons"):
        choropleth(Choropleth(FRAME, (area,), (2.0,)))


def test_a_map_of_nothing_is_refused():
    with pytest.raises(ValueError, match="A map has areas"):
        choropleth(Choropleth(FRAME, (), (2.0,)))


def test_two_charts_on_a_page_do_not_share_names():
    other = replace(FRAME, title="Annat")
    one, two = (sparkline(Sparkline(f.title, "x", POINTS)) for f in (FRAME, other))
    assert parse(one).get("aria-labelledby") != parse(two).get("aria-labelledby")


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9), st.integers(2, 12))
def test_ticks_are_round_and_cover_all(low, span, count):
    ticks = round_ticks(low, low + span, count)
    slack = 1e-6 * max(1.0, abs(low), span)
    assert ticks.values[0] <= low + slack
    assert ticks.values[-1] >= low + span - slack
    assert 2 <= len(ticks.values) <= count + 3


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 15_000))
def test_day_ticks_fit_their_room(first, days):
    last = date.fromordinal(first.toordinal() + days)
    ticks = day_ticks(first, last, 600)
    assert len(ticks) <= 10
    assert all(first <= day <= last for day, _ in ticks)


@given(st.lists(st.floats(0, 100), max_size=6))
def test_labels_moved_apart_do_not_collide(places):
    moved = sorted(spread(places, 15, 0, 100))
    assert all(after - before >= 15 - 1e-9 for before, after in itertools.pairwise(moved))


def test_a_long_label_is_broken_and_then_cut():
    rows = wrapped("Mycket långt namn på ett område som inte får plats", 90)
    assert len(rows) == 2
    assert rows[1].endswith("…")
    assert all(text_width(row) <= 90 for row in rows)
