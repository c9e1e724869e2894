"""Every free text in the project is screened for persons: each field, by looking for them all."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

import samhandling_web
from samhandling_web.base.common.free_text import FreeCharField, FreeLine, FreeTextField

STOPPED = ("19811218-9876", "811218+9876", "Anna Andersson slog")
PASSED = "Dnr KS 2026/0117, buss 515 mot torget, anknytning 25 012"

# Form fields that are no free text, or whose texts are of people who work here: each with why.
TYPED: dict[str, str] = {
    "EventFilterForm.words": "searched for, never stored",
    "PlaceFilterForm.words": "searched for, never stored",
    "ProblemFilterForm.words": "searched for, never stored",
    "ProblemForm.place_words": "searched for, never stored",
    "MeasureForm.place_words": "searched for, never stored",
    "AreaUploadForm.code_column": "a column's heading in a file",
    "AreaUploadForm.name_column": "a column's heading in a file",
    "AreaUploadForm.crs": "the code of a coordinate system",
    "MappingForm.date_format": "a pattern of signs",
    "MappingForm.crs": "the code of a coordinate system",
    "TextsForm.seen": "marks of what was shown, made by the page",
    "UserForm.first_name": "the name of somebody who signs in",
    "UserForm.last_name": "the name of somebody who signs in",
    "ProfileForm.first_name": "the name of somebody who signs in",
    "ProfileForm.last_name": "the name of somebody who signs in",
    "OrganisationForm.name": "a firm may bear its owner's name",
    "LevelForm.name": "the name of a kind of area",
    "LevelForm.name_plural": "the name of a kind of area",
}
# Places in the code that make such a field while the page is made, with how many there are.
MADE = {"samhandling_web.observe.imports.forms": 1}  # a refused row's columns, masked when stored
# Apps whose texts come from files, with a screening of their own on the way in, or from programs.
NOT_TYPED = {"accounts", "audit", "jobs", "areas", "events", "statistics", "surveys"} | {"photos"}
COLUMNS = {
    "imports.Batch": {"reader", "source", "file_name", "file_sha256", "stored_path", "fingerprint"}
    | {"error"},
    "imports.RejectedRow": {"reason"},
    "imports.FeedState": {"source", "etag", "last_modified", "cursor", "last_error"},
    "picture.Picture": {"area_name", "data_version", "code_version", "content_hash"},
    "picture.SavedView": {"query"},
    "pages.ReminderSent": {"code", "key"},
    "walks.FindingLink": {"key_hash"},
    "places.Candidate": {"key"},
    "partnership.Agreement": {"document_sha256"},
    "partnership.AgendaItem": {"source"},
    "measures.ActionPlan": {"content_hash"},
}


def form_modules() -> list[str]:
    found = pkgutil.walk_packages(samhandling_web.__path__, "samhandling_web.")
    return [one.name for one in found if ".tests" not in one.name and ".migrations" not in one.name]


def forms_of_the_project() -> Iterator[type[forms.BaseForm]]:
    for name in form_modules():
        if name.rpartition(".")[2] in {"forms", "style_examples"} or ".forms." in name:
            import_module(name)
    waiting = [forms.BaseForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            if form.__module__.startswith("samhandling_web") and ".tests." not in form.__module__:
                yield form


def typed_fields() -> dict[str, forms.CharField]:
    return {
        f"{form.__name__}.{name}": field
        for form in forms_of_the_project()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(
            field, (forms.SlugField, forms.EmailField, forms.URLField, forms.UUIDField)
        )
    }


def columns() -> list[tuple[str, models.Field]]:
    return [
        (f"{model._meta.label}.{field.name}", field)
        for model in apps.get_models()
        if model.__module__.startswith("samhandling_web")
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and not isinstance(field, (models.SlugField, models.EmailField, models.URLField))
        and not field.choices
    ]


FIELDS = typed_fields()
SCREENED = {name: field for name, field in FIELDS.items() if name not in TYPED}


def test_there_are_fields_to_look_at():
    assert len(SCREENED) > 5
    assert TYPED.keys() <= FIELDS.keys(), "these are gone: take them out of the table"


@pytest.mark.parametrize("name", SCREENED)
def test_every_field_of_every_form_stops_persons(name):
    field = SCREENED[name]
    for text in STOPPED:
        with pytest.raises(ValidationError, match=r"personnummer|nämna en person"):
            field.clean(text)
    assert field.clean(PASSED[: field.max_length]) == PASSED[: field.max_length]


@pytest.mark.parametrize("name", form_modules())
def test_no_unscreened_field_is_made_while_a_page_is(name):
    """A field made in a function is not found among a form's own."""
    source = inspect.getsource(import_module(name)) if name.endswith("forms") else ""
    made = source.count('"] = forms.CharField(')
    assert made == MADE.get(name, 0)


@pytest.mark.parametrize(("name", "field"), columns(), ids=[name for name, _field in columns()])
def test_every_column_of_free_text_is_the_last_gate(name, field):
    app, model, column = name.split(".")
    if app in NOT_TYPED or column in COLUMNS.get(f"{app}.{model}", ()):
        return
    assert isinstance(field, (FreeTextField, FreeCharField)), (
        f"{name} holds what people write: make it a FreeTextField or FreeCharField, "
        "or say in COLUMNS why it does not"
    )


def test_the_fields_of_the_table_are_not_screened():
    """Otherwise the table says something that is not so."""
    assert not [name for name in TYPED if isinstance(FIELDS[name], FreeLine)]
