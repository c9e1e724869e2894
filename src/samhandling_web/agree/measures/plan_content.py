"""What an action plan says when it is adopted, and the checksum over it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from samhandling import __version__
from samhandling_web.agree.measures import indicators
from samhandling_web.agree.measures.models import ActionPlan, Measure, PortfolioHolder
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.common.text import Text, _
from samhandling_web.understand.picture.figures.assemble import data_version
from samhandling_web.understand.picture.scopes import areas_with_clock
from samhandling_web.understand.places.queries import Subjects

LANGUAGE = "sv"
WHOLE: Text = _("Hela kommunen")
# What is held against the version before.
COMPARED: dict[str, Text] = {
    "title": _("rubrik"),
    "status": _("läge"),
    "owner": _("genomförs av"),
    "portfolio": _("politiskt ansvarsområde"),
    "office": _("politiskt ansvarig"),
    "investment_sek": _("investering (kr)"),
    "running_sek_per_year": _("drift (kr per år)"),
    "start_on": _("börjar"),
    "end_on": _("slutar"),
    "follow_up_on": _("följs upp"),
}


def content_of(
    plan: ActionPlan, measures: Iterable[Measure], holders: Mapping[int, PortfolioHolder]
) -> dict[str, Any]:
    """Return the plan as it stands now: its words, its picture and every measure, in Swedish.

    `holders` says who answers for each portfolio.
    """
    today = timezone.localdate()
    with translation.override(LANGUAGE):
        names = dict(areas_with_clock(today))
        held = list(measures)
        subjects = indicators.subjects_of(one.indicator for one in held)
        return {
            "title": plan.title,
            "area": _area_name(plan, names),
            "introduction": plan.introduction,
            "picture": _picture(plan),
            "measures": [_measure(one, names, holders, subjects) for one in held],
            "data_version": data_version(),
            "code_version": __version__,
            "at": timezone.now().isoformat(timespec="seconds"),
        }


def _area_name(plan: ActionPlan, names: dict[int | None, str]) -> str:
    municipality = areas.municipality()
    whole = municipality.name if municipality else ""
    return names.get(plan.district_id, whole) if plan.district_id else whole


def _picture(plan: ActionPlan) -> dict[str, Any] | None:
    if plan.picture is None:
        return None
    return {
        "id": plan.picture.pk,
        "title": plan.picture.title,
        "version": plan.picture.version,
        "adopted_on": _day(plan.picture.adopted_on),
        "case_number": plan.picture.case_number,
        "content_hash": plan.picture.content_hash,
    }


def _measure(
    measure: Measure,
    names: dict[int | None, str],
    holders: Mapping[int, PortfolioHolder],
    subjects: Subjects,
) -> dict[str, Any]:
    holder = holders.get(measure.portfolio_id) if measure.portfolio_id else None
    return {
        "id": measure.pk,
        "title": measure.title,
        "description": measure.description,
        "problem": str(measure.problem or ""),
        "cause": measure.cause.statement if measure.cause else "",
        "mechanism": measure.get_mechanism_display(),
        "mechanism_text": measure.mechanism_text,
        "kind": measure.get_kind_display(),
        "horizon": measure.get_horizon_display(),
        "portfolio": str(measure.portfolio or ""),
        "office": holder.office if holder else "",
        "owner": str(measure.owner or ""),
        "where": where_of(measure, names),
        "investment_sek": measure.investment_sek,
        "running_sek_per_year": measure.running_sek_per_year,
        "start_on": _day(measure.start_on),
        "end_on": _day(measure.end_on),
        "follow_up_on": _day(measure.follow_up_on),
        "indicator": measure.indicator_name,
        "indicator_words": indicators.in_words(measure.indicator, subjects),
        "baseline": measure.baseline,
        "evaluation_level": measure.get_evaluation_level_display(),
        "status": measure.get_status_display(),
    }


def where_of(measure: Measure, names: dict[int | None, str]) -> str:
    """Say where the measure is: its place and the district, its area, or everywhere."""
    if measure.is_citywide:
        return str(WHOLE)
    parts = [measure.place.name] if measure.place else []
    area = measure.district_id or measure.area_id
    if area in names:
        parts.append(names[area])
    elif measure.area is not None:
        parts.append(measure.area.code)
    return ", ".join(dict.fromkeys(parts))


def follow_up_content(measures: Iterable[Measure]) -> dict[str, Any]:
    """Return every measure of a plan as it stands on the day of the follow-up."""
    with translation.override(LANGUAGE):
        return {
            "measures": [_state(one) for one in measures],
            "code_version": __version__,
            "at": timezone.now().isoformat(timespec="seconds"),
        }


def _state(measure: Measure) -> dict[str, Any]:
    follow_up = getattr(measure, "follow_up", None)
    return {
        "id": measure.pk,
        "title": measure.title,
        "status": measure.get_status_display(),
        "status_code": measure.status,
        "end_on": _day(measure.end_on),
        "ended_on": _day(measure.ended_on),
        "carried": follow_up.get_carried_display() if follow_up else "",
        "result": follow_up.result if follow_up else "",
        "change": (follow_up.outcome.get("change_words", "") if follow_up else ""),
        "level": follow_up.get_reached_level_display() if follow_up else "",
        "verdict": follow_up.get_verdict_display() if follow_up else "",
        "spent_sek": follow_up.spent_sek if follow_up else None,
    }


def content_hash(plan: ActionPlan) -> str:
    """Return the SHA-256 of what the plan says and of the decision on it."""
    content = {
        "content": plan.content,
        "district": plan.district_id,
        "organisation": plan.organisation_id,
        "picture": plan.picture_id,
        "introduction": plan.introduction,
        "period": [_day(plan.period_start), _day(plan.period_end)],
        "version": plan.version,
        "previous": plan.previous_id,
        "adopted_by": plan.adopted_by_id,
        "adopted_on": _day(plan.adopted_on),
        "case_number": plan.case_number,
        "title": plan.title,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def made_at(content: dict[str, Any]) -> datetime:
    """Return when the content was put together."""
    return timezone.localtime(datetime.fromisoformat(content["at"]))


def as_text(value: object) -> str:
    return "–" if value in {None, ""} else str(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def totals(content: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Sum a plan's measures by horizon: how many, what is invested and what runs every year."""
    sums: dict[str, tuple[int, int, int]] = {}
    for row in content["measures"]:
        n, invested, running = sums.get(row["horizon"], (0, 0, 0))
        sums[row["horizon"]] = (
            n + 1,
            invested + (row["investment_sek"] or 0),
            running + (row["running_sek_per_year"] or 0),
        )
    return sums
