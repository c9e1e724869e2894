"""What people fill in about agreements: content, parties, document, signing, ending."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.partnership.forms.fields import (
    AreaField,
    OrganisationField,
    offer_districts,
    offer_own,
    offer_police_areas,
)
from samhandling_web.agree.partnership.models import Agreement
from samhandling_web.agree.partnership.rules import AGREEMENT_KINDS
from samhandling_web.agree.partnership.selectors.agreements import possible_parents
from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.forms import DateInput
from samhandling_web.base.common.free_text import FreeLine, FreeText

TEXT = forms.Textarea({"rows": 5})


class AgreementForm(forms.Form):
    """What an agreement says. All but its kind, title and owner can be filled in later."""

    kind = forms.ChoiceField(
        label=_("Slag"), choices=choices(AGREEMENT_KINDS), widget=forms.RadioSelect
    )
    title = FreeLine(label=_("Rubrik"), max_length=200)
    parent = forms.ModelChoiceField(
        Agreement.objects.none(),
        label=_("Hör under"),
        required=False,
        empty_label=_("ingen, den står överst"),
        help_text=_("En lokal överenskommelse hör under kommunens, en handlingsplan under den."),
    )
    district = AreaField(label=_("Område"))
    police_area = AreaField(label=_("Lokalpolisområde"))
    owner = OrganisationField(
        label=_("Ansvarig hos oss"), help_text=_("Den som får ändra och ska förnya i tid.")
    )
    purposes = FreeText(
        label=_("Syften"),
        required=False,
        widget=TEXT,
        help_text=_("Varför samarbetar ni? Krävs av 9 § lag (2023:196)."),
    )
    fields_of_cooperation = FreeText(
        label=_("Områden för samverkan"),
        required=False,
        widget=TEXT,
        help_text=_("Vad samarbetar ni om? Krävs av 9 § lag (2023:196)."),
    )
    valid_from = forms.DateField(label=_("Gäller från"), required=False, widget=DateInput)
    valid_to = forms.DateField(label=_("Gäller till och med"), required=False, widget=DateInput)
    case_number = FreeLine(label=_("Diarienummer"), max_length=60, required=False)

    def __init__(
        self, *args: Any, actor: User, agreement: Agreement | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer_districts(self.fields["district"], agreement.district if agreement else None)
        offer_police_areas(self.fields["police_area"], agreement.police_area if agreement else None)
        offer_own(self.fields["owner"], actor)
        self.fields["parent"].queryset = possible_parents(agreement)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("Den slutar gälla innan den börjar. Välj en senare dag."))
        if cleaned.get("police_area") and not cleaned.get("district"):
            self.add_error(
                "district", _("Välj vilket område lokalpolisområdet samarbetar med här.")
            )
        return cleaned


class PartyForm(forms.Form):
    """Who is bound, and in which position somebody signs: never a name."""

    organisation = OrganisationField(label=_("Part"))
    signed_as = FreeLine(
        label=_("Undertecknas av (befattning)"),
        max_length=120,
        required=False,
        help_text=_("Till exempel lokalpolisområdeschef. Skriv inget namn."),
    )


class DocumentForm(forms.Form):
    """The signed document."""

    document = forms.FileField(
        label=_("Undertecknat dokument"),
        help_text=_("En PDF på högst 20 MB. Bara den som får läsa överenskommelsen kan öppna den."),
        widget=forms.ClearableFileInput({"accept": "application/pdf,.pdf"}),
    )


class SignForm(forms.Form):
    """When the last party signed."""

    signed_on = forms.DateField(label=_("Undertecknad den"), widget=DateInput)


class EndForm(forms.Form):
    """From when it no longer holds."""

    ended_on = forms.DateField(
        label=_("Upphör den"),
        widget=DateInput,
        help_text=_("Första dagen då den inte längre gäller."),
    )


class DayForm(forms.Form):
    """The day that is asked about."""

    dag = forms.DateField(label=_("Dag"), widget=DateInput)
