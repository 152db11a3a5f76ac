"""How do hundreds of thousands of entries get into the ledger? By COPY, all of a batch or nothing.

The batch computes what `ledger_post` computes: the balance after each posting. It locks the individual accounts it
touches first, so that nobody moves them meanwhile, and updates them in one statement at its end. The triggers check it
like anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from uuid import UUID

import psycopg
from django.db import connection, transaction
from django.db.utils import IntegrityError

from yibao.books.keys import new_key
from yibao.books.ledger.posting import Entry, refused


def post_batch(area: str, entries: Sequence[Entry]) -> int:
    """Post entries that are not there yet, in their order; how many were new. A key with another content is refused.

    Two batches of one area wait for each other; single entries are posted meanwhile, except on accounts of the batch.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger_batch'), hashtext(%s))", [area])
            cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('ledger_month'), hashtext(%s))", [area])
            known = _known(cursor, area, [entry.key for entry in entries])
            fresh = [entry for entry in entries if entry.key not in known]
            for entry in entries:
                if entry.key in known and known[entry.key] != entry.content():
                    raise IntegrityError("key_reused")
            if fresh:
                _write(cursor, fresh, _locked(cursor, chain.from_iterable(entry.lines for entry in fresh)))
            return len(fresh)
    except (IntegrityError, psycopg.IntegrityError) as error:  # Django does not wrap what COPY raises
        raise refused(error) from None


def _known(cursor, area: str, keys: list[str]) -> dict[str, bytes]:
    cursor.execute("SELECT key, content FROM ledger_entry WHERE area = %s AND key = ANY(%s)", [area, keys])
    return {key: bytes(content) for key, content in cursor.fetchall()}


def _locked(cursor, lines: Iterable[tuple[UUID, int]]) -> dict[UUID, int]:
    """The balances of the individual accounts among those touched, locked until the batch is over."""
    touched = sorted({account for account, _ in lines})
    cursor.execute(
        "SELECT id, balance FROM ledger_account WHERE id = ANY(%s) AND balance IS NOT NULL "
        "ORDER BY id FOR NO KEY UPDATE",
        [touched],
    )
    return dict(cursor.fetchall())


def _write(cursor, entries: Sequence[Entry], balances: dict[UUID, int]) -> None:
    named = [(new_key(), entry) for entry in entries]
    with cursor.copy("COPY ledger_entry (id, area, key, kind, content, reverses, reason) FROM STDIN") as copy:
        for key, entry in named:
            copy.write_row((key, entry.area, entry.key, int(entry.kind), entry.content(), entry.reverses, entry.reason))
    touched = set()
    with cursor.copy(
        "COPY ledger_posting (area, entry_id, account_id, amount, balance_after, for_month, effective_on) FROM STDIN"
    ) as copy:
        for key, entry in named:
            for account, amount in entry.lines:
                after = None
                if account in balances:
                    after = balances[account] = balances[account] - amount
                    touched.add(account)
                copy.write_row((entry.area, key, account, amount, after, entry.for_month, entry.effective_on))
    moved = sorted(touched)
    cursor.execute(
        "UPDATE ledger_account a SET balance = t.balance FROM unnest(%s::uuid[], %s::bigint[]) AS t (id, balance) "
        "WHERE a.id = t.id",
        [moved, [balances[account] for account in moved]],
    )
