"""How does money move? One entry under its business key, posted once however often it is asked for (decision 14).

The database does the work in one function (`sql/tables.sql`): it answers a repeat with the entry that is there, locks
the individual accounts in one order, refuses what would overdraw one, and checks that the entry sums to zero.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, transaction
from django.db.utils import IntegrityError

from yibao.books.keys import new_key
from yibao.books.ledger.accounts import AccountKind, EntryKind

POST = "SELECT * FROM ledger_post(%s, %s, %s, %s::smallint, %s, %s, %s, %s, %s, %s, %s)"
RULES = (
    "key_reused",
    "month_is_closed",
    "entry_sums_to_zero",
    "posting_touches_an_account_of_its_area",
    "individual_account_not_overdrawn",
    "entry_key_once",
    "entry_reversed_once",
    "reversal_says_why",
    "entry_key_names_its_area",
    "ledger_is_insert_only",
)


class LedgerRefused(Exception):
    """The database refused; `rule` is the name of the constraint or of the trigger's rule, and nothing was posted."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Entry:
    """One event that moves money: `lines` are accounts with fen, positive on the debit side; they sum to zero."""

    area: str
    key: str
    kind: EntryKind
    for_month: date
    effective_on: date
    lines: tuple[tuple[UUID, int], ...]
    reverses: UUID | None = None
    reason: str = ""

    def content(self, told: Iterable[tuple[str, int]] = ()) -> bytes:
        """What a repeat must be equal to: everything that the key stands for; `told` where the lines were told."""
        reverses = self.reverses.hex if self.reverses else ""
        return content_of(int(self.kind), self.for_month, self.effective_on, told or self.told(), reverses, self.reason)

    def told(self) -> list[tuple[str, int]]:
        """The lines with the 32 digits of each account, as the content and a batch tell them."""
        return [(account.hex, amount) for account, amount in self.lines]


def content_of(
    kind: int, for_month: date, effective_on: date, lines: Iterable[tuple[str, int]], reverses: str, reason: str
) -> bytes:
    """The content of an entry, of whatever order its lines are; keys are told by their 32 digits."""
    moved = " ".join(sorted(f"{account}{amount:+d}" for account, amount in lines))
    return hashlib.sha256(f"{kind} {for_month} {effective_on} {moved} {reverses} {reason}".encode()).digest()


@dataclass(frozen=True, slots=True)
class Posted:
    """The entry that now stands under the key, and whether this call wrote it."""

    entry_id: UUID
    is_new: bool


def post(entry: Entry) -> Posted:
    """Post an entry, or find that it was posted; `LedgerRefused` names the rule that it breaks."""
    accounts = [account for account, _ in entry.lines]
    amounts = [amount for _, amount in entry.lines]
    values = [
        entry.area, entry.key, new_key(), int(entry.kind), entry.content(), entry.for_month, entry.effective_on,
        accounts, amounts, entry.reverses, entry.reason,
    ]  # fmt: skip
    try:
        # one statement is a transaction of its own; within another one a refusal must leave that one usable
        with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
            cursor.execute(POST, values)
            found = cursor.fetchone()
    except IntegrityError as error:
        raise refused(error) from None
    return Posted(*found)


def reverse(entry_id: UUID, *, key: str, effective_on: date, reason: str) -> Posted:
    """Post the opposite of an entry, in an open month, for the month of its origin; an entry is reversed once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT area, account_id, amount, for_month FROM ledger_posting WHERE entry_id = %s ORDER BY account_id",
            [entry_id],
        )
        rows = cursor.fetchall()
    if not rows:
        raise LedgerRefused("posting_belongs_to_an_entry")
    lines = tuple((account, -amount) for _, account, amount, _ in rows)
    area, for_month = rows[0][0], rows[0][3]
    return post(Entry(area, key, EntryKind.REVERSAL, for_month, effective_on, lines, entry_id, reason))


def refused(error: Exception) -> Exception:
    """The rule behind an error of the database; the error itself where it is none of the ledger's."""
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
    if name in RULES:
        return LedgerRefused(str(name))
    told = next((rule for rule in RULES if str(error).startswith(rule)), "")
    return LedgerRefused(told) if told else error


def accounts(area: str, kind: AccountKind, subjects: Iterable[str] = ("",), pocket: str = "") -> dict[str, UUID]:
    """The accounts of a kind for some subjects, opened where they are not there yet, by subject."""
    wanted = list(dict.fromkeys(subjects))
    balance = 0 if kind == AccountKind.INDIVIDUAL else None
    with transaction.atomic(), connection.cursor() as cursor:
        found = _accounts_there(cursor, area, kind, wanted, pocket)
        missing = [subject for subject in wanted if subject not in found]
        if missing:
            cursor.execute(
                "INSERT INTO ledger_account (id, area, kind, subject, pocket, balance) "
                "SELECT id, %s, %s, subject, %s, %s FROM unnest(%s::uuid[], %s::text[]) AS t (id, subject) "
                "ON CONFLICT ON CONSTRAINT ledger_account_once DO NOTHING",
                [area, int(kind), pocket, balance, [new_key() for _ in missing], missing],
            )
            found |= _accounts_there(cursor, area, kind, missing, pocket)
        return found


def _accounts_there(cursor: Any, area: str, kind: AccountKind, subjects: list[str], pocket: str) -> dict[str, UUID]:
    cursor.execute(
        "SELECT subject, id FROM ledger_account WHERE area = %s AND kind = %s AND pocket = %s AND subject = ANY(%s)",
        [area, int(kind), pocket, subjects],
    )
    return dict(cursor.fetchall())
