"""Do the ages that are tried give the same cases as every age would?"""

from datetime import date

import pytest

from yibao.services.answers import TOPICS, cases
from yibao.services.answers.ages import ages_to_try
from yibao.services.answers.facts import FACTS

ON = date(2026, 11, 22)
EVERY = FACTS["age"].values


@pytest.mark.parametrize("area", ["110000", "310000", "440300", "340100", "420100", "330100"])
@pytest.mark.parametrize(
    ("topic", "given"),
    [
        ("outpatient", {"cost": "3000"}),
        ("inpatient", {"cost": "30000"}),
        ("allocation", {"status": "retired"}),
        ("allocation", {"status": "retired", "pension": "3000"}),
        ("premium", {"scheme": "resident"}),
    ],
)
def test_the_same_cases_as_with_every_age(
    monkeypatch: pytest.MonkeyPatch, area: str, topic: str, given: dict[str, str]
) -> None:
    few = cases.cases_of(TOPICS[topic], area, ON, given)
    monkeypatch.setattr(cases, "ages_to_try", lambda *_: EVERY)
    every = cases.cases_of(TOPICS[topic], area, ON, given)
    assert [(c.when, c.facts, c.outcome) for c in few] == [(c.when, c.facts, c.outcome) for c in every]


def test_both_sides_of_an_age_of_the_law_are_tried() -> None:
    tried = ages_to_try(TOPICS["allocation"], "110000", ON, EVERY)
    # Beijing credits retired people more from 70 on: 69 is the last age of the lower sum
    assert {"69", "70"} <= set(tried)
    assert (tried[0], tried[-1]) == (EVERY[0], EVERY[-1])
    assert len(tried) < len(EVERY) / 2
