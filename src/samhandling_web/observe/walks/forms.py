"""What people fill in about walks: the plan, what was found, who came, answers and links."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.drawn import Kind
from samhandling_web.base.common.forms import DateInput, DateTimeInput, PeriodForm
from samhandling_web.base.common.free_text import FreeLine, FreeText
from samhandling_web.base.common.geometry_field import GeometryField
from samhandling_web.base.photos.forms import PhotosForm
from samhandling_web.observe.observations.models import Category
from samhandling_web.observe.observations.rules import CATEGORY_KINDS, CategoryKind
from samhandling_web.observe.walks import permissions, selectors
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.observe.walks.rules import (
    AGE_BANDS,
    COST_CLASSES,
    FINDING_STATUSES,
    LIGHTS,
    MOST_PHOTOS,
    SEXES,
    STATUSES,
    AgeBand,
    CostClass,
    FindingStatus,
    Light,
    Sex,
)
from samhandling_web.observe.walks.services import Answer, Asked, Found, Plan

SAFETY = [("unsafe", _("Otryggt")), ("safe", _("Tryggt"))]
# What is seen on a walk is mostly of the place itself.
KIND_ORDER = (
    CategoryKind.ENVIRONMENT, CategoryKind.SAFE, CategoryKind.POSITIVE, CategoryKind.EVENT,
    CategoryKind.RUMOUR, CategoryKind.UPCOMING,
)  # fmt: skip
MOST_INVITED = 12


class WalkFilterForm(PeriodForm):
    """Which walks to list."""

    district = forms.TypedChoiceField(
        label=_("Område"), required=False, coerce=int, empty_value=None
    )
    status = forms.ChoiceField(
        label=_("Läge"), required=False, choices=[("", _("alla")), *choices(STATUSES)]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = selectors.districts_to_choose(timezone.localdate())
        self.fields["district"].choices = [("", _("alla")), *known]  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """The plan of a walk."""

    title = FreeLine(label=_("Rubrik"), max_length=200)
    organiser = forms.ModelChoiceField(Organisation.objects.none(), label=_("Arrangör"))
    district = forms.ChoiceField(label=_("Område"), required=False)
    planned_at = forms.DateTimeField(label=_("Tid"), widget=DateTimeInput)
    meeting_point = FreeLine(label=_("Samlingsplats"), max_length=200, required=False)
    purpose = FreeText(
        label=_("Varför just här"),
        required=False,
        help_text=_("Till exempel vad lägesbilden eller iakttagelserna säger om platsen."),
    )
    previous = forms.ModelChoiceField(
        Walk.objects.none(),
        label=_("Upprepar en tidigare vandring"),
        required=False,
        empty_label=_("nej, den är ny"),
        help_text=_("Då finns förra vandringens fynd med när ni går, så att ni ser vad som hänt."),
    )
    route = GeometryField(
        kinds=[Kind.LINE],
        label=_("Väg"),
        required=False,
        help_text=_("Från start till mål. Håll den kort: en vandring tar en till två timmar."),
    )

    def __init__(self, *args: Any, actor: User, walk: Walk | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        led = permissions.organisations_led_by(actor)
        organiser: Any = self.fields["organiser"]
        organiser.queryset = led
        if (first := led.first()) and led.count() == 1:
            organiser.initial = first.pk
        known = selectors.districts_to_choose(timezone.localdate())
        self.fields["district"].choices = [("", _("inget bestämt")), *known]  # type: ignore[attr-defined]
        walked = selectors.walks_to_repeat(actor)
        previous: Any = self.fields["previous"]
        previous.queryset = walked.exclude(pk=walk.pk) if walk else walked

    @classmethod
    def of(cls, walk: Walk, *, actor: User) -> "PlanForm":
        """Return the form with a walk's plan in it."""
        names = ("title", "planned_at", "meeting_point", "purpose", "route")
        initial = {name: getattr(walk, name) for name in names}
        initial |= {
            name: getattr(walk, f"{name}_id") for name in ("organiser", "district", "previous")
        }
        return cls(initial=initial, actor=actor, walk=walk)

    def plan(self) -> Plan:
        """Return the plan that was filled in."""
        told = dict(self.cleaned_data)
        number = told.pop("district")
        area = Area.objects.select_related("responsible").get(pk=number) if number else None
        return Plan(district=area, **told)


