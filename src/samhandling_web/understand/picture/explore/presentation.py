"""An answer as the page shows it: words, key figures, table rows, classes of the map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling_web.understand.picture.collation import collated
from samhandling_web.understand.picture.explore.answer import Answer
from samhandling_web.understand.picture.explore.choices import Choices
from samhandling_web.understand.picture.explore.estimates import Value
from samhandling_web.understand.picture.explore.question import (
    Measure,
    Question,
)
from samhandling_web.understand.picture.figures.wording import (
    change_in_words,
    decimals_for,
    number,
)

CLASSES = 5
CHANGE_BREAKS = (0.67, 1.0, 1.5)
UNCHANGED = 1.0
UNITS: dict[Measure, str | Promise] = {
    Measure.COUNT: gettext_lazy("händelser"),
    Measure.RATE: gettext_lazy("per 1 000 invånare och år"),
    Measure.SMOOTHED: gettext_lazy("per 1 000 invånare och år, utjämnat"),
    Measure.CHANGE: gettext_lazy("gånger jämförelseperioden"),
}
UNCERTAIN: dict[Measure, str | Promise] = {
    Measure.COUNT: gettext_lazy("Ingen säker skillnad mot väntat av invånarna"),
    Measure.RATE: gettext_lazy("Ingen säker skillnad mot kommunen"),
    Measure.SMOOTHED: gettext_lazy("Ingen säker skillnad mot kommunen"),
    Measure.CHANGE: gettext_lazy("Ingen säker förändring"),
}
CHANGE_DECIMALS = 2


def uncertain_label(answer: Answer) -> str:
    """Say what the hatched areas cannot be told from."""
    measure = answer.question.measure
    if measure is Measure.COUNT and not answer.estimates.residents.any():
        return _("Ingen säker skillnad mot en lika stor del")
    return str(UNCERTAIN[measure])


def day(when: date) -> str:
    return when.isoformat()


def in_words(question: Question, choices: Choices, place: str) -> str:
    """Say the whole question in one sentence."""
    parts = [
        _("{source} i {place}, {start}–{end}").format(
            source=choices.source_names[question.source],
            place=place,
            start=day(question.start),
            end=day(question.end),
        )
    ]
    if question.categories:
        names = [choices.labels.get(slug, slug) for slug in question.categories]
        parts.append(", ".join(names))
    if question.weekdays:
        parts.append(", ".join(str(WEEKDAYS[number]) for number in question.weekday_numbers))
    if question.hours:
        first, last = question.hours
        parts.append(_("klockan {first:02d}–{last:02d}").format(first=first, last=last))
    return "; ".join(parts) + "."


def compared_in_words(question: Question) -> str:
    """Say what the period is compared with."""
    if question.before is None:
        return _("Ingen jämförelseperiod.")
    first, last = question.before
    return _("Jämfört med {start}–{end}.").format(start=day(first), end=day(last))


def rate_decimals(answer: Answer) -> int:
    """Return the decimals that tell this answer's rates apart."""
    shown = answer.estimates.rate.value[answer.shown()]
    known = [float(rate) for rate in shown if np.isfinite(rate)]
    return decimals_for(max([*known, answer.whole.rate.value or 0.0]))


def interval(value: Value, decimals: int) -> str:
    """Write an interval, nothing where there is none."""
    if value.low is None:
        return ""
    if value.high is None:
        return _("minst {low}").format(low=number(value.low, decimals))
    return f"{number(value.low, decimals)}–{number(value.high, decimals)}"


def figure(value: Value, decimals: int) -> str:
    return "–" if value.value is None else number(value.value, decimals)


@dataclass(frozen=True, slots=True)
class Fact:
    """A key figure above the map."""

    label: str
    value: str
    unit: str = ""
    interval: str = ""
    change: str = ""
    note: str = ""


def facts(answer: Answer) -> Iterator[Fact]:
    """Return the answer's key figures: how many, how often, more or fewer, and what is left out."""
    whole, decimals = answer.whole, rate_decimals(answer)
    yield Fact(_("Händelser"), figure(whole.count, 0), interval=interval(whole.count, 0))
    if whole.rate.value is not None:
        note = ""
        if answer.question.within and answer.estimates.municipality.rate.value is not None:
            note = _("Hela kommunen: {rate}").format(
                rate=number(answer.estimates.municipality.rate.value, decimals)
            )
        yield Fact(
            _("Per 1 000 invånare och år"),
            figure(whole.rate, decimals),
            interval=interval(whole.rate, decimals),
            note=note,
        )
    if answer.question.before is not None:
        yield _change_fact(answer)


def _change_fact(answer: Answer) -> Fact:
    change = answer.whole.change
    both = [change.low, change.high] if None not in (change.low, change.high) else None
    percent = "–" if change.value is None else signed((change.value - 1) * 100)
    words = change_in_words(change.value, [float(v or 0) for v in both] if both else None)
    before = number(answer.whole.before or 0)
    return Fact(
        _("Mot jämförelseperioden"),
        percent,
        unit="%" if change.value is not None else "",
        change=words,
        note=_("{before} då").format(before=before),
    )


