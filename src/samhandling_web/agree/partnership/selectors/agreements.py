"""Reading agreements: lists, the tree they form, and what has to be renewed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from samhandling_web.agree.partnership import permissions
from samhandling_web.agree.partnership.models import Agreement, AgreementParty
from samhandling_web.agree.partnership.rules import (
    AGREEMENT_KINDS,
    RENEWAL_NOTICE,
    AgreementKind,
    AgreementStatus,
)
from samhandling_web.agree.partnership.validity import Term, term_of
from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas.models import AreaVersion

# A lapsed agreement that nobody renews is asked about for this long, then it is history.
ASKED_AFTER = timedelta(days=730)
KIND_ORDER = {kind: at for at, kind in enumerate(AGREEMENT_KINDS)}


def agreements() -> QuerySet[Agreement]:
    return Agreement.objects.select_related(
        "owner", "district__level", "police_area__level", "parent", "replaces", "replaced_by"
    )


def agreements_visible_to(actor: Actor) -> QuerySet[Agreement]:
    """Return every agreement the person may read: all of them, or none."""
    return agreements() if permissions.may_read(actor) else agreements().none()


def parties_of(agreement: Agreement) -> QuerySet[AgreementParty]:
    return agreement.parties.select_related("organisation")


def term(agreement: Agreement) -> Term | None:
    """Return the days on which the agreement holds; None for a draft."""
    return term_of(
        agreement.signed_on, agreement.valid_from, agreement.valid_to, agreement.ended_on
    )


def signed_agreements() -> QuerySet[Agreement]:
    return agreements().exclude(status=AgreementStatus.DRAFT)


def holding_on(day: date) -> Q:
    """Match signed agreements that hold on `day`, as `validity.term_of` reckons it."""
    not_ended = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    return (
        ~Q(status=AgreementStatus.DRAFT)
        & Q(signed_on__lte=day, valid_from__lte=day, valid_to__gte=day)
        & not_ended
    )


def agreements_to_renew(day: date) -> QuerySet[Agreement]:
    """Return signed agreements that run out within the notice or have lapsed, unless followed.

    A draft follows nothing until it is signed. A yearly plan needs no clock of its own.
    """
    due = agreements().filter(
        status=AgreementStatus.SIGNED,
        valid_to__lt=day + RENEWAL_NOTICE,
        valid_to__gte=day - ASKED_AFTER,
    )
    plans = Q(kind=AgreementKind.YEARLY_PLAN)
    return due.exclude(plans).exclude(Exists(_followers())).order_by("valid_to", "pk")


def _followers() -> QuerySet[Agreement]:
    """Match signed agreements of the same kind about the same areas that last longer."""
    same = Q(kind=OuterRef("kind"), status=AgreementStatus.SIGNED)
    for name in ("district", "police_area"):
        # Nothing equals NULL in SQL, so the town as a whole is given a number of its own.
        same &= Q(**{f"{name}_or_none": Coalesce(OuterRef(name), Value(0))})
    known = {
        f"{name}_or_none": Coalesce(f"{name}_id", Value(0)) for name in ("district", "police_area")
    }
    longer = Q(valid_to__gt=OuterRef("valid_to"))
    return Agreement.objects.alias(**known).filter(same & longer)


@dataclass(slots=True)
class Branch:
    """One agreement with those that hang below it."""

    agreement: Agreement
    place: str
    term: Term | None
    below: list["Branch"] = field(default_factory=list)

    def days_left(self, today: date) -> int | None:
        return (self.term.last - today).days if self.term else None


def agreement_tree(shown: Iterable[Agreement], today: date) -> list[Branch]:
    """Return the agreements as trees. One whose parent is not among them stands by itself."""
    rows = sorted(shown, key=lambda one: (KIND_ORDER[AgreementKind(one.kind)], one.title, one.pk))
    names = area_names([key for one in rows for key in areas_of(one)], today)
    branches = {one.pk: Branch(one, place_in_words(one, names), term(one)) for one in rows}
    roots: list[Branch] = []
    for one in rows:
        above = branches.get(one.parent_id or 0)
        (above.below if above else roots).append(branches[one.pk])
    return roots


def areas_of(agreement: Agreement) -> tuple[int | None, int | None]:
    return agreement.district_id, agreement.police_area_id


def area_names(keys: Iterable[int | None], day: date) -> dict[int, str]:
    """Return the names that the areas bear on `day`, or last bore before it."""
    wanted = {key for key in keys if key is not None}
    versions = AreaVersion.objects.filter(area_id__in=wanted).order_by("valid_from")
    names: dict[int, str] = {}
    for area_id, name, first in versions.values_list("area_id", "name", "valid_from"):
        if first <= day or area_id not in names:
            names[area_id] = name
    return names


def place_in_words(agreement: Agreement, names: dict[int, str]) -> str:
    """Name the district and the police area that an agreement is about; empty for the city's."""
    return " × ".join(names.get(key, "") for key in areas_of(agreement) if key)


def place_named(agreement: Agreement, day: date) -> str:
    return place_in_words(agreement, area_names(areas_of(agreement), day))


def below(agreement: Agreement) -> QuerySet[Agreement]:
    return agreements().filter(parent=agreement)


def above(agreement: Agreement) -> list[Agreement]:
    """Return what the agreement hangs under, the topmost first."""
    chain: list[Agreement] = []
    step = agreement.parent
    while step is not None and step not in chain:
        chain.insert(0, step)
        step = step.parent
    return chain


def is_below_itself(agreement: Agreement, parent: Agreement) -> bool:
    """Whether `parent` is the agreement or hangs below it, however far down."""
    return agreement in [*above(parent), parent]


def possible_parents(agreement: Agreement | None) -> QuerySet[Agreement]:
    """Return agreements that another may hang under: those still in force, not below itself."""
    found = agreements().filter(status__in=[AgreementStatus.DRAFT, AgreementStatus.SIGNED])
    if agreement is None:
        return found.exclude(kind=AgreementKind.YEARLY_PLAN)
    lower: dict[int | None, list[int]] = defaultdict(list)
    for key, parent in Agreement.objects.values_list("pk", "parent_id"):
        lower[parent].append(key)
    barred, waiting = {agreement.pk}, [agreement.pk]
    while waiting:
        fresh = [key for key in lower[waiting.pop()] if key not in barred]
        barred.update(fresh)
        waiting += fresh
    return found.exclude(kind=AgreementKind.YEARLY_PLAN).exclude(pk__in=barred)
