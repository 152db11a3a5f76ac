"""The first page of an account: balance, this month, the last movement, in two statements and the access log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from yibao.books.ledger.accounts import EntryKind
from yibao.law.areas import find
from yibao.services.permissions import Actor
from yibao.services.records.ahead import retires_soon
from yibao.services.records.looking import note
from yibao.services.records.opening import FLEXIBLE, RETIRED, not_enrolled, not_found, now_of, told, whose_record
from yibao.services.records.shapes import MINE, Home, MonthState, Movement, Whose
from yibao.services.records.words import enrolment_words, first_day, masked_name, month_words, next_month, title_of
from yibao.services.results import Done, Refused
from yibao.services.sealing import unseal

PERSON = """
    SELECT p.name_sealed, e.area_id, e.scheme, e.kind, e.ends, r.is_demo, c.how, a.ids, a.balance, p.born, p.sex, array(
        SELECT m::date FROM generate_series(%(since)s::timestamp, %(last)s::timestamp, '1 month') m
        WHERE (
            SELECT s.scheme = 0 AND s.kind <> 2 FROM enrolment_enrolment s
            WHERE s.person_id = p.id AND s.starts < m + interval '1 month' AND (s.ends IS NULL OR s.ends > m)
            ORDER BY s.starts LIMIT 1
        ) AND m::date <> ALL (paid.months) ORDER BY m)
    FROM people_person p
    JOIN LATERAL (
        SELECT area_id, scheme, kind, ends FROM enrolment_enrolment WHERE person_id = p.id
        ORDER BY starts <= %(today)s DESC, CASE WHEN starts <= %(today)s THEN starts END DESC, starts LIMIT 1
    ) e ON true
    JOIN areas_area r ON r.code = e.area_id
    LEFT JOIN contribution_month c ON c.area = e.area_id::bpchar AND c.person_id = p.id AND c.scheme = e.scheme
        AND c.month = CASE e.scheme WHEN 1 THEN %(year)s ELSE %(month)s END
    LEFT JOIN LATERAL (
        SELECT array_agg(id) AS ids, sum(balance)::bigint AS balance FROM ledger_account
        WHERE area = e.area_id::bpchar AND kind = 1 AND subject = p.id::text
    ) a ON true
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(month), '{}') AS months FROM contribution_month
        WHERE area IN (SELECT area_id::bpchar FROM enrolment_enrolment WHERE person_id = p.id)
            AND person_id = p.id AND scheme = 0 AND month >= %(since)s
    ) paid
    WHERE p.id = %(person)s
"""
MONEY = """
    WITH l AS MATERIALIZED (
        SELECT entry_id, effective_on, for_month, -amount AS amount FROM ledger_posting
        WHERE area = %(area)s AND account_id = ANY(%(ids)s)
        ORDER BY effective_on DESC, posted_at DESC, entry_id DESC LIMIT 1
    ), y AS MATERIALIZED (
        SELECT coalesce(sum(m.amount) FILTER (WHERE m.amount > 0), 0)::bigint AS credited,
            coalesce(-sum(m.amount) FILTER (WHERE m.amount < 0), 0)::bigint AS spent
        FROM (SELECT -sum(amount) AS amount FROM ledger_posting WHERE area = %(area)s AND account_id = ANY(%(ids)s)
            AND effective_on >= %(year)s GROUP BY entry_id) m
    )
    SELECT y.credited, y.spent, l.*, n.kind, o.kind,
        array(SELECT b.kind FROM ledger_posting s JOIN ledger_account b ON b.id = s.account_id
            WHERE s.area = %(area)s AND s.entry_id = l.entry_id AND s.account_id <> ALL(%(ids)s))
    FROM y LEFT JOIN l ON true
    LEFT JOIN ledger_entry n ON n.id = l.entry_id LEFT JOIN ledger_entry o ON o.id = n.reverses
