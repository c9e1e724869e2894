"""The thread as one person may see it: columns of objects, and what lies between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samhandling_web.agree.measures.models import FollowUp
from samhandling_web.agree.measures.selectors.measures import measures_visible_to
from samhandling_web.agree.partnership.selectors.items import items_visible_to
from samhandling_web.agree.partnership.selectors.priorities import priorities_visible_to
from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.common.charts.swedish import number
from samhandling_web.base.common.text import Text
from samhandling_web.faces.pages.thread.links import LINKS, Found, Link, found_from
from samhandling_web.observe.observations.selectors import observations_visible_to
from samhandling_web.observe.walks.selectors import findings_visible_to
from samhandling_web.understand.places.selectors import places_visible_to, problems_visible_to

MOST_IN_COLUMN, SHOWN_AT_ONCE = 25, 6


@dataclass(frozen=True, slots=True)
class Node:
    """One object on the thread."""

    link: Link
    number: int
    title: str
    state: str
    day: date | None
    url: str
    is_here: bool = False
    money: str = ""

    @property
    def key(self) -> tuple[Link, int]:
        return self.link, self.number


@dataclass(frozen=True, slots=True)
class Column:
    """The objects of one kind, the latest first; `hidden` are there but not among those shown."""

    link: Link
    label: Text
    nodes: Sequence[Node]
    hidden: int

    @property
    def first(self) -> Sequence[Node]:
        """Those shown at once; the rest are unfolded."""
        return self.nodes[:SHOWN_AT_ONCE]

    @property
    def rest(self) -> Sequence[Node]:
        return self.nodes[SHOWN_AT_ONCE:]


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread from one object."""

    here: Node
    columns: Sequence[Column]
    pairs: Sequence[tuple[Node, Node]]
    missing: Sequence[Link]
    """Kinds without any object: where the thread is broken, or has not come yet."""
    unseen: Sequence[Link]
    """Kinds with objects of which the person may see none."""


@dataclass(frozen=True, slots=True)
class _Kind:
    visible: Callable[[Actor], QuerySet[Any]]
    node: Callable[[Any], Node]


def _page(name: str, number: int, fragment: str = "") -> str:
    return reverse(name, args=[number]) + fragment


def _observation(one: Any) -> Node:
    url = _page("observations:observation-detail", one.pk)
    day = timezone.localtime(one.start).date()
    return Node(Link.OBSERVATION, one.pk, str(one), one.get_status_display(), day, url)


def _finding(one: Any) -> Node:
    url = _page("walks:finding-detail", one.pk)
    day = one.walk.walked_at and timezone.localtime(one.walk.walked_at).date()
    return Node(
        Link.FINDING, one.pk, Truncator(one.text).chars(80), one.get_status_display(), day, url
    )


def _place(one: Any) -> Node:
    url = _page("places:place-detail", one.pk)
    return Node(Link.PLACE, one.pk, one.name, one.get_standing_display(), None, url)


def _problem(one: Any) -> Node:
    url = _page("places:problem-detail", one.pk)
    day = timezone.localtime(one.created_at).date()
    return Node(Link.PROBLEM, one.pk, one.title, one.get_status_display(), day, url)


def _priority(one: Any) -> Node:
    url = _page("partnership:priority-detail", one.pk)
    return Node(Link.PRIORITY, one.pk, one.title, "", one.valid_from, url)


def _item(one: Any) -> Node:
    url = _page("partnership:item-detail", one.pk)
    day = timezone.localtime(one.meeting.starts_at).date()
    return Node(Link.ITEM, one.pk, one.title, one.get_status_display(), day, url)


def _measure(one: Any) -> Node:
    url = _page("measures:measure-detail", one.pk)
    state, money = one.get_status_display(), _costs(one)
    return Node(Link.MEASURE, one.pk, one.title, state, one.start_on, url, money=money)


def _costs(measure: Any) -> str:
    """What a measure was decided to cost: once, and each year."""
    sums = (
        (measure.investment_sek, _("{sum} kr en gång")),
        (measure.running_sek_per_year, _("{sum} kr per år")),
    )
    return ", ".join(words.format(sum=number(sek)) for sek, words in sums if sek)


def _result(one: Any) -> Node:
    url = _page("measures:measure-detail", one.measure_id, "#uppfoljning")
    title, state, sek = Truncator(one.result).chars(80), one.get_verdict_display(), one.spent_sek
    money = "" if sek is None else _("kostade {sum} kr").format(sum=number(sek))
    return Node(Link.RESULT, one.pk, title, state, one.on, url, money=money)


def visible(link: Link, actor: Actor) -> QuerySet[Any]:
    """Return every object of one kind that the person may see."""
    return _KINDS[link].visible(actor)


def node_of(link: Link, one: Any) -> Node:
    """Return an object as it stands on a thread or in a list."""
    return _KINDS[link].node(one)


def _observations_visible_to(actor: Actor) -> QuerySet[Any]:
    return observations_visible_to(actor).select_related("category")


def _results_visible_to(actor: Actor) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(measure__in=measures_visible_to(actor).values("pk"))


_KINDS: dict[Link, _Kind] = {
    Link.OBSERVATION: _Kind(_observations_visible_to, _observation),
    Link.FINDING: _Kind(findings_visible_to, _finding),
    Link.PLACE: _Kind(places_visible_to, _place),
    Link.PROBLEM: _Kind(problems_visible_to, _problem),
    Link.PRIORITY: _Kind(priorities_visible_to, _priority),
    Link.ITEM: _Kind(items_visible_to, _item),
    Link.MEASURE: _Kind(measures_visible_to, _measure),
    Link.RESULT: _Kind(_results_visible_to, _result),
}


def thread_from(link: Link, number: int, actor: Actor) -> Thread | None:
    """Return the thread from an object, as far as the person may see; None if not the object."""
    found = found_from(link, number)
    columns = [_column(one, found, actor, (link, number)) for one in Link]
    nodes = {node.key: node for column in columns for node in column.nodes}
    if (link, number) not in nodes:
        return None
    return Thread(
        here=nodes[link, number],
        columns=columns,
        pairs=[
            (nodes[first], nodes[second])
            for first, second in sorted(found.pairs)
            if first in nodes and second in nodes
        ],
        missing=[one for one in Link if not found.numbers[one]],
        unseen=[one.link for one in columns if found.numbers[one.link] and not one.nodes],
    )


def _column(link: Link, found: Found, actor: Actor, here: tuple[Link, int]) -> Column:
    """The object itself first, then the latest."""
    numbers = found.numbers[link]
    seen = _KINDS[link].visible(actor).filter(pk__in=numbers) if numbers else []
    nodes = sorted(
        (_KINDS[link].node(one) for one in seen),
        key=lambda node: (node.key != here, -(node.day or date.min).toordinal(), -node.number),
    )
    shown = [node if node.key != here else _marked(node) for node in nodes[:MOST_IN_COLUMN]]
    return Column(link, LINKS[link], shown, len(nodes) - len(shown))


def _marked(node: Node) -> Node:
    return replace(node, is_here=True)
