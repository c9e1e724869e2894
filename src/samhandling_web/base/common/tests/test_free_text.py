"""No text with a person in it is stored, whichever way it comes."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models

from samhandling_web.base.common.free_text import (
    FreeCharField,
    FreeLine,
    FreeText,
    FreeTextField,
    PersonInText,
)

STOPPED = ["19811218-9876", "811218+9876", "Anna Andersson slog"]
KEPT = ["Dnr KS 2026/0117", "Buss 515 mot torget", "Anknytning 25 012", "", None]


@pytest.mark.parametrize("kind", [FreeTextField, FreeCharField])
@pytest.mark.parametrize("text", STOPPED)
def test_the_models_field_is_the_last_gate(kind, text):
    field = kind("vad hände", max_length=200)
    with pytest.raises(PersonInText, match=r"^Vad hände: Texten"):
        field.get_db_prep_save(text, connection)
    with pytest.raises(ValidationError):
        field.clean(text, None)


@pytest.mark.parametrize("text", KEPT)
def test_ordinary_texts_pass(text):
    assert FreeTextField("vad hände").get_db_prep_save(text, connection) == text
    assert FreeLine(required=False).clean(text) == (text or "")


@pytest.mark.parametrize("kind", [FreeLine, FreeText])
@pytest.mark.parametrize("text", STOPPED)
def test_the_forms_field_says_why(kind, text):
    with pytest.raises(ValidationError, match=r"personnummer|nämna en person"):
        kind().clean(text)


def test_line_ends_are_plain():
    assert FreeText().clean("en\r\ntvå\rtre") == "en\ntvå\ntre"
    assert isinstance(FreeText().widget, forms.Textarea)


def test_migrations_name_the_fields():
    assert isinstance(FreeTextField(), models.TextField)
    assert FreeCharField(max_length=9).deconstruct()[1].endswith("free_text.FreeCharField")
