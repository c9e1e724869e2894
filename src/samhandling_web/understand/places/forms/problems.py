"""What people write about problems, their causes and what those rest on."""

from collections.abc import Iterable
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeLine, FreeText
from samhandling_web.observe.observations.rules import SEVERITIES, Severity
from samhandling_web.observe.walks.models import Finding
from samhandling_web.understand.places import permissions, selectors
from samhandling_web.understand.places.forms.choosing import (
    ALL,
    SEARCH_HELP,
    SEARCH_LABEL,
    areas_to_choose,
    districts_to_choose,
    number_or_none,
    offer_places,
    organisations_to_choose,
    pks_in,
    value_now,
)
from samhandling_web.understand.places.models import Cause, Place, Problem
from samhandling_web.understand.places.rules import (
    CONTROLLERS,
    LEAST_WHYS,
    PROBLEM_STATUSES,
    PROBLEM_TRANSITIONS,
    TRIANGLE_SIDES,
    ProblemStatus,
    TriangleSide,
)
from samhandling_web.understand.places.selectors import ProblemChoice
from samhandling_web.understand.places.services import CauseDetails, ProblemDetails

MOST_WHYS = 5
SIDES = [
    (str(side), format_lazy("{side} – {controller}", side=text, controller=CONTROLLERS[side]))
    for side, text in TRIANGLE_SIDES.items()
]


