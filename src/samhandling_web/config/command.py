"""The command `samhandling`."""

import click

from samhandling import __version__
from samhandling_web.config.commands import care, data, figures, installing, running

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


# `frame.wants_traceback` reads the option from the context, where a command has failed.
@click.group(context_settings=CONTEXT)
@click.version_option(__version__)
@click.option("--traceback", is_flag=True, help="When a command fails, show where in the program.")
def main(*, traceback: bool) -> None:
    """Municipal crime-prevention and safety work, from what is seen to what worked.

    The database comes from DATABASE_URL (an SQLite file by default), the folder for files from
    SAMHANDLING_DATA.
    """


for command in (
    *installing.COMMANDS,
    *data.COMMANDS,
    *figures.COMMANDS,
    *care.COMMANDS,
    *running.COMMANDS,
):
    main.add_command(command)
