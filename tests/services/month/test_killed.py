"""The month's run and single postings are killed at drawn moments, one in three times with the database server.

Nothing that was acknowledged is lost: the keys that a posting process printed, and what another connection had already
seen. The sums are right, and running the month again finishes it, to the amounts of the law.
"""

import os
import random
import signal
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.commands import YIBAO, Commands
from tests.services.month import agency

from yibao.site.database import EmbeddedDatabase
from yibao.site.keys import make_keys

SEEN = "SELECT count(*) FROM ledger_entry WHERE area = '110000' AND kind IN (2, 3, 4)"
POSTED = """
    SELECT e.kind, count(*), sum(p.amount)::bigint FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id
    JOIN ledger_account a ON a.id = p.account_id AND a.kind = 1
    WHERE p.for_month = %s AND e.kind IN (2, 3, 4) GROUP BY 1 ORDER BY 1
"""


class Books(Commands):
    """A data folder with its own server, and the real commands on it."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.database = EmbeddedDatabase(data)

    def agency(self, *arguments: str) -> str:
        return self.run(agency.__file__, *arguments)

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(**self.database.connection()) as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[arg-type]

    def kill_server(self) -> None:
        """The postmaster; the rest of the server sees that it is gone and ends."""
        os.kill(int((self.database.cluster / "postmaster.pid").read_text().split("\n")[0]), signal.SIGKILL)


@pytest.fixture
def books(open_folder: Path) -> Iterator[Books]:
    data = open_folder / "data"
    make_keys(data)
    found = Books(data)
    try:
        with found.database.in_use():
            yield found
    finally:
        found.database.stop()


def kill_at(books: Books, month: date, number: int, moment: float, *, server: bool) -> tuple[list[str], int, bool]:
    """Run the month and single postings, and kill; the keys told, what another had seen, and whether it was at work."""
    running = books.start(*YIBAO, "allocate", f"{month:%Y-%m}", "--area", agency.AREA)
    paying = books.start(agency.__file__, "pay", str(number))
    seen, until = 0, time.monotonic() + moment
    with psycopg.connect(**books.database.connection(), autocommit=True) as connection:
        while time.monotonic() < until:
            seen = connection.execute(SEEN).fetchone()[0]  # type: ignore[index]
            time.sleep(0.02)
    was_at_work = running.poll() is None
    if server:
        books.kill_server()
    else:
        for process in (running, paying):
            os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
    told = [process.communicate(timeout=120) for process in (running, paying)]
    if server and was_at_work:
        assert running.returncode in (0, 2), told[0][1]  # 0: done before the server was gone
        assert "Traceback" not in told[0][1]
    return told[1][0].splitlines(), seen, was_at_work


def check(books: Books, keys: list[str], seen: int) -> None:
    """What was acknowledged is there, once; the sums are right."""
    books.database.start()
    there = books.ask("SELECT count(*) FROM ledger_entry WHERE key = ANY(%s)", keys)
    assert there == [(len(keys),)]
    assert books.ask(SEEN)[0][0] >= seen
    assert books.agency("broken") == ""


@pytest.mark.parametrize("moments", [2, pytest.param(10, marks=pytest.mark.soak)])
def test_killed_at_drawn_moments_nothing_acknowledged_is_lost(books: Books, moments: int) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # told when it fails
    drawn = random.Random(seed)
    first, *others = agency.months(moments + 1)
    books.agency("open", str(moments + 1))
    begin = time.monotonic()
    books.run(*YIBAO, "allocate", f"{first:%Y-%m}", "--area", agency.AREA)
    whole = time.monotonic() - begin
    wanted = books.ask(POSTED, first)
    assert [(kind, number) for kind, number, _ in wanted] == [
        (2, agency.IN_WORK),
        (3, agency.RETIRED),
        (4, agency.RETIRED),
    ]
    assert wanted[0][2] == -agency.IN_WORK * agency.BASE * 2 // 100
    all_keys: list[str] = []
    at_work = []
    servers = drawn.sample(range(moments), max(1, moments // 3))
    for number, month in enumerate(others):
        moment = whole * drawn.uniform(0.4, 1.0)  # the run is slower with another beside it
        keys, seen, was_at_work = kill_at(books, month, number, moment, server=number in servers)
        all_keys += keys
        at_work.append(was_at_work)
        check(books, all_keys, seen)
        books.run(*YIBAO, "allocate", f"{month:%Y-%m}", "--area", agency.AREA)
        again = books.ask(POSTED, month)
        assert [row[:2] for row in again] == [row[:2] for row in wanted]
        assert again[0] == wanted[0]
    assert any(at_work), "every run had ended before it was killed"
    assert all_keys, "no single posting was acknowledged"
    assert "全部相符" in books.run(*YIBAO, "check-books")
