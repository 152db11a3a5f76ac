"""Does the journey ask what the law of the area reads on this person's path, and nothing else?"""

from datetime import date

import pytest

from yibao.services.answers import FACTS, TOPICS, answer, journey

ON = date(2025, 6, 1)
TYPED = {
    "yuan": "8000", "age": "66", "date": "1970-06-15", "month": "2001-12", "months": "200", "count": "1",
    "decimal": "1", "years": "2", "area": "西宁", "day": "2025-06-03",
}  # fmt: skip
BILL = {"cost": "50000", "excluded": "0", "upfront": "0"}


def asked(topic: str, area: str, answers: dict[str, str], on: date = ON) -> list[str]:
    """The names of the questions in order, each answered as given or with a usual value."""
    facts: dict[str, str] = {}
    names: list[str] = []
    while (step := journey(topic, area=area, on=on, facts=facts, skipped=())).next is not None:
        fact = step.next
        assert fact.name not in names, "asked twice"
        names.append(fact.name)
        facts[fact.name] = answers.get(fact.name) or (fact.options[0][0] if fact.options else TYPED[fact.kind])
    done = answer(topic, area=area, on=on, facts=facts).value
    assert done.certainty != "unknown" or not done.needs
    assert [fact.name for fact in step.answered] == [name for name in TOPICS[topic].facts if name in facts]
    return names


@pytest.mark.parametrize(
    ("topic", "area", "answers", "questions"),
    [
        ("allocation", "北京", {"status": "retired"}, ["scheme", "status", "age"]),
        ("allocation", "北京", {"status": "active"}, ["scheme", "status", "base"]),
        ("allocation", "北京", {"scheme": "resident"}, ["scheme"]),
        ("allocation", "上海", {"status": "retired"}, ["scheme", "status", "age"]),
        ("allocation", "深圳", {"status": "retired"}, ["scheme", "status"]),
        ("allocation", "深圳", {"status": "active", "tier": "1"}, ["scheme", "status", "base", "tier"]),
        ("allocation", "合肥", {"status": "retired"}, ["scheme", "status"]),
        ("allocation", "海东", {"status": "retired"}, ["scheme", "status", "average_pension"]),
        ("allocation", "海东", {"scheme": "resident"}, ["scheme"]),
        ("retirement-age", "北京", {"sex": "male"}, ["sex", "born"]),
        ("retirement-age", "北京", {"sex": "female"}, ["sex", "old_age", "born"]),
    ],
)
def test_questions_of_a_path(topic: str, area: str, answers: dict[str, str], questions: list[str]) -> None:
    assert asked(topic, area, answers) == questions


def test_shanghai_never_asks_for_the_level() -> None:
    for status in ("active", "retired"):
        names = asked("inpatient", "上海", {**BILL, "status": status})
        assert "level" not in names
        assert "stay" not in names
        assert ("retired_on" in names) == (status == "retired")
        assert {"status", "cost"} <= set(names)


def test_what_is_assumed_of_a_bill_is_offered_and_not_asked() -> None:
    """A person is asked for what everybody knows; the rest is told as assumed, and can be put right."""
    bill = {"scheme": "employee", "status": "active", "cost": "50000"}
    step = journey("inpatient", area="上海", on=ON, facts=bill, skipped=())
    offered = {fact.name for fact in step.later}
    assert offered == {"excluded", "upfront", "away", "used_deductible", "used_cap", "aid_group"}
    assert not offered & set(asked("inpatient", "上海", BILL))
    told = journey("inpatient", area="上海", on=ON, facts={**bill, "away": "filed"}, skipped=())
    assert "away" not in {fact.name for fact in told.later}


def test_beijing_asks_for_the_level_and_never_for_what_it_does_not_tell_apart() -> None:
    names = asked("inpatient", "北京", {**BILL, "status": "retired"})
    assert {"status", "level", "cost", "stay"} <= set(names)
    assert not {"age", "tier", "retired_on", "continuous_months", "used_deductible"} & set(names)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("area", ["北京", "上海", "重庆", "深圳", "合肥", "兰州", "海东", "甘肃", "全国"])
def test_every_journey_ends(topic: str, area: str) -> None:
    names = asked(topic, area, BILL)
    assert set(names) <= set(TOPICS[topic].facts)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_skipped_question_is_not_asked_again(topic: str) -> None:
    skipped: list[str] = []
    while (step := journey(topic, area="北京", on=ON, facts={}, skipped=skipped)).next is not None:
        assert step.next.name not in skipped
        skipped.append(step.next.name)
    assert len(skipped) <= len(TOPICS[topic].facts)


def test_what_is_left_open_does_not_matter() -> None:
    """Facts that a finished journey did not ask for change no figure."""
    facts = {"scheme": "employee", "status": "retired", "age": "70"}
    before = answer("allocation", area="北京", on=ON, facts=facts).value.figures
    for name, fact in FACTS.items():
        if name not in facts and name not in ("born", "pension") and name in TOPICS["allocation"].facts:
            raw = fact.options[0][0] if fact.options else TYPED[fact.kind]
            assert answer("allocation", area="北京", on=ON, facts={**facts, name: raw}).value.figures == before


def test_outside_the_mainland_nothing_is_asked() -> None:
    assert journey("inpatient", area="澳门", on=ON, facts={}, skipped=()).next is None


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.name)
def test_every_question_can_be_asked(fact: object) -> None:
    assert fact.question.endswith("？")  # type: ignore[attr-defined]
    assert fact.label  # type: ignore[attr-defined]
    assert fact.why.endswith("。")  # type: ignore[attr-defined]
