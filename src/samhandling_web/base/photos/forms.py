"""How pictures are sent: several at once, from the camera or the album."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import EMPTY_VALUES
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.free_text import FreeLine
from samhandling_web.base.photos.making import NotKept, head_check
from samhandling_web.base.photos.rules import (
    MEDIA_TYPES,
    MOST_AT_ONCE,
    REMOVAL_REASONS,
    Fault,
    PhotoRefused,
    RemovalReason,
    TooManyAtOnce,
    check_number,
    explained,
)


class PhotosInput(forms.FileInput):
    """The telephone asks whether to take a picture or choose some.

    The kinds are named one by one: told so, an iPhone turns its HEIC into JPEG when it sends. There
    is no `capture`, which would leave the camera as the only choice.
    """

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ",".join(MEDIA_TYPES), "multiple": True, **(attrs or {})})


class PhotosField(forms.Field):
    """Several pictures, looked at quickly here; the service unpacks them, once."""

    widget = PhotosInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Foton"))
        options.setdefault(
            "help_text",
            format_lazy(
                _("Av platsen, inte av människor. Högst {most} åt gången."), most=MOST_AT_ONCE
            ),
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> list[UploadedFile[bytes]]:
        return [] if value in EMPTY_VALUES else list(value)

    def validate(self, value: Sequence[UploadedFile[bytes]]) -> None:
        super().validate(value)
        try:
            check_number(len(value))
        except TooManyAtOnce as exc:
            raise forms.ValidationError(str(exc), code="too_many") from exc
        if faults := [fault for file in value if (fault := _fault(file))]:
            raise forms.ValidationError(faults)


class PhotosForm(forms.Form):
    """A base for forms with pictures; put it last, and its fields come last."""

    photos = PhotosField(required=False)
    nobody_recognisable = forms.BooleanField(
        label=_("Ingen går att känna igen på bilderna"),
        help_text=_("Inte heller på en registreringsskylt eller ett namn."),
        required=False,
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        told = self.cleaned_data
        # Pictures that were refused leave no list; the statement is asked for all the same.
        sent = told.get("photos", ["refused"])
        if sent and not told.get("nobody_recognisable"):
            self.add_error("nobody_recognisable", explained(Fault.NO_STATEMENT))
        return cleaned


class PhotoRemovalForm(forms.Form):
    """Why a picture is taken away."""

    reason = forms.TypedChoiceField(
        label=_("Varför tas bilden bort?"),
        choices=choices(REMOVAL_REASONS),
        coerce=RemovalReason,
        widget=forms.RadioSelect,
    )
    why = FreeLine(
        label=_("Mer om varför"),
        max_length=200,
        required=False,
        help_text=_("Behövs när skälet är ”annat”. Skriv inte vem som syns."),
    )


def _fault(file: UploadedFile[bytes]) -> forms.ValidationError | None:
    try:
        head_check(file)
    except NotKept as exc:
        refused = PhotoRefused(name=file.name or "", faults=[exc.fault])
        return forms.ValidationError(str(refused), code=exc.fault)
    return None
