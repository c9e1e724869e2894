"""Filling in a proposal, section by section, and asking for some of the measures."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.measures import permissions
from samhandling_web.agree.measures.choosing import CITYWIDE
from samhandling_web.agree.measures.districts import districts_answered_for
from samhandling_web.agree.measures.models import Measure, Portfolio
from samhandling_web.agree.measures.plan_content import WHOLE
from samhandling_web.agree.measures.rules import (
    EVALUATION_LEVELS,
    HORIZONS,
    KINDS,
    MECHANISMS,
    STATUSES,
)
from samhandling_web.agree.measures.selectors.measures import district_names
from samhandling_web.agree.measures.selectors.portfolios import portfolios_in_use
from samhandling_web.agree.partnership.models import AgendaItem, Priority
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas.models import Area, AreaVersion
from samhandling_web.base.common.choices import choices
from samhandling_web.base.common.forms import DateInput
from samhandling_web.base.common.free_text import FreeLine, FreeText
from samhandling_web.understand.places.forms.choosing import (
    SEARCH_HELP,
    SEARCH_LABEL,
    offer_places,
    pks_in,
    value_now,
)
from samhandling_web.understand.places.models import Cause, Place, Problem
from samhandling_web.understand.places.selectors import (
    OPEN_PROBLEMS,
    places_visible_to,
    problems_visible_to,
)

MOST_CHOICES = 300
UNCHOSEN = ("", _("inte valt"))
EVERYTHING = ("", _("alla"))

SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Problem och orsak"), ("title", "problem", "cause")),
    (
        _("Vad som görs och hur det ska verka"),
        ("kind", "description", "mechanism", "mechanism_text"),
    ),
    (_("Var"), ("place_words", "place", "area", "is_citywide")),
    (_("Vem"), ("owner", "horizon", "portfolio", "priority", "decided_at_item")),
    (_("Pengar"), ("investment_sek", "running_sek_per_year")),
    (_("Tid"), ("start_on", "end_on", "follow_up_on")),
    (
        _("Hur vi vet om det hjälper"),
        ("indicator_name", "evaluation_level", "evaluation_plan"),
    ),
)

STORED = tuple(name for _heading, names in SECTIONS for name in names if name != "place_words")


class NamedArea(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An area by its name rather than its code."""

    names: dict[int, str]

    def label_from_instance(self, obj: Any) -> str:
        return self.names.get(obj.pk, str(obj))


