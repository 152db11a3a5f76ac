"""Where did the money of the account come from, and where did it go? The movements of a year, with filters and totals.

Five statements whatever the number of movements: the record, the access log, the account, every year's sum, the year's
rows.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from yibao.books.ledger.accounts import EntryKind
from yibao.services.permissions import Actor
from yibao.services.records.opening import Record, opened, told, year_of
from yibao.services.records.shapes import MINE, MonthTotal, Movement, Movements, Whose
from yibao.services.records.words import TITLES, title_of
from yibao.services.results import Done, Refused, RefusedError

PAGE = 30
ACCOUNTS = """
    SELECT array_agg(id), sum(balance)::bigint FROM ledger_account WHERE area = %s AND kind = 1 AND subject = %s
"""
YEARS = """
    SELECT extract(year FROM effective_on)::int, -sum(amount)::bigint FROM ledger_posting
    WHERE area = %s AND account_id = ANY(%s) GROUP BY 1 ORDER BY 1
"""
ROWS = """
    SELECT m.effective_on, m.for_month, m.amount, m.entry_id, n.kind, o.kind,
        array(SELECT b.kind FROM ledger_posting s JOIN ledger_account b ON b.id = s.account_id
            WHERE s.area = %(area)s AND s.entry_id = m.entry_id AND s.account_id <> ALL(%(ids)s)),
        coalesce((SELECT min(b.subject) FROM ledger_posting s JOIN ledger_account b ON b.id = s.account_id
            WHERE s.area = %(area)s AND s.entry_id = m.entry_id AND b.kind IN (13, 14)), '')
    FROM (SELECT entry_id, min(effective_on) AS effective_on, min(for_month) AS for_month, min(posted_at) AS posted_at,
            -sum(amount)::bigint AS amount FROM ledger_posting WHERE area = %(area)s AND account_id = ANY(%(ids)s)
            AND effective_on >= %(first)s AND effective_on < %(next)s GROUP BY entry_id) m
    JOIN ledger_entry n ON n.id = m.entry_id
    LEFT JOIN ledger_entry o ON o.id = n.reverses
    ORDER BY m.effective_on, m.posted_at, m.entry_id
"""
DIRECTIONS = {"": "全部", "in": "收入", "out": "支出"}


def movements(
    actor: Actor, year: int | None = None, kind: str = "", page: int = 1, *, whose: Whose = MINE
) -> Done[Movements] | Refused:
    """The movements of a year, this year's unless said; `kind` is in, out or the name of a kind of entry."""
    return told(lambda: _movements(opened(actor, whose, "movements"), year, kind, page))


def account_of(record: Record) -> tuple[list[UUID], int | None]:
    """The individual accounts of a record in its area, and what is in them; none where no account was opened."""
    with connection.cursor() as cursor:
        cursor.execute(ACCOUNTS, [record.area, str(record.person_id)])
        ids, balance = cursor.fetchone()
    return ids or [], balance


def _movements(record: Record, asked: int | None, kind: str, page: int) -> Movements:
    ids, balance = account_of(record)
    sums = sums_of(record.area, ids)
    years = tuple(sorted(sums, reverse=True)) or (record.today.year,)
    year = year_of(asked, years, record.today)
    opening = sum(total for other, total in sums.items() if other < year)
    every = rows_of(record.area, ids, year, opening) if year in sums else []
    kinds = _kinds(every)
    if kind not in dict(kinds) and kind not in _names():
        raise RefusedError("unknown_kind", "没有这一类收支，请从列出的里面选。", tuple(dict(kinds)), "kind")
    rows = [row for row in every if _is(row, kind)]
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(page, 1), pages)
    rows.reverse()
    return Movements(
        area=record.area,
        area_name=record.area_name,
        as_of=record.as_of,
        balance=balance,
        year=year,
        years=years,
        kind=kind,
        kinds=kinds,
        rows=tuple(rows[(page - 1) * PAGE : page * PAGE]),
        page=page,
        pages=pages,
        count=len(rows),
        total_in=_sum_in(rows),
        total_out=_sum_out(rows),
        opening=opening,
        closing=opening + sums.get(year, 0),
        by_month=tuple(_by_month(every, date(year, number, 1)) for number in range(1, 13)),
        empty_words="" if rows else _empty(bool(ids), year, kind),
    )


def sums_of(area: str, ids: list[UUID]) -> dict[int, int]:
    """What was added to the account in each year; less than nothing where more went out."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(YEARS, [area, ids])
        return dict(cursor.fetchall())


def rows_of(area: str, ids: list[UUID], year: int, balance: int) -> list[Movement]:
    """The movements of a year, oldest first, each with the balance after it."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"area": area, "ids": ids, "first": date(year, 1, 1), "next": date(year + 1, 1, 1)})
        found = cursor.fetchall()
    out: list[Movement] = []
    for row in found:
        balance += row[2]
        number = out[-1].number + 1 if out and out[-1].on == row[0] else 1
        out.append(_movement(row, balance, number))
    return out


def _movement(row: tuple[Any, ...], balance: int, number: int) -> Movement:
    on, for_month, amount, entry_id, kind, corrected, others, subject = row
    title = title_of(kind, others, corrected)
    return Movement(on, for_month, EntryKind(kind).name.lower(), title, subject, amount, balance, entry_id, number)


def _names() -> set[str]:
    return {kind.name.lower() for kind in EntryKind}


def _kinds(rows: list[Movement]) -> tuple[tuple[str, str], ...]:
    """What one may choose to see: all, in, out, and the kinds that the year has."""
    there = {row.kind for row in rows}
    named = tuple((kind.name.lower(), TITLES[kind]) for kind in EntryKind if kind.name.lower() in there)
    return (*DIRECTIONS.items(), *named)


def _is(row: Movement, kind: str) -> bool:
    if kind in DIRECTIONS:
        return kind == "" or ((row.amount > 0) == (kind == "in") and row.amount != 0)
    return row.kind == kind


def _sum_in(rows: list[Movement]) -> int:
    return sum(row.amount for row in rows if row.amount > 0)


def _sum_out(rows: list[Movement]) -> int:
    return -sum(row.amount for row in rows if row.amount < 0)


def _by_month(rows: list[Movement], month: date) -> MonthTotal:
    of_month = [row for row in rows if row.on.month == month.month]
    return MonthTotal(month, _sum_in(of_month), _sum_out(of_month))


def _empty(has_account: bool, year: int, kind: str) -> str:
    """Why nothing is shown, and what one can do."""
    if not has_account:
        return "您在这里没有个人账户，所以没有收支。参加居民医保的人没有个人账户；有疑问，请拨打 12393。"
    if kind:
        return f"{year}年没有这一类收支。可以选“全部”，或者换一年看。"
    return f"{year}年账户里没有进出。可以换一年看；觉得不对的，请拨打 12393。"
