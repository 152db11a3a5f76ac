"""What happened to the people of the demo: jobs, gaps, back payments, retirements, yearly premiums."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from yibao.law.values import Scheme

KindOf: TypeAlias = Any
HowOf: TypeAlias = Any
"""A member of `Kind` and of `How`: the type checker takes Django's choices for pairs."""


class EmployerOf(NamedTuple):
    """A made-up employer: how many work there, what it pays, on which day of the month it pays contributions."""

    id: UUID
    code: str
    name: str
    weight: int
    private: bool
    wage_percent: int
    pay_day: int


class Enrolled(NamedTuple):
    """A row of enrolments; months are numbers, `ends` is the first month after it."""

    id: UUID
    person: UUID
    scheme: Scheme
    kind: KindOf
    tier: str
    employer: EmployerOf | None
    starts: int
    ends: int | None


class MonthPaid(NamedTuple):
    """A row of contribution months; `payer` is the employer's code or the enrolment."""

    person: UUID
    scheme: Scheme
    month: int
    how: HowOf
    base: int
    person_paid: int
    employer_paid: int
    paid_on: date
    payer: str


class Carried(NamedTuple):
    """What an older system counted."""

    id: UUID
    person: UUID
    paid_months: int
    deemed_months: int


class Cared(NamedTuple):
    """What was paid out of an individual account at a hospital or a pharmacy."""

    on: date
    person: UUID
    number: int
    provider: str
    amount: int


@dataclass
class History:
    """Everything that is known of the people of a demo."""

    employers: list[EmployerOf] = field(default_factory=list)
    enrolments: list[Enrolled] = field(default_factory=list)
    paid: list[MonthPaid] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)
    opening: dict[UUID, int] = field(default_factory=dict)
    care: dict[int, list[Cared]] = field(default_factory=dict)

    def by_month_of_payment(self) -> dict[int, list[MonthPaid]]:
        """The months paid, by the number of the month in which the money came."""
        out: dict[int, list[MonthPaid]] = {}
        for row in self.paid:
            out.setdefault(row.paid_on.year * 12 + row.paid_on.month - 1, []).append(row)
        return out
