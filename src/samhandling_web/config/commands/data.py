"""Commands that bring data in: sources, import, fetch, areas, snapshot."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import click
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from samhandling_web.config.commands.frame import answer, as_json, fail, to_people, with_platform


@click.command(epilog="Example: samhandling sources --json")
@as_json
@with_platform
def sources(*, as_json: bool) -> None:
    """List what can be imported: formats, publishers, what each can honestly show."""
    from samhandling.sources.registry import registry

    rows = [
        {
            "source": source.slug,
            "kind": str(source.kind),
            "name": source.name,
            "publisher": source.publisher,
            "licence": source.licence,
            "files": list(source.file_endings),
            "caveats": list(source.caveats),
        }
        for source in registry().values()
    ]
    if as_json:
        answer(rows)
        return
    for row in rows:
        click.echo(f"{row['source']:<28} {row['kind']:<11} {row['name']} ({row['publisher']})")


@click.command(
    name="import",
    epilog="Example: samhandling import boundaries areas.geojson --option level=district "
    "--option valid_from=2023-07-01",
)
@click.argument("source")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--option", "options", multiple=True, metavar="NAME=VALUE", help="How the file is to be read."
)
@click.option("--mapping", "mapping_name", help="Name of a saved column description.")
@click.option("--dry-run", is_flag=True, help="Read and count, store nothing.")
@as_json
@with_platform
def import_files(
    source: str,
    files: tuple[Path, ...],
    options: tuple[str, ...],
    mapping_name: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import FILES of a SOURCE (see `samhandling sources`).

    The same file twice changes nothing. An import that was stopped goes on where it was when the
    same command is given again.
    """
    told = _options(options)
    mapping = _mapping(mapping_name)
    results = [
        _tried(source, file, told, mapping) if dry_run else _imported(source, file, told, mapping)
        for file in files
    ]
    if as_json:
        answer(results)
    else:
        for result in results:
            _tell(result)
    if not dry_run:
        _snapshot_refresh(quiet=as_json)


