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
    """Start the platform before the command; whatever goes wrong becomes one clear line."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            platform_start()
            return command(*arguments, **options)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as exc:
            if wants_traceback():
                raise
            fail(line_of(exc))

    return run


def wants_traceback() -> bool:
    """Whether the command was given as `samhandling --traceback …`."""
    context = click.get_current_context(silent=True)
    return bool(context and context.find_root().params.get("traceback"))


def line_of(error: Exception) -> str:
    """Say what went wrong, and how to see more where the words alone may not be enough."""
    from samhandling_web.base.common.errors import DomainError

    if isinstance(error, DomainError):
        return str(error)
    first = next(iter(str(error).splitlines()), "")
    line = f"{type(error).__name__}: {first}".removesuffix(": ")
    if isinstance(error, OSError):
        return line
    return f"{line} (`samhandling --traceback …` shows where)"


def answer(result: dict[str, Any] | list[Any]) -> None:
    """Print a result for a program."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))


def fail(line: str) -> NoReturn:
    """Say in one line what went wrong and leave with a status that programs notice."""
    click.echo(f"samhandling: {line}", err=True)
    sys.exit(1)