"""
LOOKED_BACK = 24
"""Months before this one that are looked through for one that was not paid."""
STATES: dict[int, MonthState] = {0: "paid", 1: "back_paid", 2: "deemed"}


def home(actor: Actor, *, whose: Whose = MINE) -> Done[Home] | Refused:
    """The first page of a record, in at most three statements with the access log."""
    return told(lambda: _home(actor, whose))


def _home(actor: Actor, whose: Whose) -> Home:
    person_id = whose_record(actor, whose, "home")
    today, as_of = now_of(whose)
    month = first_day(today)
    dates: dict[str, Any] = {"today": today, "month": month, "year": date(today.year, 1, 1)}
    dates |= {"since": next_month(month, -LOOKED_BACK), "last": next_month(month, -1)}
    with connection.cursor() as cursor:
        cursor.execute(PERSON, {"person": person_id, **dates})
        person = cursor.fetchone()
    if person is None:
        raise not_enrolled() if actor.kind == "self" else not_found()
    area, ids, balance = person[1], person[7], person[8]
    note(actor, person_id, area, "home", whose.reason)
    money: tuple[Any, ...] = (0, 0, None)
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(MONEY, {"area": area, "ids": ids, **dates})
            money = cursor.fetchone()
    return _shape(person_id, person, money, balance, today, as_of)


def _shape(
    person_id: UUID,
    person: tuple[Any, ...],
    money: tuple[Any, ...],
    balance: int | None,
    today: date,
    as_of: datetime,
) -> Home:
    name_sealed, area, scheme, kind, ends, is_demo, how, _, _, born, sex, unpaid = person
    fact = "resident" if scheme == 1 else "flexible" if kind == FLEXIBLE else "employee"
    ended = ends is not None and ends <= today
    state = _state(scheme, kind, ended, how)
    words = enrolment_words(kind, fact)
    return Home(
        name_masked=masked_name(unseal(name_sealed, what="name")),
        area=area,
        area_name=find(area).name,
        enrolment_words=f"{words}，已停保" if ended else words,
        balance=balance,
        as_of=as_of,
        carried_over=(balance or 0) - money[0] + money[1],
        credited_this_year=money[0],
        spent_this_year=money[1],
        last_movement=_last(money, balance) if money[2] else None,
        month=first_day(today),
        month_state=state,
        month_words=_month_words(state, scheme, today, ended),
        is_demo=is_demo,
        is_retired=kind == RETIRED,
        scheme=fact,
        person_id=person_id,
        unpaid=tuple(unpaid),
        retires_on=None if scheme == 1 or kind == RETIRED or ended else retires_soon(born, sex, area, today),
    )  # fmt: skip


def _last(money: tuple[Any, ...], balance: int | None) -> Movement:
    entry_id, on, for_month, amount, kind, corrected, others = money[2:]
    title = title_of(kind, others or [], corrected)
    return Movement(on, for_month, EntryKind(kind).name.lower(), title, "", amount, balance or 0, entry_id)


def _state(scheme: int, kind: int, ended: bool, how: int | None) -> MonthState:
    if how is not None:
        return STATES[how]
    if ended:
        return "not_enrolled"
    if kind == RETIRED:
        return "not_needed"
    return "unpaid" if scheme == 1 else "due"


def _month_words(state: MonthState, scheme: int, today: date, ended: bool) -> str:
    """This month's contribution in a sentence."""
    if scheme == 1 and not ended:
        year = f"{today.year}年度"
        return (
            f"{year}的居民医保费{'已经交了' if state == 'paid' else '已经补交' if state == 'back_paid' else '还没有交'}"
        )
    month = month_words(first_day(today))
    return {
        "paid": f"{month}的医保费已经到账",
        "back_paid": f"{month}的医保费已经补缴",
        "deemed": f"{month}没有缴费，但按规定当作缴过",
        "unpaid": f"{month}的医保费没有缴",
        "due": f"{month}的医保费还没有到账，本月还没有过完",
        "not_needed": "已经退休，不用再缴医保费",
        "not_enrolled": "现在没有参保",
    }[state]
