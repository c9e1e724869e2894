"""What people fill in about citizen promises, and how they went."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.partnership.forms.fields import (
    AreaField,
    OrganisationField,
    offer_districts,
    offer_own,
)
from samhandling_web.agree.partnership.models import Agreement, CitizenPromise
from samhandling_web.agree.partnership.rules import (
    PROMISE_STATUSES,
    PROMISE_TRANSITIONS,
    PromiseStatus,
)
from samhandling_web.agree.partnership.selectors.agreements import possible_parents
from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.forms import DateInput
from samhandling_web.base.common.free_text import FreeText

VERDICTS = {
    status: label
    for status, label in PROMISE_STATUSES.items()
    if status in PROMISE_TRANSITIONS[PromiseStatus.PROMISED]
}


class PromiseForm(forms.Form):
    """A promise that anybody can check."""

    statement = FreeText(
        label=_("Vi lovar"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Något konkret som ni själva råder över, till exempel hur ofta och var."),
    )
    measured_by = FreeText(
        label=_("Så ser man om det är hållet"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Vad som räknas, hur många det ska bli och var man kan se det."),
    )
    owner = OrganisationField(label=_("Ansvarig"))
    district = AreaField(label=_("Område"))
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(),
        label=_("Enligt överenskommelsen"),
        required=False,
        empty_label=_("ingen"),
    )
    promised_from = forms.DateField(label=_("Gäller från"), widget=DateInput)
    promised_to = forms.DateField(label=_("Gäller till och med"), widget=DateInput)

    def __init__(
        self, *args: Any, actor: User, promise: CitizenPromise | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer_districts(self.fields["district"], promise.district if promise else None)
        offer_own(self.fields["owner"], actor)
        self.fields["agreement"].queryset = possible_parents(None)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("promised_from"), cleaned.get("promised_to")
        if start and end and end < start:
            self.add_error("promised_to", _("Löftet slutar innan det börjar. Välj en senare dag."))
        return cleaned


class VerdictForm(forms.Form):
    """How it went, and what shows it."""

    verdict = forms.ChoiceField(
        label=_("Hur gick det?"), choices=choices(VERDICTS), widget=forms.RadioSelect
    )
    evidence = FreeText(
        label=_("Vad visar det?"),
        help_text=_("Siffror, datum eller var man kan se det. Texten blir offentlig."),
    )
