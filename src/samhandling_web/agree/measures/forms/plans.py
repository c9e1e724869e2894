"""Filling in action plans: beginning, words, measures, the decision and the follow-up."""

from typing import Any

from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.measures import permissions
from samhandling_web.agree.measures.models import ActionPlan
from samhandling_web.agree.measures.plan_content import LANGUAGE
from samhandling_web.agree.measures.selectors.plans import measures_for_plan, pictures_for_plan
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.forms import DateInput
from samhandling_web.base.common.free_text import FreeLine, FreeText
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.scopes import areas_with_clock

WHOLE = "hela"


class PlanPeriodFields(forms.Form):
    """First and last day, both included."""

    period_start = forms.DateField(label=_("Gäller från och med"), widget=DateInput)
    period_end = forms.DateField(label=_("Gäller till och med"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("period_start"), cleaned.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("Perioden slutar innan den börjar. Välj en senare dag."))
        return cleaned


class NewPlanForm(PlanPeriodFields):
    """Which plan to begin."""

    field_order = ["district", "organisation", "title", "period_start", "period_end"]
    district = forms.ChoiceField(label=_("Område"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Ansvarig organisation")
    )
    title = FreeLine(
        label=_("Rubrik"), max_length=200, required=False,
        help_text=_("Lämna tomt för ett förslag."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = {str(pk or WHOLE): name for pk, name in areas_with_clock(timezone.localdate())}
        self.fields["district"].choices = list(self.names.items())  # type: ignore[attr-defined]
        own = permissions.organisations_planned_for(actor)
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]
        self.fields["organisation"].initial = own.first()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = str(cleaned.get("district", WHOLE))
        cleaned["district"] = None if chosen == WHOLE else Area.objects.filter(pk=chosen).first()
        if not cleaned.get("title"):
            with translation.override(LANGUAGE):
                cleaned["title"] = str(_("Åtgärdsplan för {area}")).format(
                    area=self.names.get(chosen, "")
                )[:200]
        return cleaned


class PlanForm(PlanPeriodFields):
    """A draft's words, and what it rests on."""

    field_order = ["title", "picture", "introduction", "period_start", "period_end"]
    title = FreeLine(label=_("Rubrik"), max_length=200)
    picture = forms.ModelChoiceField(
        Picture.objects.none(), label=_("Bygger på lägesbilden"), required=False,
        help_text=_("En åtgärdsplan vilar på en antagen lägesbild (5 § lag 2023:196)."),
    )  # fmt: skip
    introduction = FreeText(
        label=_("Inledning"), required=False, widget=forms.Textarea({"rows": 8}),
        help_text=_("Vad planen riktas mot och varför. Skriv för den som ska besluta."),
    )  # fmt: skip

    def __init__(self, *args: Any, plan: ActionPlan, **options: Any) -> None:
        initial = {name: getattr(plan, name) for name in self.base_fields}
        super().__init__(*args, **({"initial": initial} | options))
        pictures = pictures_for_plan(plan.district_id)
        self.fields["picture"].queryset = pictures  # type: ignore[attr-defined]


class PlanItemsForm(forms.Form):
    """Which measures the plan holds."""

    measures = forms.ModelMultipleChoiceField(
        ActionPlan.objects.none(), label=_("Åtgärder"), required=False
    )

    def __init__(self, *args: Any, plan: ActionPlan, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["measures"].queryset = measures_for_plan(plan)  # type: ignore[attr-defined]


class PlanDecisionForm(forms.Form):
    """Who has decided, when, and where it is filed."""

    adopted_by = forms.ModelChoiceField(
        Organisation.objects.order_by("name"),
        label=_("Vilket organ har antagit planen?"),
        required=False,
    )
    adopted_on = forms.DateField(label=_("Beslutsdatum"), widget=DateInput, required=False)
    case_number = FreeLine(label=_("Diarienummer"), max_length=60, required=False)


class PlanFollowUpForm(forms.Form):
    """What came of the plan."""

    decided_by = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label=_("Behandlad av"), required=False
    )
    on = forms.DateField(
        label=_("Behandlad den"), widget=DateInput, required=False, initial=timezone.localdate
    )
    case_number = FreeLine(label=_("Diarienummer"), max_length=60, required=False)
    conclusion = FreeText(
        label=_("Slutsats"), required=False, widget=forms.Textarea({"rows": 8}),
        help_text=_("Vad blev gjort, vad ändrades, vad tar nästa plan med sig?"),
    )  # fmt: skip

    def __init__(self, *args: Any, is_again: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_again:
            self.fields["on"].help_text = _("Efter den senaste uppföljningen.")
