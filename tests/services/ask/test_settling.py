"""Is the nation asked cheaply whether its law settles a topic?"""

from datetime import date

import pytest

from yibao.law.areas import find
from yibao.services.ask.settling import choices, depends_on_area, nation, nation_settles

ON = date(2026, 11, 22)


@pytest.mark.parametrize("topic", ["retirement-age", "balance", "fraud-warning", "family-sharing"])
def test_settled_by_the_nation(topic: str) -> None:
    assert nation_settles(topic, ON)
    assert not depends_on_area(topic, None, ON)


@pytest.mark.parametrize("topic", ["allocation", "inpatient", "outpatient", "premium", "contribution-years"])
def test_left_to_the_areas(topic: str) -> None:
    assert depends_on_area(topic, None, ON)
    assert depends_on_area(topic, nation(), ON)
    assert not depends_on_area(topic, find("合肥"), ON)


def test_the_areas_of_a_province_to_choose_from() -> None:
    assert ("340100", "合肥市") in choices(find("安徽"))
    assert choices(None) == ()
