"""Takes a file in through the services and holds what came of it against what must always hold."""

from pathlib import Path

from samhandling_web.base.common.errors import DomainError
from samhandling_web.observe.events.models import EventRevision
from samhandling_web.observe.imports import services
from samhandling_web.observe.imports.models import Batch, RejectedRow
from samhandling_web.observe.statistics.models import FigureRevision
from samhandling_web.observe.surveys.models import SurveyResultRevision

REVISIONS = (EventRevision, FigureRevision, SurveyResultRevision)
OPTIONS = {
    "boundaries": {"level": "district", "valid_from": "2020-01-01"},
    "vulnerable_areas": {"level": "police_list", "valid_from": "2020-01-01"},
}


def took_in(source, path, **options):
    """Import a file; return its batch, or the refusal if there is one. Anything else is a crash."""
    told = {**OPTIONS.get(source, {}), **options}
    before = Batch.objects.count()
    try:
        batch = services.batch_receive(source=source, path=path, actor=None, options=told)
    except DomainError as refusal:
        assert Batch.objects.count() == before
        return refusal
    try:
        batch = services.batch_run(batch_id=batch.pk)
    except DomainError as refusal:
        assert_left_nothing(Batch.objects.get(pk=batch.pk), refusal)
        return refusal
    assert batch.state == "applied"
    assert batch.rows_read == batch.rows_accepted + batch.rows_rejected
    assert batch.rejected.count() == min(batch.rows_rejected, 20_000)
    return batch


def assert_left_nothing(batch, refusal):
    """A file that failed counts nothing, leaves no row behind and says why in words."""
    assert batch.state == "failed"
    assert batch.error == str(refusal)
    assert len(str(refusal)) > 20
    for revision in REVISIONS:
        assert not revision.objects.filter(batch=batch).exists()


def refused(source, path, **options):
    """Import a file that must be refused as a whole, and return why."""
    before = RejectedRow.objects.count()
    answer = took_in(source, path, **options)
    assert isinstance(answer, DomainError), answer
    assert RejectedRow.objects.count() == before
    return str(answer)


def written(folder, name, content):
    path = Path(folder) / name
    path.write_bytes(content)
    return path
