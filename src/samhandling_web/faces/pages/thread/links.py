"""Which objects hang together, as numbers: found from one object, up and down the thread."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.partnership.models import AgendaItem, Priority
from samhandling_web.base.common.text import Text, _
from samhandling_web.understand.places.models import (
    PlaceFinding,
    PlaceObservation,
    Problem,
)


class Link(StrEnum):
    """The kinds of objects that the thread runs through, in its order. Used in addresses."""

    OBSERVATION = "iakttagelse"
    FINDING = "fynd"
    PLACE = "plats"
    PROBLEM = "problem"
    PRIORITY = "prioritering"
    ITEM = "beslut"
    MEASURE = "atgard"
    RESULT = "resultat"


LINKS: dict[Link, Text] = {
    Link.OBSERVATION: _("Iakttagelser"),
    Link.FINDING: _("Fynd på vandringar"),
    Link.PLACE: _("Platser"),
    Link.PROBLEM: _("Problem"),
    Link.PRIORITY: _("Prioriteringar"),
    Link.ITEM: _("Beslut på möten"),
    Link.MEASURE: _("Åtgärder"),
    Link.RESULT: _("Resultat"),
}
BEGINNINGS = tuple(link for link in Link if link is not Link.RESULT)
"""What a thread can be followed from; a result is a part of its measure."""


@dataclass
class Found:
    """The numbers of the objects on a thread, by kind, and which two hang together."""

    numbers: dict[Link, set[int]] = field(default_factory=lambda: {link: set() for link in Link})
    pairs: set[tuple[tuple[Link, int], tuple[Link, int]]] = field(default_factory=set)

    def join(self, one: Link, other: Link, pairs: Iterable[tuple[int, int]]) -> None:
        """Note that objects of two kinds hang together, and that both are on the thread."""
        for first, second in pairs:
            self.numbers[one].add(first)
            self.numbers[other].add(second)
            self.pairs.add(((one, first), (other, second)))


def found_from(link: Link, number: int) -> Found:
    """Follow the thread from one object, upwards to what was seen and downwards to results."""
    found = Found()
    found.numbers[link].add(number)
    _BEGIN[link](found, number)
    _upwards(found)
    _downwards(found, only_measure=link is Link.MEASURE)
    return found


def _upwards(found: Found) -> None:
    """From problems to their places, and from places to what was seen there."""
    problems = found.numbers[Link.PROBLEM]
    found.join(Link.PLACE, Link.PROBLEM, _places_of(problems))
    places = found.numbers[Link.PLACE]
    seen = PlaceObservation.objects.filter(place__in=places).values_list("observation", "place")
    found.join(Link.OBSERVATION, Link.PLACE, seen)
    walked = PlaceFinding.objects.filter(place__in=places).values_list("finding", "place")
    found.join(Link.FINDING, Link.PLACE, walked)


def _downwards(found: Found, *, only_measure: bool) -> None:
    """From problems to what was agreed and done, and from measures to what came of them."""
    problems = found.numbers[Link.PROBLEM]
    prior = Priority.problems.through.objects.filter(problem__in=problems)
    found.join(Link.PROBLEM, Link.PRIORITY, prior.values_list("problem", "priority"))
    items = AgendaItem.objects.filter(problem__in=problems).values_list("problem", "pk")
    found.join(Link.PROBLEM, Link.ITEM, items)
    if not only_measure:
        measures = Measure.objects.filter(problem__in=problems).values_list("problem", "pk")
        found.join(Link.PROBLEM, Link.MEASURE, measures)
    ends = Measure.objects.filter(pk__in=found.numbers[Link.MEASURE]).values_list(
        "pk", "decided_at_item", "priority", "follow_up"
    )
    for measure, item, priority, result in ends:
        found.join(Link.ITEM, Link.MEASURE, [(item, measure)] if item else [])
        found.join(Link.PRIORITY, Link.MEASURE, [(priority, measure)] if priority else [])
        found.join(Link.MEASURE, Link.RESULT, [(measure, result)] if result else [])


def _places_of(problems: Iterable[int]) -> Iterable[tuple[int, int]]:
    linked = Problem.places.through.objects.filter(problem__in=problems)
    return linked.values_list("place", "problem")


def _problems_of(places: Iterable[int]) -> Iterable[tuple[int, int]]:
    linked = Problem.places.through.objects.filter(place__in=places)
    return linked.values_list("place", "problem")


def _from_seen(model: type[PlaceObservation] | type[PlaceFinding], name: str, link: Link):  # type: ignore[no-untyped-def]
    def begin(found: Found, number: int) -> None:
        linked = model.objects.filter(**{name: number}).values_list(name, "place")
        found.join(link, Link.PLACE, linked)
        found.join(Link.PLACE, Link.PROBLEM, _problems_of(found.numbers[Link.PLACE]))

    return begin


def _from_place(found: Found, number: int) -> None:
    found.join(Link.PLACE, Link.PROBLEM, _problems_of([number]))
    alone = Measure.objects.filter(place=number).values_list("place", "pk")
    found.join(Link.PLACE, Link.MEASURE, alone)


def _from_problem(_found: Found, _number: int) -> None:
    """What a problem hangs together with is found on the way up and down."""


def _from_priority(found: Found, number: int) -> None:
    linked = Priority.problems.through.objects.filter(priority=number)
    found.join(Link.PROBLEM, Link.PRIORITY, linked.values_list("problem", "priority"))
    measures = Measure.objects.filter(priority=number).values_list("priority", "pk")
    found.join(Link.PRIORITY, Link.MEASURE, measures)


def _from_item(found: Found, number: int) -> None:
    item = AgendaItem.objects.filter(pk=number)
    found.join(Link.PROBLEM, Link.ITEM, item.exclude(problem=None).values_list("problem", "pk"))
    found.join(Link.PRIORITY, Link.ITEM, item.exclude(priority=None).values_list("priority", "pk"))
    measures = Measure.objects.filter(decided_at_item=number)
    found.join(Link.ITEM, Link.MEASURE, measures.values_list("decided_at_item", "pk"))


def _from_measure(found: Found, number: int) -> None:
    measure = Measure.objects.filter(pk=number)
    found.join(
        Link.PROBLEM, Link.MEASURE, measure.exclude(problem=None).values_list("problem", "pk")
    )
    found.join(Link.PLACE, Link.MEASURE, measure.exclude(place=None).values_list("place", "pk"))


_BEGIN = {
    Link.OBSERVATION: _from_seen(PlaceObservation, "observation", Link.OBSERVATION),
    Link.FINDING: _from_seen(PlaceFinding, "finding", Link.FINDING),
    Link.PLACE: _from_place,
    Link.PROBLEM: _from_problem,
    Link.PRIORITY: _from_priority,
    Link.ITEM: _from_item,
    Link.MEASURE: _from_measure,
}
