"""What is there to tell those who asked for it? Found in the books, however they were changed; told once each.

Only who chose a kind is looked at, and only what happened since. A notice has its key, so a run that was killed, or two
at once, tell nothing twice and miss nothing.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import Any

from django.db import connection

from yibao.books.ledger.accounts import EntryKind
from yibao.services import clock
from yibao.services.formats import fen_text
from yibao.services.notices.telling import tell
from yibao.services.records.words import first_day, month_words, next_month

CREDITING = (EntryKind.ASSESSMENT, EntryKind.ALLOCATION, EntryKind.DEDUCTION)
LOOKED_BACK_DAYS = 62
"""An entry of a month's run has the last day of its month; one that comes later than this is no news."""
UNPAID_AFTER_DAYS = 5
"""Days of a new month until the one before is called unpaid: what was paid at its end is on its way. Our choice."""
WHO = "WITH c AS (SELECT person_id, min(since) AS since FROM notices_choice WHERE kind = %(kind)s GROUP BY person_id)"
CREDITED = """
    SELECT c.person_id, p.area, p.for_month, -sum(p.amount)::bigint FROM c
    JOIN ledger_account a ON a.kind = 1 AND a.subject = c.person_id::text
    JOIN ledger_posting p ON p.area = a.area AND p.account_id = a.id AND p.effective_on >= %(since)s
    JOIN ledger_entry e ON e.id = p.entry_id AND e.kind = ANY(%(entries)s)
    WHERE NOT EXISTS (SELECT FROM notices_notice n WHERE n.person_id = c.person_id AND n.kind = %(kind)s
        AND n.key = p.area || '/' || to_char(p.for_month, 'YYYY-MM'))
    GROUP BY c.person_id, c.since, p.area, p.for_month
    HAVING min(p.posted_at) > c.since AND -sum(p.amount) > 0 ORDER BY p.for_month
"""
UNPAID = """
    SELECT c.person_id, s.area_id FROM c
    JOIN LATERAL (
        SELECT area_id, scheme, kind FROM enrolment_enrolment WHERE person_id = c.person_id AND starts < %(next)s
            AND (ends IS NULL OR ends > %(month)s) ORDER BY starts LIMIT 1
    ) s ON s.scheme = 0 AND s.kind <> 2
    WHERE c.since < %(next)s::timestamp + interval '1 month' AND NOT EXISTS (
        SELECT FROM contribution_month p WHERE p.scheme = 0 AND p.month = %(month)s AND p.person_id = c.person_id
            AND p.area IN (SELECT area_id::bpchar FROM enrolment_enrolment WHERE person_id = c.person_id)
    ) AND NOT EXISTS (SELECT FROM notices_notice n WHERE n.person_id = c.person_id AND n.kind = %(kind)s
        AND n.key = s.area_id || '/' || to_char(%(month)s::date, 'YYYY-MM'))
"""
LOOKED = """
    SELECT c.person_id, l.hour, min(l.last_at), string_agg(DISTINCT l.reason, '；') FROM c
    JOIN access_log l ON l.person_id = c.person_id AND l.reader_kind = 2 AND l.last_at > c.since
        AND l.hour > c.since - interval '1 hour'
        AND l.area IN (SELECT area_id::bpchar FROM enrolment_enrolment WHERE person_id = c.person_id)
    WHERE NOT EXISTS (SELECT FROM notices_notice n WHERE n.person_id = c.person_id AND n.kind = %(kind)s
        AND n.key = to_char(l.hour AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24'))
    GROUP BY c.person_id, l.hour ORDER BY l.hour
"""


def collect() -> int:
    """Tell what is new; how many notices that makes."""
    return _credited() + _unpaid() + _looked()


def _credited() -> int:
    since = clock.today() - timedelta(LOOKED_BACK_DAYS)
    made = 0
    for person, area, month, fen in _rows(CREDITED, "credited", since=since, entries=[int(one) for one in CREDITING]):
        fields = {"month": month_words(month), "amount": f"{fen_text(fen)} 元"}
        made += tell(person, "credited", f"{area}/{month:%Y-%m}", fields)
    return made


def _unpaid() -> int:
    today = clock.today()
    if today.day <= UNPAID_AFTER_DAYS:
        return 0
    month = next_month(first_day(today), -1)
    made = 0
    for person, area in _rows(UNPAID, "unpaid", month=month, next=first_day(today)):
        made += tell(person, "unpaid", f"{area}/{month:%Y-%m}", {"month": month_words(month)})
    return made


def _looked() -> int:
    """One notice an hour, however many pages were looked at."""
    made = 0
    for person, hour, at, reasons in _rows(LOOKED, "looked"):
        here = at.astimezone(clock.CHINA)
        fields = {"at": f"{_day(here)} {here:%H:%M}", "reason": reasons}
        made += tell(person, "looked", f"{hour.astimezone(UTC):%Y-%m-%d %H}", fields)
    return made


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _rows(query: str, kind: str, **told: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(WHO + query, {"kind": kind, **told})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
