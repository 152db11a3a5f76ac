"""The index: made once for a state of law and source, kept as one file beside the other kept things.

The file is named by a hash of everything that it is made from, so the index of another law is never read. Where nothing
can be written each process holds it in memory. It is only read once it is there, by all processes at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from yibao.law.areas.records import NATION
from yibao.law.parameters.loading import cache_folder, tree
from yibao.services.answers.kept import source_hash
from yibao.services.search.corpus import Row, names, rows
from yibao.services.search.tokens import articles_between, tokens

KEPT_MAX = 3
"""Files kept; the oldest go."""
WEIGHTS = {"title": 8.0, "area": 6.0, "province": 2.0, "code": 6.0, "number": 12.0, "article": 8.0, "body": 1.0}
"""The columns of the index, and how much a word counts in each."""
TABLES = f"""
CREATE VIRTUAL TABLE words USING fts5({", ".join(WEIGHTS)}, content='', tokenize="unicode61 tokenchars '.'");
CREATE TABLE shown (id INTEGER PRIMARY KEY, boost REAL NOT NULL, until TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE whole (rows INTEGER NOT NULL);
"""


class Ranked(NamedTuple):
    """A hit: its row, and how well it fits; less is better."""

    id: int
    score: float


class Index:
    """The index open for reading; one for a process, its threads take turns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._turn = threading.Lock()
        listed = connection.execute("SELECT id, boost, until FROM shown").fetchall()
        if connection.execute("SELECT rows FROM whole").fetchone() != (len(listed),):
            raise sqlite3.DatabaseError("not whole")
        self.standing: Mapping[int, tuple[float, str]] = {id_: (boost, until) for id_, boost, until in listed}

    def ranked(self, expression: str, *, titles: bool = False) -> list[Ranked]:
        """What matches, with its score by bm25, titles and areas counting more; where told, in titles alone."""
        weights = ", ".join(str(weight) for weight in WEIGHTS.values())
        sql = f"SELECT rowid, bm25(words, {weights}) FROM words WHERE words MATCH ?"  # noqa: S608 our own numbers
        with self._turn:
            asked = f"title : ({expression})" if titles else expression
            return [Ranked(*found) for found in self._connection.execute(sql, [asked])]

    def matching(self, expression: str) -> set[int]:
        """The rows that match."""
        with self._turn:
            found = self._connection.execute("SELECT rowid FROM words WHERE words MATCH ?", [expression])
            return {id_ for (id_,) in found}

    def bodies(self, ids: Iterable[int]) -> list[dict[str, Any]]:
        """What is shown of some rows, in their order."""
        with self._turn:
            one = "SELECT body FROM shown WHERE id = ?"
            return [json.loads(self._connection.execute(one, [id_]).fetchone()[0]) for id_ in ids]

    def close(self) -> None:
        """Give the file free."""
        self._connection.close()


def _cut(text: str) -> str:
    """A text as the index takes it: its tokens with a blank between."""
    return " ".join(token.word for token in tokens(text))


def _searched(row: Row) -> list[str]:
    """The columns of a row."""
    short = names()[row.code][1]
    province = names().get(f"{row.code[:2]}0000", ("", ""))[0] if row.code != NATION else ""
    columns = {
        "title": f"{row.title} {row.title.partition('：')[2]}" if row.kind == "guide" else row.title,
        "area": f"{row.area} {short}",
        "province": province,
        "code": row.code,
        "number": row.number,
        "article": f"{row.article} {articles_between(row.article)}",
        "body": " ".join([row.text, row.document, row.issuer, row.more]),
    }
    return [_cut(columns[name]) for name in WEIGHTS]


def _fill(connection: sqlite3.Connection) -> None:
    """Make the tables and put everything in that can be found."""
    connection.executescript(TABLES)
    marks = ", ".join("?" * len(WEIGHTS))
    into_words = f"INSERT INTO words (rowid, {', '.join(WEIGHTS)}) VALUES (?, {marks})"  # noqa: S608 our own names
    number = 0
    for number, row in enumerate(rows(), 1):
        connection.execute(into_words, [number, *_searched(row)])
        body = json.dumps(row.kept(), ensure_ascii=False)
        connection.execute("INSERT INTO shown VALUES (?, ?, ?, ?)", [number, row.boost, row.until, body])
    connection.execute("INSERT INTO whole VALUES (?)", [number])
    connection.commit()


def index_file() -> Path:
    """Where the index of this law and this source lies."""
    name = hashlib.sha256(f"{tree()['pack']} {source_hash()}".encode()).hexdigest()[:32]
    return cache_folder() / f"search-{name}.db"


def _made(file: Path) -> None:
    """Make the file; another process sees the whole file or none, and the last one to come in wins."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    try:
        with contextlib.closing(sqlite3.connect(beside)) as connection:
            connection.execute("PRAGMA synchronous=OFF")  # a file that is cut short is found out and made again
            _fill(connection)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    kept = sorted(file.parent.glob("search-*.db"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-KEPT_MAX]:
        old.unlink(missing_ok=True)


def _read(file: Path) -> Index | None:
    """The index in a file, or None where there is none that is whole."""
    if not file.exists():
        return None
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        return Index(connection)
    except sqlite3.DatabaseError:
        connection.close()
        return None


def prepare() -> None:
    """Make the file if it is not there yet, so that nobody who searches waits for it."""
    file = index_file()
    found = _read(file)
    if found is not None:
        found.close()
        return
    with contextlib.suppress(OSError, sqlite3.Error):
        _made(file)


def _open() -> Index:
    """The index of this law: read, made and read, or made in memory where nothing can be written."""
    file = index_file()
    found = _read(file)
    if found is None:
        prepare()
        found = _read(file)
    if found is None:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(connection)
        found = Index(connection)
    return found


_opening = threading.Lock()


@lru_cache(maxsize=2)
def _index_of(file: Path) -> Index:
    del file
    return _open()


def index() -> Index:
    """The index, opened at the first search of a process.

    A process that was forked may go on with it: it is only read, without locks, and an index in memory is its own.
    """
    with _opening:
        return _index_of(index_file())
