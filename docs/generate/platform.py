"""Starts the platform for reading its tables and rules; nothing is stored."""

import os
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType


def platform_start() -> None:
    """Load Django with settings of its own, unless a test has already loaded it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samhandling_web.config.settings_test")
    import django
    from django.utils import translation

    django.setup()
    translation.activate("sv")


def modules_named(name: str) -> Iterator[ModuleType]:
    """Give every module of the platform's rooms with this name, in a stable order."""
    import samhandling_web

    walked = pkgutil.walk_packages(samhandling_web.__path__, "samhandling_web.")
    found = [
        info.name for info in walked if info.name.endswith(f".{name}") and ".tests" not in info.name
    ]
    for module_name in sorted(found):
        yield import_module(module_name)


def room_of(module_name: str) -> str:
    """Return a room's short name, as "observe.imports"."""
    return ".".join(module_name.split(".")[1:3])


def first_line(docstring: str | None) -> str:
    """Return what a docstring says first, as a sentence."""
    return (docstring or "").strip().split("\n\n")[0].replace("\n", " ").strip()
