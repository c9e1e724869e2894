"""What every command shares: starting the platform, speaking to people and to programs."""

import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import click
from rich.console import Console

to_people = Console(stderr=True, highlight=False)

as_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for programs.")


def platform_start() -> None:
    """Load Django with the installation's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samhandling_web.config.settings")
    import django

    django.setup()


def with_platform(command: Callable[..., Any]) -> Callable[..., Any]:
    """Start the platform before the command; turn expected errors into one clear line."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        platform_start()
        from django.db import DatabaseError

        from samhandling_web.base.common.errors import DomainError

        try:
            return command(*arguments, **options)
        except DomainError as exc:
            fail(str(exc))
        except (OSError, DatabaseError) as exc:
            fail(f"{type(exc).__name__}: {exc}".splitlines()[0])

    return run


def answer(result: dict[str, Any] | list[Any]) -> None:
    """Print a result for a program."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))


def fail(line: str) -> NoReturn:
    """Say in one line what went wrong and leave with a status that programs notice."""
    click.echo(f"samhandling: {line}", err=True)
    sys.exit(1)
