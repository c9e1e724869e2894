"""Reading people, organisations and roles."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role


def users_found(words: str, day: date) -> QuerySet[User]:
    """Everyone with an account that all of `words` fit, by name, with `roles` as held on `day`."""
    roles = Membership.objects.held_on(day).select_related("organisation").order_by("-valid_from")
    users = User.objects.prefetch_related(Prefetch("memberships", roles, to_attr="roles"))
    for word in words.split():
        users = users.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
        )
    return users.order_by("last_name", "first_name", "email")


def memberships_of(user: User) -> QuerySet[Membership]:
    """Every role the person holds or has held, the latest first."""
    return user.memberships.select_related("organisation").order_by("-valid_from", "role")


def organisation_tree() -> Iterator[tuple[int, Organisation]]:
    """Yield every organisation after the one it is part of, with its depth."""
    parts: dict[int | None, list[Organisation]] = defaultdict(list)
    rows = Organisation.objects.select_related("parent")
    # Not in SQL: whether capitals come first differs between engines.
    for organisation in sorted(rows, key=lambda row: row.name.casefold()):
        parts[organisation.parent_id].append(organisation)

    def below(parent: int | None, depth: int) -> Iterator[tuple[int, Organisation]]:
        for organisation in parts[parent]:
            yield depth, organisation
            yield from below(organisation.pk, depth + 1)

    return below(None, 0)


def administrators_on(day: date) -> QuerySet[User]:
    """People who can let others in on `day`."""
    held = Membership.objects.held_on(day).filter(role=Role.ADMINISTRATOR)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))
