"""The starter of the embedded PostgreSQL, on real servers: every test that starts one stops it."""

import contextlib
import os
import pwd
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from yibao.site import postgresql_programs
from yibao.site.database import EmbeddedDatabase, django_database
from yibao.site.postgresql import Server
from yibao.site.postgresql_programs import DatabaseRefused

AS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not AS_ROOT, reason="needs root: shows what happens when root starts the database")


@contextlib.contextmanager
def started(data: Path) -> Iterator[EmbeddedDatabase]:
    database = EmbeddedDatabase(data)
    database.start()
    try:
        yield database
    finally:
        database.stop()


def ask(database: EmbeddedDatabase, statement: str) -> Any:
    with psycopg.connect(**database.connection(), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def postmaster(database: EmbeddedDatabase) -> int:
    return int((database.cluster / "postmaster.pid").read_text().split("\n")[0])


def kill_hard(database: EmbeddedDatabase) -> int:
    """kill -9 the server, as a power cut would, and return the number it had."""
    pid = postmaster(database)
    os.kill(pid, signal.SIGKILL)
    return pid


def test_it_is_a_real_durable_utf8_server_without_a_network_port(open_folder: Path) -> None:
    with started(open_folder / "data") as database:
        assert ask(database, "SHOW server_version_num") >= "180000"
        assert ask(database, "SHOW server_encoding") == "UTF8"
        assert ask(database, "SELECT datlocale FROM pg_database WHERE datname = 'yibao'") == "C.UTF-8"
        assert ask(database, "SELECT upper('é') || length('医保')") == "É2"
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert ask(database, f"SHOW {setting}") == "on"
        assert ask(database, "SHOW listen_addresses") == ""
        assert database.socket.stat().st_mode & 0o077 == 0
        assert database.cluster.stat().st_mode & 0o077 == 0


def test_one_that_dies_while_waited_for_starts_again(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was still there when somebody looked, and killed a moment later: on a busy machine, every day."""
    with started(open_folder / "data") as database:
        looked, look = [], Server.is_running

        def late(server: Server) -> bool:
            looked.append(look(server))
            if len(looked) == 1:
                kill_hard(database)
                while look(server):
                    time.sleep(0.01)
            return looked[-1]

        monkeypatch.setattr(Server, "is_running", late)
        database.start()
        assert looked[0]
        assert ask(database, "SELECT 1") == 1


def test_it_is_reused_while_it_runs_and_stops_on_request(open_folder: Path) -> None:
    with started(open_folder / "data") as database:
        first = postmaster(database)
        EmbeddedDatabase(open_folder / "data").start()
        assert postmaster(database) == first
    assert not Server(database.folder, database.socket).is_running()
    with pytest.raises(psycopg.OperationalError):
        ask(database, "SELECT 1")


def test_what_was_committed_is_there_after_kill_9(open_folder: Path) -> None:
    with started(open_folder / "data") as database:
        ask(database, "CREATE TABLE kept (number integer)")
        ask(database, "INSERT INTO kept VALUES (42)")
        killed = kill_hard(database)
        database.start()
        assert postmaster(database) != killed
        assert ask(database, "SELECT number FROM kept") == 42


def test_a_stale_number_that_another_program_has_now_does_not_stop_it(open_folder: Path) -> None:
    with started(open_folder / "data") as database:
        ask(database, "CREATE TABLE kept AS SELECT 42 AS number")
        owner = Server(database.folder, database.socket).as_user
        kill_hard(database)
        with subprocess.Popen(["sleep", "600"], cwd="/", **owner) as other:
            try:
                for marks in (database.cluster / "postmaster.pid", database.socket / ".s.PGSQL.5432.lock"):
                    lines = marks.read_text().split("\n")
                    marks.write_text("\n".join([str(other.pid), *lines[1:]]))
                database.start()
                assert postmaster(database) != other.pid
                assert ask(database, "SELECT number FROM kept") == 42
                assert other.poll() is None
            finally:
                other.kill()


def test_two_that_start_at_once_share_one_server(open_folder: Path) -> None:
    environment = {**os.environ, "YIBAO_DATA": str(open_folder / "data")}
    command = [sys.executable, "-m", "yibao.site.database", "start"]
    with contextlib.ExitStack() as stack:
        both = [
            stack.enter_context(
                subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            )
            for _ in range(2)
        ]
        said = [one.communicate(timeout=100) for one in both]
    database = EmbeddedDatabase(open_folder / "data")
    try:
        assert [one.returncode for one in both] == [0, 0], said
        assert said[0] == said[1]
        assert ask(database, "SELECT 1") == 1
    finally:
        database.stop()


def test_a_cluster_left_half_made_is_made_again(open_folder: Path) -> None:
    draft = open_folder / "data" / "database" / "cluster.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    with started(open_folder / "data") as database:
        assert ask(database, "SELECT 1") == 1
    assert not draft.exists()


def test_the_last_of_its_users_stops_it(open_folder: Path) -> None:
    database = EmbeddedDatabase(open_folder / "data")
    with database.in_use():
        with EmbeddedDatabase(open_folder / "data").in_use():
            assert ask(database, "SELECT 1") == 1
        assert ask(database, "SELECT 1") == 1
    assert not Server(database.folder, database.socket).is_running()


def test_one_that_an_operator_started_stays(open_folder: Path) -> None:
    database = EmbeddedDatabase(open_folder / "data")
    environment = {**os.environ, "YIBAO_DATA": str(open_folder / "data")}
    command = [sys.executable, "-m", "yibao.site.database"]
    subprocess.run([*command, "start"], env=environment, check=True, capture_output=True)
    try:
        with database.in_use():
            pass
        assert subprocess.run([*command, "status"], env=environment, check=False, capture_output=True).returncode == 0
    finally:
        subprocess.run([*command, "stop"], env=environment, check=True, capture_output=True)
    assert subprocess.run([*command, "status"], env=environment, check=False, capture_output=True).returncode == 1


@pytest.mark.parametrize("name", ["d" * 120, "a,b", "it's", "医保 数据"])
def test_any_folder_name_will_do(open_folder: Path, name: str) -> None:
    with started(open_folder / name) as database:
        assert len(os.fsencode(database.socket / ".s.PGSQL.5432")) <= 107
        assert ask(database, "SELECT 1") == 1
    if database.socket.parent == Path("/tmp"):
        database.socket.rmdir()


def test_a_socket_folder_that_others_may_enter_is_refused(open_folder: Path) -> None:
    database = EmbeddedDatabase(open_folder / ("d" * 120))
    database.socket.mkdir(mode=0o777)
    try:
        database.socket.chmod(0o777)
        with pytest.raises(DatabaseRefused, match="open to others"):
            database.start()
    finally:
        database.socket.rmdir()


def test_no_permission_of_a_folder_above_ours_changes(open_folder: Path) -> None:
    data = open_folder / "above" / "data"
    data.parent.mkdir(mode=0o711)
    wheel = Path(postgresql_programs.__file__)
    package = Path(psycopg.__file__)  # lies beside the wheel
    home = Path(pwd.getpwuid(os.geteuid()).pw_dir)
    above = {folder for place in (data, wheel, package, home / "x", Path(sys.executable)) for folder in place.parents}
    before = {folder: (folder.stat().st_mode, folder.stat().st_uid, folder.stat().st_gid) for folder in above}
    with started(data) as database:
        assert ask(database, "SELECT 1") == 1
    assert {folder: (folder.stat().st_mode, folder.stat().st_uid, folder.stat().st_gid) for folder in above} == before


def test_a_failing_statement_leaves_no_facts_in_the_log(open_folder: Path) -> None:
    with started(open_folder / "data") as database:
        ask(database, "CREATE TABLE people (name text UNIQUE)")
        ask(database, "INSERT INTO people VALUES ('secret-fact')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            ask(database, "INSERT INTO people VALUES ('secret-fact')")
        log = (database.cluster / "server.log").read_text()
        assert "duplicate key" in log
        assert "secret-fact" not in log


@needs_root
def test_for_root_it_runs_as_the_system_user(open_folder: Path) -> None:
    with started(open_folder / "data") as database:
        status = Path(f"/proc/{postmaster(database)}/status").read_text()
        uid = pwd.getpwnam("yibao").pw_uid
        assert f"Uid:\t{uid}\t{uid}\t{uid}\t{uid}" in status
        assert os.readlink(f"/proc/{postmaster(database)}/exe").startswith(str(open_folder / "data" / "server-"))
        assert (open_folder / "data").stat().st_mode & 0o777 == 0o711


@needs_root
def test_for_root_a_private_folder_above_is_refused_and_stays_private(open_folder: Path) -> None:
    private = open_folder / "private"
    private.mkdir(mode=0o700)
    with pytest.raises(DatabaseRefused, match="YIBAO_DATA"):
        EmbeddedDatabase(private / "data").start()
    assert private.stat().st_mode & 0o777 == 0o700


@needs_root
def test_an_ordinary_user_needs_no_root(open_folder: Path) -> None:
    """Run as nobody, with the programs where nobody may read them, in a home that only nobody may enter."""
    nobody = pwd.getpwnam("nobody")
    reachable = postgresql_programs.programs_for(open_folder).parents[2]
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)

    def work() -> None:
        sys.path.insert(0, str(reachable))
        with started(home / "data") as database:
            assert ask(database, "SELECT current_user || '!'") == "yibao!"
            owner = Path(f"/proc/{postmaster(database)}").stat().st_uid
            assert owner == nobody.pw_uid
            kill_hard(database)
            database.start()
            assert ask(database, "SELECT 1") == 1
        assert (home / "data").stat().st_mode & 0o777 == 0o700
        assert not list((home / "data").glob("server-*"))

    as_user(nobody, work)
    assert home.stat().st_mode & 0o777 == 0o700


def as_user(user: pwd.struct_passwd, work: Callable[[], None]) -> None:
    """Do the work in a child that has become that user for good."""
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    until = time.monotonic() + 100
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert status == 0
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    pytest.fail("the child did not end")


def test_an_address_of_a_server_takes_the_place_of_the_embedded_one(tmp_path: Path) -> None:
    found = django_database("postgresql://me:secret@one,two:5433/books?target_session_attrs=read-write", tmp_path)
    assert (found["HOST"], found["NAME"], found["USER"], found["PASSWORD"]) == ("one,two", "books", "me", "secret")
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"


@pytest.mark.parametrize("address", ["sqlite:///books.sqlite", "mysql://me:secret@host/books"])
def test_an_address_of_something_else_is_refused_without_repeating_it(tmp_path: Path, address: str) -> None:
    with pytest.raises(DatabaseRefused) as refused:
        django_database(address, tmp_path)
    assert "secret" not in str(refused.value)
