"""Filling in decisions, doses, ends and follow-ups."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.measures.indicators import TypedFigure
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.rules import (
    CARRIED,
    EVALUATION_LEVELS,
    VERDICTS,
    EvaluationLevel,
)
from samhandling_web.agree.measures.selectors.measures import Dose
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.forms import DateInput
from samhandling_web.base.common.free_text import FreeLine, FreeText


class ApproveForm(forms.Form):
    """When it was decided, and what was said of it."""

    on = forms.DateField(label=_("Beslutad den"), widget=DateInput, initial=timezone.localdate)
    reason = FreeText(label=_("Motivering"), required=False)


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    reason = FreeText(label=_("Varför återtas den?"))


class StartForm(forms.Form):
    """When it began."""

    on = forms.DateField(label=_("Började den"), widget=DateInput, initial=timezone.localdate)


class DoneForm(forms.Form):
    """When it was done."""

    on = forms.DateField(label=_("Klar den"), widget=DateInput, initial=timezone.localdate)
    reason = FreeText(label=_("Anmärkning"), required=False)


class StopForm(forms.Form):
    """When it was stopped, and why."""

    on = forms.DateField(label=_("Avbröts den"), widget=DateInput, initial=timezone.localdate)
    reason = FreeText(label=_("Varför avbröts den?"))


class DosePlanForm(forms.Form):
    """What is counted, on up to three rows."""

    unit_1 = FreeLine(
        label=_("Vad räknas?"), max_length=80,
        help_text=_("Till exempel timmar, lampor, kvällar eller deltagare."),
    )  # fmt: skip
    amount_1 = forms.DecimalField(
        label=_("Hur mycket är planerat?"), max_digits=12, decimal_places=2, min_value=Decimal(0)
    )
    unit_2 = FreeLine(label=_("Vad räknas också?"), max_length=80, required=False)
    amount_2 = forms.DecimalField(
        label=_("Planerat"), max_digits=12, decimal_places=2, min_value=Decimal(0), required=False
    )
    unit_3 = FreeLine(label=_("Och mer?"), max_length=80, required=False)
    amount_3 = forms.DecimalField(
        label=_("Planerat"), max_digits=12, decimal_places=2, min_value=Decimal(0), required=False
    )

    @classmethod
    def of(cls, doses: list[Dose], **options: Any) -> "DosePlanForm":
        initial: dict[str, Any] = {}
        for number, dose in enumerate(doses[:3], start=1):
            initial |= {f"unit_{number}": dose.unit, f"amount_{number}": dose.planned}
        return cls(initial=initial, **options)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for number in (2, 3):
            has = [cleaned.get(f"{name}_{number}") for name in ("unit", "amount")]
            if any(has) and not all(has):
                self.add_error(
                    f"amount_{number}",
                    _("Ange både vad som räknas och hur mycket som är planerat."),
                )
        units = [cleaned.get(f"unit_{number}") for number in (1, 2, 3)]
        told = [unit for unit in units if unit]
        if len(set(told)) < len(told):
            self.add_error("unit_2", _("Samma sak kan bara räknas en gång. Skriv något annat."))
        return cleaned

    def amounts(self) -> dict[str, Decimal]:
        """Return how much is planned of each."""
        rows = (
            (self.cleaned_data[f"unit_{n}"], self.cleaned_data[f"amount_{n}"]) for n in (1, 2, 3)
        )
        return {unit: amount for unit, amount in rows if unit}


class DoseForm(forms.Form):
    """What was done on a day."""

    plan = forms.TypedChoiceField(label=_("Vad"), coerce=int)
    on = forms.DateField(label=_("Dag"), widget=DateInput, initial=timezone.localdate)
    amount = forms.DecimalField(
        label=_("Hur mycket"), max_digits=12, decimal_places=2,
        help_text=_("Blev något fel? Skriv samma mängd med minus framför."),
    )  # fmt: skip
    note = FreeLine(label=_("Anmärkning"), max_length=200, required=False)

    def __init__(self, *args: Any, doses: list[Dose], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = [(str(dose.plan_id), dose.unit) for dose in doses]
        self.fields["plan"].choices = rows  # type: ignore[attr-defined]


class TypedFigureForm(forms.Form):
    """A figure that no source here holds."""

    what = FreeLine(label=_("Vad mäts?"), max_length=200)
    value = forms.FloatField(label=_("Värde före åtgärden"))
    unit = FreeLine(label=_("Enhet"), max_length=40)
    source = FreeLine(
        label=_("Källa"), max_length=200,
        help_text=_("Vem som har räknat och var det står."),
    )  # fmt: skip
    day = forms.DateField(label=_("Värdet gäller den"), widget=DateInput)

    def figure(self) -> TypedFigure:
        return TypedFigure(**self.cleaned_data)


class FollowUpForm(forms.Form):
    """What people say of a measure when it is over."""

    on = forms.DateField(label=_("Uppföljd den"), widget=DateInput, initial=timezone.localdate)
    carried = forms.ChoiceField(
        label=_("Blev den gjord?"), choices=choices(CARRIED), widget=forms.RadioSelect
    )
    result = FreeText(
        label=_("Vad ändrades?"),
        help_text=_(
            "Det som siffrorna visar och det som märktes. ”Inte gjord” är inte ”ingen effekt”."
        ),
    )
    reached_level = forms.TypedChoiceField(
        label=_("På vilken nivå är den utvärderad?"),
        choices=choices({int(level): label for level, label in EVALUATION_LEVELS.items()}),
        coerce=int,
        help_text=_("Nivå 0 och 1 kan inte säga om en förändring beror på åtgärden."),
    )
    spent_sek = forms.IntegerField(label=_("Kostade, kronor"), required=False, min_value=0)
    verdict = forms.ChoiceField(
        label=_("Slutsats"), choices=choices(VERDICTS), widget=forms.RadioSelect,
        help_text=_("Fortsätt och ändra öppnar ett nytt förslag som följer på det här."),
    )  # fmt: skip
    verdict_reason = FreeText(label=_("Därför att"))
    value = forms.FloatField(label=_("Indikatorns värde efteråt"))
    source = FreeLine(label=_("Värdets källa"), max_length=200)
    day = forms.DateField(label=_("Värdet gäller den"), widget=DateInput)

    def __init__(self, *args: Any, measure: Measure, is_typed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.measure, self.is_typed = measure, is_typed
        planned = measure.evaluation_level or EvaluationLevel.NONE
        self.fields["reached_level"].initial = int(planned)
        self.order_fields(["on", "value", "source", "day"])
        if not is_typed:
            for name in ("value", "source", "day"):
                del self.fields[name]

    def told(self) -> dict[str, Any]:
        """Return what people say, as the service takes it."""
        names = ("carried", "result", "reached_level", "verdict", "verdict_reason", "spent_sek")
        return {name: self.cleaned_data[name] for name in names}

    def typed(self) -> TypedFigure | None:
        """Return the figure after, where the indicator is one that is typed."""
        if not self.is_typed or self.measure.indicator is None:
            return None
        before = TypedFigure.from_json(self.measure.indicator)
        after = {name: self.cleaned_data[name] for name in ("value", "source", "day")}
        return replace(before, **after)
