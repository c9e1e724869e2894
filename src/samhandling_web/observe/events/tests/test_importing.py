"""A file comes in whole or not at all, once, and can be taken back."""

import pytest

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.selectors import records_of
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.jobs.models import Job
from samhandling_web.base.jobs.rules import JobCancelled
from samhandling_web.observe.events.models import Category, EventRevision
from samhandling_web.observe.events.selectors import current_event_rows, data_version
from samhandling_web.observe.imports import rules, services
from samhandling_web.observe.imports.models import Batch, RejectedRow
from samhandling_web.observe.imports.services import running
from samhandling_web.observe.imports.tests.people import person
from samhandling_web.observe.imports.tests.police_files import police_file, police_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return person(Role.ANALYST)


@pytest.fixture
def bring_in(tmp_path, analyst):
    """Return a function that writes rows to a file of their own and imports it."""

    def import_rows(rows, name="polisen.csv", **options):
        path = police_file(tmp_path / name, rows)
        batch = services.batch_receive(
            source="police_events", path=path, actor=analyst, options=options
        )
        return services.batch_run(batch_id=batch.pk)

    return import_rows


def current(*columns):
    return list(current_event_rows(columns or ("external_id", "category_label", "text")))


def kinds_recorded(batch):
    return [record.kind for record in records_of(batch)]


class StopsAfter:
    """A job's progress that is cancelled at its n:th report."""

    job_id = 0

    def __init__(self, reports):
        self.left = reports

    def report(self, done, total=None, message=""):
        self.left -= 1
        if not self.left:
            raise JobCancelled

    def check(self):
        pass


class StoppedBy:
    """A reading without a job, in the midst of which somebody stops its batch."""

    job_id = 0

    def __init__(self, actor):
        self.actor = actor

    def report(self, done, total=None, message=""):
        batch = Batch.objects.get()
        if batch.state == rules.State.READING:
            services.batch_cancel(batch_id=batch.pk, actor=self.actor)

    def check(self):
        pass


def test_a_file_is_read_counts_and_leaves_a_trail(bring_in, analyst):
    batch = bring_in([police_row(number) for number in range(30)], chunk_rows=7)
    assert batch.state == rules.State.APPLIED
    assert (batch.rows_read, batch.rows_new, batch.rows_rejected) == (30, 30, 0)
    assert len(current()) == 30
    assert kinds_recorded(batch) == ["imports.batch.received", "imports.batch.applied"]
    assert records_of(batch).last().actor == analyst
    assert set(Category.objects.values_list("label", flat=True)) == {"Stöld", "Rån", "Brand"}


def test_rejected_and_accepted_are_all_rows_read(bring_in):
    rows = [police_row(number) for number in range(12)]
    rows[3]["datetime"] = "i förrgår"
    rows[8]["id"] = ""
    batch = bring_in(rows, chunk_rows=5)
    assert (batch.rows_read, batch.rows_accepted, batch.rows_rejected) == (12, 10, 2)
    assert list(batch.rejected.values_list("row_number", flat=True)) == [4, 9]
    assert batch.rejected.first().raw["datetime"] == "i förrgår"


def test_the_same_file_again_is_answered_at_once(bring_in):
    rows = [police_row(number) for number in range(20)]
    first, version = bring_in(rows), data_version()
    again = bring_in(rows, name="samma innehåll.csv")
    assert again == first
    assert Batch.objects.count() == 1
    assert data_version() == version


def test_the_same_file_counts_as_new_after_it_was_undone(bring_in, analyst):
    rows = [police_row(number) for number in range(5)]
    first = bring_in(rows)
    services.batch_undo(batch_id=first.pk, actor=analyst)
    assert current() == []
    assert bring_in(rows) != first
    assert len(current()) == 5


def test_a_corrected_file_stores_only_what_changed_and_keeps_history(bring_in):
    rows = [police_row(number) for number in range(20)]
    bring_in(rows)
    version = data_version()
    rows[4]["summary"] = "Rättad."
    batch = bring_in([*rows, police_row(99)], name="rättad.csv")
    assert (batch.rows_new, batch.rows_changed, batch.rows_unchanged) == (1, 1, 19)
    assert EventRevision.objects.filter(batch=batch).count() == 2
    assert EventRevision.objects.filter(external_id=rows[4]["id"]).count() == 2
    assert dict(current("external_id", "text"))[rows[4]["id"]] == "Rättad."
    assert data_version() != version


