"""What does a person's record look like to an app that may read it? Fen, days, months; no name of an entry or a person.

What identifies a row in the books (of an entry, an enrolment, a person) stays there: an app needs none of it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, PlainSerializer, WithJsonSchema

from yibao.channels.api.shapes import Answer

Month = Annotated[
    date,
    PlainSerializer(lambda day: f"{day:%Y-%m}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}),
]
Fen = Annotated[int, Field(description="fen")]
State = Literal["paid", "back_paid", "deemed", "unpaid", "due", "not_needed", "not_enrolled"]
Scheme = Literal["employee", "flexible", "resident", ""]


class MovementOut(Schema):
    """One movement of the individual account; `amount` is positive where money came in."""

    on: date
    for_month: Month
    kind: str
    title: str
    detail: str
    direction: str
    amount: Fen
    balance_after: Fen


class HomeOut(Schema):
    """The first page of a record; money is null where there is no individual account (居民医保)."""

    name_masked: str
    area: str
    area_name: str
    enrolment_words: str
    scheme: Scheme
    is_retired: bool
    is_demo: bool = Field(description="made up: not a real person")
    balance: Fen | None
    as_of: datetime
    carried_over: Fen
    credited_this_year: Fen
    spent_this_year: Fen
    last_movement: MovementOut | None
    month: Month
    month_state: State
    month_words: str
    unpaid: list[Month] = Field(description="months of the last two years that should have been paid")
    retires_on: Month | None = Field(description="the month of retirement by law, where it is within a year")


class MovementsOut(Schema):
    """The movements of a year, newest first; totals are those of all pages as filtered."""

    area: str
    area_name: str
    as_of: datetime
    balance: Fen | None
    year: int
    years: list[int]
    kind: str
    rows: list[MovementOut]
    page: int
    pages: int
    count: int
    total_in: Fen
    total_out: Fen
    opening: Fen
    closing: Fen
    empty_words: str


class CountedOut(Schema):
    """The months that count, and how each came to count."""

    paid: int
    back_paid: int
    deemed: int
    carried_paid: int
    carried_deemed: int
    local: int
    total: int


class MonthOut(Schema):
    """One month of being enrolled, or one year of a resident (`span`)."""

    month: Month
    span: Literal["month", "year"]
    state: State
    state_words: str
    words: str
    scheme: Scheme
    area: str
    base: Fen
    person_paid: Fen
    employer_paid: Fen
    paid_on: date | None
    counts: bool


class GapOut(Schema):
    """Months in a row that were not paid, and what that means."""

    first: Month
    last: Month
    months: int
    is_open: bool
    words: str
    benefits_from: Month | None
    pay_by: date | None


class MonthsOut(Schema):
    """The months of a year, oldest first; the totals are the sums of the rows."""

    area: str
    area_name: str
    as_of: datetime
    year: int
    years: list[int]
    rows: list[MonthOut]
    total_person: Fen
    total_employer: Fen
    counted_in_year: int
    counted_months: int
    counted: CountedOut
    gaps: list[GapOut]
    empty_words: str


class BaseOut(Schema):
    """The months from first to last were paid on one base."""

    first: Month
    last: Month
    base: Fen


class StayOut(Schema):
    """One enrolment; `ends` is its last day, null while it goes on."""

    area: str
    area_name: str
    scheme: Scheme
    scheme_words: str
    kind_words: str
    tier: str
    employer: str
    starts: date
    ends: date | None
    is_current: bool
    counted_months: int
    bases: list[BaseOut]


class EnrolmentsOut(Schema):
    """Every enrolment, newest first."""

    as_of: datetime
    rows: list[StayOut]


class CoverOut(Schema):
    """One time of being insured; `ends` is its last day."""

    area: str
    area_name: str
    scheme: Scheme
    scheme_words: str
    is_retired: bool
    starts: date
    ends: date | None
    is_current: bool


class CoverageOut(Schema):
    """Where and from when to when one is insured, and on the day of asking too."""

    as_of: datetime
    on: date
    is_insured: bool
    covers: list[CoverOut]


class DeductionOut(Schema):
    """What was taken from the month's allocation, and for which fund."""

    title: str
    amount: Fen


class AllocationOut(Schema):
    """What was credited for a month, beside what the law gives with the person's own facts."""

    area: str
    area_name: str
    as_of: datetime
    month: Month
    posted: Fen | None = Field(description="what reached the account; null: nothing was posted for the month")
    posted_gross: Fen | None
    posted_on: date | None
    deductions: list[DeductionOut]
    facts: dict[str, str]
    answer: Answer
    law_figure: Fen | None
    equal: bool
    words: str
    months: list[Month]


class YearsOut(Schema):
    """How many years are asked for and how many are there."""

    area: str
    area_name: str
    as_of: datetime
    counted: CountedOut
    facts: dict[str, str]
    answer: Answer
    carried_as_of: date | None
    words: list[str]
    scheme: Scheme
    is_retired: bool