class ProblemFilterForm(forms.Form):
    """Which problems are shown."""

    district = forms.ChoiceField(label=_("Stadsdelsområde"), required=False)
    status = forms.ChoiceField(
        label=_("Läge"), required=False, choices=[ALL, *choices(PROBLEM_STATUSES)]
    )
    severity = forms.ChoiceField(
        label=_("Allvar"), required=False, choices=[ALL, *choices(SEVERITIES)]
    )
    owner = forms.ChoiceField(label=_("Ansvarig"), required=False)
    words = forms.CharField(label=_("Ord i rubriken"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = Problem.objects.order_by().values("owner").distinct()
        self.fields["district"].choices = [ALL, *districts_to_choose()]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [ALL, *organisations_to_choose(owners)]  # type: ignore[attr-defined]

    def choice(self) -> ProblemChoice:
        """Return what is asked for; what cannot be understood asks for nothing."""
        if not self.is_valid():
            return ProblemChoice()
        told = self.cleaned_data
        return ProblemChoice(
            district=number_or_none(told["district"]),
            status=told["status"],
            severity=told["severity"],
            owner=number_or_none(told["owner"]),
            words=told["words"],
        )


class ProblemForm(forms.Form):
    """What happens, to whom and when, where, and who sees to it."""

    title = FreeLine(
        label=_("Rubrik"), max_length=200, help_text=_("Vad och var: Langning i gångtunneln.")
    )
    what = FreeText(label=_("Vad händer?"))
    to_whom = FreeText(
        label=_("Vem eller vad drabbas?"),
        required=False,
        help_text=_("Grupper, inte personer: äldre på väg hem, butikernas personal."),
    )
    when = FreeText(
        label=_("När händer det?"),
        required=False,
        help_text=_("Tid på dygnet, veckodagar, årstid."),
    )
    place_words = forms.CharField(
        label=SEARCH_LABEL, help_text=SEARCH_HELP, max_length=80, required=False
    )
    places = forms.ModelMultipleChoiceField(
        label=_("Platser"),
        queryset=Place.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    area = forms.ChoiceField(
        label=_("Eller ett helt område"),
        required=False,
        help_text=_("När problemet inte hör till en plats. Vilket område i kommunen som helst."),
    )
    severity = forms.ChoiceField(label=_("Allvar"), choices=choices(SEVERITIES))
    owner = forms.ModelChoiceField(
        label=_("Ansvarig organisation"), queryset=Organisation.objects.order_by("name")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = selectors.places_visible_to(actor)
        own = places.filter(district__in=permissions.districts_written_in(actor))
        offer_places(
            self.fields["places"],  # type: ignore[arg-type]
            places,
            words=str(value_now(self, "place_words") or ""),
            chosen=pks_in(value_now(self, "places")),
            first=own if own.exists() else None,
        )
        kept = str(self.initial.get("area") or "")
        self.fields["area"].choices = [("", "–"), *areas_to_choose(kept)]  # type: ignore[attr-defined]

    @classmethod
    def searched(cls, data: QueryDict, actor: Actor) -> Self:
        """Return the form as it was filled in, with the places that were searched for.

        Nothing is checked: whoever searches is not done.
        """
        initial: dict[str, Any] = data.dict()
        return cls(actor=actor, initial=initial | {"places": data.getlist("places")})

    @staticmethod
    def initial_of(problem: Problem, actor: Actor) -> dict[str, Any]:
        names = ("title", "what", "to_whom", "when", "severity", "owner")
        return {name: getattr(problem, name) for name in names} | {
            "places": selectors.places_of(problem, actor),
            "area": str(problem.area_id or ""),
        }

    def details(self) -> ProblemDetails:
        told = self.cleaned_data
        area = number_or_none(told["area"])
        return ProblemDetails(
            title=told["title"],
            what=told["what"],
            to_whom=told["to_whom"],
            when=told["when"],
            severity=Severity(told["severity"]),
            owner=told["owner"],
            place_ids=tuple(place.pk for place in told["places"]),
            area=Area.objects.select_related("level").get(pk=area) if area else None,
        )


class StepForm(forms.Form):
    """Where the problem goes from here, and why."""

    target = forms.ChoiceField(label=_("Nytt läge"), widget=forms.RadioSelect)
    reason = FreeText(
        label=_("Varför"),
        required=False,
        help_text=_("Behövs för alla lägen utom analyserat."),
    )

    def __init__(self, *args: Any, current: ProblemStatus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        onward = {
            status: PROBLEM_STATUSES[status]
            for status in ProblemStatus
            if status in PROBLEM_TRANSITIONS[current]
        }
        self.fields["target"].choices = choices(onward)  # type: ignore[attr-defined]


class CauseForm(forms.Form):
    """A cause: which side of the triangle, who could have controlled it, and why, why, why."""

    statement = FreeText(label=_("Orsak"), help_text=_("En mening: varför kan det hända här?"))
    side = forms.ChoiceField(label=_("Sida av triangeln"), choices=SIDES, widget=forms.RadioSelect)
    controller = FreeLine(
        label=_("Vem skulle kunna råda över det?"),
        max_length=200,
        required=False,
        help_text=_("En roll eller organisation: fritidsledare, butiksägare, parkförvaltning."),
    )
    why_1 = FreeText(label=_("Varför är det så?"), required=False)
    why_2 = FreeText(label=_("Och varför det?"), required=False)
    why_3 = FreeText(label=_("Och varför det? (tredje)"), required=False)
    why_4 = FreeText(label=_("Fjärde varför"), required=False)
    why_5 = FreeText(label=_("Femte varför"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_WHYS + 1):
            self.fields[f"why_{number}"].widget.attrs["rows"] = 2
        self.fields[f"why_{LEAST_WHYS}"].help_text = _(
            "Tre varför behövs för en analys; fler får gärna skrivas."
        )

    @staticmethod
    def initial_of(cause: Cause) -> dict[str, Any]:
        whys = {f"why_{why.number}": why.answer for why in cause.whys.all()}
        names = ("statement", "side", "controller")
        return {name: getattr(cause, name) for name in names} | whys

    def details(self) -> CauseDetails:
        told = self.cleaned_data
        return CauseDetails(
            statement=told["statement"],
            side=TriangleSide(told["side"]),
            controller=told["controller"],
            whys=tuple(told[f"why_{number}"] for number in range(1, MOST_WHYS + 1)),
        )


class NoteForm(forms.Form):
    """What a piece of evidence shows, in the analyst's own words."""

    note = FreeText(
        label=_("Vad visar det?"),
        required=False,
        help_text=_("Siffran räknas om varje gång den visas; skriv vad den säger om orsaken."),
    )


class FindingEvidenceForm(NoteForm):
    """A walk's finding that a cause rests on."""

    finding = forms.TypedChoiceField(label=_("Fynd"), coerce=int, widget=forms.RadioSelect)

    field_order = ("finding", "note")

    def __init__(self, *args: Any, findings: Iterable[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finding"].choices = [  # type: ignore[attr-defined]
            (finding.pk, f"{finding.walk}, {finding}: {finding.text[:100]}") for finding in findings
        ]


class ReasonForm(forms.Form):
    """Why something is turned down."""

    reason = FreeText(label=_("Varför"))
