"""The week's compilation as its pages show it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.charts.bars import horizontal_bars
from samhandling_web.base.common.charts.content import Bar, BarChart, Estimate, Frame
from samhandling_web.base.common.charts.swedish import number
from samhandling_web.observe.observations import permissions, selectors
from samhandling_web.observe.observations.models import WeeklyCompilation
from samhandling_web.observe.observations.rules import (
    ACTIVE_WEEKS,
    COMPARED_WEEKS,
    SEVERITIES,
    Severity,
)
from samhandling_web.observe.observations.week_names import DIRECTIONS, TOO_FEW, week_name

# An interval that reaches beyond so many times as much says nothing to anybody.
WIDEST = 10
TONES = {"higher": "danger", "lower": "success"}


def week_context(actor: User, week: date, rows: Sequence[WeeklyCompilation]) -> dict[str, Any]:
    """Return one line for each district, set beside each other per ten active reporters."""
    lines = [
        {
            "compilation": row,
            "unsafe": _compared(row.content["unsafe"]),
            "active": row.content["effort"]["active"],
            "per_ten": _per_ten(row.content["per_ten"]),
            "good": sum(len(row.content["listed"][kind]) for kind in ("safe", "positive")),
            "coming": len(row.content["coming"]),
        }
        for row in rows
    ]
    return {
        **_around(week, ""),
        "lines": lines,
        "drawing": _drawing(week, rows),
        "may_compile": permissions.may_compile_weeks(actor),
        "method": rows[0].content["method"],
    }


def district_context(actor: User, compilation: WeeklyCompilation) -> dict[str, Any]:
    """Return one district's week, with links to the reports that this reader may open."""
    content = compilation.content
    told = [*_numbers(content)]
    visible = selectors.observations_visible_to(actor).filter(pk__in=told)
    open_to = set(visible.values_list("pk", flat=True))
    return {
        **_around(compilation.week, compilation.district.code),
        "compilation": compilation,
        "content": content,
        "unsafe": _compared(content["unsafe"]),
        "per_ten": _per_ten(content["per_ten"]),
        "severities": _severities(content["severity"]),
        "categories": [{**line, "compared": _compared(line)} for line in content["categories"]],
        "places": content["places"],
        "listed": content["listed"],
        "coming": content["coming"],
        "open_to": open_to,
        "may_read_restricted": permissions.may_read_restricted(actor),
        "may_read_list": permissions.may_read_observations(actor),
        "method": content["method"],
    }


def _around(week: date, code: str) -> dict[str, Any]:
    """Return the week's name and days, and the compiled weeks before and after it."""
    weeks = selectors.weeks_compiled()
    return {
        "week": week,
        "last_day": week + timedelta(days=6),
        "name": week_name(week),
        "code": code,
        "previous": next((one for one in weeks if one < week), None),
        "next": next((one for one in reversed(weeks) if one > week), None),
        "compared_weeks": COMPARED_WEEKS,
        "active_weeks": ACTIVE_WEEKS,
    }


def _compared(line: Mapping[str, Any]) -> dict[str, Any]:
    """Put a comparison in words: how many times as much each reporter saw, and how sure."""
    direction = line["direction"]
    if direction == "no_clear_difference" and (line["high"] is None or line["high"] > WIDEST):
        few = {"interval": "", "direction": str(TOO_FEW), "tone": "neutral"}
        return {"count": line["count"], "mean": line["mean"], **few}
    interval = ""
    if line["low"] is not None and line["high"] is not None:
        interval = _("{low}–{high} gånger så många").format(
            low=number(line["low"], 1), high=number(line["high"], 1)
        )
    elif line["low"] is not None:
        interval = _("minst {low} gånger så många").format(low=number(line["low"], 1))
    return {
        "count": line["count"],
        "mean": line["mean"],
        "interval": interval,
        "direction": str(DIRECTIONS[direction]),
        "tone": TONES.get(direction, "neutral"),
    }


def _per_ten(stored: Mapping[str, float] | None) -> dict[str, str] | None:
    if not stored:
        return None
    interval = f"{number(stored['low'], 1)}–{number(stored['high'], 1)}"
    return {"value": number(stored["value"], 1), "interval": interval}


def _severities(stored: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(str(SEVERITIES[one]), stored[str(one)]) for one in reversed(Severity)]


def _numbers(content: Mapping[str, Any]) -> list[int]:
    """Return every observation that the compilation is of."""
    lines = [*content["coming"], *(line for rows in content["listed"].values() for line in rows)]
    return [
        *(number for place in content["places"] for number in place["observations"]),
        *(line["observation"] for line in lines),
    ]


def _drawing(week: date, rows: Sequence[WeeklyCompilation]) -> str:
    """Draw reports per ten active reporters, district by district; nothing where none can be."""
    known = [(row, row.content["per_ten"]) for row in rows if row.content["per_ten"]]
    if not known:
        return ""
    title = _("Iakttagelser per tio aktiva rapportörer, {week}").format(week=week_name(week))
    said = _("En stapel för varje stadsdelsområde, med osäkerhetsintervall.")
    bars = tuple(
        Bar(row.district_name, Estimate(told["value"], told["low"], told["high"]))  # type: ignore[attr-defined]
        for row, told in sorted(known, key=lambda pair: -pair[1]["value"])
    )
    return horizontal_bars(BarChart(Frame(title, said, decimals=1), bars))
