"""Keeping the municipality's own list of categories. None is ever removed."""

from django.db import transaction
from django.utils.text import slugify

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.observations import permissions, rules
from samhandling_web.observe.observations.models import Category
from samhandling_web.observe.observations.rules import CATEGORY_KINDS, CategoryKind
from samhandling_web.observe.observations.usual_categories import USUAL_CATEGORIES

STEP = 10


@transaction.atomic
def categories_ensure() -> list[Category]:
    """Lay the usual categories where there are none; return what was laid."""
    if Category.objects.exists():
        return []
    made = Category.objects.bulk_create(
        Category(slug=usual.slug, name=usual.name, kind=usual.kind, order=STEP * at)
        for at, usual in enumerate(USUAL_CATEGORIES, start=1)
    )
    audit.record(
        actor=None,
        kind="observations.categories.laid",
        target=made[0],
        after={"count": len(made)},
    )
    return made


@transaction.atomic
def category_add(*, name: str, kind: CategoryKind, order: int, actor: User) -> Category:
    """Add a category; what it is called may change later, its kind may not.

    Raises
    ------
    NotAllowed, CategoryExists
        If the actor does not keep the list, or one in use has that name.
    """
    permissions.check_may_manage_categories(actor)
    _check_name(name, except_for=None)
    category = Category.objects.create(slug=_free_slug(name), name=name, kind=kind, order=order)
    audit.record(
        actor=actor,
        kind="observations.category.added",
        target=category,
        after={"name": name, "kind": kind, "order": order},
    )
    return category


@transaction.atomic
def category_change(*, category_id: int, name: str, order: int, actor: User) -> Category:
    """Give a category another name or place in the list; what was reported under it follows.

    Raises
    ------
    NotAllowed, CategoryExists
        As `category_add`.
    """
    permissions.check_may_manage_categories(actor)
    category = Category.objects.select_for_update().get(pk=category_id)
    _check_name(name, except_for=category_id)
    before = {"name": category.name, "order": category.order}
    category.name, category.order = name, order
    category.save(update_fields=["name", "order"])
    audit.record(
        actor=actor,
        kind="observations.category.changed",
        target=category,
        before=before,
        after={"name": name, "order": order},
    )
    return category


@transaction.atomic
def category_retire(*, category_id: int, actor: User) -> Category:
    """Take a category out of use; what was reported under it stays.

    Raises
    ------
    NotAllowed, LastOfItsKind
        If the actor does not keep the list, or no other category of its kind is in use.
    """
    permissions.check_may_manage_categories(actor)
    category = Category.objects.select_for_update().get(pk=category_id)
    others = Category.objects.filter(kind=category.kind, is_active=True).exclude(pk=category_id)
    if not others.exists():
        kind = CATEGORY_KINDS[CategoryKind(category.kind)]
        raise rules.LastOfItsKind(name=category.name, kind=kind)
    return _used(category, actor, is_active=False)


@transaction.atomic
def category_restore(*, category_id: int, actor: User) -> Category:
    """Take a category into use again.

    Raises
    ------
    NotAllowed, CategoryExists
        If the actor does not keep the list, or its name has been given to another meanwhile.
    """
    permissions.check_may_manage_categories(actor)
    category = Category.objects.select_for_update().get(pk=category_id)
    _check_name(category.name, except_for=category_id)
    return _used(category, actor, is_active=True)


def _used(category: Category, actor: User, *, is_active: bool) -> Category:
    category.is_active = is_active
    category.save(update_fields=["is_active"])
    audit.record(
        actor=actor,
        kind=f"observations.category.{'restored' if is_active else 'retired'}",
        target=category,
        after={"is_active": is_active},
    )
    return category


def _check_name(name: str, *, except_for: int | None) -> None:
    # Not in SQL: SQLite's upper and lower case end at Z.
    taken = Category.objects.filter(is_active=True).values_list("pk", "name")
    others = {known.casefold() for pk, known in taken if pk != except_for}
    if name.casefold() in others:
        raise rules.CategoryExists(name=name)


def _free_slug(name: str) -> str:
    stem = slugify(name)[:40] or "category"
    taken = set(Category.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbers = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbers) if slug not in taken)
