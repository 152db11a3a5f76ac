"""Does an import that is killed at any moment go on where it was, to the books of one that was not?

The real command, in its own process group, on a server of its own with two databases.
"""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.commands import YIBAO, Commands
from tests.services.imports.files import (
    AREA,
    CONTRIBUTIONS,
    ENROLMENTS,
    MOVEMENTS,
    PEOPLE,
    contributions,
    enrolments,
    months,
    movements,
    people,
    write,
)
from tests.services.imports.test_same_books import BOOKS

from yibao.site.database import EmbeddedDatabase
from yibao.site.keys import make_keys

KILLS = 2
OPEN = (
    "from yibao.site.at_hand import books_at_hand\n"
    "with books_at_hand():\n"
    "    from yibao.books.areas.models import Area\n"
    f"    Area.objects.create(code='{AREA}', is_demo=True)\n"
)


class Agency(Commands):
    """A database of the server, and the commands of an agency on it."""

    def __init__(self, server: EmbeddedDatabase, name: str) -> None:
        self.connection = server.connection(name)
        address = f"postgresql:///{name}?host={server.socket}&user={self.connection['user']}"
        super().__init__(server.data, {"DATABASE_URL": address})

    def bring(self, kind: str, file: Path) -> tuple[str, ...]:
        return (*YIBAO, "import", kind, str(file), "--area", AREA)

    def ask(self, query: str) -> Any:
        with psycopg.connect(**self.connection) as connection:
            return connection.execute(query).fetchone()  # type: ignore[arg-type]


@pytest.fixture
def agencies(open_folder: Path) -> Iterator[tuple[Agency, Agency]]:
    data = open_folder / "data"
    make_keys(data)
    server = EmbeddedDatabase(data)
    server.start()
    try:
        with psycopg.connect(**server.connection(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE killed")
        found = Agency(server, "yibao"), Agency(server, "killed")
        for agency in found:
            agency.run("-c", OPEN)
        yield found
    finally:
        server.stop()


def test_killed_and_begun_again_it_ends_in_the_same_books(
    agencies: tuple[Agency, Agency], tmp_path: Path, record_property: Any
) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # told when it fails
    drawn = random.Random(seed)
    persons = people(500)
    files = {
        "people": write(tmp_path / "people.csv", PEOPLE, persons),
        "enrolments": write(tmp_path / "enrolments.csv", ENROLMENTS, enrolments(persons)),
        "contributions": write(tmp_path / "c.csv", CONTRIBUTIONS, contributions(persons, months(20))),
        "movements": write(tmp_path / "movements.csv", MOVEMENTS, movements(persons, months(10))),
    }
    whole, killed = agencies
    took = {}
    for kind, file in files.items():
        began = time.monotonic()
        whole.run(*whole.bring(kind, file))
        took[kind] = time.monotonic() - began
    for kind, file in files.items():
        for _ in range(KILLS if kind in ("contributions", "movements") else 0):
            process = killed.start(*killed.bring(kind, file))
            time.sleep(took[kind] * drawn.uniform(0.4, 1.0))
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            assert killed.ask("SELECT count(*) % 5000 FROM contribution_month") == (0,)  # whole chunks
        killed.run(*killed.bring(kind, file))
    assert killed.ask(BOOKS) == whole.ask(BOOKS)
    before = killed.ask(BOOKS)
    assert "没有变动" in killed.run(*killed.bring("movements", files["movements"]))
    assert killed.ask(BOOKS) == before
