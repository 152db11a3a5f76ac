"""Do the books of an area still hold what they promise? Every invariant of the ledger, recomputed from its postings.

The database refuses what would break them; this is the second pair of eyes, for the day on which somebody switched a
trigger off, restored half a backup or found a mistake in ours.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

NOT_ZERO = """
    SELECT entry_id::text, sum(amount)::text FROM ledger_posting WHERE area = %(area)s
    GROUP BY entry_id HAVING sum(amount) <> 0
"""
WITHOUT_ENTRY = """
    SELECT p.entry_id::text, p.account_id::text FROM ledger_posting p
    LEFT JOIN ledger_entry e ON e.id = p.entry_id AND e.area = p.area WHERE p.area = %(area)s AND e.id IS NULL
"""
WITHOUT_POSTINGS = """
    SELECT e.id::text, e.key FROM ledger_entry e WHERE e.area = %(area)s AND NOT EXISTS
    (SELECT FROM ledger_posting p WHERE p.area = e.area AND p.entry_id = e.id)
"""
BALANCE_DIFFERS = """
    SELECT a.id::text, a.balance || ' <> ' || -coalesce(s.total, 0) FROM ledger_account a
    LEFT JOIN (SELECT account_id, sum(amount) AS total FROM ledger_posting WHERE area = %(area)s GROUP BY account_id) s
    ON s.account_id = a.id WHERE a.area = %(area)s AND a.balance IS NOT NULL AND a.balance <> -coalesce(s.total, 0)
"""
LAST_DIFFERS = """
    SELECT a.id::text, a.balance || ' is after no posting' FROM ledger_account a
    WHERE a.area = %(area)s AND a.balance > 0 AND NOT EXISTS (SELECT FROM ledger_posting p
    WHERE p.area = a.area AND p.account_id = a.id AND p.balance_after = a.balance)
"""
REVERSED_OTHERWISE = """
    SELECT e.id::text, p.account_id::text FROM ledger_entry e
    JOIN ledger_posting p ON p.area = e.area AND p.entry_id = e.reverses
    LEFT JOIN ledger_posting q ON q.area = e.area AND q.entry_id = e.id AND q.account_id = p.account_id
    WHERE e.area = %(area)s AND e.reverses IS NOT NULL AND q.amount IS DISTINCT FROM -p.amount
"""
CHECKS = {
    "entry_sums_to_zero": NOT_ZERO,
    "posting_belongs_to_an_entry": WITHOUT_ENTRY,
    "entry_has_postings": WITHOUT_POSTINGS,
    "balance_is_the_sum_of_postings": BALANCE_DIFFERS,
    "balance_stands_after_a_posting": LAST_DIFFERS,
    "reversal_is_the_opposite": REVERSED_OTHERWISE,
}


class Broken(NamedTuple):
    """A row that breaks an invariant."""

    rule: str
    row: str
    what: str


def broken(area: str) -> list[Broken]:
    """The rows of an area's ledger that break an invariant; none if all is well."""
    out = []
    with connection.cursor() as cursor:
        for rule, query in CHECKS.items():
            cursor.execute(query, {"area": area})
            out += [Broken(rule, row, what) for row, what in cursor.fetchall()]
    return out
