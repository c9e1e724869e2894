"""What people fill in when they bring data in."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from samhandling.sources.mapping import Mapping as ColumnMapping
from samhandling.sources.protocol import Source
from samhandling.sources.schema import SCHEMAS, Kind
from samhandling_web.base.areas.models import AreaLevel
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.forms import DateInput
from samhandling_web.base.common.free_text import FreeLine
from samhandling_web.observe.imports.field_texts import FIELDS
from samhandling_web.observe.imports.models import Mapping, RejectedRow
from samhandling_web.observe.imports.reading import MAPPED_SOURCE
from samhandling_web.observe.imports.reason_texts import REASON_LABELS
from samhandling_web.observe.imports.rules import ROW_STATES


class UploadForm(forms.Form):
    """A file of a source that says everything itself."""

    file = forms.FileField(label=_("Fil"))

    def options(self) -> dict[str, Any]:
        """Return what was told of the file."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"file", "mapping"} and value
        }


class AreaUploadForm(UploadForm):
    """A file of boundaries: which areas they are and from when they hold."""

    level = forms.ModelChoiceField(
        AreaLevel.objects.all(),
        to_field_name="slug",
        label=_("Områdesnivå"),
        required=False,
        help_text=_("Lämna tomt om filen själv anger den."),
    )
    valid_from = forms.DateField(
        label=_("Gäller från och med"),
        required=False,
        widget=DateInput,
        help_text=_("Lämna tomt om filen själv anger det."),
    )
    code_column = forms.CharField(label=_("Kolumn med koder"), required=False)
    name_column = forms.CharField(label=_("Kolumn med namn"), required=False)
    crs = forms.CharField(
        label=_("Koordinatsystem"),
        required=False,
        help_text=_("Bara om filen inte anger det, till exempel EPSG:3006."),
    )

    def clean_level(self) -> str:
        level = self.cleaned_data["level"]
        return level.slug if level else ""


class TableUploadForm(UploadForm):
    """A table of any shape, read as it was described before or described next."""

    mapping = forms.ModelChoiceField(
        Mapping.objects.all(),
        label=_("Kolumnbeskrivning"),
        required=False,
        empty_label=_("Beskriv kolumnerna i nästa steg"),
    )


def upload_form(source: Source) -> type[UploadForm]:
    """Return the form for files of `source`."""
    if source.slug == MAPPED_SOURCE:
        return TableUploadForm
    return AreaUploadForm if source.kind is Kind.AREAS else UploadForm


@contextmanager
def kept_upload(file: UploadedFile[bytes]) -> Iterator[Path]:
    """Give the uploaded file a path for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "uploaded"
        with path.open("wb") as copy:
            for block in file.chunks():
                copy.write(block)
        yield path


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = FreeLine(label=_("Varför"), max_length=500)


class RowFilterForm(forms.Form):
    """Which refused rows are shown."""

    state = forms.ChoiceField(
        label=_("Läge"), required=False, choices=[("", _("alla")), *choices(ROW_STATES)]
    )
    reason = forms.ChoiceField(
        label=_("Skäl"), required=False, choices=[("", _("alla")), *choices(REASON_LABELS)]
    )
    batch = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RowForm(forms.Form):
    """The fields of one refused row, as text."""

    def __init__(self, row: RejectedRow, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = dict(enumerate(row.raw))
        for number, name in self.names.items():
            self.fields[f"field_{number}"] = forms.CharField(
                label=name, initial=row.raw[name], required=False, strip=False
            )

    def values(self) -> dict[str, str]:
        """Return the row's fields under their own names."""
        return {name: self.cleaned_data[f"field_{at}"] for at, name in self.names.items()}


class MappingForm(forms.Form):
    """Which column is which field; a field without a column may have one value for all rows."""

    name = FreeLine(
        label=_("Namn på beskrivningen"), max_length=120, help_text=_("Till exempel avsändaren.")
    )
    kind = forms.ChoiceField(
        label=_("Filen innehåller"), choices=Mapping._meta.get_field("kind").choices or []
    )
    decimal_comma = forms.BooleanField(label=_("Tal skrivs med decimalkomma"), required=False)
    date_format = forms.CharField(
        label=_("Datumformat"),
        required=False,
        help_text=_("Lämna tomt för vanliga former. Annars till exempel %d/%m/%Y."),
    )
    crs = forms.CharField(label=_("Koordinatsystem"), required=False)

    def __init__(
        self, proposal: ColumnMapping, header: Sequence[str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        for name in ("kind", "decimal_comma", "date_format", "crs"):
            self.fields[name].initial = getattr(proposal, name)
        columns = [("", _("finns inte")), *((name, name) for name in header)]
        for field in mapped_fields(proposal.kind):
            chosen = proposal.columns.get(field, "")
            more = [] if chosen in header or not chosen else [(chosen, chosen)]
            self.fields[f"column_{field}"] = forms.ChoiceField(
                label=str(FIELDS.get(field, field)),
                choices=[*columns, *more],
                initial=chosen,
                required=False,
            )
            self.fields[f"constant_{field}"] = FreeLine(
                label=_("{field}, samma för alla rader").format(field=FIELDS.get(field, field)),
                initial=proposal.constants.get(field, ""),
                required=False,
            )

    def content(self) -> dict[str, Any]:
        """Return the description as it is stored."""
        told = self.cleaned_data
        return {
            **self.proposal.as_dict(),
            "kind": told["kind"],
            "columns": _named(told, "column_"),
            "constants": _named(told, "constant_"),
            "decimal_comma": told["decimal_comma"],
            "date_format": told["date_format"],
            "crs": told["crs"] or self.proposal.crs,
        }


def mapped_fields(kind: Kind) -> list[str]:
    """Return the fields that a person may map, in the order of the typed table."""
    left_out = {"row", "extra", "suppressed"}
    return [name for name in SCHEMAS[kind].names if name not in left_out]


def _named(told: dict[str, Any], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value
        for name, value in told.items()
        if name.startswith(prefix) and value
    }
