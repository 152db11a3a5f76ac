"""What comes back when a record is asked.

Made by tools/make_client.py from the OpenAPI document of yibao 0.1.0; not edited by hand.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from yibao_client.law import Answer


class HomeOut(TypedDict):
    """The first page of a record; money is null where there is no individual account (居民医保)."""

    name_masked: str
    area: str
    area_name: str
    enrolment_words: str
    scheme: Literal["employee", "flexible", "resident", ""]
    is_retired: bool
    is_demo: bool
    balance: int | None
    as_of: str
    carried_over: int
    credited_this_year: int
    spent_this_year: int
    last_movement: MovementOut | None
    month: str
    month_state: Literal["paid", "back_paid", "deemed", "unpaid", "due", "not_needed", "not_enrolled"]
    month_words: str
    unpaid: list[str]
    retires_on: str | None


class MovementOut(TypedDict):
    """One movement of the individual account; `amount` is positive where money came in."""

    on: str
    for_month: str
    kind: str
    title: str
    detail: str
    direction: str
    amount: int
    balance_after: int


class MovementsOut(TypedDict):
    """The movements of a year, newest first; totals are those of all pages as filtered."""

    area: str
    area_name: str
    as_of: str
    balance: int | None
    year: int
    years: list[int]
    kind: str
    rows: list[MovementOut]
    page: int
    pages: int
    count: int
    total_in: int
    total_out: int
    opening: int
    closing: int
    empty_words: str


class CountedOut(TypedDict):
    """The months that count, and how each came to count."""

    paid: int
    back_paid: int
    deemed: int
    carried_paid: int
    carried_deemed: int
    local: int
    total: int


class GapOut(TypedDict):
    """Months in a row that were not paid, and what that means."""

    first: str
    last: str
    months: int
    is_open: bool
    words: str
    benefits_from: str | None
    pay_by: str | None


class MonthOut(TypedDict):
    """One month of being enrolled, or one year of a resident (`span`)."""

    month: str
    span: Literal["month", "year"]
    state: Literal["paid", "back_paid", "deemed", "unpaid", "due", "not_needed", "not_enrolled"]
    state_words: str
    words: str
    scheme: Literal["employee", "flexible", "resident", ""]
    area: str
    base: int
    person_paid: int
    employer_paid: int
    paid_on: str | None
    counts: bool


class MonthsOut(TypedDict):
    """The months of a year, oldest first; the totals are the sums of the rows."""

    area: str
    area_name: str
    as_of: str
    year: int
    years: list[int]
    rows: list[MonthOut]
    total_person: int
    total_employer: int
    counted_in_year: int
    counted_months: int
    counted: CountedOut
    gaps: list[GapOut]
    empty_words: str


class BaseOut(TypedDict):
    """The months from first to last were paid on one base."""

    first: str
    last: str
    base: int


class EnrolmentsOut(TypedDict):
    """Every enrolment, newest first."""

    as_of: str
    rows: list[StayOut]


class StayOut(TypedDict):
    """One enrolment; `ends` is its last day, null while it goes on."""

    area: str
    area_name: str
    scheme: Literal["employee", "flexible", "resident", ""]
    scheme_words: str
    kind_words: str
    tier: str
    employer: str
    starts: str
    ends: str | None
    is_current: bool
    counted_months: int
    bases: list[BaseOut]


class CoverOut(TypedDict):
    """One time of being insured; `ends` is its last day."""

    area: str
    area_name: str
    scheme: Literal["employee", "flexible", "resident", ""]
    scheme_words: str
    is_retired: bool
    starts: str
    ends: str | None
    is_current: bool


class CoverageOut(TypedDict):
    """Where and from when to when one is insured, and on the day of asking too."""

    as_of: str
    on: str
    is_insured: bool
    covers: list[CoverOut]


class AllocationOut(TypedDict):
    """What was credited for a month, beside what the law gives with the person's own facts."""

    area: str
    area_name: str
    as_of: str
    month: str
    posted: int | None
    posted_gross: int | None
    posted_on: str | None
    deductions: list[DeductionOut]
    facts: dict[str, str]
    answer: Answer
    law_figure: int | None
    equal: bool
    words: str
    months: list[str]


class DeductionOut(TypedDict):
    """What was taken from the month's allocation, and for which fund."""

    title: str
    amount: int


class YearsOut(TypedDict):
    """How many years are asked for and how many are there."""

    area: str
    area_name: str
    as_of: str
    counted: CountedOut
    facts: dict[str, str]
    answer: Answer
    carried_as_of: str | None
    words: list[str]
    scheme: Literal["employee", "flexible", "resident", ""]
    is_retired: bool
