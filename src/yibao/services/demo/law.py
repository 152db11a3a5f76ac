"""What does the law of an area give the demo: from which month, what is paid, when does one retire?

Nothing is posted that the law does not say. Where it has a gap for people in work or for retirees in the last month,
there is no demo of the area; where it has one further back, the demo begins after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from yibao.books.enrolment.models import Kind
from yibao.law.helpers import share
from yibao.law.values import Category, Missing, NeedsFact, Scheme, Status
from yibao.services.answers.topics import TOPICS
from yibao.services.answers.working import figures_of, law_of
from yibao.services.demo.history import KindOf
from yibao.services.demo.months import first_day
from yibao.services.month.amounts import Amounts, amounts_of
from yibao.services.results import RefusedError

EMPLOYER_RATE_ASSUMED = 90_000  # 9 %, where the law does not say what the employer adds
AGES = range(40, 106)
BASE = 1_000_000  # any base: whether the law has a gap does not depend on it
REFORM = date(2025, 1, 1)  # the law of the retirement age is kept from here on; who retired before it was not delayed
CATEGORIES = {
    Kind.ADULT: Category.ADULT,
    Kind.CHILD: Category.CHILD,
    Kind.STUDENT: Category.STUDENT,
    Kind.ELDERLY: Category.ELDERLY,
}


class Paid(NamedTuple):
    """Fen of one month: the base as the law limits it, and what the person and the employer pay on it."""

    base: int
    person: int
    employer: int


@dataclass
class DemoLaw:
    """The law of one area for the months from `first` to `until`; months are numbers."""

    area: str
    first: int
    until: int
    _paid: dict[tuple[int, int], Paid] = field(default_factory=dict)
    _version: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.check(self.until)
        self.person_paid(self.until, BASE)
        self.first = self._after_gaps(self.first, lambda month: self.person_paid(month, BASE))
        self.opens = self._after_gaps(self.first, self.check)

    def _after_gaps(self, first: int, check: object) -> int:
        """The first month from which on the law has no gap, going back from the last."""
        month = self.until
        try:
            while month > first:
                check(month - 1)  # type: ignore[operator]
                month -= 1
        except RefusedError:
            pass
        return month

    def amounts(self, month: int) -> Amounts:
        """What the month's run allocates."""
        return amounts_of(self.area, first_day(month))

    def check(self, month: int) -> None:
        """Refuses a month whose allocation has a gap for people in work or for retirees."""
        amounts = self.amounts(month)
        amounts.in_work(BASE, flexible=False, age=AGES[0])
        for age in AGES:
            amounts.retired(age)

    def person_paid(self, month: int, base: int) -> Paid:
        """What is paid for a month of somebody employed; each different case is worked out once."""
        case = (self._version_of(month), base)
        if case not in self._paid:
            self._paid[case] = self._worked(month, base)
        return self._paid[case]

    def _version_of(self, month: int) -> int:
        """The first month checked that has the same law of contributions as this one."""
        if month not in self._version:
            law = law_of(TOPICS["premium"], self.area, first_day(month))
            same = (
                known
                for known in set(self._version.values())
                if law_of(TOPICS["premium"], self.area, first_day(known)).entries == law.entries
            )
            self._version[month] = next(same, month)
        return self._version[month]

    def _worked(self, month: int, base: int) -> Paid:
        topic, on = TOPICS["premium"], first_day(month)
        inputs = {
            "scheme": Scheme.EMPLOYEE, "flexible": 0, "status": Status.ACTIVE, "tier": 0,
            "category": Category.ADULT, "age": AGES[0], "base": base, "asked_year": on.year,
        }  # fmt: skip
        try:
            figures = figures_of(topic, law_of(topic, self.area, on), on, inputs).figures
        except Missing as error:
            words = f"{self.area} 的缴费规定里有一项没有查到：{error.gap.why or error.gap.path}。"
            raise RefusedError("contribution_law_has_a_gap", words) from None
        counted = figures["premium_base"]
        employer = figures.get("employer_month", share(counted, EMPLOYER_RATE_ASSUMED))
        return Paid(counted, figures["person_month"], employer)

    @cached_property
    def resident_years(self) -> dict[int, dict[tuple[KindOf, int], int]]:
        """Fen a year of residents by kind and tier, for the unbroken run of known years that ends last."""
        out: dict[int, dict[tuple[KindOf, int], int]] = {}
        for year in range(self.until // 12, self.first // 12 - 1, -1):
            known = self._premiums(year)
            if known:
                out[year] = known
            elif out:
                break
        return out

    def _premiums(self, year: int) -> dict[tuple[KindOf, int], int]:
        """The premiums of a year, in the tiers that the area has; none if one of them is not known."""
        for tiers in ((0,), (1, 2)):
            try:
                return {(kind, tier): self._premium(year, kind, tier) for kind in CATEGORIES for tier in tiers}
            except (Missing, NeedsFact):
                continue
        return {}

    def _premium(self, year: int, kind: KindOf, tier: int) -> int:
        topic, on = TOPICS["premium"], date(year, 1, 1)
        inputs = {
            "scheme": Scheme.RESIDENT, "flexible": 0, "status": Status.ACTIVE, "tier": tier,
            "category": CATEGORIES[kind], "age": OF_KIND[kind], "base": 0, "asked_year": year,
        }  # fmt: skip
        return int(figures_of(topic, law_of(topic, self.area, on), on, inputs).figures["person_year"])

    def retires_on(self, sex: int, old_age: int, born: int) -> int:
        """The month in which the law's own age is reached."""
        key = (sex, old_age, born)
        if key not in RETIRES:
            topic, on = TOPICS["retirement-age"], max(first_day(self.until), REFORM)
            inputs = {"sex": sex, "old_age": old_age, "born": born}
            RETIRES[key] = figures_of(topic, law_of(topic, self.area, on), on, inputs).figures["retires_on"]
        return RETIRES[key]


OF_KIND = {Kind.ADULT: 40, Kind.CHILD: 4, Kind.STUDENT: 15, Kind.ELDERLY: 70}
RETIRES: dict[tuple[int, int, int], int] = {}