def _options(pairs: tuple[str, ...]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        fail(f"--option {wrong[0]}: write NAME=VALUE")
    return dict(pair.split("=", 1) for pair in pairs)


def _mapping(name: str | None) -> Any:
    from samhandling_web.observe.imports.models import Mapping as Saved

    if name is None:
        return None
    found = Saved.objects.filter(name=name).first()
    if found is None:
        known = ", ".join(Saved.objects.values_list("name", flat=True)) or "none saved yet"
        fail(f"there is no column description {name!r} (known: {known})")
    return found


def _tried(source: str, file: Path, told: Mapping[str, str], mapping: Any) -> dict[str, Any]:
    from samhandling_web.observe.imports import services

    options = {"mapping": mapping.content, **told} if mapping else dict(told)
    tried = services.batch_dry_run(source=source, path=file, actor=None, options=options)
    return {
        "file": file.name,
        "state": "dry-run",
        "rows_read": tried.rows_read,
        "rows_accepted": tried.rows_accepted,
        "rows_rejected": tried.rows_rejected,
        "reasons": tried.reasons,
        "notices": tried.notices,
    }


def _imported(source: str, file: Path, told: Mapping[str, str], mapping: Any) -> dict[str, Any]:
    from samhandling_web.observe.imports import services

    batch = services.batch_receive(
        source=source, path=file, actor=None, options=told, mapping=mapping
    )
    was_applied = batch.state == "applied"
    with ProgressBar(file.name) as progress:
        batch = services.batch_run(batch_id=batch.pk, progress=progress)
    return {
        "file": file.name,
        "batch": batch.pk,
        "state": batch.state,
        "nothing_new": was_applied,
        "rows_read": batch.rows_read,
        "rows_accepted": batch.rows_accepted,
        "rows_rejected": batch.rows_rejected,
        "rows_new": 0 if was_applied else batch.rows_new,
        "rows_changed": 0 if was_applied else batch.rows_changed,
        "rows_unchanged": batch.rows_unchanged,
        "notices": batch.notices,
    }


def _tell(result: Mapping[str, Any]) -> None:
    if result.get("nothing_new"):
        click.echo(f"{result['file']}: imported before, nothing new (import {result['batch']})")
        return
    counts = (
        f"{result['rows_read']:,} rows read, {result['rows_accepted']:,} accepted, "
        f"{result['rows_rejected']:,} rejected"
    )
    click.echo(f"{result['file']}: {counts}")
    for notice in result["notices"]:
        click.echo(f"    {notice['code']}: {notice['parameters']}")


class ProgressBar:
    """Shows on a terminal what a job would store; does nothing for programs."""

    job_id = 0

    def __init__(self, label: str) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[message]}"),
            console=to_people,
            disable=not to_people.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task(label, total=None, message="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        self._bar.update(self._task, completed=done, total=total, message=message)

    def check(self) -> None:
        """Ctrl+C stops a command; there is nothing else to ask."""


def _snapshot_refresh(*, quiet: bool = False) -> None:
    """Bring the columnar copy in step, as a worker would."""
    from samhandling_web.observe.events.snapshot import rebuild

    if rebuild.is_current() or not rebuild.has_events():
        return
    with ProgressBar("snapshot") as progress:
        meta = rebuild.rebuild(progress)
    if not quiet:
        click.echo(f"snapshot: {meta.rows:,} events")


@click.command(epilog="Example: samhandling snapshot")
@with_platform
def snapshot() -> None:
    """Make the columnar copy of all events that maps and charts read."""
    _snapshot_refresh()


@click.command(epilog="Example: samhandling fetch police_events")
@click.argument("source")
@as_json
@with_platform
def fetch(source: str, *, as_json: bool) -> None:
    """Fetch what is new from a SOURCE on the network and import it."""
    import random

    import httpx
    from django.utils import timezone

    from samhandling_web.observe.imports import fetching, services

    with httpx.Client(timeout=60, follow_redirects=True) as client:
        world = fetching.Surroundings(client, timezone.now, time.sleep, random.SystemRandom())
        batch = fetching.feed_fetch(source=source, surroundings=world, actor=None)
    if batch is not None:
        with ProgressBar(source) as progress:
            services.batch_run(batch_id=batch.pk, progress=progress)
    result = {"source": source, "batch": batch.pk if batch else None}
    if as_json:
        answer(result)
    else:
        click.echo(f"{source}: " + (f"import {batch.pk}" if batch else "nothing new"))
    _snapshot_refresh(quiet=as_json)


@click.command(epilog="Example: samhandling areas --level district --on 2021-01-01")
@click.option("--level", help="List the areas of one level.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As they were on a day.")
@as_json
@with_platform
def areas(level: str | None, day: Any, *, as_json: bool) -> None:
    """List the levels of areas, or the areas of one level."""
    from django.utils import timezone

    from samhandling_web.base.areas import selectors
    from samhandling_web.base.areas.models import AreaLevel

    on = day.date() if day else timezone.localdate()
    if level is None:
        rows: list[dict[str, Any]] = [
            {"level": one.slug, "name": one.name, "areas": selectors.areas_on(one.slug, on).count()}
            for one in AreaLevel.objects.all()
        ]
    else:
        selectors.level_by_slug(level)
        rows = [
            {"code": v.area.code, "name": v.name, "valid_from": v.valid_from.isoformat()}
            for v in selectors.areas_on(level, on)
        ]
    if as_json:
        answer(rows)
        return
    for row in rows:
        click.echo("  ".join(str(value) for value in row.values()))


@click.command(name="ground", epilog="Example: samhandling ground water water.geojson")
@click.argument("kind", type=click.Choice(["water", "streets"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_platform
def ground(kind: str, file: Path) -> None:
    """Lay water or streets from a geographic FILE under the map."""
    import geopandas

    from samhandling_web.base.areas import services

    shapes = geopandas.read_file(file).to_crs("EPSG:4326").geometry
    layer = services.map_layer_set(kind=kind, shapes=shapes, source=file.name, actor=None)
    click.echo(f"{kind}: {len(layer.collection['features'])} shapes")


COMMANDS = [sources, import_files, fetch, areas, ground, snapshot]
