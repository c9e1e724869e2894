"""Makes a field's choices of a table of labels from a room's rules."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from samhandling_web.base.common.text import Text


def choices(labels: Mapping[Any, Text]) -> list[tuple[str, Promise]]:
    """Return (stored value, label translated when shown), in the order of the table."""
    return [(str(value), gettext_lazy(text.message)) for value, text in labels.items()]
