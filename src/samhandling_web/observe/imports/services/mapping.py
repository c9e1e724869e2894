"""Saving how the columns of a free table are read."""

from typing import Any

from django.db import transaction

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.imports import permissions, reading, rules
from samhandling_web.observe.imports.models import Mapping


@transaction.atomic
def mapping_save(*, name: str, content: dict[str, Any], actor: User | None) -> Mapping:
    """Save a column description under a name of its own, to be used again.

    Raises
    ------
    NotAllowed, BadOption, NameTaken
        If the actor may not, the description makes no sense, or the name is in use for another.
    """
    permissions.check_may_import(actor)
    checked: dict[str, Any] = reading.checked_options({"mapping": content})["mapping"]
    saved = Mapping.objects.filter(name=name).first()
    if saved is not None:
        if saved.content == checked:
            return saved
        raise rules.NameTaken(name=name)
    saved = Mapping.objects.create(
        name=name, kind=checked["kind"], content=checked, created_by=actor
    )
    audit.record(actor=actor, kind="imports.mapping.saved", target=saved, after=checked)
    return saved
