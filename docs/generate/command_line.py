"""Every command of `samhandling` with its arguments, options and example."""

import inspect
from collections.abc import Iterator

import click

from samhandling_web.config.command import main

INTRODUCTION = """# Command line

`samhandling` is the command; after `make setup` it is `.venv/bin/samhandling`. Every command takes
`-h` or `--help`. On failure it says one clear line on standard error and leaves with a status other
than zero; `samhandling --traceback` before the command's name shows where in the program an
unexpected error arose. Which database and which folder it works on comes from the
[environment](settings.md).
"""


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Give every command with its full name, groups entered."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def section(name: str, command: click.Command) -> str:
    """Return one command as a part of the page."""
    context = click.Context(command, info_name=f"samhandling {name}")
    lines = [f"## {name}", "", inspect.cleandoc(command.help or ""), ""]
    lines += ["```text", command.get_usage(context).removeprefix("Usage: "), "```", ""]
    options = [option for option in command.params if isinstance(option, click.Option)]
    if options:
        lines += ["| option | meaning |", "|---|---|"]
        lines += [_option(option, context) for option in options]
        lines.append("")
    if command.epilog:
        example = command.epilog.removeprefix("Example:").strip()
        lines += ["Example:", "", "```console", f"$ {example}", "```", ""]
    return "\n".join(lines)


def _option(option: click.Option, context: click.Context) -> str:
    record = option.get_help_record(context)
    names, meaning = record or (", ".join(option.opts), "")
    return f"| `{names.replace('|', chr(92) + '|')}` | {' '.join(meaning.split())} |"


def pages() -> dict[str, str]:
    """Return the page."""
    parts = [section(name, command) for name, command in commands(main)]
    return {"command-line.md": "\n".join([INTRODUCTION, *parts])}
