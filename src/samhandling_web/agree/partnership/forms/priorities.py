"""What people fill in about a joint priority; its indicator is a live question of its own form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.partnership.models import Agreement
from samhandling_web.agree.partnership.selectors.agreements import possible_parents
from samhandling_web.base.common.forms import DateInput
from samhandling_web.base.common.free_text import FreeLine, FreeText
from samhandling_web.understand.places.models import Problem


class PriorityForm(forms.Form):
    """What is put first, for how long, and what the indicator is called."""

    agreement = forms.ModelChoiceField(
        Agreement.objects.none(),
        label=_("Enligt överenskommelsen"),
        empty_label=_("välj överenskommelse"),
    )
    title = FreeLine(label=_("Rubrik"), max_length=200)
    description = FreeText(
        label=_("Vad ska uppnås?"), required=False, widget=forms.Textarea({"rows": 3})
    )
    valid_from = forms.DateField(label=_("Gäller från"), widget=DateInput)
    valid_to = forms.DateField(label=_("Gäller till och med"), required=False, widget=DateInput)
    indicator_name = FreeLine(
        label=_("Indikatorns namn"),
        max_length=200,
        help_text=_("Vad som ska ändras, till exempel anmälda rån vid torget."),
    )

    def __init__(self, *args: Any, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_new:
            self.fields["agreement"].queryset = possible_parents(None)  # type: ignore[attr-defined]
        else:
            del self.fields["agreement"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("Den slutar gälla innan den börjar. Välj en senare dag."))
        return cleaned


class ProblemForm(forms.Form):
    """A problem that the priority is about."""

    problem = forms.ModelChoiceField(
        Problem.objects.none(), label=_("Problem"), empty_label=_("välj problem")
    )

    def __init__(self, *args: Any, problems: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["problem"].queryset = problems  # type: ignore[attr-defined]
