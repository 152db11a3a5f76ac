"""What does a record look like to whoever shows it? Amounts in fen, months as their first day, words ready."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from yibao.services.records.counted import Counted

Json = dict[str, Any]
MonthState = Literal["paid", "back_paid", "deemed", "unpaid", "due", "not_needed", "not_enrolled"]
"""已缴 · 补缴 · 视同 · 未缴 · 待缴 (this month, not over yet) · 不用缴 (retired) · 未参保."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry as the holder of the account sees it: `amount` is positive where money came in."""

    on: date
    for_month: date
    kind: str  # the name of the kind of entry in small letters: allocation, care, deduction …
    title: str
    detail: str  # where, of what; may be empty
    amount: int
    balance_after: int
    entry_id: UUID
    number: int = 1  # its place among the movements of its day, as they were posted

    @property
    def direction(self) -> str:
        """The sign in a word."""
        return "收入" if self.amount > 0 else "支出" if self.amount < 0 else "结转"


@dataclass(frozen=True, slots=True)
class Home:
    """The first page of an account, as of an instant. Money is None where there is no individual account."""

    name_masked: str
    area: str
    area_name: str
    enrolment_words: str  # 单位职工 · 职工医保
    balance: int | None
    as_of: datetime
    carried_over: int  # balance = carried over + credited - spent
    credited_this_year: int
    spent_this_year: int
    last_movement: Movement | None
    month: date  # the month that month_state speaks of
    month_state: MonthState
    month_words: str
    is_demo: bool
    is_retired: bool
    scheme: str  # employee | flexible | resident
    person_id: UUID
    unpaid: tuple[date, ...] = ()  # months over, of the last two years, that should have been paid; oldest first
    retires_on: date | None = None  # the month of retirement by law, where it lies within a year


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """What came in and went out in a calendar month, both as positive fen."""

    month: date
    total_in: int
    total_out: int


@dataclass(frozen=True, slots=True)
class Movements:
    """The movements of a year, newest first; totals are those of all the pages as filtered."""

    area: str
    area_name: str
    as_of: datetime
    balance: int | None
    year: int
    years: tuple[int, ...]  # newest first
    kind: str
    kinds: tuple[tuple[str, str], ...]  # what may be chosen: "" all, in, out, and the kinds that the year has
    rows: tuple[Movement, ...]
    page: int
    pages: int
    count: int
    total_in: int
    total_out: int
    opening: int  # the balance before the year
    closing: int  # the balance at its end
    by_month: tuple[MonthTotal, ...]  # twelve, of the whole year, not filtered
    empty_words: str  # why there may be nothing, and what to do; empty where there are rows


@dataclass(frozen=True, slots=True)
class OneMovement:
    """One movement: balance before + amount = balance after."""

    area: str
    area_name: str
    as_of: datetime
    row: Movement
    balance_before: int


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of being enrolled, or one year of a resident (`span`), by word."""

    month: date
    span: Literal["month", "year"]
    state: MonthState
    state_words: str  # 已缴, 补缴, 视同, 未缴, 待缴, 不用缴, 未参保
    words: str  # the state in a sentence
    scheme: str
    area: str
    base: int
    person_paid: int
    employer_paid: int
    paid_on: date | None
    counts: bool  # among the months that the law counts


@dataclass(frozen=True, slots=True)
class GapOfMonths:
    """Months in a row without contributions, and what the law says of it (`answer` as everywhere, topic gap)."""

    first: date
    last: date
    months: int
    is_open: bool
    words: str
    facts: dict[str, str]
    answer: Json
    benefits_from: date | None = None  # the month in which the waiting is over, where the gap ended and the law says
    pay_by: date | None = None  # the last day on which an open gap is still a short one, where the law says


@dataclass(frozen=True, slots=True)
class Months:
    """The months of a year, oldest first; the totals are the sums of the rows."""

    area: str
    area_name: str
    as_of: datetime
    year: int
    years: tuple[int, ...]  # newest first
    rows: tuple[MonthRow, ...]
    total_person: int
    total_employer: int
    counted_in_year: int
    counted_months: int  # of the whole record: what years() gives to the law
    counted: Counted
    gaps: tuple[GapOfMonths, ...]  # those that touch the year
    empty_words: str


@dataclass(frozen=True, slots=True)
class BaseOf:
    """The months from first to last were paid on one base."""

    first: date
    last: date
    base: int


@dataclass(frozen=True, slots=True)
class Stay:
    """One enrolment; `ends` is its last day, None while it goes on."""

    enrolment_id: UUID
    area: str
    area_name: str
    scheme: str  # employee | flexible | resident
    scheme_words: str
    kind_words: str
    tier: str
    employer: str
    starts: date
    ends: date | None
    is_current: bool
    counted_months: int
    bases: tuple[BaseOf, ...]  # newest first


@dataclass(frozen=True, slots=True)
class Enrolments:
    """Every enrolment, newest first."""

    as_of: datetime
    rows: tuple[Stay, ...]
    empty_words: str = ""


@dataclass(frozen=True, slots=True)
class Deduction:
    """What was taken from the month's allocation, and for which fund."""

    title: str
    amount: int


@dataclass(frozen=True, slots=True)
class AllocationOfMonth:
    """What was credited for a month, beside the law's answer with the person's own facts."""

    area: str
    area_name: str
    as_of: datetime
    month: date
    posted: int | None  # what reached the account, deductions taken off; None: nothing was posted for the month
    posted_gross: int | None
    posted_on: date | None
    deductions: tuple[Deduction, ...]
    facts: dict[str, str]
    answer: Json  # topic allocation
    law_figure: int | None  # what the law gives, fen a month, after deductions where it knows them
    equal: bool
    words: str  # how the two compare, in a sentence
    months: tuple[date, ...]  # months that have an allocation, newest first


@dataclass(frozen=True, slots=True)
class YearsOfRecord:
    """How many years are asked for and how many are there: the law's answer and the facts it was given."""

    area: str
    area_name: str
    as_of: datetime
    counted: Counted
    facts: dict[str, str]
    answer: Json
    carried_as_of: date | None  # the day up to which carried months were counted elsewhere
    words: tuple[str, ...]  # how the months were counted
    scheme: str  # employee | flexible | resident
    is_retired: bool
    retirement_facts: dict[str, str]
    retirement: Json  # topic retirement-age; empty where somebody is retired already


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would be: a title, a sentence, the facts that were assumed, and the law's answer."""

    title: str
    words: str
    facts: dict[str, str]
    answer: Json


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would be if one stopped, moved or retired later."""

    change: str
    area: str
    area_name: str
    as_of: datetime
    now: str  # what the record says of now
    note: str  # what the law here does not say
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Looker:
    """One look at the record; a person's own looks are one an hour and kind of page."""

    at: datetime
    who: str
    what: str
    times: int
    reason: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Lookers:
    """Who looked, newest first."""

    as_of: datetime
    rows: tuple[Looker, ...]
    page: int
    pages: int
    count: int
    by_others: int
    empty_words: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose record somebody wants to read, and why; one's own unless said. Others always say why."""

    person_id: UUID | None = None
    reason: str = ""
    today: date | None = None  # the day of asking, by the clock unless given
    area: str = ""  # which area's books, where the person was enrolled in several; the latest unless said


MINE = Whose()
"""The actor's own record, today."""
