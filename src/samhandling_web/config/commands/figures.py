"""Commands that bring figures and layers out: picture and export."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from samhandling_web.config.commands.frame import fail, with_platform

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    epilog="Example: samhandling picture --area Norrsidan --from 2023-01-01 --to 2025-12-31 "
    "--out norrsidan.pdf"
)
@click.option("--area", "name", help="Name of an area; the whole municipality when left out.")
@click.option("--level", help="Level of the area, when several levels have that name.")
@click.option("--from", "start", type=DAY, help="First day.")
@click.option("--to", "end", type=DAY, help="Last day.")
@click.option("--document", type=int, help="Number of a drafted or adopted picture instead.")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help=".pdf, .docx, .xlsx or .json"
)
@with_platform
def picture(
    name: str | None,
    level: str | None,
    start: datetime | None,
    end: datetime | None,
    document: int | None,
    out: Path,
) -> None:
    """Write all figures about an area or the whole municipality, with sources and intervals.

    With --document the situational picture of that number is written, as people wrote it.
    """
    from samhandling_web.base.reports.formats import make_file

    if document is not None:
        content, said = _document(document)
    elif start is not None and end is not None:
        content, said = _figures(name, level, start.date(), end.date())
    else:
        fail("give --from and --to, or --document")
    write_whole(out, make_file(content, out.suffix).content)
    click.echo(f"{out}: {said}")


def _document(number: int) -> tuple[Any, str]:
    from samhandling_web.understand.picture.documents import document_of
    from samhandling_web.understand.picture.models import Picture

    found = Picture.objects.filter(pk=number).first()
    if found is None:
        fail(f"there is no picture {number}")
    return document_of(found), str(found)


def _figures(name: str | None, level: str | None, start: date, end: date) -> tuple[Any, str]:
    from samhandling_web.understand.picture import scopes
    from samhandling_web.understand.picture.figures import assemble
    from samhandling_web.understand.picture.figures.document import figures_document

    if end < start:
        fail(f"the period ends {end} before it starts {start}")
    scope = scopes.scope_named(name, level, start, end)
    figures = assemble.figures_for(scope)
    if not figures:
        fail("there are no figures for that area and period; import data first")
    document = figures_document(
        scope,
        figures,
        data_version=assemble.data_version(),
        made_at=assemble.data_time(),
        made_by="samhandling picture",
        marks=scopes.marks(),
    )
    return document, f"{len(figures)} figures about {scope.name}"


@click.command(epilog="Example: samhandling export district --out districts.gpkg")
@click.argument("layer")
@click.option("--on", "day", type=DAY, help="As the areas were on a day.")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help=".gpkg, .geojson or .csv"
)
@with_platform
def export(layer: str, day: datetime | None, out: Path) -> None:
    """Write a LAYER to a file: a level of areas (see `samhandling areas`), or `events`."""
    from django.utils import timezone

    from samhandling_web.base.reports.formats import make_file
    from samhandling_web.understand.picture import layers

    on: date = day.date() if day else timezone.localdate()
    content: Any = layers.layer_named(layer, on)
    write_whole(out, make_file(content, out.suffix).content)
    click.echo(f"{out}: {len(content.rows)} rows")


def write_whole(out: Path, content: bytes) -> None:
    """Write a file so that it is never there half-written."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    part.write_bytes(content)
    part.replace(out)


@click.command(name="compile-week", epilog="Example: samhandling compile-week --week 2026-11-16")
@click.option("--week", type=DAY, help="The Monday of a week; every week lacking when left out.")
@with_platform
def compile_week(week: datetime | None) -> None:
    """Compile what reporters saw in a week that is over, for each district; once for each.

    The worker does so by itself on Monday morning.
    """
    from django.utils import timezone, translation

    from samhandling_web.observe.observations import services

    with translation.override("sv"):
        if week is not None:
            made = services.week_compile(week=week.date())
            click.echo(f"{week.date()}: {len(made)} districts")
            return
        weeks = services.weeks_compile_lacking(today=timezone.localdate())
    click.echo(", ".join(one.isoformat() for one in weeks) or "No week is lacking.")


COMMANDS = [picture, export, compile_week]
