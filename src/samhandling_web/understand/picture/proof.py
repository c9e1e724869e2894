"""What proves that the municipality does what lag (2023:196) asks, paragraph by paragraph.

Only what the platform holds is proof; what it does not hold is said as plainly.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from django.conf import settings
from django.utils.translation import gettext as _

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.understand.picture import scopes, selectors
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import Clock
from samhandling_web.understand.picture.selectors import StandingOfPicture


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be shown, with the document that shows it."""

    words: str
    picture: Picture | None = None
    url: str = ""
    may_open: Callable[[Actor], bool] | None = None
    """Who may open the document at `url`; without it, whoever reads the law's page."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the law: the duty in short, what proves it, and what is not held."""

    number: str
    duty: str
    holds: bool
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()


Source = Callable[[date], Iterable[Paragraph]]

_sources: dict[str, tuple[frozenset[str], Source]] = {}


def register(slug: str, numbers: Iterable[str], source: Source) -> None:
    """Let a room prove paragraphs that it holds documents for; it calls this when it starts.

    `numbers` are written as in `not_held`, which no longer names them.
    """
    _sources[slug] = (frozenset(numbers), source)


def paragraphs(today: date, actor: Actor) -> list[Paragraph]:
    """Return every paragraph with its proof on a day, in the order of the law.

    Documents that the person may not open are named, and not linked to.
    """
    elsewhere = [one for _numbers, source in _sources.values() for one in source(today)]
    found: dict[str, Paragraph] = {}
    for one in [*_own_paragraphs(today), *elsewhere]:
        before = found.get(one.number)
        found[one.number] = _together(before, one) if before else one
    return [
        replace(one, facts=tuple(_shown_to(actor, fact) for fact in one.facts))
        for one in sorted(found.values(), key=lambda one: _place(one.number))
    ]


def _together(one: Paragraph, other: Paragraph) -> Paragraph:
    """Return a paragraph of two duties: what one of them lacks is missing in the whole."""
    return Paragraph(
        one.number,
        f"{one.duty} {other.duty}",
        one.holds or other.holds,
        (*one.facts, *other.facts),
        (*one.missing, *other.missing),
    )


def _shown_to(actor: Actor, fact: Fact) -> Fact:
    return fact if fact.may_open is None or fact.may_open(actor) else replace(fact, url="")


def _place(number: str) -> int:
    """Return the first number of "8–9 §§"."""
    return int("".join(takewhile(str.isdigit, number)))


def _own_paragraphs(today: date) -> list[Paragraph]:
    standing = selectors.standing(scopes.areas_with_clock(today), today)
    whole = next((one for one in standing if one.area_id is None), None)
    districts = [one for one in standing if one.area_id is not None]
    return [
        _the_picture(whole, districts),
        _every_second_year(whole, districts),
        _other_planning(whole),
        _the_public(),
        _reports(),
    ]


def not_held() -> list[tuple[str, str]]:
    """Return the paragraphs that the platform has no documents for."""
    proven = {number for numbers, _source in _sources.values() for number in numbers}
    every = [
        ("5 §", _("Åtgärdsplanen")),
        ("8–9 §§", _("Samverkan och skriftliga överenskommelser")),
        ("10 §", _("Det strategiska rådet")),
        ("11 §", _("Samordningsfunktionen")),
        ("14 §", _("Kamerabevakning")),
    ]
    return [(number, label) for number, label in every if number not in proven]


def _the_picture(whole: StandingOfPicture | None, districts: list[StandingOfPicture]) -> Paragraph:
    has_picture = whole is not None and whole.picture is not None
    return Paragraph(
        "4 §",
        _(
            "En lägesbild för hela kommunen med kartläggning, annan relevant information och "
            "analys."
        ),
        holds=has_picture,
        facts=tuple(_decided(one) for one in [whole, *districts] if one and one.picture),
        missing=() if has_picture else (_("Kommunen har ingen antagen lagstadgad lägesbild."),),
    )


def _decided(one: StandingOfPicture) -> Fact:
    picture = one.picture
    assert picture is not None
    words = _(
        "{area}: lägesbild {number}, version {version}, antagen av {body} {day}, {case}. "
        "Alla tre delarna är skrivna."
    ).format(
        area=one.area_name,
        number=picture.pk,
        version=picture.version,
        body=picture.adopted_by,
        day=picture.adopted_on,
        case=picture.case_number,
    )
    return Fact(words, picture)


def _every_second_year(
    whole: StandingOfPicture | None, districts: list[StandingOfPicture]
) -> Paragraph:
    every = [one for one in [whole, *districts] if one]
    in_time = whole is not None and whole.reading.clock in {Clock.GREEN, Clock.AMBER}
    late = [one.area_name for one in every if one.reading.clock == Clock.RED]
    missing = [_("Försenade: {areas}.").format(areas=", ".join(late))] if late else []
    if whole is None or whole.picture is None:
        missing.append(_("Det finns ingen antagen lägesbild att uppdatera."))
    return Paragraph(
        "6 §",
        _("Lägesbilden uppdateras minst vartannat år."),
        holds=in_time,
        facts=tuple(_ages(every)),
        missing=tuple(missing),
    )


def _ages(every: list[StandingOfPicture]) -> Iterator[Fact]:
    for one in every:
        if one.picture is None:
            continue
        before = one.picture.previous
        words = _("{area}: antagen {day}, ska uppdateras senast {due}.").format(
            area=one.area_name, day=one.picture.adopted_on, due=one.reading.due_on
        )
        if before is not None and before.adopted_on and one.picture.adopted_on:
            days = (one.picture.adopted_on - before.adopted_on).days
            words += " " + _("{days} dagar efter version {version}.").format(
                days=days, version=before.version
            )
        yield Fact(words, one.picture)


def _other_planning(whole: StandingOfPicture | None) -> Paragraph:
    picture = whole.picture if whole else None
    words = picture.see_also.strip() if picture else ""
    return Paragraph(
        "7 §",
        _("Arbetet samordnas med annan lagstadgad analys och planering där det passar."),
        holds=bool(words),
        facts=(Fact(words, picture),) if words else (),
        missing=() if words else (_("Den antagna lägesbilden anger inget samband."),),
    )


def _the_public() -> Paragraph:
    published = selectors.pictures_published().count()
    facts = [Fact(_("Öppna sidor med siffror för kommunen och dess områden, utan inloggning."))]
    if published:
        facts.append(Fact(_("{count} antagna lägesbilder är publicerade.").format(count=published)))
    contact = settings.PUBLIC_CONTACT
    if contact:
        facts.append(Fact(_("Kontaktpunkt: {contact}.").format(contact=contact)))
    return Paragraph(
        "12 §",
        _("Det finns en kontaktpunkt, och invånarna får information om arbetet."),
        holds=bool(contact),
        facts=tuple(facts),
        missing=() if contact else (_("Ingen kontaktpunkt är angiven i installationen."),),
    )


def _reports() -> Paragraph:
    return Paragraph(
        "13 §",
        _("Kommunstyrelsen leder arbetet och rapporterar löpande till fullmäktige."),
        holds=False,
        missing=(_("Rapporter till fullmäktige hålls inte i plattformen ännu."),),
        facts=(Fact(_("Varje antagen lägesbild kan lämnas till fullmäktige som PDF eller Word.")),),
    )
