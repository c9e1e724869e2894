"""Backup and restore: the database and the files in one tar, each with its checksum."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from samhandling import __version__
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import _

MANIFEST = "manifest.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FOLDERS = ("files", "templates")


class BackupNotReadable(DomainError):
    """The file is not a backup, or it is damaged."""

    message = _("{file} är ingen hel säkerhetskopia ({why}). Använd en annan kopia.")


class InstallationNotEmpty(DomainError):
    """Restoring would overwrite what is there."""

    message = _("Installationen är inte tom. Lägg till --replace för att ersätta allt i den.")


class ProgramMissing(DomainError):
    """PostgreSQL's own programs are needed for its backups."""

    message = _("Programmet {program} saknas. Installera PostgreSQL:s klientprogram.")


def backup_write(file: Path) -> dict[str, Any]:
    """Write a backup; it appears under its name only when it is whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as name:
        folder = Path(name)
        _dump_database(folder / DATABASE[connection.vendor])
        members = {DATABASE[connection.vendor]: folder / DATABASE[connection.vendor]}
        members |= _installation_files()
        manifest = _manifest(members)
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
        part = folder / "backup.tar"
        with tarfile.open(part, "w") as tar:
            tar.add(folder / MANIFEST, MANIFEST)
            for member, path in members.items():
                tar.add(path, member)
        part.replace(file)
    return manifest


def backup_restore(file: Path, *, replace: bool) -> dict[str, Any]:
    """Check the backup from end to end, then put it in place of what is there."""
    if not replace and _holds_anything():
        raise InstallationNotEmpty
    with tempfile.TemporaryDirectory(dir=settings.DATA_FOLDER) as name:
        folder = Path(name)
        manifest = _unpack_checked(file, folder)
        _load_database(folder / DATABASE[connection.vendor])
        for part in FOLDERS:
            target = Path(settings.DATA_FOLDER) / part
            shutil.rmtree(target, ignore_errors=True)
            if (folder / part).exists():
                shutil.move(folder / part, target)
        shutil.rmtree(settings.SNAPSHOT_FOLDER, ignore_errors=True)
    return manifest


def _installation_files() -> dict[str, Path]:
    root = Path(settings.DATA_FOLDER)
    return {
        str(path.relative_to(root)): path
        for part in FOLDERS
        for path in sorted((root / part).rglob("*"))
        if path.is_file()
    }


def _manifest(members: dict[str, Path]) -> dict[str, Any]:
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "code_version": __version__,
        "engine": connection.vendor,
        "bytes": sum(path.stat().st_size for path in members.values()),
        "files": {member: _sha256(path) for member, path in members.items()},
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unpack_checked(file: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as tar:
            tar.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        damaged = [m for m, sha in manifest["files"].items() if _sha256(folder / m) != sha]
    except (OSError, tarfile.TarError, ValueError, KeyError) as exc:
        raise BackupNotReadable(file=file, why=type(exc).__name__) from exc
    if damaged:
        raise BackupNotReadable(file=file, why=_("{name} har ändrats").format(name=damaged[0]))
    if manifest["engine"] != connection.vendor:
        raise BackupNotReadable(
            file=file, why=_("den är gjord på {engine}").format(engine=manifest["engine"])
        )
    return manifest


def _holds_anything() -> bool:
    with connection.cursor() as cursor:
        if "audit_chainhead" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT COUNT(*) FROM audit_chainhead")
        return bool(cursor.fetchone()[0])


def _dump_database(target: Path) -> None:
    if connection.vendor == "postgresql":
        _postgres_program("pg_dump", "--format=custom", f"--file={target}")
        return
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as source:
        copy = sqlite3.connect(target)
        source.backup(copy)
        copy.close()


def _load_database(dump: Path) -> None:
    connections.close_all()
    if connection.vendor == "postgresql":
        arguments = ["--clean", "--if-exists", "--no-owner", "--single-transaction"]
        _postgres_program("pg_restore", *arguments, "--dbname", _postgres_address(), str(dump))
        return
    path = Path(settings.DATABASES["default"]["NAME"])
    for leftover in (f"{path}-wal", f"{path}-shm"):
        Path(leftover).unlink(missing_ok=True)
    dump.replace(path)


def _postgres_address() -> str:
    database = settings.DATABASES["default"]
    place = f"{database['HOST'] or 'localhost'}:{database['PORT'] or 5432}"
    return f"postgresql://{database['USER']}@{place}/{connection.settings_dict['NAME']}"


def _postgres_program(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise ProgramMissing(program=program)
    if program == "pg_dump":
        arguments = ("--dbname", _postgres_address(), *arguments)
    environment = os.environ | {"PGPASSWORD": str(settings.DATABASES["default"]["PASSWORD"])}
    subprocess.run([found, *arguments], check=True, env=environment)  # noqa: S603
