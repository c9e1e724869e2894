"""What is typed: a report, one observation of a sending, answers, filters and categories."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.forms import DateTimeInput, PeriodForm
from samhandling_web.base.common.free_text import FreeLine, FreeText
from samhandling_web.base.photos.forms import PhotosForm
from samhandling_web.observe.observations import rules, selectors
from samhandling_web.observe.observations.rules import (
    CATEGORY_KINDS,
    GOOD_KINDS,
    PRECISIONS,
    SEVERITIES,
    STATUSES,
    CategoryKind,
    Precision,
    Severity,
)
from samhandling_web.observe.observations.seen import Fault, Seen
from samhandling_web.observe.observations.selectors.observations import NO_DISTRICT

# What each field of a sending is called where it is refused.
LABELS = {
    "category": _("kategori"),
    "severity": _("allvar"),
    "start": _("från"),
    "end": _("till"),
    "text": _("vad som hände"),
    "geometry": _("läget på kartan"),
    "precision": _("lägets noggrannhet"),
    "place_name": _("platsens namn"),
}
WHEN = (("now", _("Nu")), ("today", _("Tidigare i dag")), ("chosen", _("Välj tid")))


class ReportForm(PhotosForm):
    """The report page without scripts: one observation, with its photos."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    category = forms.ChoiceField(label=_("Vad?"), widget=forms.RadioSelect)
    place_name = FreeLine(
        label=_("Platsens namn"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "kanda-platser", "autocomplete": "off"}),
    )
    when = forms.ChoiceField(label=_("När?"), choices=WHEN, widget=forms.RadioSelect)
    start = forms.DateTimeField(label=_("Från"), required=False, widget=DateTimeInput)
    end = forms.DateTimeField(label=_("Till"), required=False, widget=DateTimeInput)
    severity = forms.ChoiceField(
        label=_("Hur allvarligt?"),
        choices=choices(SEVERITIES),
        widget=forms.RadioSelect,
        required=False,
    )
    text = FreeText(
        label=_("Vad hände?"),
        required=False,
        help_text=_("Inga namn och inga personnummer: skriv vad som hände, inte vem."),
    )
    # Which one near it is the same as; nought when it is none of them.
    joins = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    field_order = (
        "client_id", "category", "place_name", "when", "start", "end", "severity", "text",
        "photos", "nobody_recognisable",
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"when": "now", "client_id": uuid4()})
        super().__init__(*args, **kwargs)
        rows = list(selectors.categories_in_use())
        self.kinds = {row.slug: CategoryKind(row.kind) for row in rows}
        self.fields["category"].choices = [(row.slug, row.name) for row in rows]  # type: ignore[attr-defined]
        own = [(one.pk, one.name) for one in organisations]
        if len(own) > 1:
            self.fields["organisation"] = forms.TypedChoiceField(
                label=_("Du rapporterar för"), choices=own, coerce=int
            )

    def clean_photos(self) -> list[Any]:
        photos: list[Any] = self.cleaned_data["photos"]
        if len(photos) > rules.MOST_PHOTOS:
            raise forms.ValidationError(str(rules.TooManyPhotos(most=rules.MOST_PHOTOS)))
        return photos

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("when") == "chosen" and not self.cleaned_data.get("start"):
            self.add_error("start", _("Välj när det började."))
        kind = self.kinds.get(self.cleaned_data.get("category", ""))
        if kind not in GOOD_KINDS and not self.cleaned_data.get("severity"):
            self.add_error("severity", _("Välj hur allvarligt det var."))
        return cleaned

    def seen(self, now: datetime) -> Seen:
        """Return what was typed as one observation."""
        told = self.cleaned_data
        start, end = _interval(told["when"], told.get("start"), told.get("end"), now)
        return Seen(
            category=told["category"],
            severity=Severity(told["severity"] or Severity.GREEN),
            start=start,
            end=end,
            text=told["text"].strip(),
            place_name=" ".join(told["place_name"].split()),
            joins=told["joins"] or None,
        )

    @property
    def has_decided(self) -> bool:
        """Whether the person has been asked if it is the same as something near."""
        return self.cleaned_data.get("joins") is not None

    def take_faults(self, faults: Iterable[Fault]) -> None:
        """Show what the receipt refused, beside the fields."""
        for fault in faults:
            field = {"place": "place_name"}.get(fault.field, fault.field)
            self.add_error(field if field in self.fields else None, fault.message)


class DrawnField(forms.Field):
    """A GeoJSON geometry without anything that came beside it: no names, no properties."""

    def to_python(self, value: Any) -> dict[str, Any] | None:
        if value in self.empty_values:
            return None
        if not isinstance(value, dict) or not {"type", "coordinates"} <= value.keys():
            raise forms.ValidationError(str(rules.NotAPlaceOnTheMap()), code="geometry")
        return {"type": value["type"], "coordinates": value["coordinates"]}


