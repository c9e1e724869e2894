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
        If the actor may not, the description makes no sense, or another has the name or one so
        like it (“Väst”, “Vast”) that the rows of the two would be taken for the same.
    """
    permissions.check_may_import(actor)
    checked: dict[str, Any] = reading.checked_options({"mapping": content})["mapping"]
    saved = Mapping.objects.filter(name=name).first()
    if saved is not None and saved.content == checked:
        return saved
    new = Mapping(name=name, kind=checked["kind"], content=checked, created_by=actor)
    for other in Mapping.objects.only("name"):
        if name == other.name or new.slug == other.slug:
            raise rules.NameTaken(name=other.name)
    new.save()
    audit.record(actor=actor, kind="imports.mapping.saved", target=new, after=checked)
    return new
