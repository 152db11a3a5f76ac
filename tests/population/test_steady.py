"""Is the law of a day that of the last day on which anything began?"""

from datetime import date, timedelta

import pytest

from yibao.law.lowering.laws import content, resolved
from yibao.law.rules.allocation import AllocationLaw
from yibao.law.rules.inpatient import InpatientLaw
from yibao.law.rules.premium import PremiumLaw
from yibao.population.steady import steady, turning_days

DAY = timedelta(1)


@pytest.mark.parametrize("law", [AllocationLaw, InpatientLaw, PremiumLaw])
@pytest.mark.parametrize("area", ["110000", "500000", "320500", "420100"])
def test_the_law_of_every_turning_day_and_its_neighbours(law: type, area: str) -> None:
    days = turning_days(law.subject, area)
    assert days
    near = {turn + step * DAY for turn in days for step in (-1, 0, 1)}
    for day in near | {date(1990, 1, 1), date(2027, 1, 1)}:
        assert content(steady(law, area, day)) == content(resolved(law, area, day)), day
