"""Was each month paid? Every month of the enrolments of a year, by word; what is missing is a row like any other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yibao.services.permissions import Actor
from yibao.services.records.facts import stay_of
from yibao.services.records.gaps import holes, meaning
from yibao.services.records.history import EMPLOYEE, RESIDENT, History, Paid, history_of
from yibao.services.records.opening import Enrolled, Record, opened, told, year_of
from yibao.services.records.shapes import MINE, MonthRow, Months, MonthState, Whose
from yibao.services.records.words import STATES, first_day, month_words, next_month
from yibao.services.results import Done, Refused

BY_HOW: dict[int, MonthState] = {0: "paid", 1: "back_paid", 2: "deemed"}


def months(actor: Actor, year: int | None = None, *, whose: Whose = MINE) -> Done[Months] | Refused:
    """The months of a year, this year's unless said: four statements with the access log."""
    return told(lambda: _months(opened(actor, whose, "months"), year))


def _months(record: Record, asked: int | None) -> Months:
    history = history_of(record)
    years = years_of(record, history)
    year = year_of(asked, years, record.today)
    counting = history.counting(record.today)
    rows = tuple(rows_of(record, history, year))
    counted = history.counted(record.area, record.today)
    touching = [hole for hole in holes(record, history) if hole.first.year <= year <= hole.last.year]
    return Months(
        area=record.area,
        area_name=record.area_name,
        as_of=record.as_of,
        year=year,
        years=years,
        rows=rows,
        total_person=sum(row.person_paid for row in rows),
        total_employer=sum(row.employer_paid for row in rows),
        counted_in_year=sum(month.year == year for month in counting),
        counted_months=counted.total,
        counted=counted,
        gaps=tuple(meaning(record, hole) for hole in touching),
        empty_words="" if rows else f"{year}年没有参保记录，所以没有缴费月份。请换一年看；觉得不对的，请拨打 12393。",
    )


def years_of(record: Record, history: History) -> tuple[int, ...]:
    """The years that have something to show, newest first."""
    first = record.enrolments[0].starts.year
    found = {row.month.year for row in history.rows} | set(range(first, record.today.year + 1))
    return tuple(sorted(found, reverse=True))


def rows_of(record: Record, history: History, year: int) -> Iterator[MonthRow]:
    """The rows of a year, oldest first: a resident's year, then months."""
    residents = [row for row in history.rows if row.scheme == RESIDENT and row.month.year == year]
    stays = [stay for stay in record.enrolments if stay.scheme == RESIDENT and _touches(stay, year, record.today)]
    counting = history.counting(record.today)
    yield from (_resident(row, row.area, year) for row in residents)
    if stays and not residents:
        yield _resident(None, stays[-1].area, year)
    employees = {row.month: row for row in reversed(history.rows) if row.scheme == EMPLOYEE}
    for number in range(1, 13):
        month = date(year, number, 1)
        row = _month(record, employees.get(month), month, month in counting)
        if row is not None:
            yield row


def _touches(stay: Enrolled, year: int, today: date) -> bool:
    """Whether an enrolment has days in a year that has begun."""
    return stay.starts <= min(date(year, 12, 31), today) and (stay.ends is None or stay.ends > date(year, 1, 1))


def _resident(row: Paid | None, area: str, year: int) -> MonthRow:
    """A resident's year: paid once, for all of it."""
    month, lead = date(year, 1, 1), f"{year}年度的居民医保费"
    if row is None:
        return _row(month, "unpaid", f"{lead}没有缴", "resident", area, None, span="year")
    state = BY_HOW[row.how]
    words = f"{lead}{'补交了' if state == 'back_paid' else '交了'}，保这一整年"
    return _row(month, state, words, "resident", area, row, span="year")


def _month(record: Record, row: Paid | None, month: date, counts: bool) -> MonthRow | None:
    stay = stay_of(record, month)
    said = month_words(month)
    if row is not None:
        scheme = stay.scheme_fact if stay and stay.scheme == EMPLOYEE else "employee"
        state = BY_HOW[row.how]
        words = {
            "paid": f"{said}已经缴费",
            "back_paid": f"{said}是后来补缴的",
            "deemed": f"{said}没有缴费，但按规定当作缴过",
        }[state]
        return _row(month, state, words, scheme, row.area, row, counts=counts)
    if month > record.today or (stay is not None and stay.scheme == RESIDENT):
        return None
    if stay is None:
        if month < first_day(record.enrolments[0].starts):
            return None
        return _row(month, "not_enrolled", f"{said}没有参保", "", record.latest(month).area, None)
    if stay.is_retired:
        return _row(month, "not_needed", f"{said}已经退休，不用缴费", stay.scheme_fact, stay.area, None)
    if next_month(month) > record.today:
        return _row(month, "due", f"{said}还没有过完，医保费还没有到账", stay.scheme_fact, stay.area, None)
    return _row(month, "unpaid", f"{said}没有缴费", stay.scheme_fact, stay.area, None)


def _row(
    month: date,
    state: MonthState,
    words: str,
    scheme: str,
    area: str,
    row: Paid | None,
    *,
    span: str = "month",
    counts: bool = False,
) -> MonthRow:
    return MonthRow(
        month=month,
        span="year" if span == "year" else "month",
        state=state,
        state_words=STATES[state],
        words=words,
        scheme=scheme,
        area=area,
        base=row.base if row else 0,
        person_paid=row.person_paid if row else 0,
        employer_paid=row.employer_paid if row else 0,
        paid_on=row.paid_on if row else None,
        counts=counts,
    )
