"""The server as a user meets it: a real process, a real port, a real database."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from yibao.site.database import EmbeddedDatabase
from yibao.site.postgresql import Server

SERVE = [sys.executable, "-m", "yibao.site.serve"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code


def pages_counted(port: int) -> float:
    """How many pages were asked for and not found, as /metrics tells it."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as response:
        text = response.read().decode()
    found = re.search(r'yibao_requests_total\{face="portal",method="GET",status="404"\} ([0-9.]+)', text)
    return float(found[1]) if found else 0


@contextlib.contextmanager
def serving(data: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    environment = {**os.environ, "YIBAO_DATA": str(data)}
    environment.pop("DATABASE_URL", None)
    log = data.with_suffix(".log")
    with log.open("w") as out, subprocess.Popen(
        [*SERVE, "--make-keys", "--port", str(port)],
        env=environment, stdout=out, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    ) as server:  # fmt: skip
        try:
            until = time.monotonic() + 60
            while "yibao is ready" not in log.read_text():
                assert server.poll() is None, log.read_text()
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.1)
            yield server
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                raise


def test_it_comes_up_says_where_and_takes_its_database_down_with_it(open_folder: Path) -> None:
    data, port = open_folder / "data", free_port()
    database = EmbeddedDatabase(data)
    with serving(data, port) as server:
        assert f"http://127.0.0.1:{port}/" in data.with_suffix(".log").read_text()
        assert status(port, "/healthz") == 200
        assert status(port, "/readyz") == 200
        assert status(port, "/?secret=fact") == 200
        assert status(port, "/api/v1/openapi.json") == 200
        before = pages_counted(port)
        assert [status(port, "/areas/") for _ in range(20)] == [404] * 20  # by whichever of the two processes
        assert pages_counted(port) - before == 20
        database.stop()
        assert status(port, "/healthz") == 200
        assert status(port, "/readyz") == 503
        database.start()
        assert status(port, "/readyz") == 200
    assert server.returncode == 0
    assert not Server(database.folder, database.socket).is_running()
    assert "secret" not in data.with_suffix(".log").read_text()
    assert data.joinpath("keys.json").stat().st_mode & 0o777 == 0o600


def test_a_port_in_use_is_one_plain_sentence_and_starts_nothing(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [*SERVE, "--make-keys", "--port", str(port)],
            env={**os.environ, "YIBAO_DATA": str(tmp_path / "data")}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"PORT={port + 1} make run" in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "８０００x"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    done = subprocess.run([*SERVE, f"--port={port}"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "65535" in done.stderr


def test_a_server_that_cannot_be_reached_is_one_plain_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [*SERVE, "--make-keys", "--port", str(free_port())],
        env={
            **os.environ,
            "YIBAO_DATA": str(tmp_path / "data"),
            "DATABASE_URL": f"postgresql://me:secret@127.0.0.1:{free_port()}/books",
        },
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "DATABASE_URL" in done.stderr
    assert "secret" not in done.stderr