class NewMeasureForm(forms.Form):
    """What a proposal begins with."""

    title = FreeLine(
        label=_("Vad ska göras?"),
        max_length=200,
        help_text=_("En rad som andra förstår, till exempel ”Ny belysning i tunneln”."),
    )
    problem = forms.ModelChoiceField(
        Problem.objects.none(),
        label=_("Vilket problem ska det lösa?"),
        required=False,
        help_text=_("Du kan välja problem senare. Utan problem kan åtgärden inte beslutas."),
    )
    proposer = forms.ModelChoiceField(Organisation.objects.none(), label=_("Föreslås av"))

    def __init__(self, *args: Any, actor: User, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.initial.get("problem")
        own = permissions.organisations_proposed_for(actor)
        _offer(self, "problem", _problems(actor, chosen))
        _offer(self, "proposer", own)
        self.fields["proposer"].initial = own.first()


class MeasureForm(forms.Form):
    """A proposal. Nothing but the title must be there for it to be saved."""

    title = FreeLine(label=_("Rubrik"), max_length=200)
    problem = forms.ModelChoiceField(Problem.objects.none(), label=_("Problem"), required=False)
    cause = forms.ModelChoiceField(
        Cause.objects.none(),
        label=_("Orsak som den angriper"),
        required=False,
        help_text=_("Orsakerna är problemets. Välj problem och spara, så kan du välja bland dem."),
    )
    kind = forms.ChoiceField(label=_("Slag"), required=False)
    description = FreeText(label=_("Vad som görs"), required=False)
    mechanism = forms.ChoiceField(
        label=_("Den verkar genom att"), required=False, widget=forms.RadioSelect
    )
    mechanism_text = FreeText(
        label=_("Hur den är tänkt att verka här"),
        required=False,
        help_text=_("Varför ska just detta ändra orsaken? Skriv så att någon kan säga emot."),
    )
    place_words = forms.CharField(
        label=SEARCH_LABEL, help_text=SEARCH_HELP, max_length=80, required=False
    )
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Plats"), required=False)
    area = NamedArea(
        Area.objects.none(),
        label=_("Område"),
        required=False,
        help_text=_("Om åtgärden inte hör till en plats."),
    )
    is_citywide = forms.BooleanField(
        label=_("Hela kommunen"),
        required=False,
        help_text=_("Om den görs överallt. Välj då varken plats eller område."),
    )
    owner = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label=_("Genomförs av"), required=False
    )
    horizon = forms.ChoiceField(label=_("Horisont"), required=False, widget=forms.RadioSelect)
    portfolio = forms.ModelChoiceField(
        Portfolio.objects.none(), label=_("Politiskt ansvarsområde"), required=False
    )
    priority = forms.ModelChoiceField(
        Priority.objects.none(), label=_("Prioritering som den följer av"), required=False
    )
    decided_at_item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("Mötespunkt som den följer av"), required=False
    )
    investment_sek = forms.IntegerField(
        label=_("Investering, kronor"), required=False, min_value=0,
        help_text=_("En gång. Skriv 0 om den inte kostar något."),
    )  # fmt: skip
    running_sek_per_year = forms.IntegerField(
        label=_("Drift, kronor per år"), required=False, min_value=0,
        help_text=_("Varje år. Skriv 0 om den inte kostar något."),
    )  # fmt: skip
    start_on = forms.DateField(label=_("Börjar"), required=False, widget=DateInput)
    end_on = forms.DateField(label=_("Slutar"), required=False, widget=DateInput)
    follow_up_on = forms.DateField(label=_("Följs upp"), required=False, widget=DateInput)
    indicator_name = FreeLine(
        label=_("Indikatorns namn"), max_length=200, required=False,
        help_text=_("Det som ska ändras, till exempel ”Skadegörelse vid torget”."),
    )  # fmt: skip
    evaluation_level = forms.TypedChoiceField(
        label=_("Planerad utvärdering"), required=False, coerce=int, empty_value=None,
        help_text=_("Nivå 0 och 1 kan inte säga om en förändring beror på åtgärden."),
    )  # fmt: skip
    evaluation_plan = FreeText(label=_("Jämförs med"), required=False)

    def __init__(
        self, *args: Any, measure: Measure, actor: User, words: str = "", **options: Any
    ) -> None:
        stored = values_of(measure) | {"place_words": words}
        super().__init__(*args, **({"initial": stored} | options))
        for name, labels in (
            ("kind", KINDS), ("mechanism", MECHANISMS), ("horizon", HORIZONS),
            ("evaluation_level", {int(level): text for level, text in EVALUATION_LEVELS.items()}),
        ):  # fmt: skip
            is_radio = isinstance(self.fields[name].widget, forms.RadioSelect)
            first = [] if is_radio else [UNCHOSEN]
            self.fields[name].choices = [*first, *choices(labels)]  # type: ignore[attr-defined]
        problem = self._problem_now(measure, actor)
        _offer(self, "problem", _problems(actor, measure.problem_id))
        self._offer_of_problem(measure, problem, actor)

    def _problem_now(self, measure: Measure, actor: User) -> Problem | None:
        """Return the problem that is chosen in what was sent, or else the stored one."""
        sent = str(self.data.get("problem", "")) if self.is_bound else ""
        if sent.isdigit():
            return problems_visible_to(actor).filter(pk=sent).first()
        return None if self.is_bound else measure.problem

    def _offer_of_problem(self, measure: Measure, problem: Problem | None, actor: User) -> None:
        causes = Cause.objects.filter(problem=problem) if problem else Cause.objects.none()
        _offer(self, "cause", causes)
        self._offer_places(measure, problem, actor)
        names = district_names(timezone.localdate()) | _extra_areas(measure, problem)
        areas = self.fields["area"]
        assert isinstance(areas, NamedArea)
        areas.names = names
        areas.queryset = Area.objects.filter(pk__in=names)
        _offer(
            self,
            "portfolio",
            portfolios_in_use() | Portfolio.objects.filter(pk=measure.portfolio_id or 0),
        )
        mine = Q(problems=problem) if problem else Q(pk=measure.priority_id or 0)
        _offer(
            self,
            "priority",
            Priority.objects.filter(mine | Q(pk=measure.priority_id or 0)).distinct(),
        )
        items = AgendaItem.objects.select_related("meeting__council")
        about = Q(problem=problem) if problem else Q(pk=measure.decided_at_item_id or 0)
        _offer(self, "decided_at_item", items.filter(about | Q(pk=measure.decided_at_item_id or 0)))

    def _offer_places(self, measure: Measure, problem: Problem | None, actor: User) -> None:
        visible = places_visible_to(actor)
        field = self.fields["place"]
        assert isinstance(field, forms.ModelChoiceField)
        field.empty_label = UNCHOSEN[1]
        offer_places(
            field,
            visible,
            words=str(value_now(self, "place_words") or ""),
            chosen=pks_in([value_now(self, "place")]),
            first=_likely_places(visible, actor, measure, problem),
        )

    def sections(self) -> list[tuple[Any, list[Any]]]:
        """Return the fields under their headings, in the order in which they are asked for."""
        return [(heading, [self[name] for name in names]) for heading, names in SECTIONS]

    def changes(self) -> dict[str, Any]:
        """Return what was filled in, as the service takes it. A cause of another problem goes."""
        return {name: value for name, value in self.cleaned_data.items() if name in STORED}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "cause" in self.errors and self.data.get("problem") != str(self.initial.get("problem")):
            # The problem was changed, so the cause that was chosen among the old one's is gone.
            del self.errors["cause"]
            cleaned["cause"] = None
        return cleaned


