"""What people fill in about a picture: beginning it, its texts, its figures, the decision."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.forms import DateInput
from samhandling_web.base.common.free_text import FreeLine, FreeText
from samhandling_web.understand.picture import edits, permissions, scopes
from samhandling_web.understand.picture.documents import LANGUAGE
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import KINDS, MANDATORY_PARTS, Kind

WHOLE = "hela"
ROWS = {Kind.STATUTORY: 14, Kind.QUARTERLY: 9, Kind.WEEKLY: 9}


class PeriodFields(forms.Form):
    """First and last day, both included."""

    period_start = forms.DateField(label=_("Från och med"), widget=DateInput)
    period_end = forms.DateField(label=_("Till och med"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("period_start"), cleaned.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("Perioden slutar innan den börjar. Välj en senare dag."))
        return cleaned


class StartForm(PeriodFields):
    """Which picture to begin."""

    field_order = ["kind", "area", "organisation", "title", "period_start", "period_end"]
    kind = forms.ChoiceField(label=_("Slag"), choices=choices(KINDS), widget=forms.RadioSelect)
    area = forms.ChoiceField(label=_("Område"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Ansvarig organisation")
    )
    title = FreeLine(
        label=_("Rubrik"), max_length=200, required=False,
        help_text=_("Lämna tomt för ett förslag."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = {
            str(pk or WHOLE): name for pk, name in scopes.areas_with_clock(timezone.localdate())
        }
        self.fields["area"].choices = list(self.names.items())  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = permissions.organisations_written_for(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = str(cleaned.get("area", WHOLE))
        cleaned["area_name"] = self.names.get(chosen, "")
        cleaned["area"] = None if chosen == WHOLE else Area.objects.filter(pk=chosen).first()
        if not cleaned.get("title") and cleaned.get("kind"):
            with translation.override(LANGUAGE):
                kind = str(KINDS[Kind(cleaned["kind"])]).capitalize()
            cleaned["title"] = f"{kind}: {cleaned['area_name']}"[:200]
        return cleaned


class TextsForm(forms.Form):
    """The words of a draft, with marks of how they stood when the page was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    title = FreeLine(label=_("Rubrik"), max_length=200)

    def __init__(self, *args: Any, kind: Kind, **options: Any) -> None:
        super().__init__(*args, **options)
        for number, part in enumerate(MANDATORY_PARTS[kind], start=1):
            self.fields[part] = FreeText(
                label=_("Text till del {number}").format(number=number),
                required=False,
                widget=forms.Textarea({"rows": ROWS[kind]}),
            )
        self.fields["see_also"] = FreeText(
            label=_("Hänger ihop med"),
            required=False,
            help_text=_(
                "Andra analyser och planer som den bygger på, till exempel risk- och "
                "sårbarhetsanalysen eller folkhälsoplanen (7 § lag 2023:196)."
            ),
            widget=forms.Textarea({"rows": 3}),
        )

    @classmethod
    def of(cls, picture: Picture, posted: Any = None) -> "TextsForm":
        """Return the form for a picture, with what was typed or with what is stored."""
        kind = Kind(picture.kind)
        names = ("title", *MANDATORY_PARTS[kind], "see_also")
        texts = {str(name): getattr(picture, name) for name in names}
        marks = edits.marks_as_text(edits.marks_of(texts))
        return cls(posted, kind=kind, initial=texts | {"seen": marks})

    def take_over(self, picture: Picture, untouched: Collection[str]) -> None:
        """Show what is stored now where nothing was typed, and mark all as seen."""
        stored = TextsForm.of(picture).initial
        fresh = {name: stored[name] for name in (*untouched, "seen")}
        self.data = {name: self.data.get(name, "") for name in self.fields} | fresh

    def changes(self) -> dict[str, Any]:
        return {str(n): v for n, v in self.cleaned_data.items() if n != "seen"}

    def marks(self) -> dict[str, str]:
        return edits.marks_from_text(self.cleaned_data["seen"])


class ReturnForm(forms.Form):
    """Why a picture goes back to its writer."""

    reason = FreeText(
        label=_("Vad ska rättas?"),
        help_text=_("Den som skrivit lägesbilden ser det överst på sidan."),
    )


class AdoptForm(forms.Form):
    """Who has decided, when, and where the decision is filed."""

    adopted_by = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label=_("Vilket organ har antagit lägesbilden?")
    )
    adopted_on = forms.DateField(label=_("Beslutsdatum"), widget=DateInput)
    case_number = FreeLine(label=_("Diarienummer"), max_length=60)
