"""Keeping questions: save, rename, share within an organisation, remove."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.accounts.permissions import Actor, is_person
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.errors import DomainError, NotAllowed
from samhandling_web.base.common.text import _
from samhandling_web.understand.picture import permissions
from samhandling_web.understand.picture.models import SavedView


class NameMissing(DomainError):
    message = _("Vyn behöver ett namn. Skriv ett som säger vad den visar.")


class NameTaken(DomainError):
    message = _("Du har redan en vy som heter {name}. Välj ett annat namn.")


class NotYourOrganisation(DomainError):
    message = _("Du kan bara dela med en organisation som du arbetar i.")


def views_visible_to(actor: Actor) -> QuerySet[SavedView]:
    """Return the person's own views and those shared with an organisation they work in."""
    if not is_person(actor):
        return SavedView.objects.none()
    shared = Q(shared_with__in=organisations_of(actor))
    views = SavedView.objects.filter(Q(owner=actor) | shared)
    return views.select_related("owner", "shared_with")


def views_of(user: User) -> QuerySet[SavedView]:
    """Return the person's own views."""
    return SavedView.objects.filter(owner=user)


def organisations_of(user: User) -> QuerySet[Organisation]:
    """Return the organisations where the person has a role today."""
    today = timezone.localdate()
    current = Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=today)
    return Organisation.objects.filter(
        current, memberships__user=user, memberships__valid_from__lte=today
    ).distinct()


def organisation_numbered(number: str) -> Organisation | None:
    """Return the organisation chosen in a form, None where none is chosen.

    Raises
    ------
    NotYourOrganisation
        If there is none with that number.
    """
    if not number:
        return None
    found = Organisation.objects.filter(pk=int(number)) if number.isdecimal() else None
    organisation = found.first() if found is not None else None
    if organisation is None:
        raise NotYourOrganisation
    return organisation


@transaction.atomic
def saved_view_save(
    *, name: str, query: str, shared_with: Organisation | None, actor: User
) -> SavedView:
    """Keep a question under a name.

    Raises
    ------
    NotAllowed, NameMissing, NameTaken, NotYourOrganisation
        If the actor does not explore, the name is empty or used, or the organisation another's.
    """
    permissions.check_may_explore(actor)
    name = _checked_name(name, actor)
    if shared_with is not None and shared_with not in organisations_of(actor):
        raise NotYourOrganisation
    view = SavedView.objects.create(name=name, query=query, shared_with=shared_with, owner=actor)
    after = {"name": name, "query": query, "shared_with": shared_with and shared_with.slug}
    audit.record(actor=actor, kind="understand.view.saved", target=view, after=after)
    return view


@transaction.atomic
def saved_view_rename(*, view_id: int, name: str, actor: User) -> SavedView:
    """Give one's own view another name."""
    view = _own(view_id, actor)
    before, name = view.name, _checked_name(name, actor, but=view)
    view.name = name
    view.save(update_fields=["name"])
    audit.record(
        actor=actor,
        kind="understand.view.renamed",
        target=view,
        before={"name": before},
        after={"name": name},
    )
    return view


@transaction.atomic
def saved_view_remove(*, view_id: int, actor: User) -> None:
    """Remove one's own view, for everybody it was shared with too."""
    view = _own(view_id, actor)
    before = {"name": view.name, "query": view.query}
    audit.record(actor=actor, kind="understand.view.removed", target=view, before=before)
    view.delete()


def _own(view_id: int, actor: User) -> SavedView:
    view = SavedView.objects.select_for_update().get(pk=view_id)
    if view.owner_id != actor.pk:
        raise NotAllowed
    return view


def _checked_name(name: str, actor: User, but: SavedView | None = None) -> str:
    name = " ".join(name.split())[:120]
    if not name:
        raise NameMissing
    same = SavedView.objects.filter(owner=actor, name__iexact=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise NameTaken(name=name)
    return name