class InvitationForm(forms.Form):
    """One role that is asked to come."""

    role = FreeLine(
        label=_("Roll"),
        max_length=120,
        required=False,
        help_text=_("Inte namn. Till exempel boende, fastighetsskötare, kommunpolis."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label=_("Organisation"), required=False
    )
    invited = forms.IntegerField(label=_("Antal"), min_value=1, max_value=500, required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        is_begun = told.get("organisation") or told.get("invited")
        if is_begun and not told.get("role") and "role" not in self.errors:
            self.add_error("role", _("Skriv vilken roll som bjuds in."))
        return told


InvitationFormSet = formset_factory(InvitationForm, extra=3, max_num=MOST_INVITED)


def asked_in(formset: BaseFormSet[InvitationForm]) -> list[Asked]:
    """Return the roles that were filled in."""
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("role")]
    return [Asked(row["role"], row["organisation"], row["invited"] or 1) for row in rows]


class CancelForm(forms.Form):
    """Why a walk is called off."""

    reason = FreeLine(label=_("Varför ställs den in?"), max_length=300)


class RecordForm(forms.Form):
    """When the walk was walked, and how many came."""

    walked_at = forms.DateTimeField(label=_("När ni gick"), widget=DateTimeInput)
    light = forms.ChoiceField(label=_("Ljus"), choices=choices(LIGHTS), widget=forms.RadioSelect)
    feedback_on = forms.DateField(
        label=_("Dag för återkopplingsmötet"),
        required=False,
        widget=DateInput,
        help_text=_("Två till tre veckor efter vandringen. Den dagen ska fynden vara besvarade."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for sex, age_band in self.keys():
            label = f"{SEXES[sex]}, {AGE_BANDS[age_band]}"
            self.fields[f"{sex}_{age_band}"] = forms.IntegerField(
                label=label, min_value=0, max_value=500, required=False
            )

    @staticmethod
    def keys() -> list[tuple[Sex, AgeBand]]:
        return [(sex, age_band) for sex in SEXES for age_band in AGE_BANDS]

    @property
    def facts(self) -> list[forms.BoundField]:
        return [self[name] for name in self.base_fields]

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields of who came, by sex."""
        return [
            (str(label), [self[f"{sex}_{age_band}"] for age_band in AGE_BANDS])
            for sex, label in SEXES.items()
        ]

    def recorded(self) -> dict[str, Any]:
        """Return what `walk_record` is told."""
        told = self.cleaned_data
        counts = {key: told[f"{key[0]}_{key[1]}"] or 0 for key in self.keys()}
        return {
            "walked_at": told["walked_at"],
            "light": Light(told["light"]),
            "feedback_on": told["feedback_on"],
            "counts": counts,
        }


class FeedbackForm(forms.Form):
    """When those who walked met those responsible."""

    feedback_on = forms.DateField(label=_("Dag för mötet"), widget=DateInput)


class NoticeForm(forms.Form):
    """What the participants are told."""

    notice = FreeText(
        label=_("Besked till deltagarna"),
        widget=forms.Textarea({"rows": 12}),
        help_text=_(
            "Gjort av svaren. Ändra det som ska sägas på annat sätt. Texten visas för alla som har "
            "adressen, utan inloggning."
        ),
    )


class FewPhotosForm(PhotosForm):
    """Photos of a finding: fewer than may be sent elsewhere."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["photos"].help_text = format_lazy(
            _("Av platsen, inte av människor. Högst {most} åt gången."), most=MOST_PHOTOS
        )


class FindingForm(FewPhotosForm):
    """One thing seen on a walk."""

    field_order = ["client_id", "repeats", "safety", "category", "text", "position", "place_name"]
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    repeats = forms.ModelChoiceField(
        Finding.objects.none(), required=False, widget=forms.HiddenInput
    )
    safety = forms.ChoiceField(
        label=_("Hur känns det här?"), choices=SAFETY, initial="unsafe", widget=forms.RadioSelect
    )
    category = forms.ModelChoiceField(Category.objects.none(), label=_("Vad är det?"))
    text = FreeText(
        label=_("Beskriv kort"), required=False, widget=forms.Textarea({"rows": 2}), max_length=1000
    )
    place_name = FreeLine(
        label=_("Platsens namn"),
        max_length=120,
        required=False,
        help_text=_("Behövs om läget inte är med."),
    )
    position = GeometryField(
        kinds=[Kind.POINT],
        label=_("Läge"),
        required=False,
        help_text=_("Behövs om platsen inte har något namn."),
    )
    suggestion = FreeText(
        label=_("Förslag"), required=False, widget=forms.Textarea({"rows": 2}), max_length=1000
    )
    owner = forms.ModelChoiceField(
        Organisation.objects.order_by("name"),
        label=_("Vem ska svara?"),
        required=False,
        empty_label=_("vet inte"),
    )
    cost_class = forms.ChoiceField(
        label=_("Kostnad"), choices=choices(dict(reversed(COST_CLASSES.items())))
    )

    def __init__(self, *args: Any, walk: Walk, **options: Any) -> None:
        super().__init__(*args, **options)
        category: Any = self.fields["category"]
        category.queryset = Category.objects.filter(is_active=True)
        category.choices = _categories_by_kind(category.queryset)
        repeats: Any = self.fields["repeats"]
        repeats.queryset = Finding.objects.filter(walk=walk.previous_id)

    @staticmethod
    def again(finding: Finding) -> dict[str, Any]:
        """Return what is filled in when a finding of the previous walk is found again."""
        position = None
        if finding.longitude is not None:
            position = {"type": "Point", "coordinates": [finding.longitude, finding.latitude]}
        return {
            "repeats": finding.pk,
            "safety": "safe" if finding.is_safe else "unsafe",
            "category": finding.category_id,
            "text": finding.text,
            "place_name": finding.place_name,
            "position": position,
            "suggestion": finding.suggestion,
            "owner": finding.owner_id,
            "cost_class": finding.cost_class,
        }

    def found(self) -> Found:
        """Return what was found."""
        told = self.cleaned_data
        position = told["position"]
        return Found(
            client_id=told["client_id"],
            category=told["category"],
            text=told["text"],
            is_safe=told["safety"] == "safe",
            suggestion=told["suggestion"],
            position=tuple(position["coordinates"]) if position else None,
            place_name=told["place_name"],
            cost_class=CostClass(told["cost_class"]),
            owner=told["owner"],
            repeats=told["repeats"],
        )


class AnswerForm(FewPhotosForm):
    """An answer to a finding."""

    field_order = ["target", "deadline", "owner", "why", "done_on"]
    target = forms.ChoiceField(label=_("Svar"), widget=forms.RadioSelect)
    deadline = forms.DateField(
        label=_("Klart senast"), required=False, widget=DateInput, help_text=_("Om det ska göras.")
    )
    owner = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label=_("Vem gör det?"), required=False
    )
    why = FreeText(
        label=_("Varför, eller hur"),
        required=False,
        max_length=2000,
        help_text=_("Om det inte görs: varför. Deltagarna får läsa det."),
    )
    done_on = forms.DateField(
        label=_("Gjort den"),
        required=False,
        widget=DateInput,
        help_text=_("Om det är gjort. Ta gärna ett foto som visar det."),
    )

    def __init__(
        self, *args: Any, targets: Iterable[FindingStatus], leads: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offered = {
            target: FINDING_STATUSES[target] for target in FindingStatus if target in targets
        }
        self.fields["target"].choices = choices(offered)  # type: ignore[attr-defined]
        if not leads:
            del self.fields["owner"]
        if list(offered) == [FindingStatus.DONE]:
            self.fields["target"].initial = FindingStatus.DONE
            del self.fields["deadline"]
            self.fields.pop("owner", None)

    def answer(self) -> Answer:
        """Return the answer that was given."""
        told = self.cleaned_data
        return Answer(
            target=FindingStatus(told["target"]),
            why=told["why"],
            deadline=told.get("deadline"),
            done_on=told["done_on"],
            owner=told.get("owner"),
        )


class OwnerForm(forms.Form):
    """Which organisation should answer."""

    owner = forms.ModelChoiceField(Organisation.objects.order_by("name"), label=_("Vem ska svara?"))


class LinkForm(forms.Form):
    """To whom a link is mailed."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label=_("Organisation")
    )
    email = forms.EmailField(
        label=_("E-postadress"),
        help_text=_("Helst organisationens egen brevlåda. Länken fungerar utan konto."),
    )


def _categories_by_kind(categories: Iterable[Category]) -> list[tuple[str, Any]]:
    rows = list(categories)
    groups = [
        (
            str(CATEGORY_KINDS[kind]).capitalize(),
            [(one.pk, one.name) for one in rows if one.kind == kind],
        )
        for kind in KIND_ORDER
    ]
    return [("", _("välj")), *(group for group in groups if group[1])]