def test_a_file_without_news_leaves_the_data_version(bring_in):
    rows = [police_row(number) for number in range(6)]
    bring_in(rows)
    version = data_version()
    assert bring_in(rows[:3], name="del.csv").rows_unchanged == 3
    assert data_version() == version


def test_undoing_brings_back_what_counted_before(bring_in, analyst):
    rows = [police_row(number) for number in range(10)]
    bring_in(rows)
    before = current()
    rows[2]["summary"] = "Fel."
    second = bring_in([*rows, police_row(70)], name="fel.csv")
    assert current() != before
    services.batch_undo(batch_id=second.pk, actor=analyst, reason="fel fil")
    assert current() == before
    assert records_of(second).last().reason == "fel fil"


def test_a_batch_that_a_newer_one_builds_on_is_not_undone(bring_in, analyst):
    rows = [police_row(number) for number in range(10)]
    first = bring_in(rows)
    second = bring_in([*rows, police_row(50)], name="fler.csv")
    with pytest.raises(rules.UndoNewestFirst) as refused:
        services.batch_undo(batch_id=first.pk, actor=analyst)
    assert str(second.pk) in str(refused.value)
    services.batch_undo(batch_id=second.pk, actor=analyst)
    services.batch_undo(batch_id=first.pk, actor=analyst)
    assert current() == []


def test_files_that_share_no_rows_are_undone_in_any_order(bring_in, analyst):
    first = bring_in([police_row(number) for number in range(5)], name="ett.csv")
    bring_in([police_row(number) for number in range(5, 9)], name="två.csv")
    services.batch_undo(batch_id=first.pk, actor=analyst)
    assert len(current()) == 4


def test_only_what_counts_can_be_undone(bring_in, analyst):
    batch = bring_in([police_row(1)])
    services.batch_undo(batch_id=batch.pk, actor=analyst)
    with pytest.raises(rules.BatchTransitionNotAllowed):
        services.batch_undo(batch_id=batch.pk, actor=analyst)


def test_a_cancelled_batch_leaves_nothing_and_can_be_read_again(tmp_path, analyst):
    path = police_file(tmp_path / "p.csv", [police_row(number) for number in range(30)])
    batch = services.batch_receive(
        source="police_events", path=path, actor=analyst, options={"chunk_rows": 5}
    )
    with pytest.raises(JobCancelled):
        services.batch_run(batch_id=batch.pk, progress=StopsAfter(3))
    batch.refresh_from_db()
    assert batch.state == rules.State.CANCELLED
    assert not EventRevision.objects.exists()
    assert kinds_recorded(batch)[-1] == "imports.batch.cancelled"
    assert services.batch_run(batch_id=batch.pk).rows_new == 30
    assert len(current()) == 30


def test_a_batch_stopped_while_a_command_reads_it_never_counts(tmp_path, analyst):
    path = police_file(tmp_path / "p.csv", [police_row(number) for number in range(30)])
    batch = services.batch_receive(
        source="police_events", path=path, actor=analyst, options={"chunk_rows": 5}
    )
    with pytest.raises(rules.BatchTransitionNotAllowed):
        services.batch_run(batch_id=batch.pk, progress=StoppedBy(analyst))
    batch.refresh_from_db()
    assert batch.state == rules.State.CANCELLED
    assert not EventRevision.objects.exists()
    assert kinds_recorded(batch)[-1] == "imports.batch.cancelled"


def test_a_batch_nobody_works_on_is_cancelled_at_once(tmp_path, analyst):
    path = police_file(tmp_path / "p.csv", [police_row(1)])
    batch = services.batch_receive(source="police_events", path=path, actor=analyst)
    assert services.batch_cancel(batch_id=batch.pk, actor=analyst).state == "cancelled"
    with pytest.raises(rules.BatchTransitionNotAllowed):
        services.batch_cancel(batch_id=batch.pk, actor=analyst)


