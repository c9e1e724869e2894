"""What every form of this room does when it is sent: save, or say on the form what is wrong."""

from collections.abc import Callable
from typing import TypeVar

from django import forms

from samhandling_web.base.common.errors import DomainError

Result = TypeVar("Result")
REFUSED = frozenset({403, 404})


def saved(form: forms.Form, work: Callable[[], Result]) -> Result | None:
    """Return what `work` gives; None with the reason on the form when a rule says no.

    Who may not be here at all gets no form back: such refusals go on to the reader as a page.
    """
    if not form.is_valid():
        return None
    try:
        return work()
    except DomainError as exc:
        if exc.status in REFUSED:
            raise
        form.add_error(None, str(exc))
        return None
