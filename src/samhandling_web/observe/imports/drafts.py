"""A table whose columns are not described yet: kept on the server, named by a signed token."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.utils import timezone

from samhandling.sources.mapping import Mapping as ColumnMapping
from samhandling.sources.mapping_proposal import Sample, propose_mapping, read_sample
from samhandling.sources.protocol import UnreadableFile
from samhandling.sources.schema import Kind
from samhandling_web.base.accounts.models import User
from samhandling_web.observe.imports import filing, permissions, reading
from samhandling_web.observe.imports.reason_texts import unreadable_text
from samhandling_web.observe.imports.rules import FileUnreadable, StoredFileMissing

SALT = "samhandling.imports.draft"
ROWS_TRIED = 2_000
MAPPED_KINDS = {"events": Kind.EVENTS, "statistics": Kind.STATISTICS, "survey": Kind.SURVEY}


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that waits for its description."""

    path: Path
    file_name: str


def draft_keep(*, path: Path, file_name: str, actor: User) -> str:
    """Keep the file and return the token that leads to it."""
    permissions.check_may_import(actor)
    name = filing.plain_file_name(file_name)
    with path.open("rb") as stream:
        kept = filing.file_away(stream, name)
    return signing.dumps([kept.stored_path, name], salt=SALT)


def draft_of(token: str) -> Draft:
    """Return the draft; StoredFileMissing when the token is not ours or the file is gone."""
    try:
        stored_path, name = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise StoredFileMissing(file_name="") from error
    path = Path(settings.MEDIA_ROOT) / stored_path
    if not path.is_file():
        raise StoredFileMissing(file_name=name)
    return Draft(path, name)


def proposed(draft: Draft, kind: str) -> tuple[Sample, ColumnMapping]:
    """Return the table's beginning and a first guess of what its columns mean."""
    try:
        with draft.path.open("rb") as stream:
            told = reading.read_options({}, timezone.now())
            sample = read_sample(stream, draft.file_name, told)
    except UnreadableFile as error:
        reason = unreadable_text(error.code, error.parameters, str(error))
        raise FileUnreadable(file_name=draft.file_name, reason=reason) from error
    return sample, propose_mapping(sample, MAPPED_KINDS.get(kind))
