"""Doing what a form asks for, so that a rule's no stands on the form beside what was typed."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from samhandling_web.base.common.errors import DomainError, NotAllowed

Made = TypeVar("Made")


def attempted(form: forms.Form, step: Callable[..., Made], **more: Any) -> Made | None:
    """Take the step with what was filled in and `more`; None where the form or a rule says no.

    Raises
    ------
    NotAllowed
        If the person has no right to it: that is nothing to correct on the form.
    """
    if not form.is_valid():
        return None
    try:
        return step(**form.cleaned_data, **more)
    except NotAllowed:
        raise
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None
