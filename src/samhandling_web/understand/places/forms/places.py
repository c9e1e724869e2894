"""What people write about places."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas.permissions import visibilities_open_to
from samhandling_web.base.areas.rules import VISIBILITIES, Visibility
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.forms import DateInput
from samhandling_web.base.common.free_text import FreeLine, FreeText
from samhandling_web.base.common.geometry_field import GeometryField
from samhandling_web.base.photos.forms import PhotosForm
from samhandling_web.observe.walks.rules import PHOTO_MOMENTS
from samhandling_web.understand.places.forms.choosing import (
    ALL,
    districts_to_choose,
    number_or_none,
    organisations_to_choose,
)
from samhandling_web.understand.places.models import Place
from samhandling_web.understand.places.rules import (
    FACT_KINDS,
    LARGEST_RADIUS_M,
    PLACE_KINDS,
    SMALLEST_RADIUS_M,
    STANDINGS,
    USUAL_RADIUS_M,
    FactKind,
    PlaceKind,
    Standing,
)
from samhandling_web.understand.places.selectors import PlaceChoice
from samhandling_web.understand.places.services import PlaceDetails

JUDGED = {standing: text for standing, text in STANDINGS.items() if standing != Standing.UNKNOWN}


class PlaceFilterForm(forms.Form):
    """Which places are shown."""

    district = forms.ChoiceField(label=_("Stadsdelsområde"), required=False)
    kind = forms.ChoiceField(label=_("Slag"), required=False, choices=[ALL, *choices(PLACE_KINDS)])
    standing = forms.ChoiceField(
        label=_("Bedömning"), required=False, choices=[ALL, *choices(STANDINGS)]
    )
    responsible = forms.ChoiceField(label=_("Råder över platsen"), required=False)
    words = forms.CharField(label=_("Namn"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = Place.objects.order_by().values("responsible").distinct()
        self.fields["district"].choices = [ALL, *districts_to_choose()]  # type: ignore[attr-defined]
        self.fields["responsible"].choices = [ALL, *organisations_to_choose(owners)]  # type: ignore[attr-defined]

    def choice(self) -> PlaceChoice:
        """Return what is asked for; what cannot be understood asks for nothing."""
        if not self.is_valid():
            return PlaceChoice()
        told = self.cleaned_data
        return PlaceChoice(
            district=number_or_none(told["district"]),
            kind=told["kind"],
            standing=told["standing"],
            responsible=number_or_none(told["responsible"]),
            words=told["words"],
        )


class PlaceForm(forms.Form):
    """A place: what it is called, what it is, where it lies and who can do something about it."""

    name = FreeLine(
        label=_("Namn"),
        max_length=120,
        help_text=_("Så som folk säger: Gångtunneln vid stationen."),
    )
    kind = forms.ChoiceField(label=_("Slag"), choices=choices(PLACE_KINDS))
    geometry = GeometryField(label=_("Läge"))
    radius_m = forms.IntegerField(
        label=_("Räknas med inom (meter)"),
        initial=USUAL_RADIUS_M,
        min_value=SMALLEST_RADIUS_M,
        max_value=LARGEST_RADIUS_M,
        help_text=_("Händelser och iakttagelser inom avståndet hör till platsens siffror."),
    )
    responsible = forms.ModelChoiceField(
        label=_("Råder över platsen"),
        queryset=Organisation.objects.order_by("name"),
        required=False,
        empty_label=_("vet inte än"),
    )
    visibility = forms.ChoiceField(
        label=_("Vem får se var platsen ligger"), initial=Visibility.INTERNAL
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = visibilities_open_to(actor)
        open_ = {one: text for one, text in VISIBILITIES.items() if one in seen}
        self.fields["visibility"].choices = choices(open_)  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(place: Place) -> dict[str, Any]:
        names = ("name", "kind", "geometry", "radius_m", "responsible", "visibility")
        return {name: getattr(place, name) for name in names}

    def details(self) -> PlaceDetails:
        told = self.cleaned_data
        return PlaceDetails(
            **(
                told
                | {
                    "kind": PlaceKind(told["kind"]),
                    "visibility": Visibility(told["visibility"]),
                }
            )
        )


class AssessForm(forms.Form):
    """How a place is judged, and why."""

    standing = forms.ChoiceField(
        label=_("Bedömning"), choices=choices(JUDGED), widget=forms.RadioSelect
    )
    reason = FreeText(
        label=_("Varför"),
        help_text=_("Vad bygger bedömningen på? Den som kommer efter ska förstå."),
    )


class FactForm(forms.Form):
    """Something known of the place on a day."""

    kind = forms.ChoiceField(label=_("Vad det gäller"), choices=choices(FACT_KINDS))
    text = FreeText(label=_("Uppgift"))
    known_on = forms.DateField(label=_("Gällde den dagen"), widget=DateInput)
    source = FreeLine(
        label=_("Källa"), max_length=200, help_text=_("Hur vet ni det? Mätning, besök, ritning.")
    )

    def values(self) -> dict[str, Any]:
        return self.cleaned_data | {"kind": FactKind(self.cleaned_data["kind"])}


class PlacePhotosForm(PhotosForm):
    """Photos of the place, before something was done or after."""

    moment = forms.ChoiceField(
        label=_("När"), choices=choices(PHOTO_MOMENTS), widget=forms.RadioSelect
    )
    caption = FreeLine(label=_("Bildtext"), max_length=200, required=False)

    field_order = ("moment", "caption", "photos", "nobody_recognisable")


class LinkForm(forms.Form):
    """What is ticked to belong to the place, or not to."""

    observations = forms.TypedMultipleChoiceField(coerce=int, required=False)
    findings = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(
        self, *args: Any, observations: Iterable[int], findings: Iterable[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["observations"].choices = [(pk, pk) for pk in observations]  # type: ignore[attr-defined]
        self.fields["findings"].choices = [(pk, pk) for pk in findings]  # type: ignore[attr-defined]
