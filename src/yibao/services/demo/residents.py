"""What happens to residents? A premium each year whose price the law says, paid at the end of the year before."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from yibao.books.contributions.models import How
from yibao.books.enrolment.models import Kind
from yibao.law.values import Scheme
from yibao.services.demo.drawing import Draw
from yibao.services.demo.history import Enrolled, History, KindOf, MonthPaid
from yibao.services.demo.law import DemoLaw
from yibao.services.people import NewPerson

DOES_NOT_PAY = 4  # percent a year
FIRST_TIER = 70  # percent, where there are two
SCHOOL, GROWN_UP, STUDIES_UNTIL, OLD = 6, 18, 22, 60


def live_as_resident(draw: Draw, law: DemoLaw, history: History, person: NewPerson) -> None:
    """The enrolments of a resident, one for each time of being of one kind, and the premiums paid."""
    tier = 0
    if any(tiers == 1 for premiums in law.resident_years.values() for _, tiers in premiums):
        tier = 1 if draw.happens(FIRST_TIER) else 2
    studies = draw.happens(60)
    years = [year for year in sorted(law.resident_years) if year > person.born.year]
    if not years:  # the law of no year is known: enrolled from the last year on, nothing paid
        years = [law.until // 12]
    for kind, run in groupby(years, lambda year: kind_of(year - person.born.year - 1, studies=studies)):
        of_kind = list(run)
        ends = None if of_kind[-1] == years[-1] else (of_kind[-1] + 1) * 12
        enrolled = Enrolled(
            draw.key(), person.id, Scheme.RESIDENT, kind, str(tier or ""), None, of_kind[0] * 12, ends
        )  # fmt: skip
        history.enrolments.append(enrolled)
        for year in of_kind:
            _pay(draw, law, history, enrolled, year, tier)


def _pay(draw: Draw, law: DemoLaw, history: History, enrolled: Enrolled, year: int, tier: int) -> None:
    premium = law.resident_years.get(year, {}).get((enrolled.kind, tier))
    paid_on = date(year - 1, 12, draw.between(1, 28))
    if draw.happens(DOES_NOT_PAY) or premium is None:
        return
    history.paid.append(
        MonthPaid(enrolled.person, Scheme.RESIDENT, year * 12, How.NORMAL, 0, premium, 0, paid_on, str(enrolled.id))
    )


def kind_of(age: int, *, studies: bool) -> KindOf:
    """As whom a resident of an age is insured; the limits are the demo's own.

    >>> kind_of(3, studies=True).label, kind_of(20, studies=True).label, kind_of(20, studies=False).label
    ('少年儿童', '学生', '成年居民')
    """
    if age < SCHOOL:
        return Kind.CHILD
    if age < GROWN_UP or (age < STUDIES_UNTIL and studies):
        return Kind.STUDENT
    return Kind.ELDERLY if age >= OLD else Kind.ADULT
