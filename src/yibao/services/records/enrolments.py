"""Where was one insured, as whom, from when to when, and on what base?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from yibao.books.enrolment.models import Kind
from yibao.law.areas import find
from yibao.services.permissions import Actor
from yibao.services.records.history import DEEMED, History, Paid, history_of
from yibao.services.records.opening import Enrolled, Record, opened, told
from yibao.services.records.shapes import MINE, BaseOf, Enrolments, Stay, Whose
from yibao.services.records.words import SCHEMES, first_day, next_month
from yibao.services.results import Done, Refused


def enrolments(actor: Actor, *, whose: Whose = MINE) -> Done[Enrolments] | Refused:
    """Every enrolment, newest first, each with the bases on which its months were paid."""
    return told(lambda: _enrolments(opened(actor, whose, "enrolments")))


def _enrolments(record: Record) -> Enrolments:
    return Enrolments(record.as_of, stays_of(record, history_of(record)))


def stays_of(record: Record, history: History) -> tuple[Stay, ...]:
    """Every enrolment of a record, newest first."""
    return tuple(_stay(record, history, stay) for stay in reversed(record.enrolments))


def _stay(record: Record, history: History, stay: Enrolled) -> Stay:
    rows = [row for row in history.rows if row.scheme == stay.scheme and row.area == stay.area and _within(row, stay)]
    counting = history.counting(record.today)
    return Stay(
        enrolment_id=stay.id,
        area=stay.area,
        area_name=find(stay.area).name,
        scheme=stay.scheme_fact,
        scheme_words=SCHEMES[stay.scheme_fact],
        kind_words=Kind(stay.kind).label,
        tier=stay.tier,
        employer=stay.employer,
        starts=stay.starts,
        ends=stay.ends - timedelta(1) if stay.ends else None,
        is_current=stay.covers(record.today),
        counted_months=sum(counting.get(row.month) is row for row in rows),
        bases=tuple(reversed(list(bases_of(row for row in rows if row.how != DEEMED and row.base)))),
    )


def _within(row: Paid, stay: Enrolled) -> bool:
    return first_day(stay.starts) <= row.month and (stay.ends is None or row.month < stay.ends)


def bases_of(rows: Iterable[Paid]) -> list[BaseOf]:
    """Months in a row on one base, oldest first."""
    out: list[BaseOf] = []
    expected: date | None = None
    for row in rows:
        if out and out[-1].base == row.base and expected == row.month:
            out[-1] = BaseOf(out[-1].first, row.month, row.base)
        else:
            out.append(BaseOf(row.month, row.month, row.base))
        expected = next_month(row.month)
    return out
