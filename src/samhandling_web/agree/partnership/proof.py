"""What proves that the municipality does what 8-10 §§ lag (2023:196) ask, one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from samhandling_web.agree.partnership import permissions
from samhandling_web.agree.partnership.models import Agreement, Council
from samhandling_web.agree.partnership.rules import CouncilKind, MeetingStatus
from samhandling_web.agree.partnership.selectors.agreements import holding_on, signed_agreements
from samhandling_web.agree.partnership.selectors.coverage import Coverage, coverage_on
from samhandling_web.agree.partnership.selectors.promises import promises_public
from samhandling_web.agree.partnership.validity import COVERING
from samhandling_web.understand.picture.proof import Fact, Paragraph

NUMBERS = ("8–9 §§", "10 §")
MEETS_EVERY_DAYS = 365
"""A strategic council that has not met for a year is none in practice."""


def paragraphs(day: date) -> list[Paragraph]:
    """Return 8-9 §§ and 10 § with their proof on a day."""
    return [_agreements(day), _council(day)]


def _agreements(day: date) -> Paragraph:
    held = signed_agreements().filter(holding_on(day), kind__in=COVERING)
    found = list(held.order_by("district", "title"))
    coverage = coverage_on(day)
    return Paragraph(
        "8–9 §§",
        _(
            "Kommunen samordnar arbetet och verkar för skriftliga överenskommelser som anger "
            "syften och områden för samverkan."
        ),
        holds=bool(found),
        facts=(*(_signed(one) for one in found), *_promised()),
        missing=tuple(_lacking(coverage, has_any=bool(found))),
    )


def _signed(agreement: Agreement) -> Fact:
    words = _(
        "{title}: undertecknad {signed}, gäller {start} – {end}, {case}. Syften och områden för "
        "samverkan är skrivna."
    ).format(
        title=agreement.title,
        signed=agreement.signed_on,
        start=agreement.valid_from,
        end=agreement.valid_to,
        case=agreement.case_number or _("utan diarienummer"),
    )
    url = reverse("partnership:agreement-detail", args=[agreement.pk])
    return Fact(words, url=url, may_open=permissions.may_read)


def _promised() -> Iterator[Fact]:
    if count := promises_public().count():
        words = _("{count} medborgarlöften är publicerade med sitt läge.").format(count=count)
        yield Fact(words, url=reverse("partnership:public-promises"))


def _lacking(coverage: Coverage, *, has_any: bool) -> Iterator[str]:
    if not has_any:
        yield _("Ingen undertecknad överenskommelse gäller.")
    if coverage.districts_with_gaps:
        yield _("Utan giltig överenskommelse: {areas}.").format(
            areas=", ".join(coverage.districts_with_gaps)
        )


def _council(day: date) -> Paragraph:
    councils = Council.objects.filter(kind=CouncilKind.STRATEGIC, is_active=True)
    told = [_CouncilTold.of(one, day) for one in councils.select_related("organisation")]
    missing = [words for one in told for words in one.missing()]
    if not told:
        missing = [_("Inget strategiskt råd är upplagt.")]
    return Paragraph(
        "10 §",
        _(
            "Kommunen verkar för ett strategiskt råd som kommunen leder, med ledamöter i ledande "
            "befattningar."
        ),
        holds=any(not one.missing() for one in told),
        facts=tuple(one.fact() for one in told),
        missing=tuple(missing),
    )


@dataclass(frozen=True, slots=True)
class _CouncilTold:
    """A strategic council: who sits there by position, and its meetings in the last year."""

    council: Council
    positions: tuple[str, ...]
    organisations: int
    meetings: int
    decisions: int

    @classmethod
    def of(cls, council: Council, day: date) -> "_CouncilTold":
        seats = list(council.members.select_related("organisation"))
        met = [
            one
            for one in council.meetings.filter(
                status__in=[MeetingStatus.HELD, MeetingStatus.CLOSED]
            ).prefetch_related("items")
            if 0 <= (day - one.starts_at.date()).days <= MEETS_EVERY_DAYS
        ]
        return cls(
            council,
            tuple(str(seat) for seat in seats),
            len({seat.organisation_id for seat in seats}),
            len(met),
            sum(item.deadline is not None for one in met for item in one.items.all()),
        )

    def fact(self) -> Fact:
        words = _(
            "{name}, som leds av {leader}: {seats}. {meetings} möten det senaste året, {decisions} "
            "beslut med ansvarig och slutdatum."
        ).format(
            name=self.council.name,
            leader=self.council.organisation.name,
            seats="; ".join(self.positions) or _("inga platser är upplagda"),
            meetings=self.meetings,
            decisions=self.decisions,
        )
        url = reverse("partnership:council-detail", args=[self.council.pk])
        return Fact(words, url=url, may_open=permissions.may_read)

    def missing(self) -> tuple[str, ...]:
        lacks = (
            (self.organisations < 2, _("{name} har inte ledamöter från minst två organisationer.")),
            (not self.meetings, _("{name} har inte hållit något möte det senaste året.")),
        )
        return tuple(words.format(name=self.council.name) for is_so, words in lacks if is_so)
