"""The question as a form: sent by GET, so that the address is the state."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.forms import DateInput
from samhandling_web.understand.picture.explore.choices import Choices
from samhandling_web.understand.picture.explore.question import (
    AGAINST,
    MEASURES,
    WEEKDAYS,
    Question,
)

HOURS = [("", _("Hela dygnet")), *((str(hour), f"{hour:02d}") for hour in range(25))]


class QuestionForm(forms.Form):
    """Every part of the question. `reading.read` understands what it sends."""

    kalla = forms.ChoiceField(label=_("Källa"), required=False)
    matt = forms.ChoiceField(label=_("Kartan visar"), required=False, choices=MEASURES.items())
    niva = forms.ChoiceField(label=_("Indelning"), required=False)
    fran = forms.DateField(label=_("Från och med"), required=False, widget=DateInput)
    till = forms.DateField(label=_("Till och med"), required=False, widget=DateInput)
    jamfor = forms.ChoiceField(label=_("Jämför med"), required=False, choices=AGAINST.items())
    jamfor_fran = forms.DateField(label=_("Jämför från och med"), required=False, widget=DateInput)
    jamfor_till = forms.DateField(label=_("Jämför till och med"), required=False, widget=DateInput)
    typ = forms.MultipleChoiceField(
        label=_("Typer"), required=False, widget=forms.CheckboxSelectMultiple
    )
    inom = forms.MultipleChoiceField(
        label=_("Bara inom"), required=False, widget=forms.CheckboxSelectMultiple
    )
    timme_fran = forms.ChoiceField(label=_("Från klockan"), required=False, choices=HOURS)
    timme_till = forms.ChoiceField(label=_("Till klockan"), required=False, choices=HOURS)
    veckodag = forms.MultipleChoiceField(
        label=_("Veckodagar"),
        required=False,
        choices=WEEKDAYS.items(),
        widget=forms.CheckboxSelectMultiple,
    )


def form_of(
    question: Question, choices: Choices, places: Iterable[tuple[str, str]]
) -> QuestionForm:
    """Return the form filled in with a question. `places` are what can be stood inside."""
    form = QuestionForm(initial=_initial(question), auto_id="urval-%s")
    form.fields["kalla"].choices = choices.source_choices()  # type: ignore[attr-defined]
    form.fields["niva"].choices = choices.level_choices()  # type: ignore[attr-defined]
    form.fields["typ"].choices = choices.categories(question.source)  # type: ignore[attr-defined]
    form.fields["inom"].choices = list(places)  # type: ignore[attr-defined]
    return form


def _initial(question: Question) -> dict[str, Any]:
    hours = question.hours or ("", "")
    before = question.own_before or (None, None)
    return {
        "kalla": question.source,
        "matt": question.measure,
        "niva": question.level,
        "fran": question.start,
        "till": question.end,
        "jamfor": question.against,
        "jamfor_fran": before[0],
        "jamfor_till": before[1],
        "typ": list(question.categories),
        "inom": [str(place) for place in question.within],
        "timme_fran": str(hours[0]),
        "timme_till": str(hours[1]),
        "veckodag": list(question.weekdays),
    }
