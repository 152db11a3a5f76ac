"""Do the cases cover everybody, each with the answer that the missing fact would give? Is certainty told truly?"""

import re
from datetime import date
from typing import Any

import pytest

from yibao.services.answers import FACTS, answer
from yibao.services.answers.cases import cases_of
from yibao.services.answers.topics import TOPICS

ON = date(2025, 6, 1)


def asked(topic: str, area: str, on: date = ON, **facts: str) -> dict[str, Any]:
    return answer(topic, area=area, on=on, facts=facts).value.to_json()


def bare(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: figure.get("value", (figure.get("low"), figure.get("high"))) for name, figure in figures.items()}


def holds(when: str, age: int) -> bool:
    """Whether the words of a case speak of an age."""
    below, above = re.fullmatch(r"不满(\d+)周岁", when), re.fullmatch(r"(\d+)周岁及以上", when)
    assert below or above, when
    return age < int(below[1]) if below else age >= int(above[1])  # type: ignore[index]


@pytest.mark.parametrize("area", ["北京", "上海", "重庆"])
@pytest.mark.parametrize("on", [date(2024, 1, 1), ON])
def test_cases_by_age_equal_the_answer_given_that_age(area: str, on: date) -> None:
    cases = asked("allocation", area, on, status="retired")["cases"]
    assert len(cases) == 2
    for age in range(121):
        told = asked("allocation", area, on, status="retired", age=str(age))
        fitting = [case for case in cases if holds(case["when"], age)]
        assert [bare(case["figures"]) for case in fitting] == [bare(told["figures"])], age
        assert told["cases"] == []


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("北京", ["不满70周岁", "70周岁及以上"]),
        ("上海", ["不满75周岁", "75周岁及以上"]),
        ("重庆", ["不满70周岁", "70周岁及以上"]),
    ],
)
def test_cases_are_told_by_their_bounds(area: str, words: list[str]) -> None:
    assert [case["when"] for case in asked("allocation", area, status="retired")["cases"]] == words


@pytest.mark.parametrize("area", ["深圳", "兰州", "合肥"])
def test_a_fact_that_does_not_matter_makes_no_cases(area: str) -> None:
    body = asked("allocation", area, status="retired")
    assert (body["cases"], body["certainty"]) == ([], "exact")
    assert all(item["name"] != "age" for item in body["inputs"])


@pytest.mark.parametrize("given", [{}, {"status": "active"}, {"status": "retired"}, {"level": "2"}, {"stay": "1"}])
def test_inpatient_cases_equal_the_answers_for_their_facts(given: dict[str, str]) -> None:
    facts = {"cost": "50000", **given}
    body = asked("inpatient", "北京", **facts)
    for case in body["cases"]:
        told = asked("inpatient", "北京", **facts, **case["facts"])
        assert bare(told["figures"]) == bare(case["figures"])
        assert (told["cases"], told["certainty"]) == ([], case["certainty"])
        assert case["when"]


def test_every_person_falls_in_one_case() -> None:
    """Status, level and stay in every combination: some case has the same facts, or facts that answer alike."""
    for status in FACTS["status"].values:
        for level in TOPICS["inpatient"].fact("level").values:
            for stay in ("1", "2", "10"):
                told = asked("inpatient", "北京", cost="50000", status=status, level=level, stay=stay)
                fitting = [
                    case
                    for case in asked("inpatient", "北京", cost="50000")["cases"]
                    if (case["facts"]["status"], case["facts"]["level"]) == (status, level)
                    and (case["facts"]["stay"] == "1") == (stay == "1")
                ]
                assert [bare(case["figures"]) for case in fitting] == [bare(told["figures"])]


@pytest.mark.parametrize(
    ("area", "on"), [("北京", ON), ("重庆", ON), ("甘肃", date(2023, 6, 1)), ("安徽", ON), ("全国", date(2023, 6, 1))]
)
def test_cases_of_areas_equal_the_answers_of_the_areas(area: str, on: date) -> None:
    for case in asked("allocation", area, on, status="retired")["cases"]:
        facts = {name: value for name, value in case["facts"].items() if name != "area"}
        told = asked("allocation", case["facts"].get("area", area), on, status="retired", **facts)
        assert bare(told["figures"]) == bare(case["figures"])


def test_a_county_answers_as_its_pooling_area_and_says_so() -> None:
    body = asked("allocation", "北京朝阳", status="retired", age="70")
    assert body["area"] == {"code": "110000", "name": "北京市"}
    assert any("朝阳区" in line for line in body["caveats"])


