"""How is PostgreSQL set up, started and seen to be running in one folder?

Called only by `yibao.site.database`, under its lock.
"""

import contextlib
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg

from yibao.site.data_folder import make_data_folder
from yibao.site.postgresql_programs import NAME, DatabaseRefused, programs_for, user_for_root

WAIT_SECONDS_MAX = 60

SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
hba_file = '{hba}'
ident_file = '{ident}'
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
# A failing statement and its detail hold people's facts, and facts are never logged.
log_min_error_statement = panic
log_error_verbosity = terse
"""


class Server:
    """PostgreSQL's programs at work on one cluster; used only under the start-and-stop lock."""

    def __init__(self, folder: Path, socket: Path) -> None:
        self.folder = folder
        self.cluster = folder / "cluster"
        self.socket = socket
        self.as_user: dict[str, Any] = {}
        try:
            self.caller = self.owner = pwd.getpwuid(os.geteuid())
        except KeyError:
            raise DatabaseRefused("PostgreSQL 需要有名字的用户。PostgreSQL needs a user with a name.") from None
        if self.caller.pw_uid == 0:
            self.owner = user_for_root()
            self.as_user = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        self.programs = programs_for(folder.parent)

    def run(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run one of PostgreSQL's programs as the cluster's owner, free of the caller's PG… variables."""
        return subprocess.run(
            [str(self.programs / program), *arguments],
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(self.folder)},
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self.as_user,
        )

    def prepare(self) -> None:
        """Make what is missing: folders, settings, and the cluster itself, which appears whole or not at all."""
        make_data_folder(self.folder)
        self._check_that_owner_can_enter()
        self._own_folder(self.socket)
        self._write_settings()
        if self.cluster.is_dir():
            return
        draft = self.folder / "cluster.new"
        shutil.rmtree(draft, ignore_errors=True)
        self._own_folder(draft)
        made = self.run(
            "initdb", "--pgdata", str(draft), "--username", NAME, "--auth-local", "peer", "--auth-host", "reject",
            "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
        )  # fmt: skip
        if made.returncode != 0:
            raise DatabaseRefused(f"数据库没有建成。The database could not be made: {_last_line(made.stderr)}")
        draft.rename(self.cluster)

    def is_running(self) -> bool:
        """Does the postmaster named in postmaster.pid live, and is it this cluster's?"""
        recorded = self._recorded_pid()
        if recorded is None:
            return False
        if not Path("/proc/self/cwd").exists():
            return self.run("pg_ctl", "status", "--pgdata", str(self.cluster)).returncode == 0
        return recorded in self._processes()

    def start(self) -> None:
        """Start it, also after a kill -9 whose traces lie about."""
        self._clear_traces_of_a_killed_server()
        settings = shlex.quote(str(self.folder / "postgresql.conf"))
        done = self.run(
            "pg_ctl", "start", "--pgdata", str(self.cluster), "--wait", "--timeout", str(WAIT_SECONDS_MAX),
            "--log", str(self.cluster / "server.log"), "--options", f"-c config_file={settings}",
        )  # fmt: skip
        if done.returncode != 0:
            log = self.cluster / "server.log"
            said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else done.stderr
            raise DatabaseRefused(f"数据库没有启动，见 {log}。The database did not start: {_last_line(said)}")

    def wait_and_make_database(self) -> None:
        """Wait until it answers (it may still be recovering), and make our database in it the first time.

        One that ends meanwhile is started again.
        """
        until = time.monotonic() + WAIT_SECONDS_MAX
        while True:
            try:
                with psycopg.connect(host=str(self.socket), user=NAME, dbname="postgres", autocommit=True) as server:
                    found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
                    if found.fetchone() is None:
                        server.execute("CREATE DATABASE yibao")
                    return
            except psycopg.OperationalError as problem:
                if time.monotonic() > until:
                    raise DatabaseRefused(f"数据库没有应答。The database does not answer: {problem}") from problem
                if not self.is_running():  # it was just being killed when somebody looked whether it runs
                    self.start()
                time.sleep(0.1)

    def _clear_traces_of_a_killed_server(self) -> None:
        """Remove a postmaster.pid whose number has since gone to another program: PostgreSQL would take it for itself.

        Only once no process of the killed server is left, since its last writers must be gone before a new one starts.
        """
        if self._recorded_pid() is None or not Path("/proc/self/cwd").exists():
            return
        until = time.monotonic() + WAIT_SECONDS_MAX
        while self._processes():
            if time.monotonic() > until:
                raise DatabaseRefused("上次的数据库还没有结束，请稍后再试。The last server has not ended yet.")
            time.sleep(0.1)
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        (self.socket / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _processes(self) -> set[int]:
        """Which processes are at work in the cluster? Those of PostgreSQL stand in its folder."""
        found = set()
        cluster = str(self.cluster.resolve())
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if os.readlink(entry / "cwd") == cluster and (entry / "comm").read_text() == "postgres\n":
                        found.add(int(entry.name))
        return found

    def _recorded_pid(self) -> int | None:
        try:
            return int((self.cluster / "postmaster.pid").read_text().split("\n")[0])
        except (FileNotFoundError, ValueError):
            return None

    def _write_settings(self) -> None:
        callers = sorted({self.owner.pw_name, self.caller.pw_name})
        texts = {
            "postgresql.conf": SETTINGS.format(
                socket=self.socket,
                hba=_quoted(self.folder / "pg_hba.conf"),
                ident=_quoted(self.folder / "pg_ident.conf"),
            ),
            "pg_hba.conf": "local all all peer map=owners\n",
            "pg_ident.conf": "".join(f'owners "{caller}" {NAME}\n' for caller in callers),
        }
        for name, text in texts.items():
            draft = self.folder / f"{name}.new"
            draft.write_text(text, encoding="utf-8")
            draft.chmod(0o644)
            draft.rename(self.folder / name)

    def _own_folder(self, folder: Path) -> None:
        """Make a folder that is the owner's alone; one that someone else put there is refused, not taken over."""
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        seen = folder.lstat()
        ours = seen.st_uid in (self.caller.pw_uid, self.owner.pw_uid)
        if not stat.S_ISDIR(seen.st_mode) or not ours or seen.st_mode & 0o077:
            raise DatabaseRefused(f"{folder} 属于别人，或别人可以进入。It is someone else's, or open to others.")
        if seen.st_uid != self.owner.pw_uid:
            os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)

    def _check_that_owner_can_enter(self) -> None:
        """For root: can the system user pass through all folders above? We would never open one for it."""
        if not self.as_user:
            return
        can = subprocess.run(["test", "-x", str(self.folder)], check=False, cwd="/", **self.as_user)
        if can.returncode != 0:
            raise DatabaseRefused(
                f"系统用户 {NAME} 进不了 {self.folder}：以 root 运行时，请把 YIBAO_DATA 设在别人也能进入的文件夹下。"
                f"The system user {NAME} cannot get there: as root, set YIBAO_DATA below folders that others may enter."
            )


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "no message"


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "''")
