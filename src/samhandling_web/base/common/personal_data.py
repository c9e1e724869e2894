"""Finds Swedish identity numbers in free text: place-based work holds no persons.

The number's forms and its check digit are those of the `personnummer` library: ten or twelve
digits, with or without sign, ordinary and coordination numbers. Digits that fail the check, such
as case numbers and telephone numbers, are left alone.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from personnummer import personnummer

CANDIDATE = re.compile(r"(?<![\d-])(?:\d{2})?\d{6}[-+ ]?\d{4}(?![\d-])")


def identity_numbers_in(text: str) -> list[str]:
    """Return every identity number in `text`, as it was written."""
    return [
        found for found in CANDIDATE.findall(text) if personnummer.valid(found.replace(" ", "-"))
    ]


def validate_no_identity_number(text: str) -> None:
    """Refuse text that holds an identity number, and say why without repeating it."""
    if identity_numbers_in(text):
        raise ValidationError(
            _(
                "Texten innehåller ett personnummer. Här registreras platser och händelser, "
                "inte personer: ta bort numret och spara igen."
            ),
            code="identity_number",
        )
