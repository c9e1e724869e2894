"""Who lives here: residents over the years, and by age where that is published."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling_web.base.areas import selectors as areas
from samhandling_web.observe.statistics import selectors as statistics
from samhandling_web.understand.picture.figures.content import Figure, FigureColumn
from samhandling_web.understand.picture.figures.residents import INDICATOR, residents_on
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import number

COLUMNS = (
    FigureColumn("area", gettext_lazy("Område")),
    FigureColumn("residents", gettext_lazy("Invånare"), "int"),
    FigureColumn("share", gettext_lazy("Andel av kommunen"), "percent", 1),
)


def people_figure(scope: Scope) -> Figure | None:
    """Return residents in the scope's area, or in every public area of its level for the whole.

    None when no population is known.
    """
    known = residents_on(scope.level, scope.on)
    if known is None or not known.total:
        return None
    named = areas.areas_visible_to(None, scope.level, scope.on).values_list("area__code", "name")
    names = dict(named) if scope.is_whole else {scope.code: scope.name}
    rows = tuple(
        (names[code], round(people), people / known.total * 100)
        for code, people in sorted(known.by_code.items(), key=lambda item: -item[1])
        if code in names
    )
    here = known.total if scope.is_whole else known.by_code.get(scope.code, 0)
    return Figure(
        slug="residents",
        heading=_("Invånare"),
        sentence=_("{people} invånare i {area} ({year}).").format(
            people=number(here), area=scope.name, year=known.year
        ),
        columns=COLUMNS,
        rows=rows,
        source=_publishers(),
        definition=_(
            "Folkbokförda, räknade på nivån {level} och förda till dagens gränser efter yta eller "
            "befolkning."
        ).format(level=known.counted_by),
        uncertainty=_(
            "Folkmängden är en totalräkning. Där gränserna inte följs åt är fördelningen mellan "
            "områden en skattning; kommunens summa är alltid densamma."
        ),
        method={"name": "crosswalk", "counted_by": known.counted_by, "year": known.year},
        is_public=True,
    )


def _publishers() -> str:
    found = statistics.indicators_in_use().filter(slug=INDICATOR)
    return "; ".join(sorted({i.publisher for i in found if i.publisher})) or INDICATOR
