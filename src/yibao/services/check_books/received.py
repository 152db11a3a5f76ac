"""Did the money of every contribution on record come in, and is every sum that came in on record?"""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import connection

from yibao.books.ledger.accounts import AccountKind
from yibao.services.check_books.posted import Difference, PostedEntry

ON_RECORD = """
    SELECT coalesce(r.code, e.id::text, c.person_id::text), date_trunc('month', c.paid_on)::date,
        sum(c.person_paid + c.employer_paid)::bigint
    FROM contribution_month c
    LEFT JOIN LATERAL (SELECT id, employer_id FROM enrolment_enrolment e WHERE e.person_id = c.person_id
        AND e.area_id = c.area AND e.scheme = c.scheme AND e.starts < c.month + interval '1 month'
        AND (e.ends IS NULL OR e.ends > c.month) ORDER BY e.starts LIMIT 1) e ON true
    LEFT JOIN enrolment_employer r ON r.id = e.employer_id
    WHERE c.area = %(area)s AND c.how <> 2 AND c.paid_on >= %(begin)s GROUP BY 1, 2
"""
Received = Counter[tuple[str, date]]
"""Fen by payer and month."""


def payer_of(key: str) -> str:
    """Who paid, by the key of the entry: `contribution/110000/2025-06/<payer>`."""
    return (key.split("/") + [""] * 4)[3]


def take(entry: PostedEntry, received: Received) -> None:
    """Count an entry of money that came in."""
    received[payer_of(entry.key), entry.month] += -entry.lines.get((int(AccountKind.CLEARING), ""), 0)


def differences(area: str, begin: date, received: Received) -> list[Difference]:
    """Payers and months whose sum on record is not the sum received since the books began."""
    with connection.cursor() as cursor:
        cursor.execute(ON_RECORD, {"area": area, "begin": begin})
        on_record = Counter({(payer, month): amount for payer, month, amount in cursor.fetchall()})
    return [
        Difference(
            area,
            "contribution_is_received",
            f"contribution/{area}/{month:%Y-%m}/{payer}",
            f"账上到账 {received[payer, month]} 分，缴费记录合计 {on_record[payer, month]} 分",
        )
        for payer, month in sorted({*on_record, *received})
        if on_record[payer, month] != received[payer, month]
    ]
