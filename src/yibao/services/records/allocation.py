"""What was credited for a month, and is it what the law gives with this person's own facts?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from yibao.books.ledger.accounts import EntryKind
from yibao.services.formats import fen_text
from yibao.services.permissions import Actor
from yibao.services.records.facts import asked, facts_at, figure, stay_of
from yibao.services.records.history import EMPLOYEE, History, history_of
from yibao.services.records.movements import account_of
from yibao.services.records.opening import Record, opened, told
from yibao.services.records.shapes import MINE, AllocationOfMonth, Deduction, Whose
from yibao.services.records.words import first_day, month_words, title_of
from yibao.services.results import Done, Refused

CREDITED = (EntryKind.ASSESSMENT.value, EntryKind.ALLOCATION.value)
TAKEN = EntryKind.DEDUCTION.value
MONTHS = """
    SELECT DISTINCT p.for_month FROM ledger_posting p JOIN ledger_entry n ON n.id = p.entry_id
    WHERE p.area = %s AND p.account_id = ANY(%s) AND n.kind = ANY(%s) ORDER BY 1 DESC
"""
POSTED = """
    SELECT coalesce(o.kind, n.kind), -p.amount, p.effective_on,
        array(SELECT b.kind FROM ledger_posting s JOIN ledger_account b ON b.id = s.account_id
            WHERE s.area = p.area AND s.entry_id = p.entry_id AND s.account_id <> p.account_id)
    FROM ledger_posting p JOIN ledger_entry n ON n.id = p.entry_id LEFT JOIN ledger_entry o ON o.id = n.reverses
    WHERE p.area = %s AND p.account_id = ANY(%s) AND p.for_month = %s AND coalesce(o.kind, n.kind) = ANY(%s)
    ORDER BY p.posted_at
"""


@dataclass(frozen=True, slots=True)
class Posted:
    """What the books hold of a month: fen credited, on which day last, and what was taken from it."""

    gross: int
    on: date
    deductions: tuple[Deduction, ...]

    @property
    def net(self) -> int:
        """What reached the account."""
        return self.gross - sum(one.amount for one in self.deductions)


def allocation(actor: Actor, month: date | None = None, *, whose: Whose = MINE) -> Done[AllocationOfMonth] | Refused:
    """A month's allocation, the last one unless said, beside the law's answer."""
    return told(lambda: _allocation(opened(actor, whose, "allocation"), month))


def _allocation(record: Record, wanted: date | None) -> AllocationOfMonth:
    ids, _ = account_of(record)
    months = _months(record.area, ids)
    month = first_day(wanted) if wanted else months[0] if months else first_day(record.today)
    posted = _posted(record.area, ids, month)
    history = history_of(record)
    facts, answered = asked("allocation", record.area, month, facts_at(record, history, record.area, month))
    net = figure(answered, "allocation_net", "allocation_year", "allocation_gross")
    gross = figure(answered, "allocation_gross", "allocation_year")
    owed = net is not None and not _unpaid(record, history, month)
    if posted is None:
        equal = not owed and answered["certainty"] in ("exact", "not_applicable")
    else:
        equal = posted.gross == gross and net in (posted.net, None)
    return AllocationOfMonth(
        area=record.area,
        area_name=record.area_name,
        as_of=record.as_of,
        month=month,
        posted=posted.net if posted else None,
        posted_gross=posted.gross if posted else None,
        posted_on=posted.on if posted else None,
        deductions=posted.deductions if posted else (),
        facts=facts,
        answer=answered,
        law_figure=net,
        equal=equal,
        words=_words(month, posted, net, equal, _unpaid(record, history, month), answered),
        months=months,
    )


def _months(area: str, ids: list[UUID]) -> tuple[date, ...]:
    if not ids:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(MONTHS, [area, ids, list(CREDITED)])
        return tuple(month for (month,) in cursor.fetchall())


def _posted(area: str, ids: list[UUID], month: date) -> Posted | None:
    """What was credited and taken for a month; a reversal takes its entry back, whenever it was posted."""
    if not ids:
        return None
    with connection.cursor() as cursor:
        cursor.execute(POSTED, [area, ids, month, [*CREDITED, TAKEN]])
        rows = cursor.fetchall()
    credited = [(amount, on) for kind, amount, on, _ in rows if kind in CREDITED]
    if not credited:
        return None
    taken: dict[str, int] = {}
    for kind, amount, _, others in rows:
        if kind == TAKEN:
            title = title_of(TAKEN, others)
            taken[title] = taken.get(title, 0) - amount
    deductions = tuple(Deduction(title, amount) for title, amount in taken.items() if amount)
    return Posted(sum(amount for amount, _ in credited), credited[-1][1], deductions)


def _unpaid(record: Record, history: History, month: date) -> bool:
    """Whether somebody in work has no payment on record for a month: nothing is credited then."""
    stay = stay_of(record, month)
    if stay is not None and (stay.is_retired or stay.scheme != EMPLOYEE):
        return False
    paid = (row for row in history.rows if row.scheme == EMPLOYEE and row.month == month)
    return not any(row.person_paid + row.employer_paid for row in paid)


def _words(
    month: date, posted: Posted | None, net: int | None, equal: bool, unpaid: bool, answered: dict[str, Any]
) -> str:
    said = month_words(month)
    if posted is None:
        if answered["certainty"] == "not_applicable":
            return f"{said}没有划入：{answered['reason']}。"
        if unpaid:
            return f"{said}没有缴费记录，所以没有划入。补缴到账以后再划。"
        return f"{said}的划入还没有记账。"
    lead = f"{said}划入{fen_text(posted.net)}元"
    if equal:
        return f"{lead}，和按规定算出来的一样。"
    if net is None:
        return f"{lead}；按规定该划多少，现有的资料算不出来。"
    return f"{lead}，按规定算是{fen_text(net)}元，两个数不一样，请拨打 12393 核对。"
