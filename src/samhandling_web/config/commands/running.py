"""Commands that keep the platform running: the web server and the worker."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from samhandling_web.config.commands.frame import answer, as_json, to_people, with_platform

if TYPE_CHECKING:
    from samhandling_web.base.jobs.selectors import Recurring

logger = logging.getLogger(__name__)


@click.command(epilog="Example: samhandling serve --port 8000 --with-worker")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--processes", default=2, show_default=True, help="Web server processes.")
@click.option("--with-worker", is_flag=True, help="Run a worker beside the web server.")
@with_platform
def serve(host: str, port: int, processes: int, *, with_worker: bool) -> None:
    """Start the web server."""
    to_people.print(f"http://{host}:{port}/  (Ctrl+C stops)")
    with worker_beside() if with_worker else nullcontext():
        run_web_server(f"{host}:{port}", processes)


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run a worker as a process of its own for as long as the web server runs."""
    beside = subprocess.Popen([sys.argv[0], "worker"])  # noqa: S603 - our own command
    try:
        yield
    finally:
        beside.terminate()
        beside.wait(timeout=30)


def run_web_server(address: str, processes: int) -> None:
    """Run gunicorn in this process until it is stopped."""
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    from samhandling_web.config.wsgi import application

    # Its processes are forked off this one, and two processes must not share a connection.
    connections.close_all()

    class WebServer(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            chosen = {"bind": address, "workers": processes, "threads": 4, "timeout": 120}
            for name, value in chosen.items():
                self.cfg.set(name, value)
            self.cfg.set("loglevel", os.environ.get("SAMHANDLING_LOG_LEVEL", "warning").lower())

        def load(self) -> Any:
            return application

    WebServer().run()


@click.command(epilog="Example: samhandling worker --until-empty")
@click.option("--until-empty", is_flag=True, help="Stop when the queue is empty.")
@with_platform
def worker(*, until_empty: bool) -> None:
    """Run background work: imports, snapshots, reports.

    A job whose worker was killed is taken up again by the next worker. Several workers may run.
    Work that recurs by itself is started here, each period once.
    """
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    runner = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=until_empty,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    runner.configure_signals()
    over = watch_over_jobs()
    try:
        runner.run()
    finally:
        over.set()


def watch_over_jobs() -> threading.Event:
    """Take up what dead workers left and start what falls due, now and then; set it to stop."""
    from django.db import connection

    from samhandling_web.base.jobs.rules import LEASE, TIME_BETWEEN_LOOKS

    over = threading.Event()

    def watch() -> None:
        look_at = time.monotonic() + TIME_BETWEEN_LOOKS.total_seconds()
        while not over.wait(LEASE.total_seconds()):
            attempt(take_up_lost_jobs)
            if time.monotonic() >= look_at:
                look_at = time.monotonic() + TIME_BETWEEN_LOOKS.total_seconds()
                attempt(start_due_work)
        connection.close()

    take_up_lost_jobs()
    attempt(start_due_work)
    threading.Thread(target=watch, daemon=True).start()
    return over


def attempt(act: Callable[[], None]) -> None:
    """Do it, or leave it for next time."""
    from django.db import DatabaseError

    try:
        act()
    except DatabaseError:
        # A busy database may answer next time; a thread that died would not ask.
        logger.exception("%s did not succeed", act.__name__)


def take_up_lost_jobs() -> None:
    from samhandling_web.base.jobs import services

    for job in services.jobs_take_up_again():
        to_people.print(f"Taken up again: {job.label} ({job.state})")


def start_due_work() -> None:
    from samhandling_web.base.jobs import services

    for run in services.scheduled_start_due():
        to_people.print(f"Started by itself: {run}")


@click.command(epilog="Example: samhandling scheduled --json")
@as_json
@with_platform
def scheduled(*, as_json: bool) -> None:
    """List the work that recurs by itself: its rhythm, its last run and its next.

    The worker starts it. Times are the municipality's own (SAMHANDLING_TIME_ZONE).
    """
    from samhandling_web.base.jobs import selectors

    rows = [told_of(one) for one in selectors.recurring_work()]
    if as_json:
        answer(rows)
        return
    for row in rows:
        click.echo(f"{row['slug']}: {row['label']}, {row['rhythm']}")
        last = f"{row['last_at']} ({row['last_period']}, {row['last_state']})"
        upcoming = "waiting for a worker since" if row["is_waiting"] else "next"
        click.echo(f"    last {last if row['last_at'] else 'never'}; {upcoming} {row['next_at']}")


def told_of(recurring: "Recurring") -> dict[str, Any]:
    """Say of recurring work what people and programs ask."""
    from django.utils import timezone

    def shown(moment: datetime) -> str:
        return timezone.localtime(moment).isoformat(" ", "minutes")

    work, last = recurring.scheduled, recurring.last
    state = last.job.state if last and last.job else "nothing to do" if last else None
    return {
        "slug": work.slug,
        "label": str(work.label),
        "rhythm": str(work.rhythm),
        "last_period": last.period if last else None,
        "last_at": shown(last.started_at) if last else None,
        "last_state": state,
        "next_at": shown(recurring.next_at),
        "is_waiting": recurring.is_waiting,
    }


COMMANDS = [serve, worker, scheduled]
