"""Does the answer to a topic depend on the area? Found out once for a topic and a day, without asking every area."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from yibao.law.areas import Place, find, pooling_areas_of
from yibao.services.answers import TOPICS, WORD_TOPICS
from yibao.services.answers.cases import cases_of, sample
from yibao.services.answers.facts import FACTS

NATION = "000000"
CARE = ("inpatient", "outpatient")
"""The topics whose law is each pooling area's own: of a whole province or the nation nothing can be told."""
ASKED_MAX = 12


@lru_cache(maxsize=256)
def nation_settles(topic: str, on: date) -> bool:
    """Whether the nation's own law answers a topic: nothing of it is left open to the areas but facts about the person.

    >>> nation_settles("retirement-age", date(2026, 1, 1)), nation_settles("allocation", date(2026, 1, 1))
    (True, False)
    """
    if topic in WORD_TOPICS:
        return True
    heading = TOPICS[topic]
    given = {name: value for name, (value, _) in heading.assumed.items()}
    for _ in range(ASKED_MAX):
        cases = cases_of(heading, NATION, on, given)
        needs = [case.needs for case in cases if case.needs]
        if not needs:
            return all(case.low is not None and case.high is None for case in cases)
        if any(case.missing for case in cases) or any(not FACTS[name] or name == "average_pension" for name in needs):
            return False
        given |= {needs[0]: sample(heading, needs[0])}
    return False


def nation() -> Place:
    """The whole nation."""
    return find(NATION)


def depends_on_area(topic: str, place: Place | None, on: date) -> bool:
    """Whether a smaller place must be known before anything can be told: of none, the nation, or a whole province."""
    if place is None or place.kind == "nation":
        return not nation_settles(topic, on)
    return place.kind == "province" and topic in CARE


def choices(place: Place | None) -> tuple[tuple[str, str], ...]:
    """The pooling areas of a province to choose from; none for the whole nation."""
    if place is None or place.kind != "province":
        return ()
    return tuple((area.code, area.name) for area in pooling_areas_of(place.code))