def signed(percent: float) -> str:
    """Write a change with its sign."""
    whole = round(percent)
    return ("+" if whole > 0 else "") + number(whole)


@dataclass(frozen=True, slots=True)
class Row:
    """One area in the table, as written: figures with their intervals."""

    code: str
    name: str
    cells: tuple[tuple[str, str], ...]
    standing: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the table that can be sorted by."""

    key: str
    label: str
    query: str
    order: str


def rows(answer: Answer) -> list[Row]:
    """Return every area shown, in the order asked for."""
    uncertain = answer.estimates.uncertain(answer.question.measure)
    decimals = rate_decimals(answer)
    return [_row(answer, at, decimals, uncertain=bool(uncertain[at])) for at in ordered(answer)]


def _row(answer: Answer, at: int, decimals: int, *, uncertain: bool) -> Row:
    figures = answer.estimates
    rate, smoothed, change = (s.at(at) for s in (figures.rate, figures.smoothed, figures.change))
    code = answer.found.codes[at]
    cells = (
        (number(figures.residents[at]) if figures.residents.any() else "–", ""),
        (number(figures.count.value[at]), ""),
        (figure(rate, decimals), interval(rate, decimals)),
        (figure(smoothed, decimals), interval(smoothed, decimals)),
        ("–" if figures.before is None else number(int(figures.before[at])), ""),
        (figure(change, CHANGE_DECIMALS), interval(change, CHANGE_DECIMALS)),
    )
    return Row(code, answer.names[code], cells, standing(answer, at), not uncertain)


def standing(answer: Answer, at: int) -> str:
    """Say whether the area's rate is over or under the municipality's, if that is certain."""
    figures = answer.estimates
    value, centre = figures.rate.at(at), figures.municipality.rate.value
    if value.low is None or value.high is None or centre is None:
        return _("kan inte jämföras")
    if value.low > centre:
        return _("över kommunen")
    if value.high < centre:
        return _("under kommunen")
    return _("ingen säker skillnad")


def ordered(answer: Answer) -> list[int]:
    """Return the positions of the shown areas in the order asked for, missing figures last."""
    sort = answer.question.sort
    key, backwards = sort.removeprefix("-"), sort.startswith("-")
    shown = answer.shown()
    by_name = sorted(shown, key=lambda at: collated(answer.names[answer.found.codes[at]]))
    if key == "namn":
        return by_name[::-1] if backwards else by_name
    figures = answer.estimates
    before = np.zeros(len(figures.residents)) if figures.before is None else figures.before
    column = {
        "invanare": figures.residents,
        "antal": figures.count.value,
        "takt": figures.rate.value,
        "utjamnad": figures.smoothed.value,
        "fore": before,
        "forandring": figures.change.value,
    }[key]
    sign = -1 if backwards else 1
    return sorted(by_name, key=lambda at: (bool(np.isnan(column[at])), sign * float(column[at])))


COLUMNS: Sequence[tuple[str, str | Promise]] = (
    ("namn", gettext_lazy("Område")),
    ("invanare", gettext_lazy("Invånare")),
    ("antal", gettext_lazy("Antal")),
    ("takt", gettext_lazy("Per 1 000 och år")),
    ("utjamnad", gettext_lazy("Utjämnat")),
    ("fore", gettext_lazy("Före")),
    ("forandring", gettext_lazy("Kvot mot före")),
    ("", gettext_lazy("Mot kommunen")),
)


def breaks(answer: Answer) -> list[float]:
    """Return where the map's classes part: fifths of the areas with a certain figure, rounded."""
    measure = answer.question.measure
    if measure is Measure.CHANGE:
        return list(CHANGE_BREAKS)
    uncertain = answer.estimates.uncertain(measure)
    values = answer.estimates.series(measure).value
    certain = [float(values[at]) for at in answer.shown() if not uncertain[at]]
    if len(certain) < 2:
        return []
    parts = np.quantile(certain, np.arange(1, CLASSES) / CLASSES)
    return sorted({_rounded(float(part)) for part in parts if part > 0})


def _rounded(value: float) -> float:
    """Round to two significant digits: a class begins at a number that can be said."""
    digits = 1 - int(np.floor(np.log10(value)))
    return round(value, digits)


def map_values(answer: Answer) -> dict[str, dict[str, float | bool | str | None]]:
    """Return what the map colours and says of each area; uncertain ones get no colour."""
    measure = answer.question.measure
    uncertain = answer.estimates.uncertain(measure)
    series = answer.estimates.series(measure)
    decimals = {Measure.COUNT: 0, Measure.CHANGE: CHANGE_DECIMALS}.get(
        measure, rate_decimals(answer)
    )
    found: dict[str, dict[str, float | bool | str | None]] = {}
    for at in answer.shown():
        value = series.at(at)
        bounds = {"value": value.value, "low": value.low, "high": value.high}
        figures = {k: round(v, decimals) if v is not None else None for k, v in bounds.items()}
        found[answer.found.codes[at]] = {**figures, "uncertain": bool(uncertain[at])}
    return found
