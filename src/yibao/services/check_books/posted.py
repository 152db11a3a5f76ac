"""What stands in the ledger of an area, entry by entry, in the order of the months?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from yibao.books.ledger.posting import content_of

ROWS_AT_ONCE = 5_000
ENTRIES = """
    SELECT e.key, e.kind, e.content, e.reverses, e.reason, e.id IN (SELECT reverses FROM ledger_entry
        WHERE area = %(area)s AND reverses IS NOT NULL) AS reversed,
        min(p.for_month) AS for_month, min(p.effective_on) AS effective_on,
        array_agg(p.account_id::text) AS accounts, array_agg(p.amount) AS amounts
    FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id
    WHERE p.area = %(area)s AND e.area = %(area)s GROUP BY e.id ORDER BY date_trunc('month', min(p.effective_on)), e.key
"""

Account = tuple[int, str]
"""An account, told by its kind and its subject. The kind is a plain number here: millions of them are compared."""

Lines = dict[Account, int]
"""Fen by account."""


STRANGE: tuple[str, Account] = ("", (0, ""))


class Difference(NamedTuple):
    """A row of the books that is not as it should be: the rule that it breaks, its key, and what is wrong."""

    area: str
    rule: str
    row: str
    what: str


class PostedEntry(NamedTuple):
    """An entry with its postings; `stands` unless another one reverses it."""

    key: str
    kind: int
    for_month: date
    effective_on: date
    lines: Lines
    stands: bool
    is_as_posted: bool

    @property
    def month(self) -> date:
        """The first day of the month in which it has effect."""
        return self.effective_on.replace(day=1)


def posted(area: str) -> Iterator[PostedEntry]:
    """The entries of an area by month; only one month's worth need be kept by who reads them."""
    accounts = _accounts(area)
    connection.ensure_connection()
    with connection.connection.cursor(name="check_books", withhold=True) as cursor:
        cursor.itersize = ROWS_AT_ONCE
        for row in cursor.execute(ENTRIES, {"area": area}):
            yield _entry(accounts, row)


def _accounts(area: str) -> dict[str, tuple[str, Account]]:
    """The accounts of an area by their keys as text: the digits alone, and what tells them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, kind, subject FROM ledger_account WHERE area = %s", [area])
        return {str(key): (key.hex, (kind, subject)) for key, kind, subject in cursor.fetchall()}


def _entry(accounts: dict[str, tuple[str, Account]], row: tuple[Any, ...]) -> PostedEntry:
    key, kind, content, reverses, reason, is_reversed, for_month, effective_on, ids, amounts = row
    named = [accounts.get(account, STRANGE) for account in ids]
    moved = zip((digits for digits, _ in named), amounts, strict=True)
    is_as_posted = content == content_of(kind, for_month, effective_on, moved, reverses.hex if reverses else "", reason)
    lines = {account: amount for (_, account), amount in zip(named, amounts, strict=True)}
    return PostedEntry(key, kind, for_month, effective_on, lines, not is_reversed, is_as_posted)