def test_a_running_job_is_asked_to_stop(tmp_path, analyst):
    path = police_file(tmp_path / "p.csv", [police_row(1)])
    batch = services.batch_receive(source="police_events", path=path, actor=analyst)
    batch = services.batch_start(batch_id=batch.pk, actor=analyst)
    Job.objects.filter(pk=batch.job_id).update(state="running")
    services.batch_cancel(batch_id=batch.pk, actor=analyst)
    assert Job.objects.get(pk=batch.job_id).cancel_requested
    assert Batch.objects.get(pk=batch.pk).state == rules.State.RECEIVED


def test_an_unreadable_file_fails_with_its_reason_and_leaves_nothing(tmp_path, analyst):
    path = tmp_path / "trasig.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    batch = services.batch_receive(source="police_events", path=path, actor=analyst)
    with pytest.raises(rules.FileUnreadable, match="kolumnerna"):
        services.batch_run(batch_id=batch.pk)
    batch.refresh_from_db()
    assert batch.state == rules.State.FAILED
    assert "kolumnerna" in batch.error
    assert not RejectedRow.objects.exists()
    assert kinds_recorded(batch)[-1] == "imports.batch.failed"


def test_a_file_cut_short_leaves_nothing(tmp_path, analyst):
    whole = police_file(tmp_path / "p.csv.gz", [police_row(number) for number in range(3_000)])
    cut = tmp_path / "kapad.csv.gz"
    cut.write_bytes(whole.read_bytes()[:-2_000])
    batch = services.batch_receive(
        source="police_events", path=cut, actor=analyst, options={"chunk_rows": 100}
    )
    with pytest.raises(rules.FileUnreadable):
        services.batch_run(batch_id=batch.pk)
    assert not EventRevision.objects.exists()


def test_a_key_that_stands_twice_with_two_contents_is_refused(bring_in):
    rows = [police_row(1), police_row(1), police_row(1, summary="Något annat.")]
    batch = bring_in([*rows, police_row(2)], chunk_rows=1)
    assert (batch.rows_new, batch.rows_unchanged, batch.rows_rejected) == (2, 1, 1)
    assert batch.rejected.get().reason == "repeated_key"


def test_rows_with_identity_numbers_are_refused_masked_and_the_file_let_go(bring_in):
    rows = [police_row(1), police_row(2, summary="Mannen, 19121212-1212, greps.")]
    batch = bring_in(rows)
    row = batch.rejected.get()
    assert row.reason == "identity_number"
    assert "1212-1212" not in str(row.raw)
    assert batch.stored_path == ""
    assert "imports.file.removed" in kinds_recorded(batch)
    with pytest.raises(rules.StoredFileMissing):
        services.batch_preview(batch=batch, actor=batch.started_by)


def test_a_number_in_a_row_refused_for_something_else_is_masked_and_the_file_let_go(bring_in):
    rows = [
        police_row(1),
        police_row(2, datetime="den 19121212-1212", summary="19121212-1212 greps."),
    ]
    batch = bring_in(rows)
    row = batch.rejected.get()
    assert row.reason == "bad_date"
    assert "1212-1212" not in f"{row.parameters}{row.raw}"
    assert {"code": "identity_number", "parameters": {"count": 1}} in batch.notices
    assert batch.stored_path == ""


def test_a_file_with_an_identity_number_in_every_row_is_refused_row_by_row(bring_in):
    batch = bring_in([police_row(n, summary="19121212-1212 greps.") for n in range(3)])
    assert (batch.rows_accepted, batch.rows_rejected, batch.stored_path) == (0, 3, "")


def test_the_file_is_let_go_also_when_the_row_was_one_too_many_to_keep(bring_in, monkeypatch):
    monkeypatch.setattr(running, "MOST_KEPT_ROWS", 1)
    vague = police_row(1, datetime="?")
    batch = bring_in([vague, police_row(2, summary="19121212-1212 greps.")])
    assert batch.rejected.get().reason == "bad_date"
    assert (batch.rows_rejected, batch.stored_path) == (2, "")


def test_a_file_without_identity_numbers_is_kept(bring_in):
    assert bring_in([police_row(1), police_row(2, datetime="?")]).stored_path