CERTAIN = [  # topic, area, day, facts, certainty, why
    ("allocation", "北京", ON, {"status": "retired", "age": "70"}, "exact", "the area's own law"),
    ("allocation", "安徽", ON, {"status": "retired"}, "exact", "a province asked whose value is its own"),
    ("allocation", "甘肃", date(2023, 6, 1), {"status": "retired"}, "range", "a province over its areas"),
    ("allocation", "海东", ON, {"status": "retired", "average_pension": "3000"}, "range", "the national frame"),
    ("allocation", "海东", ON, {"status": "retired"}, "unknown", "the frame without the average"),
    ("allocation", "海东", date(2022, 6, 1), {"status": "retired", "average_pension": "9"}, "unknown", "no high end"),
    ("allocation", "北京", date(2022, 8, 31), {"status": "retired", "age": "70"}, "unknown", "before its first value"),
    ("allocation", "北京", date(2020, 1, 1), {"status": "retired", "age": "70"}, "unknown", "before the rule"),
    ("allocation", "北京", ON, {"scheme": "flexible", "status": "active", "base": "8000"}, "unknown", "a gap"),
    ("allocation", "深圳", ON, {"status": "active", "tier": "2", "base": "8000"}, "not_applicable", "no account"),
    ("allocation", "北京", ON, {"scheme": "resident"}, "not_applicable", "residents have no account"),
    ("inpatient", "重庆", ON, {"status": "active", "level": "3", "stay": "1", "cost": "99999"}, "range", "sources"),
    ("inpatient", "海东", ON, {"status": "active", "level": "3", "stay": "1", "cost": "100000"}, "unknown", "no law"),
    ("inpatient", "合肥", ON, {"status": "active", "level": "3", "stay": "1", "cost": "100000"}, "unknown", "no cap"),
    ("contribution-years", "海东", ON, {"sex": "male"}, "unknown", "the law leaves it to the areas"),
    ("retirement-age", "海东", ON, {"sex": "male", "born": "1970-06-01"}, "exact", "national law"),
    ("retirement-age", "北京", date(2024, 12, 31), {"sex": "male", "born": "1970-06-01"}, "unknown", "before the rule"),
]


@pytest.mark.parametrize(("topic", "area", "on", "facts", "certainty", "why"), CERTAIN, ids=[c[5] for c in CERTAIN])
def test_certainty(topic: str, area: str, on: date, facts: dict[str, str], certainty: str, why: str) -> None:
    body = asked(topic, area, on, **facts)
    assert body["certainty"] == certainty, why
    ranges = [figure for figure in body["figures"].values() if "low" in figure]
    assert bool(body["figures"]) == (certainty in ("exact", "range"))
    assert bool(ranges) == (certainty == "range")
    assert all(figure["low"] < figure["high"] or area == "甘肃" for figure in ranges)
    if certainty == "unknown":
        assert body["next"], "what to do next"


def test_unknown_names_the_document_that_would_settle_it() -> None:
    body = asked("inpatient", "合肥", status="active", level="3", stay="1", cost="100000")
    assert any("合政办〔2021〕21号" in line for line in body["next"])
    assert any("12393" in line for line in body["next"])


def test_grade_is_told_unless_official() -> None:
    assert asked("retirement-age", "北京", sex="male", born="1970-06-01")["grade"] == "official"
    reported = asked("allocation", "北京", status="retired", age="70")
    assert (reported["grade"], "报道" in reported["summary"]) == ("reported", True)
    unverified = asked("allocation", "重庆", date(2024, 6, 1), status="retired", age="70")
    assert (unverified["grade"], "没核实" in unverified["summary"]) == ("unverified", True)


def test_a_value_of_one_year_is_carried_on_with_a_caveat_only() -> None:
    later, then = (asked("allocation", "兰州", date(year, 6, 1), status="retired") for year in (2025, 2023))
    assert any("2023年的数" in line for line in later["caveats"])
    assert not any("查到的是2023年的数" in line for line in then["caveats"])


def test_assumptions_are_said() -> None:
    body = asked("inpatient", "北京", status="active", level="3", stay="1", cost="50000")
    for name in ("scheme", "excluded", "upfront", "used_cap"):
        assert TOPICS["inpatient"].assumed[name][1] in body["caveats"]
    assert TOPICS["inpatient"].assumed["used_deductible"][1] not in body["caveats"]  # 北京 counts by the stay


def test_facts_that_were_not_used_are_said() -> None:
    body = asked("allocation", "北京", status="retired", age="70", base="8000")
    assert any("没有用到您填的：缴费基数" in line for line in body["caveats"])


def test_cases_need_no_more_than_few_evaluations() -> None:
    """Everything missing at once still ends: the cases of a stay are told by what makes a difference."""
    assert len(cases_of(TOPICS["inpatient"], "110000", ON, {"cost": "50000"})) <= 3 * 2 * 2 * 4
