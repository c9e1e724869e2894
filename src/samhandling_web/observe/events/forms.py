"""Which events are shown, and where a person places one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.forms import PeriodForm
from samhandling_web.observe.events import gazetteer, selectors


class EventFilterForm(PeriodForm):
    """Period, kind, source and words."""

    category = forms.ChoiceField(label=_("Händelsetyp"), required=False)
    source = forms.ChoiceField(label=_("Källa"), required=False)
    words = forms.CharField(label=_("Ord i texten"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("alla"))
        self.fields["category"].choices = [everything, *selectors.categories_to_choose()]  # type: ignore[attr-defined]
        self.fields["source"].choices = [everything, *selectors.sources_to_choose()]  # type: ignore[attr-defined]


class PlacementForm(forms.Form):
    """Where the event happened, according to its text."""

    area = forms.ChoiceField(label=_("Plats"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [
            (f"{version.area.level.slug}:{version.area.code}", version.name)
            for version in gazetteer.areas_to_choose().select_related("area__level")
        ]
        self.fields["area"].choices = [("", _("Texten säger inte var")), *areas]  # type: ignore[attr-defined]

    def place(self) -> tuple[str, str]:
        """Return the chosen area's level and code; both empty when the text does not tell."""
        level, _colon, code = self.cleaned_data["area"].partition(":")
        return level, code