def values_of(measure: Measure) -> dict[str, Any]:
    """Return what the form shows of a measure as it is stored."""
    return {name: getattr(measure, name) for name in STORED}


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    field.queryset = rows  # type: ignore[attr-defined]
    if not field.required and field.empty_label != EVERYTHING[1]:  # type: ignore[attr-defined]
        field.empty_label = UNCHOSEN[1]  # type: ignore[attr-defined]


def _problems(actor: User, chosen: Any) -> QuerySet[Problem]:
    """Return the open problems, the latest first, and the one that is chosen already."""
    visible = problems_visible_to(actor)
    latest = visible.filter(status__in=OPEN_PROBLEMS).order_by("-pk")
    own = districts_answered_for(actor)
    if own:
        latest = latest.filter(Q(district__in=own) | Q(district__isnull=True))
    pks = [*latest.values_list("pk", flat=True)[:MOST_CHOICES]]
    chosen_pk = getattr(chosen, "pk", chosen)
    return visible.filter(Q(pk__in=pks) | Q(pk=chosen_pk or 0)).order_by("-pk")


def _likely_places(
    visible: QuerySet[Place], actor: User, measure: Measure, problem: Problem | None
) -> QuerySet[Place]:
    """Return what is shown before a search: the problem's places, or else its district's."""
    if problem is not None and (of_problem := visible.filter(problems=problem)).exists():
        return of_problem
    own = districts_answered_for(actor)
    district = problem.district_id if problem else measure.district_id
    if own or district:
        return visible.filter(district__in=own or [district])
    return visible


def _extra_areas(measure: Measure, problem: Problem | None) -> dict[int, str]:
    """Name the areas beside the districts that the measure or its problem has."""
    found = (measure.area_id, problem.area_id if problem else None)
    pks = [pk for pk in found if pk is not None]
    rows = AreaVersion.objects.filter(area_id__in=pks).order_by("valid_from")
    return dict(rows.values_list("area_id", "name"))


class MeasureFilterForm(forms.Form):
    """Which measures are shown."""

    words = FreeLine(label=_("Ord i rubriken"), required=False)
    district = forms.ChoiceField(label=_("Område"), required=False)
    status = forms.ChoiceField(label=_("Läge"), required=False)
    horizon = forms.ChoiceField(label=_("Horisont"), required=False)
    kind = forms.ChoiceField(label=_("Slag"), required=False)
    portfolio = forms.ModelChoiceField(
        Portfolio.objects.order_by("name"), label=_("Ansvarsområde"), required=False,
        empty_label=_("alla"),
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Genomförs av"), required=False, empty_label=_("alla")
    )
    late = forms.BooleanField(label=_("Bara försenade"), required=False)
    problem = forms.IntegerField(required=False, widget=forms.HiddenInput)
    figure = forms.SlugField(required=False, widget=forms.HiddenInput)
    part = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = sorted(district_names(timezone.localdate()).items(), key=lambda one: one[1])
        for name, rows in (
            ("district", [(CITYWIDE, WHOLE), *((str(pk), label) for pk, label in names)]),
            ("status", choices(STATUSES)),
            ("horizon", choices(HORIZONS)),
            ("kind", choices(KINDS)),
        ):
            self.fields[name].choices = [EVERYTHING, *rows]  # type: ignore[attr-defined]
        owning = Measure.objects.order_by().values("owner")
        _offer(self, "owner", Organisation.objects.filter(pk__in=owning).order_by("name"))

    def chosen(self) -> Mapping[str, Any]:
        """Return what was asked for; nothing when it could not be read."""
        return self.cleaned_data if self.is_valid() else {}


def filter_names() -> Iterable[str]:
    """Name the filters, so that a link can carry them."""
    return MeasureFilterForm.base_fields.keys()
