"""Commands that set an installation up: init and demo."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from samhandling_web.config.commands.frame import fail, to_people, with_platform

ROOT = Path(__file__).resolve().parents[4]


@click.command(
    epilog="Example: samhandling init --code 9901 --name Exempelstad --email me@example.org"
)
@click.option("--code", help="Municipality code.")
@click.option("--name", help="Municipality name.")
@click.option("--email", help="Sign-in address of the first administrator.")
@click.option("--password", help="Their password (asked for when left out).")
@click.option("--config", type=click.Path(exists=True, path_type=Path), help="Levels as JSON.")
@with_platform
def init(
    code: str | None,
    name: str | None,
    email: str | None,
    password: str | None,
    config: Path | None,
) -> None:
    """Make the database ready and the first administrator. Given again, it changes nothing."""
    from samhandling_web.config import installation

    installation.database_prepare()
    if installation.is_set_up():
        to_people.print("The installation is set up already.")
        return
    code = code or click.prompt("Municipality code")
    name = name or click.prompt("Municipality name")
    email = email or click.prompt("Administrator's e-mail")
    password = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    installation.set_up(
        code=str(code), name=str(name), email=str(email), password=str(password), levels=config
    )
    to_people.print(f"{name} is set up. Sign in as {email}.")


@click.command(epilog="Example: samhandling demo --no-serve")
@click.option("--no-serve", is_flag=True, help="Set up and stop.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--events", default=60_000, show_default=True, help="About how many events.")
@click.option("--small", is_flag=True, help="The smaller of the two invented towns.")
def demo(port: int, events: int, *, no_serve: bool, small: bool) -> None:
    """Start the platform on an invented town with working logins. Keeps its data apart."""
    folder = "demo-small" if small else "demo"
    os.environ.setdefault("SAMHANDLING_DATA", str(ROOT / "var" / folder))
    os.environ["SAMHANDLING_DEMO"] = "1"
    _demo(port, events, no_serve=no_serve, small=small)


@with_platform
def _demo(port: int, events: int, *, no_serve: bool, small: bool) -> None:
    from samhandling_web.config import installation
    from samhandling_web.config.demo import town

    installation.database_prepare()
    if installation.is_set_up() and not town.is_there(small=small):
        fail("this database holds another municipality; the demo needs one of its own")
    logins = town.make(events=events, small=small, tell=to_people.print)
    _tell_logins(logins, port)
    if no_serve:
        return
    # Making the town has opened files and begun threads, and the web server forks: what is forked
    # with threads may wait for them for ever. So it begins as a new program in this one's place.
    sys.stdout.flush()
    os.execv(sys.argv[0], [sys.argv[0], "serve", "--with-worker", "--port", str(port)])  # noqa: S606


def _tell_logins(logins: list[dict[str, Any]], port: int) -> None:
    to_people.print(f"\n  http://127.0.0.1:{port}/\n")
    for login in logins:
        line = f"  {login['email']:<38} {login['password']:<22} {login['role']}"
        to_people.print(line, soft_wrap=True)
    to_people.print()


COMMANDS = [init, demo]
