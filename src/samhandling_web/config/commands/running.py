"""Commands that keep the platform running: the web server and the worker."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import click

from samhandling_web.config.commands.frame import to_people, with_platform

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
    over = watch_for_lost_jobs()
    try:
        runner.run()
    finally:
        over.set()


def watch_for_lost_jobs() -> threading.Event:
    """Take up again, now and then, what dead workers left; set the event to stop."""
    from django.db import DatabaseError, connection

    from samhandling_web.base.jobs import services
    from samhandling_web.base.jobs.rules import LEASE

    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            try:
                for job in services.jobs_take_up_again():
                    to_people.print(f"Taken up again: {job.label} ({job.state})")
            except DatabaseError:
                # A busy database may answer next time; a thread that died would not ask.
                logger.exception("Lost jobs could not be looked for")
            over.wait(LEASE.total_seconds())
        connection.close()

    services.jobs_take_up_again()
    threading.Thread(target=watch, daemon=True).start()
    return over


COMMANDS = [serve, worker]
