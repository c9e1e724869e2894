"""Invented figures for the style page, so that each component can be seen in each state."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, ClassVar

import django_tables2
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.charts import Estimate, Frame, Line, LineChart, line_chart
from samhandling_web.base.common.forms import DateInput, PeriodForm
from samhandling_web.base.common.free_text import FreeLine, FreeText
from samhandling_web.base.common.geometry_field import GeometryField
from samhandling_web.base.common.tables import NumberColumn, PlatformTable

DISTRICTS = [
    ("Björkhamn", 184, "14,1", "12,0–16,3", "success"),
    ("Kvarnlunda", 96, "9,8", "7,9–12,0", "success"),
    ("Mellanvik", 301, "22,4", "19,9–25,0", "warning"),
    ("Norra Strand", 57, "6,1", "4,6–7,9", "success"),
    ("Skogsbacka", 12, "2,9", "1,5–5,1", "neutral"),
    ("Östra Hamnen", 412, "31,7", "28,7–34,9", "danger"),
]
MONTHS = (48, 42, 56, 60, 70, 77, 82, 112, 75, 61, 50, 45)
ASSESSMENTS = {
    "success": _("som väntat"),
    "warning": _("följ upp"),
    "danger": _("över det väntade"),
    "neutral": _("för få händelser"),
}


@dataclass(frozen=True, slots=True)
class ExampleJob:
    """What the progress component reads of a background job."""

    label: str
    state: str
    text: Any
    done: int = 0
    total: int | None = None
    message: str = ""
    pk: int = 0

    @property
    def percent(self) -> int | None:
        return self.done * 100 // self.total if self.total else None

    @property
    def is_over(self) -> bool:
        return self.state in {"done", "failed", "cancelled"}

    def get_state_display(self) -> Any:
        return self.text


class ExampleTable(PlatformTable):
    caption = _("Anmälda händelser efter stadsdel, påhittade siffror")
    exports = ("csv", "xlsx")
    name = django_tables2.Column(verbose_name=_("Stadsdel"))
    events = NumberColumn(verbose_name=_("Händelser"))
    rate = NumberColumn(verbose_name=_("Per 1 000 invånare"))
    interval = NumberColumn(verbose_name=_("Troligen mellan"), orderable=False)
    assessment = django_tables2.TemplateColumn(
        "{% status_tag record.tone record.assessment %}",
        verbose_name=_("Bedömning"),
        orderable=False,
    )


class ExampleForm(forms.Form):
    title = FreeLine(label=_("Vad gäller det?"), help_text=_("En rad som andra förstår."))
    place = forms.ChoiceField(
        label=_("Stadsdel"),
        choices=[("", _("Välj stadsdel")), *[(row[0], row[0]) for row in DISTRICTS]],
    )
    day = forms.DateField(label=_("När hände det?"), widget=DateInput, required=False)
    urgency = forms.ChoiceField(
        label=_("Hur bråttom är det?"),
        widget=forms.RadioSelect,
        choices=[("now", _("I dag")), ("week", _("Den här veckan")), ("later", _("Kan vänta"))],
    )
    topics = forms.MultipleChoiceField(
        label=_("Vad handlar det om?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("light", _("Belysning")), ("litter", _("Skräp")), ("noise", _("Buller"))],
    )
    text = FreeText(
        label=_("Beskriv platsen"),
        required=False,
        help_text=_("Skriv inte namn eller personnummer."),
    )
    picture = forms.FileField(label=_("Bild av platsen"), required=False)
    agrees = forms.BooleanField(label=_("Uppgifterna får visas för polisen"))


class ExamplePlaceForm(forms.Form):
    place = GeometryField(
        label=_("Var är det?"),
        help_text=_("Sätt en punkt, eller rita en linje eller en yta."),
    )


class ExampleFilter(forms.Form):
    DISTRICT_CHOICES: ClassVar = [("", _("Alla")), *[(row[0], row[0]) for row in DISTRICTS]]
    district = forms.ChoiceField(label=_("Stadsdel"), required=False, choices=DISTRICT_CHOICES)
    since = forms.DateField(label=_("Sedan"), required=False, widget=DateInput)


def everything(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the style page."""
    return {
        "table": example_table(request),
        "empty_table": ExampleTable([]),
        "form": ExampleForm(),
        "wrong_form": _filled_wrongly(),
        "place_form": _place_form(request),
        "filter": ExampleFilter(request.GET or None),
        "period": PeriodForm(),
        "page": Paginator(range(240), 20).page(3),
        "jobs": example_jobs(),
        "today": date(2026, 3, 2),
        "due": {
            "good": date(2026, 3, 2) + timedelta(days=24),
            "soon": date(2026, 3, 2) + timedelta(days=3),
            "now": date(2026, 3, 2),
            "late": date(2026, 3, 2) - timedelta(days=5),
        },
        "tones": [
            ("success", _("klart")),
            ("info", _("pågår")),
            ("warning", _("följ upp")),
            ("danger", _("försenat")),
            ("neutral", _("utkast")),
        ],
        "tab_rows": [
            (_("Överblick"), request.path, None),
            (_("Händelser"), f"{request.path}?flik=handelser", 412),
            (_("Åtgärder"), f"{request.path}?flik=atgarder", 7),
        ],
        "months": (months := example_months()),
        "drawing": example_chart(months),
        "districts": [SimpleNamespace(name=n, rate=r, interval=i) for n, _e, r, i, _t in DISTRICTS],
    }


def example_table(request: HttpRequest) -> ExampleTable:
    rows = [
        {"name": n, "events": e, "rate": r, "interval": i, "tone": t, "assessment": ASSESSMENTS[t]}
        for n, e, r, i, t in DISTRICTS
    ]
    table = ExampleTable(rows, order_by=request.GET.get("sort", "name"))
    table.paginate(page=1, per_page=25)
    return table


def example_months() -> tuple[tuple[date, Estimate], ...]:
    """Invented counts with two standard errors of a Poisson count to each side."""
    return tuple(
        (date(2025, month, 1), Estimate(count, count - 2 * count**0.5, count + 2 * count**0.5))
        for month, count in enumerate(MONTHS, start=1)
    )


def example_chart(months: tuple[tuple[date, Estimate], ...]) -> str:
    frame = Frame(
        title=str(_("Händelser per månad")),
        description=str(_("Mellan 42 och 112 händelser i månaden, flest i augusti.")),
    )
    return line_chart(LineChart(frame, (Line("2025", months),)))


def example_jobs() -> list[ExampleJob]:
    label = "Läser in händelser"
    return [
        ExampleJob(label, "queued", _("i kö")),
        ExampleJob(label, "running", _("pågår"), 41_250, 66_000, "Rad 41 250"),
        ExampleJob("Räknar om lägesbilden", "running", _("pågår"), 3, None, "Söker ovanliga dagar"),
        ExampleJob(label, "done", _("klart"), 66_000, 66_000),
        ExampleJob(label, "failed", _("misslyckades"), 12_000, 66_000),
        ExampleJob(label, "cancelled", _("avbrutet"), 12_000, 66_000),
    ]


def _filled_wrongly() -> ExampleForm:
    form = ExampleForm({"title": "", "day": "2026-02-31", "topics": ["light"]}, auto_id="wrong_%s")
    form.is_valid()
    return form


def _place_form(request: HttpRequest) -> ExamplePlaceForm:
    """What is sent comes back with what is wrong with it; nothing is stored."""
    sent = any(name.startswith("place_") for name in request.GET)
    return ExamplePlaceForm(request.GET if sent else None)
