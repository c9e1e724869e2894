"""Nobody who is not signed in may anything, except what is public by name."""

import inspect
import typing
from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models

from docs.generate.permission_matrix import functions_of, objects_of
from docs.generate.platform import modules_named
from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.rules import Visibility
from samhandling_web.base.common.errors import DomainError, NotAllowed

# What everybody may, by function: each is a decision of its own.
PUBLIC: dict[str, Any] = {
    "districts_coordinated_by": frozenset(),
    "visibilities_open_to": frozenset({Visibility.PUBLIC}),
}

FUNCTIONS = [
    function for module in modules_named("permissions") for function in functions_of(module)
]


def name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__.split('.')[-2]}.{function.__name__}"


def arguments_for(function: Callable[..., Any]) -> list[Any]:
    """Return something of the right kind for every argument after the actor."""
    hints = typing.get_type_hints(function)
    made = []
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        if parameter.default is inspect.Parameter.empty:
            made.append(example_of(hints[name]))
    return made


def example_of(hint: Any) -> Any:
    known = list(objects_of(hint).values())
    if known:
        return known[0]
    if typing.get_origin(hint) is Collection:
        return set(Role)
    if isinstance(hint, type) and issubclass(hint, models.Model):
        return hint(pk=1)
    return next(iter(hint)) if isinstance(hint, type) else None


@pytest.mark.parametrize("function", FUNCTIONS, ids=name_of)
def test_takes_the_actor_first(function):
    first = next(iter(inspect.signature(function).parameters.values()))
    assert first.name == "actor"
    assert "AnonymousUser" in str(typing.get_type_hints(function)["actor"])


@pytest.fixture
def one_to_find(db):
    """Something that a function which lists could give."""
    Organisation.objects.create(name="Granköping")


def given(answer: Any) -> Any:
    """Return what a function answers; of what it lists, whether there is anything."""
    if isinstance(answer, models.QuerySet):
        return answer.exists()
    return bool(answer) if isinstance(answer, list | set) else answer


@pytest.mark.usefixtures("one_to_find")
@pytest.mark.parametrize("function", FUNCTIONS, ids=name_of)
def test_who_is_not_signed_in_is_refused(function):
    arguments = arguments_for(function)
    if function.__name__.startswith("check_"):
        with pytest.raises(DomainError) as refusal:
            function(AnonymousUser(), *arguments)
        assert isinstance(refusal.value, NotAllowed)
        return
    answer = given(function(AnonymousUser(), *arguments))
    assert answer == PUBLIC.get(function.__name__, False)


@pytest.mark.usefixtures("one_to_find")
@pytest.mark.parametrize("function", FUNCTIONS, ids=name_of)
def test_an_account_that_is_closed_is_refused(function):
    closed = User(pk=1, is_active=False)
    closed.memberships_today = [Membership(role=role, organisation_id=1) for role in Role]
    if function.__name__.startswith("check_"):
        with pytest.raises(NotAllowed):
            function(closed, *arguments_for(function))
        return
    answer = given(function(closed, *arguments_for(function)))
    assert answer == PUBLIC.get(function.__name__, False)
