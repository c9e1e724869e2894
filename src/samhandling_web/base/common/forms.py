"""Fields that several rooms' forms share: native dates, periods and searches."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DateInput(forms.DateInput):
    """The browser's own calendar; it wants ISO dates whatever the reader's language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class PeriodForm(forms.Form):
    """From one day to another, both included; either may be left open."""

    first_day = forms.DateField(label=_("Från och med"), required=False, widget=DateInput)
    last_day = forms.DateField(label=_("Till och med"), required=False, widget=DateInput)

    def clean_last_day(self) -> date | None:
        first: date | None = self.cleaned_data.get("first_day")
        last: date | None = self.cleaned_data["last_day"]
        if first and last and last < first:
            raise forms.ValidationError(
                _("Perioden slutar innan den börjar. Välj ett senare datum."), code="backwards"
            )
        return last
