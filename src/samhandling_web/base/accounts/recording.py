"""Records this room's acts in the log, which stands above it and is found by name."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string

from samhandling_web.base.accounts.models import User


def record(
    *,
    actor: User | None,
    kind: str,
    target: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Append one act to the log, in the caller's transaction."""
    recorder = import_string(apps.get_app_config("accounts").recorder)  # type: ignore[attr-defined]
    recorder(actor=actor, kind=kind, target=target, before=before, after=after, reason=reason)