def test_two_files_of_a_source_are_not_read_at_once(tmp_path, analyst):
    batches = [
        services.batch_receive(
            source="police_events",
            path=police_file(tmp_path / f"{number}.csv", [police_row(number)]),
            actor=analyst,
        )
        for number in range(2)
    ]
    Batch.objects.filter(pk=batches[0].pk).update(state=rules.State.READING)
    with pytest.raises(rules.AnotherBatchUnderWay):
        services.batch_run(batch_id=batches[1].pk)
    assert Batch.objects.get(pk=batches[1].pk).state == rules.State.RECEIVED


def test_an_older_file_is_not_read_over_a_newer_one(tmp_path, analyst):
    paths = [police_file(tmp_path / f"{number}.csv", [police_row(number)]) for number in range(2)]
    old, new = (
        services.batch_receive(source="police_events", path=path, actor=analyst) for path in paths
    )
    services.batch_run(batch_id=new.pk)
    with pytest.raises(rules.NewerBatchApplied):
        services.batch_run(batch_id=old.pk)
    anew = services.batch_receive(source="police_events", path=paths[0], actor=analyst)
    assert anew.pk > new.pk
    assert services.batch_run(batch_id=anew.pk).rows_new == 1


def test_a_dry_run_tells_everything_and_stores_nothing(tmp_path, analyst):
    rows = [police_row(number) for number in range(8)]
    rows[2]["datetime"] = "?"
    tried = services.batch_dry_run(
        source="police_events", path=police_file(tmp_path / "p.csv", rows), actor=analyst
    )
    assert (tried.rows_read, tried.rows_accepted, tried.rows_rejected) == (8, 7, 1)
    assert tried.is_whole
    assert tried.rejected[0].row == 3
    assert len(tried.first_rows) == 7
    assert not Batch.objects.exists()
    assert not EventRevision.objects.exists()


def test_starting_puts_one_job_in_the_queue(tmp_path, analyst):
    path = police_file(tmp_path / "p.csv", [police_row(1)])
    batch = services.batch_receive(source="police_events", path=path, actor=analyst)
    started = services.batch_start(batch_id=batch.pk, actor=analyst)
    assert services.batch_start(batch_id=batch.pk, actor=analyst).job == started.job
    assert Job.objects.get().parameters == {"batch_id": batch.pk}


@pytest.mark.parametrize("role", [Role.GUARD, Role.REPORTER, Role.BOARD_MEMBER])
def test_only_those_who_import_may_bring_in_start_cancel_or_undo(tmp_path, role, analyst):
    stranger = person(role)
    path = police_file(tmp_path / "p.csv", [police_row(1)])
    batch = services.batch_receive(source="police_events", path=path, actor=analyst)
    with pytest.raises(NotAllowed):
        services.batch_receive(source="police_events", path=path, actor=stranger)
    with pytest.raises(NotAllowed):
        services.batch_start(batch_id=batch.pk, actor=stranger)
    with pytest.raises(NotAllowed):
        services.batch_cancel(batch_id=batch.pk, actor=stranger)
    with pytest.raises(NotAllowed):
        services.batch_undo(batch_id=batch.pk, actor=stranger)
    with pytest.raises(NotAllowed):
        services.batch_dry_run(source="police_events", path=path, actor=stranger)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"source": "nowhere"}, rules.UnknownSource),
        ({"options": {"speed": 3}}, rules.UnknownOption),
        ({"options": {"valid_from": "snart"}}, rules.BadOption),
        ({"options": {"chunk_rows": "många"}}, rules.BadOption),
    ],
)
def test_what_is_told_of_a_file_must_make_sense(tmp_path, analyst, changes, error):
    path = police_file(tmp_path / "p.csv", [police_row(1)])
    with pytest.raises(error):
        services.batch_receive(
            **{"source": "police_events", "path": path, "actor": analyst, **changes}
        )
    assert not Batch.objects.exists()


def test_an_empty_file_is_refused(tmp_path, analyst):
    (tmp_path / "tom.csv").touch()
    with pytest.raises(rules.EmptyFile):
        services.batch_receive(source="police_events", path=tmp_path / "tom.csv", actor=analyst)
