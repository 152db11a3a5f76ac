"""What does every kind of import share: the rows, what became of them, and the words of schemes?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db import connection

from yibao.services.imports.cells import BadRow
from yibao.services.people import find_all

SCHEMES: dict[str, int] = {
    "职工": 0,
    "居民": 1,
    "职工医保": 0,
    "居民医保": 1,
    "职工基本医疗保险": 0,
    "城镇职工基本医疗保险": 0,
    "城乡居民基本医疗保险": 1,
    "employee": 0,
    "resident": 1,
}
"""yibao.law.values.Scheme by the words of the files."""


class Refusal(NamedTuple):
    """A row that was not taken, and why."""

    line: int
    code: str
    message: str
    field: str = ""


class Row(Protocol):
    """A row that was read: where it stands, what it is known by, and all that it says."""

    @property
    def line(self) -> int: ...
    @property
    def key(self) -> tuple[Any, ...]: ...


@dataclass
class Loaded:
    """What became of rows: new in the books, there already with the same content, refused."""

    new: int = 0
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, line: int, error: BadRow) -> None:
        self.refused.append(Refusal(line, error.code, error.message, error.field))


class Loader(Protocol):
    """One kind of import; a new one is made for each run."""

    by_day: bool  # whether rows are loaded in the order of their days, not of their lines

    def read(self, line: int, cells: Mapping[str, str]) -> Row:
        """What a row says, by itself; `BadRow` where it is not clear."""

    def load(self, rows: Sequence[Any]) -> Loaded:
        """Put rows into the books, inside the transaction of the caller."""


def unknown_person() -> BadRow:
    """A certificate that nobody on file has."""
    message = "没有登记过这个证件号码的人；请核对号码，或者先用 import people 导入这个人。"
    return BadRow("certificate_unknown", message, "certificate_number")


def differs(what: str) -> BadRow:
    """The books have another content under the key of a row; nothing is overwritten."""
    message = f"账本里已有这一条，但{what}不一样，没有改动；请核对哪一个对。"
    return BadRow("differs_from_record", message)


def people_of(rows: Sequence[Any]) -> dict[bytes, UUID]:
    """The people whom rows name by the blind index of a certificate."""
    return find_all(row.certificate for row in rows)


def fetched(query: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def copied(table: str, rows: Iterable[Sequence[object]]) -> None:
    """Rows written by COPY; `table` names its columns."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def closed_months(area: str) -> set[date]:
    """The closed months of an area, as their first days; none is closed meanwhile, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('ledger_month'), hashtext(%s))", [area])
    return {month for (month,) in fetched("SELECT month FROM ledger_month WHERE area = %(area)s", {"area": area})}


def month_is_closed(on: date, name: str) -> BadRow:
    """A day of a month whose books are closed."""
    return BadRow("month_is_closed", f"{on:%Y年%m月}已经关账，不能再记账；请写还没关账的月份里的日子。", name)


def next_month(first: date) -> date:
    """The first day of the month after.

    >>> next_month(date(2025, 12, 1))
    datetime.date(2026, 1, 1)
    """
    return (first + timedelta(31)).replace(day=1)
