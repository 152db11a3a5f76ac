"""What lies in the accounts when the books open, and what is spent of it later?

The balance is reckoned on as the books will reckon it, so that nobody spends what is not there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from yibao.books.enrolment.models import Kind
from yibao.law.values import Scheme
from yibao.services.demo.drawing import Draw
from yibao.services.demo.history import Cared, History
from yibao.services.demo.law import DemoLaw
from yibao.services.demo.months import first_day, number_of
from yibao.services.demo.tables import PROVIDERS
from yibao.services.month.amounts import age_at_end
from yibao.services.people import NewPerson

OPENING_MAX = {Kind.EMPLOYED: 300_000, Kind.RETIRED: 600_000}  # fen
CARE_PERCENT = {Kind.EMPLOYED: 20, Kind.RETIRED: 34}  # a month
CARE_MIN, CARE_USUAL, CARE_MAX = 1_000, 25_000, 90_000  # fen
DEAR = 10  # percent of visits

Credits = dict[UUID, dict[int, int]]


@dataclass
class Money:
    """Draws openings and spending of everybody who has an account."""

    draw: Draw
    law: DemoLaw
    history: History
    credits: Credits = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    retired_from: dict[UUID, int] = field(default_factory=dict)
    counted: dict[UUID, int] = field(default_factory=dict)

    def draw_for(self, people: list[NewPerson]) -> None:
        """Openings and care of all, in the order of the people."""
        born = {person.id: person.born for person in people}
        self._credit_work(born)
        for row in self.history.enrolments:
            if row.kind == Kind.RETIRED:
                self.retired_from[row.person] = row.starts
        self.counted = {row.person: row.paid_months for row in self.history.carried}
        for person in people:
            if person.id in self.credits or person.id in self.retired_from:
                self._draw(person)
        for month in self.history.care.values():
            month.sort()

    def _credit_work(self, born: dict[UUID, date]) -> None:
        for row in self.history.paid:
            when = number_of(row.paid_on)
            if row.scheme == Scheme.EMPLOYEE and when >= self.law.opens:
                age = age_at_end(born[row.person], first_day(row.month))
                share = self.law.amounts(row.month).in_work(row.base, flexible=False, age=age)
                self.credits[row.person][when] += share.gross - share.large_amount - share.long_term_care

    def _draw(self, person: NewPerson) -> None:
        retired_from = self.retired_from.get(person.id, self.law.until + 1)
        credits = self.credits[person.id]
        kind = Kind.RETIRED if retired_from <= self.law.opens else Kind.EMPLOYED
        balance = 0
        if self.counted.get(person.id):
            balance = self.history.opening[person.id] = self.draw.between(1, OPENING_MAX[kind])
        for month in range(self.law.opens, self.law.until + 1):
            kind = Kind.RETIRED if month >= retired_from else Kind.EMPLOYED
            if self.draw.happens(CARE_PERCENT[kind]):
                balance -= self._spend(person.id, month, balance)
            balance += credits.get(month, 0)
            if kind == Kind.RETIRED:
                share = self.law.amounts(month).retired(age_at_end(person.born, first_day(month)))
                balance += share.gross - share.large_amount - share.long_term_care

    def _spend(self, person: UUID, month: int, balance: int) -> int:
        wanted = self.draw.between(CARE_MIN, CARE_MAX if self.draw.happens(DEAR) else CARE_USUAL)
        on, provider = first_day(month).replace(day=self.draw.between(1, 27)), self.draw.one(PROVIDERS)
        amount = min(wanted, balance)
        if amount < CARE_MIN:
            return 0
        self.history.care.setdefault(month, []).append(Cared(on, person, 1, provider, amount))
        return amount
