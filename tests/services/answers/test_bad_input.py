"""Is bad input refused with one plain sentence that says what to do, and nothing taken as zero?"""

import re
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from yibao.channels.cli.main import main
from yibao.services.answers import answer, journey
from yibao.services.results import Done, Refused

ON = date(2025, 6, 1)
REFUSED: list[tuple[str, str, str, dict[str, str], str]] = [  # code, topic, area, facts, the fact at fault
    ("unknown_area", "allocation", "北亰", {}, "area"),
    ("unknown_area", "allocation", "Atlantis", {}, "area"),
    ("unknown_area", "allocation", "999999", {}, "area"),
    ("unknown_area", "allocation", "", {}, "area"),
    ("ambiguous_area", "allocation", "吉林", {"status": "retired"}, "area"),
    ("ambiguous_area", "allocation", "海南", {"status": "retired"}, "area"),
    ("ambiguous_area", "allocation", "朝阳", {"status": "retired"}, "area"),
    ("unknown_topic", "astrology", "北京", {}, "topic"),
    ("unknown_fact", "allocation", "北京", {"shoe_size": "42"}, "shoe_size"),
    ("unknown_choice", "allocation", "北京", {"status": "dead"}, "status"),
    ("unknown_choice", "inpatient", "北京", {"level": "4"}, "level"),
    ("age_out_of_range", "allocation", "北京", {"age": "200"}, "age"),
    ("age_out_of_range", "allocation", "北京", {"age": "-1"}, "age"),
    ("not_an_age", "allocation", "北京", {"age": "七十"}, "age"),
    ("not_an_age", "allocation", "北京", {"age": "70.5"}, "age"),
    ("not_an_age", "pension", "北京", {"age": "60y12m"}, "age"),
    ("age_contradicts_birth", "allocation", "北京", {"born": "1955-01-01", "age": "50"}, "age"),
    ("impossible_day", "retirement-age", "北京", {"born": "1970-02-30"}, "born"),
    ("impossible_day", "retirement-age", "北京", {"born": "1970-13-01"}, "born"),
    ("not_a_day", "retirement-age", "北京", {"born": "last year"}, "born"),
    ("day_out_of_range", "retirement-age", "北京", {"born": "1066-10-14"}, "born"),
    ("born_after_day", "retirement-age", "北京", {"born": "2025-06-02"}, "born"),
    ("impossible_month", "contribution-years", "北京", {"retires": "2031-13"}, "retires"),
    ("not_a_month", "contribution-years", "北京", {"retires": "soon"}, "retires"),
    ("not_a_length", "contribution-years", "北京", {"paid_months": "long"}, "paid_months"),
    ("paid_months_out_of_range", "contribution-years", "北京", {"paid_months": "101年"}, "paid_months"),
    ("local_exceeds_paid", "contribution-years", "北京", {"paid_months": "10", "local_months": "11"}, "local_months"),
    ("negative_amount", "allocation", "北京", {"base": "-1"}, "base"),
    ("negative_amount", "inpatient", "北京", {"cost": "−50000"}, "cost"),
    ("too_many_decimals", "inpatient", "北京", {"cost": "100.001"}, "cost"),
    ("amount_too_large", "inpatient", "北京", {"cost": "1000000001"}, "cost"),
    ("not_a_number", "inpatient", "北京", {"cost": "1e6"}, "cost"),
    ("not_a_number", "inpatient", "北京", {"cost": "很多"}, "cost"),
    ("not_a_number", "inpatient", "北京", {"cost": "nan"}, "cost"),
    ("not_a_number", "inpatient", "北京", {"stay": "twice"}, "stay"),
    ("stay_out_of_range", "inpatient", "北京", {"stay": "0"}, "stay"),
    ("parts_exceed_cost", "inpatient", "北京", {"cost": "100", "excluded": "60", "upfront": "41"}, "excluded"),
    ("parts_exceed_cost", "inpatient", "北京", {"cost": "100", "upfront": "101"}, "upfront"),
    ("old_age_of_men_is_60", "retirement-age", "北京", {"sex": "male", "old_age": "50"}, "old_age"),
    ("old_age_of_women_is_50_or_55", "retirement-age", "北京", {"sex": "female", "old_age": "60"}, "old_age"),
]
Facts = dict[str, str]
bad_input = pytest.mark.parametrize(("code", "topic", "area", "facts", "at_fault"), REFUSED)
LINE = re.compile(r"(?=.*[一-鿿])[^\n]{8,200}。")  # what happened and what to do: one line, Chinese, to its full stop
NEVER_SAID = ("非法", "无效", "操作失败", "系统繁忙", "Error", "None", "Traceback")


def is_plain(text: str) -> bool:
    return bool(LINE.fullmatch(text)) and not any(word in text for word in NEVER_SAID)


