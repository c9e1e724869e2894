"""Fields for what people write freely: identity numbers and names of persons are stopped.

The form's field says so where it was typed. The model's field is the last gate: whichever way a
text comes, through a page, a service or a command, it is not stored with a person in it.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.personal_data import validate_no_person
from samhandling_web.base.common.text import _

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
    CharField = models.CharField[str, str]
else:
    TextField, CharField = models.TextField, models.CharField


class PersonInText(DomainError):
    """Work about places holds no persons."""

    message = _("{field}: {explanation}")


def check_no_person(text: str, field: object) -> None:
    """Raise PersonInText, naming the field, if `text` holds an identity number or a name."""
    try:
        validate_no_person(text)
    except ValidationError as error:
        explanation = " ".join(error.messages)
        raise PersonInText(field=str(field).capitalize(), explanation=explanation) from error


class _Screened:
    """What the two kinds of model field share."""

    verbose_name: Any

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Screen every text on its way into the database, also in bulk and in updates."""
        if isinstance(value, str):
            check_no_person(value, self.verbose_name)
        return super().get_db_prep_save(value, connection)  # type: ignore[misc]


class FreeTextField(_Screened, TextField):
    """Free text of any length."""

    default_validators = [validate_no_person]


class FreeCharField(_Screened, CharField):
    """A line of free text: a heading, a name of something that is no person."""

    default_validators = [validate_no_person]


class FreeLine(forms.CharField):
    """A typed line without identity numbers or names of persons."""

    default_validators = [validate_no_person]


class FreeText(FreeLine):
    """Typed text of any length, with plain line ends."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")
