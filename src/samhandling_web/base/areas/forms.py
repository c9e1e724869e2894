"""Choosing a day, defining a level, and what is decided about an area."""

from datetime import date
from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.areas.models import Area, AreaLevel
from samhandling_web.base.common.forms import DateInput


class DayForm(forms.Form):
    """The day on which a level is looked at."""

    dag = forms.DateField(
        label=_("Så såg det ut den"),
        required=False,
        widget=DateInput,
        initial=timezone.localdate,
    )

    def day(self) -> date:
        """Return the chosen day, today if none or a wrong one was given."""
        chosen = self.cleaned_data.get("dag") if self.is_valid() else None
        return chosen or timezone.localdate()


class LevelForm(forms.ModelForm[AreaLevel]):
    """A kind of area, as the municipality names it."""

    class Meta:
        model = AreaLevel
        fields: ClassVar[list[str]] = [
            "slug",
            "name",
            "name_plural",
            "rank",
            "visibility",
            "is_base_unit",
            "is_overlay",
        ]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if self.instance.pk:
            # Files and other rooms name the level by its slug.
            self.fields["slug"].disabled = True


class AreaForm(forms.ModelForm[Area]):
    """Who answers for an area, and who may see where it lies."""

    class Meta:
        model = Area
        fields: ClassVar[list[str]] = ["responsible", "visibility"]
