"""The situational picture (lägesbild): its kinds, parts, states and two-year clock.

Lag (2023:196) om kommuners ansvar för brottsförebyggande arbete: 4 § the three parts,
6 § updated at least every second year.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _


class Kind(StrEnum):
    """What a picture is for. Values are stored: never rename or reuse one."""

    STATUTORY = "statutory"
    QUARTERLY = "quarterly"
    WEEKLY = "weekly"


KINDS: dict[Kind, Text] = {
    Kind.STATUTORY: _("lagstadgad lägesbild"),
    Kind.QUARTERLY: _("kvartalsbild"),
    Kind.WEEKLY: _("veckobild"),
}


class Part(StrEnum):
    """The mandatory parts of the statutory picture, 4 § lag (2023:196)."""

    MAPPING = "mapping"
    OTHER_INFORMATION = "other_information"
    ANALYSIS = "analysis"


PARTS: dict[Part, Text] = {
    Part.MAPPING: _("Kartläggning av brottsligheten, dess omfattning och konsekvenser"),
    Part.OTHER_INFORMATION: _("Annan relevant information"),
    Part.ANALYSIS: _("Analys av kartläggningen och informationen"),
}

MANDATORY_PARTS: dict[Kind, tuple[Part, ...]] = {
    Kind.STATUTORY: (Part.MAPPING, Part.OTHER_INFORMATION, Part.ANALYSIS),
    Kind.QUARTERLY: (Part.MAPPING, Part.ANALYSIS),
    Kind.WEEKLY: (Part.MAPPING,),
}


class Status(StrEnum):
    """Where a picture stands. Values are stored: never rename or reuse one."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ADOPTED = "adopted"


STATUSES: dict[Status, Text] = {
    Status.DRAFT: _("utkast"),
    Status.IN_REVIEW: _("på granskning"),
    Status.ADOPTED: _("antagen"),
}

# What is recorded of a picture, as its history tells it.
ACTS: dict[str, Text] = {
    "understand.picture.drafted": _("Påbörjad"),
    "understand.picture.edited": _("Texten ändrad"),
    "understand.picture.figures_filled": _("Siffrorna hämtade"),
    "understand.picture.figures_chosen": _("Siffrorna valda och ordnade"),
    "understand.picture.submitted": _("Inlämnad för granskning"),
    "understand.picture.returned": _("Återlämnad"),
    "understand.picture.adopted": _("Antagen"),
    "understand.picture.exported": _("Hämtad som fil"),
    "understand.picture.exported_publicly": _("Hämtad från de öppna sidorna"),
}

TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.IN_REVIEW}),
    Status.IN_REVIEW: frozenset({Status.DRAFT, Status.ADOPTED}),
    Status.ADOPTED: frozenset(),
}


class TransitionNotAllowed(DomainError):
    """The picture cannot move there from where it stands."""

    message = _("En lägesbild som är {current} kan inte bli {target}. Ladda om sidan.")


class PictureIsFixed(DomainError):
    """The picture is no longer a draft."""

    message = _(
        "Lägesbilden är {current} och kan inte ändras. "
        "Återför den till utkast, eller börja en ny version om den är antagen."
    )


class PartsMissing(DomainError):
    """A mandatory part is empty, or the figures have not been filled in."""

    message = _("Lägesbilden är inte fullständig. Det saknas: {missing}.")


class DecisionIncomplete(DomainError):
    """An adoption without a body, a date or a reference number is not a decision."""

    message = _("Beslutet är inte fullständigt. Det saknas: {missing}.")


class DecisionInFuture(DomainError):
    """A decision cannot have been taken tomorrow."""

    message = _("Beslutsdatumet {on} ligger i framtiden. Ange dagen då beslutet fattades.")


class SamePersonTwice(DomainError):
    """Whoever drafted the picture does not register its adoption alone."""

    message = _(
        "Den som skrivit lägesbilden kan inte själv registrera att den är antagen. "
        "Be en kollega granska och registrera beslutet."
    )


class EditedMeanwhile(DomainError):
    """Somebody else has changed the same text since the page was shown."""

    message = _(
        "Någon annan har ändrat samma text medan du skrev: {fields}. Inget är sparat ännu och "
        "din text är kvar. Jämför, ta med det som ska med och spara igen."
    )
    status = 409


class FiguresOutdated(DomainError):
    """The period was changed while the figures were being counted."""

    message = _("Perioden ändrades medan siffrorna räknades. Hämta siffrorna igen.")


class ReasonMissing(DomainError):
    """Whoever wrote the picture must know what to put right."""

    message = _("Skriv vad som ska rättas, så att den som skrivit lägesbilden vet.")


class NoFiguresThere(DomainError):
    """The data give nothing for this area and period."""

    message = _("Det finns inga siffror för området och perioden. Läs in underlag först.")


def check_transition(current: Status, target: Status) -> None:
    """Raise TransitionNotAllowed unless `current` may become `target`."""
    if target not in TRANSITIONS[current]:
        raise TransitionNotAllowed(current=STATUSES[current], target=STATUSES[target])


def check_is_draft(current: Status) -> None:
    """Raise PictureIsFixed unless the picture may still be edited."""
    if current != Status.DRAFT:
        raise PictureIsFixed(current=STATUSES[current])


def missing_parts(kind: Kind, texts: dict[Part, str], *, has_figures: bool) -> list[Text]:
    """Name every mandatory part that is empty, and the figures when there are none."""
    missing = [PARTS[part] for part in MANDATORY_PARTS[kind] if not texts[part].strip()]
    if not has_figures:
        missing.append(_("underlagets siffror (välj Hämta siffror)"))
    return missing


def check_complete(kind: Kind, texts: dict[Part, str], *, has_figures: bool) -> None:
    """Raise PartsMissing naming every mandatory part that is empty, and missing figures."""
    missing = missing_parts(kind, texts, has_figures=has_figures)
    if missing:
        raise PartsMissing(missing="; ".join(str(label) for label in missing))


# 6 § lag (2023:196): at least every second year. Two years are counted as 730 days, so that a
# picture is never called up to date on day 731, leap year or not.
LONGEST_AGE = timedelta(days=730)
WARNING_BEFORE = timedelta(days=183)


class Clock(StrEnum):
    """How close the two years are to running out."""

    NONE = "none"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The state of the clock on a day. `days_left` is negative when overdue."""

    clock: Clock
    due_on: date | None
    days_left: int | None

    @property
    def days_overdue(self) -> int:
        return max(0, -(self.days_left or 0))


def clock_reading(adopted_on: date | None, today: date) -> ClockReading:
    """Read the two-year clock: red from day 731 on, none without an adopted picture."""
    if adopted_on is None:
        return ClockReading(Clock.NONE, None, None)
    due_on = adopted_on + LONGEST_AGE
    days_left = (due_on - today).days
    if days_left < 0:
        return ClockReading(Clock.RED, due_on, days_left)
    warned = days_left < WARNING_BEFORE.days
    return ClockReading(Clock.AMBER if warned else Clock.GREEN, due_on, days_left)
