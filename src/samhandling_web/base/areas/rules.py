"""How areas change over time, and what the platform says about it. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _


class Visibility(StrEnum):
    """Who may see where an area lies. Values are stored: never rename or reuse one."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PROTECTED = "protected"


VISIBILITIES: dict[Visibility, Text] = {
    Visibility.PUBLIC: _("öppen"),
    Visibility.INTERNAL: _("intern"),
    Visibility.PROTECTED: _("skyddad"),
}


class Weight(StrEnum):
    """What the content of an area is shared out by. Values are stored."""

    POPULATION = "population"
    AREA = "area"


WEIGHTS: dict[Weight, Text] = {Weight.POPULATION: _("invånare"), Weight.AREA: _("yta")}


GROUND_KINDS: dict[str, Text] = {"water": _("vatten"), "streets": _("gator och spår")}


class UnknownLevel(DomainError):
    """No such level is defined in this installation."""

    message = _("Områdesnivån {level} finns inte. Lägg upp den under Områden, Nivåer.")
    status = 404


class NoBaseLevel(UnknownLevel):
    """No level is marked as the one in which events and residents are counted."""

    message = _(
        "Ingen områdesnivå är basenhet, så inget kan räknas. Välj en nivå under Områden och kryssa "
        "för statistisk basenhet."
    )


class NoAreasThen(DomainError):
    """The level has no areas on that day."""

    message = _(
        "Nivån {level} har inga områden {day}. Välj en annan dag eller läs in den indelning "
        "som gällde då."
    )
    status = 404


class NoAreaRows(DomainError):
    """An empty division would end every area of the level."""

    message = _("Filen har inga områden för nivån {level}. Kontrollera att rätt fil är vald.")


class AreaRowsInvalid(DomainError):
    """A row cannot be an area."""

    message = _("Rad {row} ({code}) kan inte bli ett område: {explanation}")


class AreaCodeTwice(DomainError):
    """Two rows of one division share a code."""

    message = _(
        "Koden {code} står på flera rader i samma indelning. Slå ihop områdets delar till en rad."
    )


class UnknownImport(DomainError):
    """Nothing was imported under that key."""

    message = _(
        "Det finns ingen inläsning av områden med nyckeln {batch}. Kanske är den ångrad redan: se "
        "efter under Inläsningar."
    )
    status = 404


class LaterImportFirst(DomainError):
    """Undoing goes backwards, the last import first."""

    message = _(
        "Inläsningen {batch} kan inte ångras än: {later} har ändrat samma nivå efteråt. "
        "Ångra den först."
    )


class OverlayHasNoCrosswalk(DomainError):
    """Content outside every overlay area would have nowhere to go."""

    message = _(
        "{level} täcker inte hela kommunen, så summor kan inte räknas om dit. Räkna i stället hur "
        "stor del av varje basenhet som ligger innanför."
    )


class OverlayIsNoBaseUnit(DomainError):
    """What lies outside every base unit would be counted nowhere."""

    message = _(
        "En överlagrad nivå täcker inte hela kommunen och kan inte vara basenhet. Välj det ena."
    )


class AreaInUse(DomainError):
    """Something else in the platform points at the area."""

    message = _(
        "Området {area} används på andra ställen och kan inte tas bort. Läs in en ny indelning som "
        "avslutar det i stället."
    )


class AnotherMunicipality(DomainError):
    """An installation serves one municipality."""

    message = _(
        "Den här installationen är redan {name} ({code}). En installation har en kommun; "
        "gör en ny installation för en annan."
    )


class UnknownMember(DomainError):
    """A group names an area that does not exist that day."""

    message = _("{member} finns inte i nivån {level} {day}. Rätta tabellen eller välj annan dag.")


class MemberTwice(DomainError):
    """An area cannot lie in two groups."""

    message = _("{member} står i både {first} och {second}. Ett område hör till en grupp.")


class MembersLeftOver(DomainError):
    """A grouping that leaves areas out would lose people from every sum."""

    message = _("Dessa områden står inte i någon grupp: {members}. Lägg till dem i tabellen.")


class UnknownUnits(DomainError):
    """Values were given for base units that do not exist that day."""

    message = _(
        "Dessa koder finns inte i nivån {level} {day}: {codes}. Rätta koderna, eller läs in den "
        "indelning som de hör till."
    )


class UnknownGround(DomainError):
    """The map has no such layer under its areas."""

    message = _("Kartunderlaget {kind} finns inte. Välj ett av: {known}.")


class EmptyGround(DomainError):
    """Nothing in the file can be drawn."""

    message = _(
        "Filen innehåller inget att rita för {kind}. Kontrollera att rätt fil är vald och att den "
        "har former."
    )


@dataclass(frozen=True, slots=True)
class Span:
    """What one stored version says: which area, what it looked like, from when until when."""

    version_id: int
    code: str
    content_hash: str
    start: date
    end: date | None

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new division says of one area; `end` is set only when its source says so."""

    content_hash: str
    end: date | None = None


@dataclass(slots=True)
class Plan:
    """The changes that make the stored versions agree with a new division.

    `moved` holds (version, new start, new end); `copied` versions go on after the division with
    a start of their own; `rewritten` get the new content in place.
    """

    moved: list[tuple[int, date, date | None]] = field(default_factory=list)
    copied: list[tuple[int, date, date | None]] = field(default_factory=list)
    rewritten: list[tuple[int, str, date | None]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    created: list[tuple[str, date | None]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.moved or self.copied or self.rewritten or self.removed or self.created)


def division_end(spans: Sequence[Span], start: date) -> date | None:
    """Return the first day after `start` on which the level changes, None if it never does."""
    days = {day for span in spans for day in (span.start, span.end) if day and day > start}
    return min(days, default=None)


def division_plan(spans: Sequence[Span], wanted: Mapping[str, Wanted], start: date) -> Plan:
    """Work out what a division that holds from `start` changes.

    It holds until the next day on which the level is known to change, so that divisions may be
    read in any order. An area that looks as before keeps its version. One that changed or is
    gone ends the day before; what was known to hold after the next change goes on holding.
    """
    end = division_end(spans, start)
    plan = Plan()
    active = {span.code: span for span in spans if span.holds_on(start)}
    for code, span in active.items():
        want = wanted.get(code)
        if want is not None and want.content_hash == span.content_hash:
            _keep(plan, span, want)
        else:
            _cut_out(plan, span, start, end, want)
    for code, want in wanted.items():
        if code not in active:
            plan.created.append((code, _earlier(end, want.end)))
    return plan


def _keep(plan: Plan, span: Span, want: Wanted) -> None:
    if want.end is not None and span.end is None:
        plan.moved.append((span.version_id, span.start, want.end))
    else:
        plan.unchanged += 1


def _cut_out(plan: Plan, span: Span, start: date, end: date | None, want: Wanted | None) -> None:
    """Replace what `span` says between `start` and `end`, and keep what it says outside."""
    goes_on = end is not None and (span.end is None or end < span.end)
    until = _earlier(end, want.end) if want else None
    if span.start < start:
        plan.moved.append((span.version_id, span.start, start))
        if goes_on and end is not None:
            plan.copied.append((span.version_id, end, span.end))
    elif goes_on and end is not None:
        plan.moved.append((span.version_id, end, span.end))
    elif want is not None:
        plan.rewritten.append((span.version_id, span.code, until))
        return
    else:
        plan.removed.append(span.version_id)
    if want is not None:
        plan.created.append((span.code, until))


def _earlier(first: date | None, second: date | None) -> date | None:
    return min((day for day in (first, second) if day is not None), default=None)
