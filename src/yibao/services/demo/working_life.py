"""How does an employee's life go? Jobs that end, gaps, contributions paid late or never, retirement by the law."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yibao.books.contributions.models import How
from yibao.books.enrolment.models import Kind
from yibao.law.values import Scheme
from yibao.services.demo.drawing import Draw
from yibao.services.demo.history import Carried, EmployerOf, Enrolled, History, MonthPaid
from yibao.services.demo.law import DemoLaw
from yibao.services.demo.months import first_day, number_of
from yibao.services.demo.tables import PLACES, POSTS, SPREAD, TRADES, average_wage
from yibao.services.people import NewPerson

EMPLOYEES = 53  # percent of those old enough to work: 40 % of all
WORK_FROM, WORK_FROM_LATEST = 18, 26
PAID_SINCE = 2001 * 12 + 3  # 2001-04, the demo's own: working months before it are deemed
LEAVES, AT_ONCE, FOR_GOOD = 13, 45, 8  # per thousand a month; percent of those who leave
LATE, MADE_GOOD = 22, 65  # percent of new jobs, and of the late ones
PEOPLE_AN_EMPLOYER = 25


@dataclass(frozen=True)
class Career:
    """When somebody began to work and when the law's retirement age is reached; months are numbers."""

    began: int
    retires: int
    wage_percent: int


def employers(draw: Draw, area: str, count: int) -> list[EmployerOf]:
    """Made-up employers, a few of them large."""
    out = []
    for number in range(1, max(3, count // PEOPLE_AN_EMPLOYER) + 1):
        name = f"演示{draw.one(PLACES)}{draw.one(PLACES)}{draw.one(TRADES)}{number}号"
        weight = draw.between(1, 12) * (draw.between(4, 15) if draw.happens(8) else 1)
        out.append(
            EmployerOf(
                draw.key(), f"99{area}{number:010}", name, weight, draw.happens(40), draw.between(80, 165),
                draw.between(5, 20),
            )
        )  # fmt: skip
    return out


def career(draw: Draw, law: DemoLaw, person: NewPerson) -> Career | None:
    """The working life of somebody in the employees' scheme; None for all others."""
    born = number_of(person.born)
    began = born + draw.between(WORK_FROM, WORK_FROM_LATEST) * 12 + draw.between(0, 11)
    old_age = 60 if person.sex else (50 if draw.happens(60) else 55)
    wage = POSTS[draw.weighted([share for share, _ in POSTS])][1] * draw.one(SPREAD) // 100
    if began > law.until or not draw.happens(EMPLOYEES):
        return None
    return Career(began, law.retires_on(person.sex, old_age, born), wage)


@dataclass
class WorkingLife:
    """Writes the history of one employee after the other."""

    draw: Draw
    law: DemoLaw
    history: History
    weights: list[int]

    def live(self, person: NewPerson, path: Career) -> None:
        """The whole history of one employee."""
        self._carry(person, path)
        if path.began <= path.retires:
            self._work(person.id, path)
        if path.retires <= self.law.until:
            starts = path.retires + 1
            self._enrol(Enrolled(self.draw.key(), person.id, Scheme.EMPLOYEE, Kind.RETIRED, "", None, starts, None))

    def _carry(self, person: NewPerson, path: Career) -> None:
        """The months counted before these books begin, less some gaps."""
        end = min(self.law.first, path.retires + 1)
        deemed = max(0, min(end, PAID_SINCE) - path.began)
        paid = max(0, end - max(path.began, PAID_SINCE))
        paid -= paid * self.draw.between(0, 10) // 100
        if paid or deemed:
            self.history.carried.append(Carried(self.draw.key(), person.id, paid, deemed))

    def _work(self, person: UUID, path: Career) -> None:
        """Job after job until retirement; a job that was there before the books begin begins with them."""
        month, end = max(self.law.first, path.began), min(self.law.until, path.retires)
        is_new = path.began >= self.law.first
        while month <= end:
            last = month
            while last < end and self.draw.between(1, 1000) > LEAVES:
                last += 1
            self._job(person, path, month, last, is_new=is_new)
            if last == end or self.draw.happens(FOR_GOOD):
                return
            month = last + 1 + (0 if self.draw.happens(AT_ONCE) else self.draw.between(1, 6))
            is_new = True

    def _job(self, person: UUID, path: Career, first: int, last: int, *, is_new: bool) -> None:
        employer = self.history.employers[self.draw.weighted(self.weights)]
        goes_on = last == self.law.until and path.retires > last
        ends = None if goes_on else last + 1
        enrolled = Enrolled(
            self.draw.key(), person, Scheme.EMPLOYEE, Kind.EMPLOYED, "", employer, first, ends
        )
        self._enrol(enrolled)
        late = self.draw.between(1, 3) if is_new and last - first >= 4 and self.draw.happens(LATE) else 0
        made_good = late > 0 and self.draw.happens(MADE_GOOD) and not first < self.law.opens <= first + late
        for month in range(first, last + 1):
            if month >= first + late:
                self._pay(enrolled, path, month, month)
            elif made_good:
                self._pay(enrolled, path, month, first + late)

    def _pay(self, enrolled: Enrolled, path: Career, month: int, when: int) -> None:
        """One month, on the wage of the year before the contribution year, which begins in July."""
        employer = enrolled.employer
        assert employer is not None  # noqa: S101  of those who are employed
        year = (month - 6) // 12 - 1
        yearly = average_wage(year, employer.private) * employer.wage_percent // 100 * path.wage_percent // 100
        base, own, added = self.law.person_paid(month, yearly // 12 * 100)
        how = How.NORMAL if when == month else How.BACK_PAID
        paid_on = first_day(when).replace(day=employer.pay_day)
        self.history.paid.append(
            MonthPaid(enrolled.person, Scheme.EMPLOYEE, month, how, base, own, added, paid_on, employer.code)
        )

    def _enrol(self, enrolled: Enrolled) -> None:
        self.history.enrolments.append(enrolled)
