"""Who may do what: every `may_…` of every room, asked for every role."""

import inspect
import typing
from collections.abc import Callable
from types import ModuleType
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from docs.generate.platform import first_line, modules_named, room_of

INTRODUCTION = """# Permissions

What each role may do, asked of the functions in every room's `permissions.py`. A role is held in an
organisation; *own* means that the object belongs to that organisation or that the person made it.
An account without a role may nothing that is not listed on its row, and somebody who is not signed
in may nothing here at all: what is public has pages of its own.
"""
OWN, OTHER = 1, 2


def functions_of(module: ModuleType) -> list[Callable[..., Any]]:
    """Return the functions that a room's permissions define, in the order they stand."""
    return [
        value
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    ]


def actors() -> dict[str, Any]:
    """Return a person for every role, held in organisation 1, and two without any."""
    from samhandling_web.base.accounts.models import Membership, Organisation, User
    from samhandling_web.base.accounts.rules import ROLES

    people: dict[str, Any] = {}
    for role, label in ROLES.items():
        people[f"{label} (`{role}`)"] = person = User(pk=OWN, is_active=True)
        person.memberships_today = [Membership(role=role, organisation=Organisation(pk=OWN))]
    nobody = User(pk=OWN, is_active=True)
    nobody.memberships_today = []
    return people | {"signed in, no role": nobody, "not signed in": AnonymousUser()}


def objects_of(annotation: Any) -> dict[str, Any]:
    """Return examples of what a permission is asked about; none when there are no examples."""
    from samhandling_web.agree.measures.models import ActionPlan, Measure
    from samhandling_web.base.accounts.models import Organisation
    from samhandling_web.base.areas.models import Area
    from samhandling_web.base.jobs.models import Job
    from samhandling_web.understand.picture.models import Picture

    own, other = Organisation(pk=OWN), Organisation(pk=OTHER)
    if annotation is Organisation:
        return {"own": own, "another's": other}
    if annotation is Job:
        return {"own": Job(created_by_id=OWN), "another's": Job(created_by_id=OTHER)}
    if annotation is Measure:
        return {
            words: Measure(proposer=whose, owner=whose, district=Area(pk=OWN, responsible=whose))
            for words, whose in (("own", own), ("another's", other))
        }
    if annotation in {ActionPlan, Picture}:
        return {
            "own draft": annotation(status="draft", organisation=own),
            "another's draft": annotation(status="draft", organisation=other),
            "adopted": annotation(status="adopted", organisation=other),
        }
    return {}


def columns_of(function: Callable[..., Any]) -> dict[str, tuple[Any, ...]]:
    """Return the questions a function is asked: heading and the arguments after the actor."""
    hints = typing.get_type_hints(function)
    others = list(inspect.signature(function).parameters)[1:]
    name = f"`{function.__name__}`"
    if not others:
        return {name: ()}
    if len(others) > 1:
        return {}
    return {f"{name}: {what}": (it,) for what, it in objects_of(hints[others[0]]).items()}


def section(module: ModuleType) -> str:
    """Return one room as a part of the page."""
    asked = [f for f in functions_of(module) if f.__name__.startswith("may_")]
    columns = {
        heading: (function, arguments)
        for function in asked
        for heading, arguments in columns_of(function).items()
    }
    lines = [f"## {room_of(module.__name__)}", "", first_line(module.__doc__), ""]
    if columns:
        lines += [
            "| role | " + " | ".join(columns) + " |",
            "|---|" + "---|" * len(columns),
            *(
                f"| {who} | "
                + " | ".join(_answer(f, actor, rest) for f, rest in columns.values())
                + " |"
                for who, actor in actors().items()
            ),
            "",
        ]
    lines += [
        f"`{f.__name__}` depends on the object: {first_line(f.__doc__) or 'see its rules.'}\n"
        for f in asked
        if not columns_of(f)
    ]
    return "\n".join(lines)


def _answer(function: Callable[..., Any], actor: Any, rest: tuple[models.Model, ...]) -> str:
    return "yes" if function(actor, *rest) else "–"


def pages() -> dict[str, str]:
    """Return the page."""
    parts = [section(module) for module in modules_named("permissions")]
    return {"permissions.md": "\n".join([INTRODUCTION, *parts])}
