"""Run a command with a PostgreSQL server made for it alone, and remove the server after.

Usage: python tools/with_postgres.py COMMAND [ARGUMENT ...]
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

USER = "samhandling"


def programs_folder() -> Path:
    """Find the server's programs: on the path, or where Debian puts them."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not versions:
        sys.exit("PostgreSQL's programs are not here. On Debian: apt-get install postgresql-15")
    return versions[-1].parent


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_server_user() -> dict[str, int]:
    """Return whom to run the server as: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid}


def main(command: list[str]) -> int:
    """Start the server, run the command with DATABASE_URL set, stop the server."""
    programs, port, who = programs_folder(), free_port(), as_server_user()
    folder = Path(tempfile.mkdtemp(prefix="samhandling-postgres-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    cluster = folder / "cluster"
    subprocess.run(
        [programs / "initdb", "-D", cluster, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C"],
        check=True, stdout=subprocess.DEVNULL, cwd=folder, **who,
    )  # fmt: skip
    options = (
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
    )
    control = [programs / "pg_ctl", "-D", cluster, "-s", "-w"]
    log = folder / "log"
    subprocess.run([*control, "-o", options, "-l", log, "start"], check=True, cwd=folder, **who)
    try:
        address = f"postgres://{USER}@127.0.0.1:{port}/postgres"
        environment = os.environ | {"DATABASE_URL": address}
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd=folder, **who)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
