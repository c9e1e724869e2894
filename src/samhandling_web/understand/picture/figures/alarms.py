"""Is anything unusual now: the latest whole week against what was expected, per kind of event."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from samhandling.patterns.ears import EarsRule, ears
from samhandling.patterns.farrington import FEWEST_CASES, OVER_WEEKS, FarringtonOptions, farrington
from samhandling_web.observe.events.models import Category
from samhandling_web.observe.events.snapshot.layout import NEVER
from samhandling_web.observe.events.snapshot.queries import EPOCH, Snapshot
from samhandling_web.understand.picture.figures.content import Figure, FigureColumn
from samhandling_web.understand.picture.figures.coverage import known_scope, months_placed_alike
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import (
    decimals_for,
    number,
    source_label,
)

YEARS_BACK = FarringtonOptions(significance=0.01)
BASELINE_WEEKS, WEEKS_BETWEEN = 7, 2
FEWEST_WEEKS = BASELINE_WEEKS + WEEKS_BETWEEN + 1
# A week's count means something where nearly every event is known to within a week.
LONGEST_MINUTES, LEAST_DATED = 7 * 24 * 60, 0.9
WEEKS_DRAWN, SEED = 5_000, 1
MOST_NAMED = 5

COLUMNS = (
    FigureColumn("category", gettext_lazy("Händelsetyp")),
    FigureColumn("count", gettext_lazy("Antal i veckan"), "int"),
    FigureColumn("expected", gettext_lazy("Väntat"), "decimal", 1),
    FigureColumn("upper", gettext_lazy("Övre gräns"), "decimal", 1),
    FigureColumn("alarm", gettext_lazy("Larm")),
)

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """Weekly counts of every kind of event, oldest week first; the last one is judged."""

    monday: date
    slugs: tuple[str, ...]
    counts: Counts

    @property
    def first_monday(self) -> date:
        return self.monday - timedelta(weeks=self.counts.shape[1] - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What the latest week was held against, by kind of event; `by_chance` in alarms a week."""

    expected: NDArray[np.float64]
    upper: NDArray[np.float64]
    alarm: NDArray[np.bool_]
    by_chance: float
    definition: str
    name: str


def alarms_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Return the latest week judged; None without ten known weeks, or with dates of a month."""
    known = _weeks(scope, snapshot, source)
    weeks = known and _frequent(known)
    if known is None or weeks is None:
        return None
    judged = _judged(weeks.counts)
    left_out = len(known.slugs) - len(set(weeks.slugs) & set(known.slugs))
    return Figure(
        slug=f"alarms-{source}",
        heading=_("Ovanligt just nu: {source}").format(source=source_label(source)),
        sentence=_sentence(weeks, judged),
        columns=COLUMNS,
        rows=tuple(_rows(weeks, judged)),
        source=source_label(source),
        definition=_(
            "Hela veckor, måndag till söndag, {first}–{last}. {method} Händelsetyper med färre än "
            "{fewest} händelser på fyra veckor prövas inte för sig ({left_out})."
        ).format(
            first=weeks.first_monday,
            last=weeks.monday + timedelta(days=6),
            method=judged.definition,
            fewest=FEWEST_CASES,
            left_out=left_out,
        ),
        uncertainty=_(
            "Ett larm är en anledning att titta efter, inte ett bevis. Händelser som anmäls sent "
            "saknas ännu för den senaste veckan, så ett uteblivet larm betyder mindre än ett larm. "
            "Helger som flyttar sig mellan åren känner metoden inte till."
        ),
        method={"name": judged.name, "weeks": weeks.counts.shape[1]},
    )


def _weeks(scope: Scope, snapshot: Snapshot, source: str) -> Weeks | None:
    """Count the whole weeks that the source knows of, up to the last one of the scope."""
    known = _known_days(scope, snapshot, source)
    if known is None:
        return None
    first, last = known
    first += timedelta(days=-first.weekday() % 7)
    monday = last - timedelta(days=(last.weekday() + 1) % 7 + 6)
    length = (monday - first).days // 7 + 1
    if length < FEWEST_WEEKS or monday < scope.start:
        return None
    where, values = snapshot.condition(
        scope.selection(source=source, period=(first, monday + timedelta(days=6)))
    )
    found = snapshot.columns(
        f"SELECT category, (day - {(first - EPOCH).days}) // 7 AS week, "  # noqa: S608
        f"sum(count)::BIGINT AS n FROM events WHERE {where} AND day <> {NEVER} GROUP BY 1, 2",
        values,
    )
    kinds, row = np.unique(found["category"], return_inverse=True)
    counts = np.zeros((len(kinds), length), dtype=np.int64)
    counts[row, found["week"].astype(np.int64)] = found["n"]
    return Weeks(monday, tuple(snapshot.meta.categories[kind] for kind in kinds), counts)


def _known_days(scope: Scope, snapshot: Snapshot, source: str) -> tuple[date, date] | None:
    """Return the first and last day that can be compared; what is usual lies before the period.

    None where the source dates its events by month: no week could be told from the next. What is
    known goes by whole months, but weeks before the first event of its first month and after the
    latest of its last are silence and not zeros.
    """
    opened = known_scope(replace(scope, start=EPOCH), snapshot, source)
    if opened is None:
        return None
    months = np.arange(np.datetime64(opened.start, "M"), np.datetime64(opened.end, "M") + 1)
    unlike = np.flatnonzero(~months_placed_alike(opened, snapshot, source, months))
    start = opened.start
    if unlike.size:
        start = (months[unlike[-1]] + 1).astype("datetime64[D]").item()
    where, values = snapshot.condition(
        scope.everywhere(source=source, period=(opened.start, opened.end))
    )
    seen = snapshot.columns(
        f"SELECT min(day) AS first, max(day) AS last, count(DISTINCT day) AS days, "  # noqa: S608
        f"count(DISTINCT month) AS months, "
        f"avg((end_minute - start_minute <= {LONGEST_MINUTES})::INT) AS dated "
        f"FROM events WHERE {where}",
        values,
    )
    if seen["days"][0] <= seen["months"][0] or seen["dated"][0] < LEAST_DATED:
        return None
    first, last = (EPOCH + timedelta(days=int(seen[name][0])) for name in ("first", "last"))
    start = max(start, first)
    return (start, last) if start <= last else None


def _frequent(known: Weeks) -> Weeks | None:
    """Return the kinds with enough events lately to be judged, and all kinds together last."""
    enough = known.counts[:, -OVER_WEEKS:].sum(axis=1) >= FEWEST_CASES
    slugs = tuple(slug for slug, is_enough in zip(known.slugs, enough, strict=True) if is_enough)
    counts = known.counts[enough]
    every = known.counts.sum(axis=0)
    if len(known.slugs) > 1 and every[-OVER_WEEKS:].sum() >= FEWEST_CASES:
        slugs, counts = (*slugs, ""), np.vstack([counts, every])
    return Weeks(known.monday, slugs, counts) if slugs else None


def _judged(counts: Counts) -> Judged:
    if counts.shape[1] > YEARS_BACK.weeks_needed:
        return _by_years(counts)
    return _by_weeks_before(counts)


def _by_years(counts: Counts) -> Judged:
    found = farrington(counts, options=YEARS_BACK)
    return Judged(
        found.expected[:, -1],
        found.upper[:, -1],
        found.alarm[:, -1],
        YEARS_BACK.significance * len(counts),
        _(
            "Väntat av samma tid på året de {years} åren före, med årstid och trend (Farrington, "
            "förbättrad av Noufaily 2013); de senaste {left_out} veckorna räknas inte in i det."
        ).format(years=YEARS_BACK.years, left_out=YEARS_BACK.left_out),
        found.method.name,
    )


def _by_weeks_before(counts: Counts) -> Judged:
    """Judge by the seven weeks that ended two weeks before, with at least chance's own spread."""
    mean = counts[:, -FEWEST_WEEKS : -WEEKS_BETWEEN - 1].mean(axis=1)
    spread = np.sqrt(np.maximum(mean, 1.0))
    found = [
        ears(one[-FEWEST_WEEKS:], EarsRule.C2, baseline=BASELINE_WEEKS, least_spread=least)
        for one, least in zip(counts, spread.tolist(), strict=True)
    ]
    return Judged(
        mean,
        np.array([one.upper[-1] for one in found]),
        np.array([one.alarm[-1] for one in found]),
        sum(_alarms_by_chance(usual) for usual in mean.tolist()),
        _(
            "Väntat är medelvärdet av {weeks} veckor; de två närmast före den prövade räknas inte "
            "in, och spridningen sätts minst till slumpens (EARS C2). För få år är kända för att "
            "räkna med årstiden."
        ).format(weeks=BASELINE_WEEKS),
        found[0].method.name,
    )