@bad_input
def test_refused_in_plain_words(code: str, topic: str, area: str, facts: Facts, at_fault: str) -> None:
    refused = answer(topic, area=area, on=ON, facts=facts)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.field) == (code, at_fault)
    assert is_plain(refused.message), refused.message


@pytest.mark.parametrize(("topic", "area", "facts"), [case[1:4] for case in REFUSED if case[0] != "unknown_fact"])
def test_the_command_says_it_and_exits_with_2(
    topic: str, area: str, facts: Facts, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [f"--{name.replace('_', '-')}={value}" for name, value in facts.items()]
    assert main(["answer", topic, f"--area={area}", "--on", str(ON), *options, "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert is_plain(said.err.removesuffix("\n"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["answer", "allocation", "--area", "北亰"],
        ["answer", "allocation", "--area", "北京", "--on", "2025-02-29"],
        ["answer", "allocation", "--area", "北京", "--on", "tomorrow"],
        ["answer", "allocation", "--area", "北京", "--shoe-size", "42"],
        ["answer", "allocation"],
        ["anwser"],
        [],
    ],
)
def test_a_real_process_exits_with_2_and_prints_nothing(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "yibao.channels.cli.main", *arguments]
    run = subprocess.run(command, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (2, "")
    assert is_plain(run.stderr.removesuffix("\n")), run.stderr


def test_nearest_names_are_offered() -> None:
    assert "北京市" in answer("allocation", area="北亰", on=ON, facts={}).next
    assert set(answer("allocation", area="吉林", on=ON, facts={}).next) == {"吉林省", "吉林省吉林市"}


@pytest.mark.parametrize(
    ("topic", "facts"), [("astrology", {}), ("allocation", {"shoe_size": "42"}), ("allocation", {"age": "200"})]
)
def test_journey_refuses_as_answer_does(topic: str, facts: dict[str, str]) -> None:
    refused = journey(topic, area="北京", on=ON, facts=facts, skipped=())
    assert refused == answer(topic, area="北京", on=ON, facts=facts)


def done(topic: str, area: str, **facts: str) -> dict[str, Any]:
    result = answer(topic, area=area, on=ON, facts=facts)
    assert isinstance(result, Done)
    return result.value.to_json()


def test_a_resident_has_no_allocation_and_that_is_an_answer() -> None:
    for area in ("北京", "上海", "海东", "甘肃"):
        body = done("allocation", area, scheme="resident")
        assert (body["certainty"], body["figures"]) == ("not_applicable", {})
        assert "个人账户" in body["summary"]


@pytest.mark.parametrize("area", ["香港", "澳门", "台湾"])
def test_outside_the_mainland_nothing_applies(area: str) -> None:
    body = done("inpatient", area, cost="100")
    assert (body["certainty"], body["figures"], body["steps"]) == ("not_applicable", {}, [])


@pytest.mark.parametrize(
    ("topic", "facts", "needed"),
    [
        ("allocation", {"status": "active"}, "base"),
        ("inpatient", {"status": "active", "level": "3", "stay": "1"}, "cost"),
        ("retirement-age", {"sex": "male"}, "born"),
    ],
)
def test_a_missing_fact_is_asked_for_and_never_zero(topic: str, facts: dict[str, str], needed: str) -> None:
    body = done(topic, "北京", **facts)
    assert (body["certainty"], body["figures"], body["steps"]) == ("unknown", {}, [])
    assert [need["name"] for need in body["needs"]] == [needed]
    assert any("请补充" in line for line in body["next"])


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("8000", 8_000_00),
        ("8,000.50", 8_000_50),
        ("８０００", 8_000_00),
        ("８，０００．５", 8_000_50),
        ("0.8万", 8_000_00),
        ("1.23456万", 12_345_60),
        ("8000元", 8_000_00),
        ("¥8000", 8_000_00),
        (" 8 000 ", 8_000_00),
        ("8000.500", 8_000_50),
        ("0", 0),
    ],
)
def test_amounts_as_people_type_them(typed: str, fen: int) -> None:
    body = done("allocation", "北京", status="active", base=typed)
    assert [i["value"] for i in body["inputs"] if i["name"] == "base"] == [fen]
    assert body["figures"]["allocation_gross"]["value"] == (fen * 2 + 50) // 100


@pytest.mark.parametrize("typed", ["70", "７０", "70岁", "70周岁", "70 岁", "70y", "70岁11个月", "70y11m"])
def test_ages_as_people_type_them(typed: str) -> None:
    figures = done("allocation", "北京", status="retired", age=typed)["figures"]
    assert figures["allocation_net"]["value"] == 110_00 - 3_00


@pytest.mark.parametrize(
    ("born", "net"),
    [("1955-06-30", 107_00), ("1955-07-01", 97_00), ("1955年6月30日", 107_00), ("19550701", 97_00)],
)
def test_age_is_counted_on_the_last_day_of_the_month(born: str, net: int) -> None:
    assert done("allocation", "北京", status="retired", born=born)["figures"]["allocation_net"]["value"] == net
