"""What people fill in about councils, meetings, attendance and items."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.partnership.forms.fields import (
    AreaField,
    OrganisationField,
    offer_districts,
    offer_own,
)
from samhandling_web.agree.partnership.models import AgendaItem, Council, Meeting
from samhandling_web.agree.partnership.rules import (
    CALENDAR_SCOPES,
    COUNCIL_KINDS,
    ITEM_STATUSES,
    ItemStatus,
)
from samhandling_web.agree.partnership.selectors.councils import attendance_of, seats_of
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.forms import DateInput, DateTimeInput
from samhandling_web.base.common.free_text import FreeLine, FreeText

USUAL_LENGTH = timedelta(hours=1, minutes=30)
USUAL_START = 13
MOST_CAME = 200
ENDINGS = {status: ITEM_STATUSES[status] for status in (ItemStatus.DONE, ItemStatus.DROPPED)}
Came = tuple[Organisation, str, int]


class CouncilForm(forms.Form):
    """A group that meets, who leads it and for which part of the town."""

    kind = forms.ChoiceField(
        label=_("Slag"), choices=choices(COUNCIL_KINDS), widget=forms.RadioSelect
    )
    name = FreeLine(label=_("Namn"), max_length=120)
    organisation = OrganisationField(label=_("Leds av"))
    district = AreaField(label=_("Område"))
    is_active = forms.BooleanField(label=_("Rådet finns"), required=False, initial=True)

    def __init__(
        self, *args: Any, actor: User, council: Council | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer_districts(self.fields["district"], council.district if council else None)
        offer_own(self.fields["organisation"], actor)
        if council is None:
            del self.fields["is_active"]


class SeatForm(forms.Form):
    """An organisation's seat by position: never a name."""

    organisation = OrganisationField(label=_("Organisation"))
    position = FreeLine(
        label=_("Befattning"),
        max_length=120,
        help_text=_("I det strategiska rådet ledande befattningar (10 § lag 2023:196)."),
    )
    is_chair = forms.BooleanField(label=_("Ordförande"), required=False)


class MeetingForm(forms.Form):
    """When and where."""

    council = forms.ModelChoiceField(
        Council.objects.none(), label=_("Råd eller grupp"), empty_label=_("välj råd")
    )
    starts_at = forms.DateTimeField(label=_("Börjar"), widget=DateTimeInput)
    ends_at = forms.DateTimeField(label=_("Slutar"), widget=DateTimeInput)
    where = FreeLine(label=_("Var"), max_length=200, required=False)

    def __init__(self, *args: Any, councils: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if councils is None:
            del self.fields["council"]
        else:
            self.fields["council"].queryset = councils  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and end < start:
            self.add_error(
                "ends_at", _("Mötet slutar innan det börjar. Välj ett senare klockslag.")
            )
        return cleaned


def proposed_time(day: date) -> dict[str, datetime]:
    """Propose a week from now, after lunch, for an hour and a half."""
    first = datetime.combine(day + timedelta(days=7), datetime.min.time())
    start = timezone.make_aware(first.replace(hour=USUAL_START))
    return {"starts_at": start, "ends_at": start + USUAL_LENGTH}


class AttendanceForm(forms.Form):
    """How many came from each organisation that has a seat, and from one more."""

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        came = {row.organisation_id: row for row in attendance_of(meeting)}
        self.rows: dict[str, tuple[Organisation, str]] = {}
        for seat in seats_of(meeting.council):
            name = f"count_{seat.organisation_id}"
            _known, positions = self.rows.get(name, (None, ""))
            both = ", ".join(filter(None, [positions, seat.position]))
            self.rows[name] = (seat.organisation, both[:120])
        for row in came.values():
            self.rows.setdefault(f"count_{row.organisation_id}", (row.organisation, row.position))
        for name, (organisation, position) in self.rows.items():
            known = came.get(organisation.pk)
            self.fields[name] = forms.IntegerField(
                label=organisation.name,
                help_text=position,
                min_value=0,
                max_value=MOST_CAME,
                required=False,
                initial=known.count if known else 0,
            )
        self.fields["other"] = OrganisationField(
            label=_("Någon annan organisation"), required=False
        )
        self.fields["other_position"] = FreeLine(
            label=_("Befattning"), max_length=120, required=False
        )
        self.fields["other_count"] = forms.IntegerField(
            label=_("Antal"), min_value=0, max_value=MOST_CAME, required=False
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("other_count") and not cleaned.get("other"):
            self.add_error("other", _("Välj vilken organisation de kom från."))
        return cleaned

    def came(self) -> list[Came]:
        """Return who came, the added organisation last; one that is listed counts once."""
        found = {
            who.pk: (who, position, self.cleaned_data.get(name) or 0)
            for name, (who, position) in self.rows.items()
        }
        other = self.cleaned_data.get("other")
        if other is not None:
            count = self.cleaned_data.get("other_count") or 1
            found[other.pk] = (other, self.cleaned_data.get("other_position") or "", count)
        return list(found.values())


class ItemForm(forms.Form):
    """An item of one's own."""

    title = FreeLine(label=_("Egen punkt"), max_length=200)


class DecisionForm(forms.Form):
    """What a meeting makes of one item: who does what by when, or why nothing is done."""

    notes = FreeText(label=_("Vad som sades"), required=False, widget=forms.Textarea({"rows": 2}))
    decision = FreeText(
        label=_("Beslut: vad ska göras?"), required=False, widget=forms.Textarea({"rows": 2})
    )
    owner = OrganisationField(label=_("Ansvarig"), required=False)
    deadline = forms.DateField(label=_("Klart senast"), required=False, widget=DateInput)
    no_action_because = FreeText(
        label=_("Eller: ingen åtgärd, därför att"),
        required=False,
        widget=forms.Textarea({"rows": 1}),
    )

    @classmethod
    def of(cls, item: AgendaItem, posted: Any = None) -> "DecisionForm":
        """Return the form of an item, with what was typed or with what is stored."""
        names = ("notes", "decision", "owner", "deadline", "no_action_because")
        stored = {name: getattr(item, name) for name in names}
        return cls(posted, initial=stored, prefix=f"p{item.pk}")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") and cleaned.get("no_action_because"):
            self.add_error(
                "no_action_because",
                _("Skriv antingen ett beslut eller varför inget görs, inte båda."),
            )
        return cleaned


class ReportForm(forms.Form):
    """What came of a decided item."""

    status = forms.ChoiceField(
        label=_("Hur gick det?"), choices=choices(ENDINGS), widget=forms.RadioSelect
    )
    result = FreeText(
        label=_("Vad blev resultatet?"),
        help_text=_("Kort: vad som gjordes, eller varför det inte blev gjort."),
    )


class CalendarForm(forms.Form):
    """Which meetings the calendar shows."""

    scope = forms.ChoiceField(
        label=_("Vilka möten"), choices=choices(CALENDAR_SCOPES), widget=forms.RadioSelect
    )


class ItemFilterForm(forms.Form):
    """Whose items are shown."""

    ansvarig = OrganisationField(label=_("Ansvarig"), required=False, empty_label=_("alla"))
