"""Choosing among measures: what the filters of the list mean."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.selectors import figures
from samhandling_web.agree.measures.selectors.measures import overdue
from samhandling_web.understand.places.models import Problem

ABOVE, BELOW = "taljare", "namnare"
CITYWIDE = "hela"
"""What the list's filter calls the whole municipality, among the districts' numbers."""
EXACT = ("status", "horizon", "kind", "portfolio", "owner", "problem")


def measures_chosen(
    measures: QuerySet[Measure], asked: Mapping[str, Any], today: date
) -> QuerySet[Measure]:
    """Return those of `measures` that were asked for."""
    wanted = {name: asked[name] for name in EXACT if asked.get(name)}
    district = _district(asked)
    if district is not None:
        wanted["district"] = district
    if asked.get("district") == CITYWIDE:
        wanted["is_citywide"] = True
    measures = measures.filter(**wanted)
    if asked.get("words"):
        measures = measures.filter(title__icontains=asked["words"])
    if asked.get("late"):
        measures = overdue(measures, today)
    if asked.get("figure") in figures.LABELS:
        above, below = figures.parts(asked["figure"], district, today)
        chosen = above if asked.get("part") == ABOVE else below
        measures = measures.filter(pk__in=chosen.order_by().values("pk"))
    return measures.order_by("-pk")


def _district(asked: Mapping[str, Any]) -> int | None:
    told = str(asked.get("district") or "")
    return int(told) if told.isdigit() else None


def asked_in_words(asked: Mapping[str, Any], measures: QuerySet[Measure]) -> list[str]:
    """Say what the list is narrowed to by things that have no field of their own."""
    said = []
    if asked.get("problem"):
        held = measures.filter(problem=asked["problem"]).values("problem")
        problem = Problem.objects.filter(pk__in=held).first()
        said.append(_("Bara åtgärder mot problemet {title}.").format(title=problem or "–"))
    if asked.get("figure") in figures.LABELS:
        words = _("{label}: täljaren.") if asked.get("part") == ABOVE else _("{label}: nämnaren.")
        said.append(words.format(label=figures.LABELS[asked["figure"]]))
        said.append(str(figures.DEFINITIONS[asked["figure"]]))
    return said
