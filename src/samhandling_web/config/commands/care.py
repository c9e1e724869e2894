"""Commands that look after an installation: check, backup, restore."""

from pathlib import Path

import click

from samhandling_web.config.commands.frame import answer, as_json, fail, to_people, with_platform


@click.command(epilog="Example: samhandling check --json")
@as_json
@with_platform
def check(*, as_json: bool) -> None:
    """Prove that the installation is whole: audit chain, documents, snapshot; name what is due.

    Leaves with status 1 when something does not hold. Due work alone does not fail the check.
    """
    from samhandling_web.base.audit import checks, services

    results = [(one, list(one.look())) for one in checks.all_checks()]
    faults = [f for _check, found in results for f in found if not f.is_reminder]
    if not faults:
        services.anchor_write()
    if as_json:
        answer(
            [
                {
                    "check": one.slug,
                    "findings": [
                        {"subject": f.subject, "fault": f.fault, "reminder": f.is_reminder}
                        for f in found
                    ],
                }
                for one, found in results
            ]
        )
    else:
        for one, found in results:
            mark = "✗" if any(not f.is_reminder for f in found) else "✓"
            click.echo(f"{mark} {one.label}")
            for f in found:
                click.echo(f"    {f.subject}: {f.fault}\n      → {f.remedy}")
    if faults:
        fail(f"{len(faults)} thing(s) do not hold; the first: {faults[0].subject}")


@click.command(epilog="Example: samhandling backup copies/2026-11-24.tar")
@click.argument("file", type=click.Path(path_type=Path))
@with_platform
def backup(file: Path) -> None:
    """Write the database and all files to one FILE, consistent even while people work."""
    from samhandling_web.config import copies

    manifest = copies.backup_write(file)
    to_people.print(f"{file}: {manifest['bytes']:,} bytes, {len(manifest['files'])} files")


@click.command(epilog="Example: samhandling restore copies/2026-11-24.tar --replace")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace what the installation holds now.")
@with_platform
def restore(file: Path, *, replace: bool) -> None:
    """Bring an installation back from a backup FILE."""
    from samhandling_web.config import copies

    manifest = copies.backup_restore(file, replace=replace)
    to_people.print(f"Restored from {manifest['made_at']} (version {manifest['code_version']})")


COMMANDS = [check, backup, restore]
