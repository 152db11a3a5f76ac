"""Several laws side by side: areas understood, questions asked once, differences in words."""

from datetime import date
from typing import Any

import pytest

from yibao.law.values import UNLIMITED
from yibao.services.answers import TOPICS, answer, comparing, journey
from yibao.services.results import Done, Refused

ON = date(2025, 6, 1)
RETIRED = {"scheme": "employee", "status": "retired", "age": "70"}


def code(result: Any) -> str:
    assert isinstance(result, Refused)
    assert result.message.endswith("。")
    return f"{result.code} {result.field}"


@pytest.mark.parametrize(
    ("names", "refused"),
    [
        (("北京",), "too_few_areas area2"),
        ((), "too_few_areas area1"),
        (("北京", "火星"), "unknown_area area2"),
        (("朝阳", "北京"), "ambiguous_area area1"),
        (("北京", "上海", "海淀区"), "same_area_twice area3"),
        (("北京", "上海", "重庆", "深圳", "合肥"), "too_many_areas area4"),
    ],
)
def test_areas_that_cannot_be_compared(names: tuple[str, ...], refused: str) -> None:
    assert code(comparing.areas_of(names)) == refused


def test_areas_are_understood_as_elsewhere() -> None:
    assert comparing.areas_of(("海淀区", "深圳市", "兰州")) == Done(("海淀区", "深圳市", "兰州"))


def test_the_questions_are_those_of_all_the_areas_each_asked_once() -> None:
    areas, facts, order = ("340100", "440300"), {}, []
    while True:
        found = comparing.next_question("contribution-years", areas, ON, facts, ())
        assert isinstance(found, Done)
        if found.value is None:
            break
        order.append(found.value.name)
        facts[found.value.name] = {"sex": "male", "retires": "2026-01"}.get(found.value.name, "200")
    assert len(order) == len(set(order))
    for area in areas:
        path = journey("contribution-years", area=area, on=ON, facts=facts, skipped=())
        assert not isinstance(path, Refused)
        assert path.next is None
    assert order == sorted(order, key=TOPICS["contribution-years"].facts.index)


def test_a_fact_that_is_impossible_is_refused() -> None:
    assert code(comparing.next_question("allocation", ("110000",), ON, {"age": "200"}, ())) == "age_out_of_range age"
    assert code(comparing.across_areas("allocation", ("110000",), ON, {"age": "200"})) == "age_out_of_range age"


def test_each_side_is_the_ordinary_answer() -> None:
    names = ("海淀区", "上海", "拉萨")
    found = comparing.across_areas("allocation", names, ON, RETIRED)
    assert isinstance(found, Done)
    for name, side in zip(names, found.value, strict=True):
        alone = answer("allocation", area=name, on=ON, facts=RETIRED)
        assert isinstance(alone, Done)
        assert side.area == alone.value.area["code"]
        assert side.answer.to_json() == alone.value.to_json()
    assert [side.own_law for side in found.value] == [True, True, False]
    assert comparing.figure_names(found.value)[0] == "allocation_net"


@pytest.mark.parametrize(
    ("first", "other", "told"),
    [
        ({"value": 10700, "unit": "fen/month"}, {"value": 10700, "unit": "fen/month"}, "一样"),
        ({"value": 10700, "unit": "fen/month"}, {"value": 12000, "unit": "fen/month"}, "多 13.00 元/月"),
        ({"value": 300, "unit": "months"}, {"value": 240, "unit": "months"}, "少 5年"),
        ({"value": 763, "unit": "age_months"}, {"value": 766, "unit": "age_months"}, "多 3个月"),
        ({"value": "2031-02", "unit": "month"}, {"value": "2030-12", "unit": "month"}, "早 2个月"),
        ({"value": 1, "unit": "yes_no"}, {"value": 0, "unit": "yes_no"}, "不一样"),
        ({"value": "2025-06-03", "unit": "date"}, {"value": "2025-06-03", "unit": "date"}, "一样"),
        ({"value": 5, "unit": "fen"}, {"value": UNLIMITED, "unit": "fen"}, "不一样"),
        ({"value": 5, "unit": "fen/month"}, {"value": 5, "unit": "fen/year"}, "单位不同，不能直接相减"),
        ({"low": 5, "high": 7, "unit": "fen"}, {"value": 5, "unit": "fen"}, "有一边只是范围，差多少说不准"),
        ({"low": 5, "high": 7, "unit": "fen"}, {"low": 5, "high": 7, "unit": "fen"}, "一样，都是范围"),
        ({}, {"value": 5, "unit": "fen"}, ""),
    ],
)  # fmt: skip
def test_differences_are_told_in_words(first: dict[str, Any], other: dict[str, Any], told: str) -> None:
    assert comparing.difference(first, other) == told


def test_two_years_later_with_and_without_paying_on() -> None:
    facts = {"sex": "male", "retires": "2025-06", "paid_months": "200", "deemed_months": "0", "local_months": "100"}
    found = comparing.two_years_later("440300", ON, facts)
    assert isinstance(found, Done)
    now, later, paying = found.value
    assert (later.facts["retires"], later.facts["paid_months"]) == ("2027-06", "200")
    assert (paying.facts["paid_months"], paying.facts["local_months"]) == ("224", "124")
    missing = [side.answer.figures["missing_months"]["value"] for side in (now, later, paying)]
    assert missing[2] == missing[1] - 24


def test_two_years_later_without_what_was_paid_has_two_sides_and_starts_from_the_day() -> None:
    found = comparing.two_years_later("440300", ON, {"sex": "male"})
    assert isinstance(found, Done)
    assert [side.facts.get("retires", "") for side in found.value] == ["", "2027-06"]
    assert code(comparing.two_years_later("440300", ON, {"retires": "2025-13"})) == "impossible_month retires"
