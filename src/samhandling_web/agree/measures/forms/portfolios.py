"""Filling in portfolios and who answers for them."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.measures.models import Portfolio
from samhandling_web.agree.measures.rules import HORIZONS
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.forms import DateInput
from samhandling_web.base.common.free_text import FreeLine, FreeText


class PortfolioForm(forms.Form):
    """A part of the work that somebody answers for politically."""

    name = FreeLine(label=_("Namn"), max_length=120)
    horizon = forms.ChoiceField(
        label=_("Horisont"), choices=[("", _("båda")), *choices(HORIZONS)], required=False
    )
    is_active = forms.BooleanField(label=_("Används"), required=False, initial=True)

    def __init__(self, *args: Any, portfolio: Portfolio | None = None, **options: Any) -> None:
        self.portfolio = portfolio
        if portfolio is not None:
            names = ("name", "horizon", "is_active")
            options["initial"] = {name: getattr(portfolio, name) for name in names}
        super().__init__(*args, **options)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        others = Portfolio.objects.exclude(pk=self.portfolio.pk if self.portfolio else 0)
        if any(
            other.casefold() == name.casefold() for other in others.values_list("name", flat=True)
        ):
            raise forms.ValidationError(_("Det finns redan ett ansvarsområde som heter så."))
        return name


class HolderForm(forms.Form):
    """Which office answers from a day on. The office, never the person."""

    office = FreeLine(
        label=_("Ämbete"), max_length=120,
        help_text=_("Skriv ämbetet, inte personen: ”Trygghetsborgarrådet”."),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label=_("Organisation")
    )
    valid_from = forms.DateField(
        label=_("Från och med"), widget=DateInput, initial=timezone.localdate
    )
    reason = FreeText(
        label=_("Varför"), required=False,
        help_text=_("Behövs när ansvaret byter ägare, till exempel efter ett val."),
    )  # fmt: skip
