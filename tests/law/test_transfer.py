"""Who must move the enrolment, by which day is it done, and what is refused or does not apply?"""

from datetime import date, timedelta
from typing import Any

import pytest

from yibao.law import calendar
from yibao.services.answers import answer
from yibao.services.results import Refused

ON = date(2026, 11, 21)
MOVE = {"to": "西宁", "status": "active"}


def moved(area: str = "合肥", **facts: str) -> dict[str, Any]:
    return answer("transfer", area=area, on=ON, facts={**MOVE, **facts}).value.to_json()


def value(body: dict[str, Any], name: str) -> Any:
    return body["figures"][name]["value"]


SPRING_FESTIVALS = [  # accepted; the 10th working day, when the old agency is done; the 15th, when both are
    ("2024-02-05", "2024-02-23", "2024-03-01"),
    ("2025-01-20", "2025-02-08", "2025-02-14"),
    ("2026-02-09", "2026-02-28", "2026-03-06"),
]


@pytest.mark.parametrize(("accepted", "out", "both"), SPRING_FESTIVALS)
def test_due_days_across_three_spring_festivals(accepted: str, out: str, both: str) -> None:
    body = moved(applied=accepted)
    assert value(body, "due_on") == both
    day = date.fromisoformat(accepted)
    assert calendar.add_working_days(day, value(body, "working_days_out")).isoformat() == out
    assert value(body, "working_days_out") + value(body, "working_days_in") == 10 + 5


def test_the_count_can_be_checked_by_an_outsider() -> None:
    """Day of acceptance + working days + weekend days + holidays - worked weekend days, all of them told."""
    body = moved(applied="2026-02-09")
    told = {row["name"]: row["value"] for row in body["parameters"]}
    assert (told["transfer_weekend_days"], told["transfer_holidays"], told["transfer_worked_weekends"]) == (6, 6, 2)
    assert value(body, "due_on") == (date(2026, 2, 9) + timedelta(10 + 5 + 6 + 6 - 2)).isoformat()
    step = next(step for step in body["steps"] if step["name"] == "due_on")
    assert step["unit"] == "day"
    assert date.fromordinal(step["value"]).isoformat() == value(body, "due_on")
    assert "国办发明电〔2025〕7号" in {cited["number"] for cited in body["citations"]}


def test_a_count_over_new_year_cites_both_notices() -> None:
    numbers = {cited["number"] for cited in moved(applied="2025-12-20")["citations"]}
    assert {"国办发明电〔2024〕12号", "国办发明电〔2025〕7号"} <= numbers


def test_every_due_day_is_the_fifteenth_working_day() -> None:
    day = date(2024, 1, 2)
    while day < date(2026, 12, 10):
        assert value(moved(applied=day.isoformat()), "due_on") == calendar.add_working_days(day, 15).isoformat()
        day += timedelta(19)


@pytest.mark.parametrize(("applied", "word"), [("2026-12-11", "2027年的放假安排还没有公布"),
                                               ("2027-03-01", "2027年的放假安排还没有公布"),
                                               ("2023-03-01", "2023年的放假安排没有收进来")])  # fmt: skip
def test_no_due_day_where_the_notice_is_not_here(applied: str, word: str) -> None:
    body = moved(applied=applied)
    assert "due_on" not in body["figures"]
    assert value(body, "working_days_out") == 10
    assert any(word in line and "部分节假日安排的通知" in line for line in body["caveats"])


def test_without_a_day_the_rest_is_answered() -> None:
    body = moved()
    assert "due_on" not in body["figures"]
    assert [wanted["name"] for wanted in body["wanted"]] == ["applied"]


@pytest.mark.parametrize(
    ("facts", "duty", "account"),
    [
        ({"scheme": "employee"}, "must", "moves"),
        ({"scheme": "flexible"}, "must", "moves"),
        ({"scheme": "employee", "switched": "yes"}, "may", "moves"),
        ({"scheme": "resident"}, "may", "no_account"),
        ({"scheme": "resident", "switched": "yes"}, "may", "no_account"),
    ],
)
def test_who_must_and_who_may(facts: dict[str, str], duty: str, account: str) -> None:
    body = moved(**facts)
    assert (value(body, "duty"), value(body, "account")) == (duty, account)
    assert body["figures"]["duty"]["text"] in body["summary"]
    assert body["figures"]["account"]["text"] in body["summary"]


def test_retirees_are_told_what_they_can_do_instead() -> None:
    body = moved(status="retired")
    assert body["certainty"] == "not_applicable"
    assert "第二条" in body["reason"]
    assert "备案" in body["reason"]


@pytest.mark.parametrize("to", ["合肥", "340100", "肥东县"])
def test_the_same_pooling_area_needs_no_move(to: str) -> None:
    body = moved(to=to)
    assert body["certainty"] == "not_applicable"
    assert "同一个统筹区" in body["reason"]


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("江苏", "not_a_pooling_area"),
        ("全国", "not_a_pooling_area"),
        ("香港", "area_outside"),
        ("吉林", "ambiguous_area"),
        ("亚特兰蒂斯", "unknown_area"),
    ],
)
def test_the_new_place_must_be_a_pooling_area(to: str, code: str) -> None:
    refused = answer("transfer", area="合肥", on=ON, facts={**MOVE, "to": to})
    assert isinstance(refused, Refused)
    assert (refused.code, refused.field) == (code, "to")
    assert refused.message.endswith("。")


def test_suzhou_writes_a_letter_first() -> None:
    body = moved(to="苏州", applied="2026-03-02")
    assert (value(body, "working_days_out"), value(body, "working_days_in")) == (10, 5 + 5)
    assert value(moved("苏州", applied="2026-03-02"), "working_days_in") == 5


def test_quanzhou_is_faster() -> None:
    assert value(moved("泉州"), "working_days_out") == 8
    assert value(moved(to="泉州"), "working_days_in") == 5 + 2


def test_guangdong_and_the_old_fifteen_to_thirty_days_are_told_and_not_used() -> None:
    guangdong = moved("广州", to="深圳")
    assert value(guangdong, "account") == "moves"
    assert any("不转也不退" in line for line in guangdong["caveats"] if line.startswith("另有说法"))
    old = next(line for line in moved()["caveats"] if "15到30个工作日" in line)
    assert "2021年以前" in old
