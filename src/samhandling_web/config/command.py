"""The command `samhandling`."""

import click

from samhandling import __version__
from samhandling_web.config.commands import care, data, figures, installing, running

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__)
def main() -> None:
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
