"""Does a question in one's own words get the same answer as everywhere, or one question back, or none at all?"""

import json
from datetime import date
from typing import Any

import pytest

from yibao.services.answers import ALL_TOPICS, answer
from yibao.services.ask import Asked, ask
from yibao.services.results import Done, Refused

TODAY = date(2026, 11, 22)


def asked(question: str, **chosen: Any) -> Asked:
    result = ask(question, today=TODAY, **chosen)
    assert isinstance(result, Done)
    return result.value


def test_the_same_answer_as_everywhere() -> None:
    found = asked("72岁北京退休人员每月返多少钱")
    same = answer("allocation", area="北京", on=TODAY, facts={"age": "72", "status": "retired"}, today=TODAY)
    assert isinstance(same, Done)
    assert found.answers == [same.value.to_json()]
    assert found.facts == {"age": "72", "status": "retired"}


@pytest.mark.parametrize(
    ("question", "topic", "area", "facts"),
    [
        ("甘肃武威医保已经交过费了怎么更换参保地", "enrolment", "620600", {}),
        ("七台河医保个人账户里的钱家人也能用", "family-sharing", "230900", {}),
        ("合肥退休，三级医院住院花了3万", "inpatient", "340100", {"status": "retired", "level": "3", "cost": "30000"}),
        ("从南昌转到杭州，医保怎么转移", "transfer", "360100", {"to": "杭州市"}),
        ("灵活就业交了12年，合肥还差几年", "contribution-years", "340100", {"paid_months": "12年"}),
        ("新农合在巴中断了5个月", "gap", "511900", {"scheme": "resident", "gap_months": "5个月"}),
        ("蘭州醫保卡餘額怎麼查", "balance", "620100", {}),
        ("shaoxing tuixiu yibao fanduoshao", "allocation", "330600", {"status": "retired"}),
        ("兰洲医保余鹅", "balance", "620100", {}),
        ("合服医保余额", "balance", "340100", {}),
        ("昆山医保怎么交", "paying", "320500", {}),
    ],
)
def test_understood(question: str, topic: str, area: str, facts: dict[str, str]) -> None:
    found = asked(question)
    assert found.topics[0] == topic
    assert found.area is not None
    assert found.area["code"] == area
    assert found.facts == facts
    assert len(found.answers) >= 1


@pytest.mark.parametrize(
    "question", ["明天会下雨吗", "住房公积金怎么提取", "交强险一年多少钱", "", "   ", "aaaa", "🙂", "\x00"]
)
def test_nothing_is_made_up(question: str) -> None:
    found = asked(question)
    assert (found.topics, found.answers, found.back) == ([], [], None)
    assert len(found.nearest) == 3
    assert all(ALL_TOPICS[topic].title == title for topic, title in found.nearest)
    assert "12393" in found.message


def test_without_an_area_one_question_is_asked_back_where_the_law_is_local() -> None:
    found = asked("退休人员每月返多少钱")
    assert found.back is not None
    assert (found.back.kind, found.answers) == ("area", [])


def test_without_an_area_the_nation_answers_where_its_law_settles_it() -> None:
    found = asked("医保卡余额怎么查")
    assert found.back is None
    assert found.answers[0]["area"]["code"] == "000000"


def test_of_a_province_one_chooses_the_city_where_hospitals_are_settled_locally() -> None:
    found = asked("四川住院报多少")
    assert found.back is not None
    assert found.back.kind == "area"
    assert ("511900", "巴中市") in found.back.choices


def test_a_name_of_several_places_is_asked_back_with_all_of_them() -> None:
    found = asked("朝阳医保怎么交")
    assert found.back is not None
    assert (found.back.kind, {value for value, _ in found.back.choices}) == ("which_area", {"110105", "211300"})
    assert asked("朝阳医保怎么交", area="110105").area == {"code": "110000", "name": "北京市"}


def test_the_one_fact_without_which_nothing_can_be_told_is_asked_back() -> None:
    found = asked("几岁退休")
    assert found.back is not None
    assert (found.back.kind, found.back.name) == ("fact", "born")


def test_each_area_of_a_question_is_answered() -> None:
    found = asked("北京和上海的灵活就业医保怎么交")
    assert [one["area"]["code"] for one in found.answers] == ["110000", "310000"]


def test_cheating_is_warned_of_with_the_law() -> None:
    found = asked("合肥医保卡怎么套现")
    assert found.topics[0] == "fraud-warning"
    assert "套现" in found.warning
    assert found.answers[0]["citations"]


def test_what_the_person_chose_stands_above_the_words() -> None:
    found = asked(
        "北京退休人员每月返多少钱", area="上海", facts={"status": "active", "base": "8000"}, on=date(2025, 6, 1)
    )
    assert found.area == {"code": "310000", "name": "上海市"}
    assert found.facts == {"status": "active", "base": "8000"}
    assert found.on == date(2025, 6, 1)
    assert asked("北京退休人员每月返多少钱", facts={"status": ""}).facts == {}
    assert asked("合肥医保余额怎么查", topic="paying").topics == ["paying"]


def test_a_fact_that_cannot_be_is_left_out_and_said() -> None:
    found = asked("北京退休人员每月返多少钱，我200岁")
    assert "age" not in found.facts
    assert any(part.typed == "200岁" and part.value == "" and "没有用" in part.told for part in found.understood)


def test_what_is_chosen_badly_is_refused() -> None:
    for chosen in ({"area": "Atlantis"}, {"topic": "astrology"}):
        assert isinstance(ask("医保余额", today=TODAY, **chosen), Refused)  # type: ignore[arg-type]


def test_too_long_a_question_is_cut_and_said() -> None:
    found = asked("合肥医保余额怎么查" + "啊" * 10_000_000)
    assert len(found.question) == 500
    assert any(part.kind == "question" for part in found.understood)
    assert found.topics == ["balance"]


def test_every_part_names_the_words_that_it_comes_from() -> None:
    found = asked("合肥退休人员2025年每月返多少钱")
    assert {(part.kind, part.typed) for part in found.understood} >= {
        ("area", "合肥"),
        ("fact", "退休人员"),
        ("day", "2025年"),
    }
    assert found.on == date(2025, 12, 31)


def test_the_same_question_gives_the_same_text() -> None:
    texts = {json.dumps(asked("四川巴中医保如何缴费").to_json(), ensure_ascii=False) for _ in range(3)}
    assert len(texts) == 1


@pytest.mark.parametrize("words", ["4500", "4500元", "12年", "一万二", "72岁", "1965年3月", "5个月", "3.5万"])
def test_a_figure_alone_asks_nothing(words: str) -> None:
    """It answers what was asked back; whatever topic such words resemble, none is meant."""
    result = ask(words)
    assert isinstance(result, Done)
    assert not result.value.topics