class SentForm(forms.Form):
    """One observation of a sending, as a telephone tells it."""

    category = forms.SlugField()
    severity = forms.ChoiceField(choices=choices(SEVERITIES))
    start = forms.DateTimeField()
    end = forms.DateTimeField()
    text = FreeText(required=False)
    geometry = DrawnField(required=False)
    precision = forms.ChoiceField(choices=choices(PRECISIONS))
    place_name = FreeLine(max_length=120, required=False)
    joins = forms.IntegerField(required=False, min_value=1)

    def seen(self) -> Seen:
        told = self.cleaned_data
        return Seen(
            **{
                **told,
                "severity": Severity(told["severity"]),
                "precision": Precision(told["precision"]),
                "text": told["text"].strip(),
                "place_name": " ".join(told["place_name"].split()),
            }
        )


class SendingForm(forms.Form):
    """What a sending says of itself."""

    client_id = forms.UUIDField()
    reporter = forms.IntegerField()
    organisation = forms.IntegerField(required=False)
    nothing = forms.BooleanField(required=False)
    typed_at = forms.DateTimeField()


@dataclass(frozen=True, slots=True)
class Sent:
    """A sending that was read: what it says of itself, its observations, and what is wrong."""

    told: Mapping[str, Any]
    observations: tuple[Seen, ...]
    faults: tuple[Fault, ...]


def sent(content: Any) -> Sent:
    """Read a sending; what cannot be read is named, not guessed."""
    content = content if isinstance(content, dict) else {}
    head = SendingForm(content)
    rows = content.get("observations") or []
    rows = rows if isinstance(rows, list) else []
    read = [SentForm(row if isinstance(row, dict) else {}) for row in rows]
    faults = [*_faults(0, head)]
    for number, form in enumerate(read, start=1):
        faults += _faults(number, form)
    seen = [form.seen() for form in read if form.is_valid()]
    return Sent(head.cleaned_data, tuple(seen), tuple(faults))


class PhotoForm(forms.Form):
    """One photo of an observation that was sent before."""

    client_id = forms.UUIDField()
    photo = forms.FileField()
    nobody_recognisable = forms.BooleanField(required=False)


class NearForm(forms.Form):
    """Where and when somebody is about to report something."""

    category = forms.SlugField()
    start = forms.DateTimeField()
    end = forms.DateTimeField()
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180)
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90)
    place_name = FreeLine(required=False, max_length=120)


class AnswerForm(forms.Form):
    """What the reporter is told."""

    answer = FreeText(
        label=_("Svar till rapportören"),
        required=False,
        help_text=_("Vad som gjordes, eller varför inget görs. Rapportören läser det."),
    )


class JoinForm(forms.Form):
    """Which other observation it is of the same thing as."""

    to = forms.IntegerField(label=_("Numret på den andra iakttagelsen"), min_value=1)
    unknown = _("Det finns ingen sådan iakttagelse som du får se. Kontrollera numret.")


class ObservationFilterForm(PeriodForm):
    """District, category, seriousness, state, period and words."""

    district = forms.ChoiceField(label=_("Stadsdelsområde"), required=False)
    category = forms.ChoiceField(label=_("Kategori"), required=False)
    severity = forms.ChoiceField(label=_("Allvar"), required=False)
    status = forms.ChoiceField(label=_("Läge"), required=False)
    words = FreeLine(label=_("Ord i texten"), required=False)
    field_order = ("district", "category", "severity", "status", "first_day", "last_day", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("alla"))
        self._choose("district", everything, _districts())
        self._choose("category", everything, selectors.categories_to_choose())
        self._choose("severity", everything, choices(SEVERITIES))
        self._choose("status", everything, choices(STATUSES))

    def _choose(self, field: str, first: Any, rows: Iterable[Any]) -> None:
        self.fields[field].choices = [first, *rows]  # type: ignore[attr-defined]


class CategoryForm(forms.Form):
    """A category's name and place in the list."""

    name = FreeLine(label=_("Namn"), max_length=80)
    order = forms.IntegerField(
        label=_("Ordning"),
        min_value=0,
        max_value=32_000,
        initial=100,
        help_text=_("Lägst först på rapportsidan."),
    )


class NewCategoryForm(CategoryForm):
    """A category that is to be: its kind decides how it is counted, and stays."""

    kind = forms.ChoiceField(
        label=_("Slag"),
        choices=choices(CATEGORY_KINDS),
        help_text=_("Bestämmer hur den räknas, och kan inte ändras sedan."),
    )
    field_order = ("name", "kind", "order")


def _districts() -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = [
        (str(number), name) for number, name in selectors.districts_to_choose()
    ]
    return [*rows, (NO_DISTRICT, _("utan stadsdelsområde"))]


def _interval(
    when: str, start: datetime | None, end: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    if when == "chosen" and start is not None:
        return start, end or start
    if when == "today":
        local = timezone.localtime(now)
        return datetime.combine(local.date(), time.min, local.tzinfo), now
    return now, now


def _faults(number: int, form: forms.Form) -> Iterable[Fault]:
    for field, errors in form.errors.items():
        label = str(LABELS.get(field, field)).capitalize()
        for error in errors:
            yield Fault(number, field, f"{label}: {error}")