def _alarms_by_chance(mean: float) -> float:
    """Return the share of weeks with an alarm where nothing but chance is at work.

    The rule's nominal share is for known means and spreads; seven weeks of counts tell them badly.
    """
    drawn = np.random.default_rng(SEED).poisson(mean, WEEKS_DRAWN)
    found = ears(
        drawn, EarsRule.C2, baseline=BASELINE_WEEKS, least_spread=float(np.sqrt(max(mean, 1.0)))
    )
    return float(found.alarm.mean())


def _rows(weeks: Weeks, judged: Judged) -> list[tuple[str, int, float, float, str]]:
    """Return alarms first, then the largest; all kinds together last."""
    names = _names(weeks.slugs)
    now = weeks.counts[:, -1]
    order = sorted(
        range(len(names)),
        key=lambda at: (not weeks.slugs[at], not judged.alarm[at], -int(now[at]), names[at]),
    )
    return [
        (
            names[at],
            int(now[at]),
            float(judged.expected[at]),
            float(judged.upper[at]),
            _("larm") if judged.alarm[at] else _("inget larm"),
        )
        for at in order
    ]


def _names(slugs: Sequence[str]) -> list[str]:
    labels = dict(Category.objects.values_list("slug", "label"))
    return [labels.get(slug, slug) if slug else _("Alla") for slug in slugs]


def _sentence(weeks: Weeks, judged: Judged) -> str:
    year, week, _weekday = weeks.monday.isocalendar()
    names = [
        name for name, has_alarm in zip(_names(weeks.slugs), judged.alarm, strict=True) if has_alarm
    ]
    more = len(names) - MOST_NAMED
    named = ", ".join(names[:MOST_NAMED]) + (
        _(" och {more} till").format(more=more) if more > 0 else ""
    )
    said = (
        _("Vecka {week} {year}: fler än väntat av {names}.")
        if names
        else _("Vecka {week} {year}: inget larm.")
    ).format(week=week, year=year, names=named)
    chance = _(
        "Prövade händelsetyper: {judged}. Slumpen ensam ger ungefär {chance} larm en vanlig vecka."
    ).format(
        judged=len(weeks.slugs),
        chance=number(judged.by_chance, max(1, decimals_for(judged.by_chance) - 1)),
    )
    return f"{said} {chance}"
