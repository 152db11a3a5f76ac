"""A demo that is killed at drawn moments and made again gives the same books as one that was let alone."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from yibao.site.database import EmbeddedDatabase

YIBAO = [sys.executable, "-m", "yibao.channels.cli.main"]
ARGUMENTS = ["demo", "--people", "40", "--seed", "3", "--area", "北京", "--until", "2026-09"]
KILLS = 3


def environment(data: Path) -> dict[str, str]:
    given = {**os.environ, "YIBAO_DATA": str(data)}
    given.pop("DATABASE_URL", None)
    return given


def yibao(data: Path, *arguments: str, status: int = 0) -> bytes:
    done = subprocess.run([*YIBAO, *arguments], env=environment(data), capture_output=True, check=False)
    assert done.returncode == status, done.stderr.decode()
    return done.stdout


def exported(data: Path) -> str:
    return hashlib.sha256(yibao(data, "export", "--canonical")).hexdigest()


def kill_after(data: Path, seconds: float) -> bool:
    """Start the command in a group of its own and kill it; whether it was still at work."""
    with subprocess.Popen(
        [*YIBAO, *ARGUMENTS],
        env=environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        time.sleep(seconds)
        was_at_work = running.poll() is None
        if was_at_work:
            os.killpg(running.pid, signal.SIGKILL)
    return was_at_work


@pytest.fixture
def two_places(open_folder: Path):  # type: ignore[no-untyped-def]
    """Two data folders whose databases are stopped at the end, also those that a killed command left running."""
    places = [open_folder / "let-alone", open_folder / "killed"]
    yield places
    for place in places:
        EmbeddedDatabase(place).stop()


def test_a_killed_demo_is_finished_and_the_books_are_the_same(two_places: list[Path]) -> None:
    let_alone, killed = two_places
    begin = time.monotonic()
    told = yibao(let_alone, *ARGUMENTS).decode()
    whole = time.monotonic() - begin
    assert "演示建好了：40人" in told
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    drawn = random.Random(seed)
    kills = [kill_after(killed, whole * drawn.uniform(0.25, 0.9)) for _ in range(KILLS)]
    assert any(kills)
    yibao(killed, *ARGUMENTS)
    assert exported(killed) == exported(let_alone)
    yibao(killed, "allocate", "2026-09", "--area", "110000")
    assert exported(killed) == exported(let_alone)
    assert "全部相符" in yibao(killed, "check-books").decode()
    with EmbeddedDatabase(killed).in_use(), psycopg.connect(**EmbeddedDatabase(killed).connection()) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE ledger_account SET balance = balance + 1 WHERE subject = "
                           "(SELECT min(subject) FROM ledger_account WHERE kind = 1)")  # fmt: skip
    assert "balance_is_the_sum_of_postings" in yibao(killed, "check-books", status=1).decode()
    assert exported(killed) != exported(let_alone)
    yibao(let_alone, "check-books", "--area", "天津", status=2)
    yibao(let_alone, "allocate", "2022-08", "--area", "110000", status=2)
    yibao(let_alone, "demo", "--people", "40", "--until", "2999-01", status=2)
