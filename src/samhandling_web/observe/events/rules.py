"""How exactly an event's time and place are known, and who placed it. Plain Python."""

from enum import StrEnum

from samhandling.sources.schema import PositionPrecision, TimePrecision
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _

# Only these may be drawn or counted as points; the database holds the rule too.
POINT_PRECISIONS = frozenset({PositionPrecision.POINT, PositionPrecision.SNAPPED})

# Places too coarse to count by area; the event's own text may tell a better one.
COARSE_PRECISIONS = frozenset(
    {PositionPrecision.MUNICIPALITY, PositionPrecision.COUNTY, PositionPrecision.NONE}
)

POSITION_PRECISIONS: dict[PositionPrecision, Text] = {
    PositionPrecision.POINT: _("punkt"),
    PositionPrecision.SNAPPED: _("flyttad till närmaste gatuhörn"),
    PositionPrecision.CELL: _("ruta"),
    PositionPrecision.AREA: _("statistiskt område"),
    PositionPrecision.NEIGHBOURHOOD: _("stadsdel"),
    PositionPrecision.MUNICIPALITY: _("kommun"),
    PositionPrecision.COUNTY: _("län"),
    PositionPrecision.NONE: _("okänt"),
}

TIME_PRECISIONS: dict[TimePrecision, Text] = {
    TimePrecision.MINUTE: _("minut"),
    TimePrecision.HOUR: _("timme"),
    TimePrecision.DAY: _("dag"),
    TimePrecision.MONTH: _("månad"),
    TimePrecision.UNKNOWN: _("okänd"),
}


class PlacementMethod(StrEnum):
    """Who placed an event. Values are stored: never rename or reuse one."""

    GAZETTEER = "gazetteer"
    PERSON = "person"


PLACEMENT_METHODS: dict[PlacementMethod, Text] = {
    PlacementMethod.GAZETTEER: _("ortnamn i texten"),
    PlacementMethod.PERSON: _("person"),
}


class UnknownEvent(DomainError):
    message = _("Händelsen {external_id} från {source} finns inte eller gäller inte längre.")


class UnknownArea(DomainError):
    message = _("Området {code} finns inte på nivån {level}. Välj ett område ur listan.")


class TooManyToExport(DomainError):
    message = _(
        "{count} händelser är fler än de {limit} som ryms i en fil. Välj en kortare period."
    )
