"""What should stand in the ledger for a month, by the record of contributions and enrolments and by the law?

Written from the law and the record alone: it shares the law with the month's run, and nothing of how that posts.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection

from yibao.books.enrolment.models import Kind
from yibao.books.ledger.accounts import AccountKind
from yibao.law.values import Scheme
from yibao.services.check_books.posted import Lines
from yibao.services.month.amounts import Allocated, age_at_end, amounts_of, text_of

PAID = """
    SELECT c.person_id, c.scheme, c.month, c.base, c.person_paid + c.employer_paid, p.born, e.kind, e.id, c.paid_on
    FROM contribution_month c JOIN people_person p ON p.id = c.person_id
    LEFT JOIN LATERAL (SELECT kind, id FROM enrolment_enrolment e WHERE e.person_id = c.person_id
        AND e.area_id = c.area AND e.scheme = c.scheme AND e.starts < c.month + interval '1 month'
        AND (e.ends IS NULL OR e.ends > c.month) ORDER BY e.starts LIMIT 1) e ON true
    WHERE c.area = %(area)s AND c.how <> 2 AND c.paid_on >= %(first)s AND c.paid_on <= %(last)s
        AND c.person_paid + c.employer_paid > 0
"""
RETIRED = """
    SELECT e.id, e.person_id, p.born FROM enrolment_enrolment e JOIN people_person p ON p.id = e.person_id
    WHERE e.area_id = %(area)s AND e.scheme = 0 AND e.kind = 2 AND e.starts <= %(first)s
        AND (e.ends IS NULL OR e.ends > %(first)s)
"""
INDIVIDUAL = int(AccountKind.INDIVIDUAL)
CLEARING = (int(AccountKind.CLEARING), "")  # of these an area has one
POOLED = (int(AccountKind.POOLED_EMPLOYEE), "")
RESIDENTS = (int(AccountKind.POOLED_RESIDENT), "")
LARGE_AMOUNT = (int(AccountKind.LARGE_AMOUNT), "")
CARE = (int(AccountKind.LONG_TERM_CARE), "")


class Expected(NamedTuple):
    """An entry as it should be."""

    for_month: date
    effective_on: date
    lines: Lines


def expected(area: str, month: date, *, was_run: bool = True) -> dict[str, Expected]:
    """The assessments, allocations and deductions of a month, by key; a gap of the law is refused (`RefusedError`).

    Before the month's run only the residents' are there. So no law is asked for a month that was never run.
    """
    last = (month + timedelta(31)).replace(day=1) - timedelta(1)
    out: dict[str, Expected] = {}
    with connection.cursor() as cursor:
        cursor.execute(PAID, {"area": area, "first": month, "last": last})
        for row in cursor.fetchall():
            if row[1] == Scheme.RESIDENT:
                out |= _resident(area, row)
            elif was_run:
                out |= _in_work(area, row, last)
        cursor.execute(RETIRED, {"area": area, "first": month})
        for row in cursor.fetchall() if was_run else ():
            out |= _retired(area, row, month, last)
    return out


def _in_work(area: str, row: tuple, last: date) -> dict[str, Expected]:  # type: ignore[type-arg]
    """The own part to the individual account, the large-amount fee to its fund, the rest to the pooled fund."""
    person, _, month, base, paid, born, kind, _, _ = row
    law, flexible = amounts_of(area, month), kind == Kind.FLEXIBLE
    share = law.in_work(base, flexible=flexible, age=age_at_end(born, month))
    large = min(law.large_amount_of(flexible=flexible), paid - share.gross)
    lines = {
        CLEARING: paid,
        (INDIVIDUAL, str(person)): -share.gross,
        LARGE_AMOUNT: -large,
        POOLED: share.gross + large - paid,
    }
    subject = f"{area}/{text_of(month)}/{person}"
    return {f"assessment/{subject}": _of(month, last, lines)} | _fees(subject, str(person), share, month, last)


def _retired(area: str, row: tuple, month: date, last: date) -> dict[str, Expected]:  # type: ignore[type-arg]
    """Credited in full out of the pooled fund; each fee is taken by an entry of its own."""
    enrolment, person, born = row
    share = amounts_of(area, month).retired(age_at_end(born, month))
    if not share.gross:
        return {}
    account, subject = (INDIVIDUAL, str(person)), f"{area}/{text_of(month)}/{enrolment}"
    lines = {POOLED: share.gross, account: -share.gross}
    return {f"allocation/{subject}": _of(month, last, lines)} | _fees(subject, str(person), share, month, last)


def _fees(subject: str, person: str, share: Allocated, month: date, last: date) -> dict[str, Expected]:
    account, out = (INDIVIDUAL, person), {}
    if share.large_amount:
        lines = {account: share.large_amount, LARGE_AMOUNT: -share.large_amount}
        out[f"deduction/{subject}/large_amount"] = _of(month, last, lines)
    if share.long_term_care:
        lines = {account: share.long_term_care, CARE: -share.long_term_care}
        out[f"deduction/{subject}/long_term_care"] = _of(month, last, lines)
    return out


def _resident(area: str, row: tuple) -> dict[str, Expected]:  # type: ignore[type-arg]
    """A year's premium goes to the residents' fund as a whole, on the day it came."""
    _, _, month, _, paid, _, _, enrolment, paid_on = row
    lines = {CLEARING: paid, RESIDENTS: -paid}
    return {f"assessment/{area}/{month:%Y}/{enrolment}": _of(month, paid_on, lines)}


def _of(month: date, last: date, lines: Lines) -> Expected:
    return Expected(month, last, {account: amount for account, amount in lines.items() if amount})
