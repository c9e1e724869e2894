"""What is looked up once for somebody and kept for as long as their user object lives."""

from collections.abc import Callable
from typing import TypeVar

from samhandling_web.base.accounts.permissions import Actor

T = TypeVar("T")


def kept_for(actor: Actor, name: object, find: Callable[[], T]) -> T:
    """Return what `find` finds, found once for as long as the actor's user object lives.

    For what many rights rest on and no page changes: a request has a user object of its own.
    """
    if actor is None:
        return find()
    kept: dict[object, T] = actor.__dict__.setdefault("_kept", {})
    if name not in kept:
        kept[name] = find()
    return kept[name]
