"""What does somebody hear who asks the law by keys, without signing in? The law's figures, in both languages."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest

from yibao.services.answers import answer
from yibao.services.speech import yuan_spoken
from yibao.services.speech_english import yuan_in_english

pytestmark = pytest.mark.django_db
BEIJING = ("2", "1")
RETIREE = 11_000 - 300  # 北京, 70 and older: 110 yuan, of which 3 go to the large-amount insurance
ON_8000 = 800_000 * 2 // 100  # 北京, at work: 2 % of the base


@pytest.mark.parametrize(
    ("keys", "fen"),
    [
        (("1", "1", "2", "70"), RETIREE),
        (("1", "1", "2", "69"), 10_000 - 300),
        (("1", "1", "1", "8000"), ON_8000),
        (("3", "3", "1", "1"), 46_000),  # residents of 北京 pay 460 yuan for 2026
    ],
    ids=["retired at 70", "retired at 69", "at work", "a resident's year"],
)
def test_the_same_figure_in_both_languages(ring: Any, keys: tuple[str, ...], fen: int) -> None:
    assert yuan_spoken(fen) in ring().press("1", *BEIJING, *keys)
    assert yuan_in_english(fen) in ring().press("2", *BEIJING, *keys).lower()


def test_the_month_of_retirement(ring: Any) -> None:
    """Born in March 1965, a man: delayed by one month for every four begun since January 1965."""
    delayed = (3 - 1) // 4 + 1
    assert delayed == 1
    keys = (*BEIJING, "5", "2", "19650305")
    assert "二零二五年四月到年龄" in ring().press("1", *keys)
    assert "April twenty twenty-five" in ring().press("2", *keys)


def test_years_are_keyed_as_years_and_months(ring: Any) -> None:
    """A man needs 25 years; 10 years and 5 months paid and none deemed leave 25 * 12 - 125 months."""
    left = 25 * 12 - (10 * 12 + 5)
    call = ring()
    call.press("1", *BEIJING, "2", "2", "#", "10", "5", "0", "0")
    assert (left // 12, left % 12) == (14, 7)
    assert "要交满二十五年" in call.heard
    assert "还差十四年七个月" in call.heard
    english = ring()
    english.press("2", *BEIJING, "2", "2", "#", "10", "5", "0", "0")
    assert "Fourteen years and seven months are still missing." in english.turn.say


def test_the_sentence_is_that_of_every_other_channel(ring: Any) -> None:
    from yibao.channels.hotline.dialogue.words import aloud

    call = ring(today=date(2026, 10, 20))
    call.press("1", "2", "2", "500000", "1", "1", "2", "70")
    done = answer("allocation", area="500000", on=date(2026, 10, 20), facts={
        "scheme": "employee", "status": "retired", "age": "70",
    })  # fmt: skip
    said = aloud(done.value.summary)  # type: ignore[union-attr]
    assert list(call.turn.say[: len(said)]) == said


def test_the_law_and_its_day_on_the_next_key(ring: Any) -> None:
    call = ring()
    call.press("1", *BEIJING, "5", "2", "19650305", "1")
    assert "依据是国务院关于渐进式延迟法定退休年龄的办法" in call.heard
    assert "从二零二五年一月一日起施行。" in call.turn.say
    assert "这是二零二六年十月二十日的规定。" in call.turn.say


def test_what_was_left_open_is_told_as_cases(ring: Any) -> None:
    call = ring()
    call.press("1", *BEIJING, "1", "1", "2", "#")
    assert "不满七十周岁：每月划入个人账户一百元" in call.heard
    assert "七十周岁及以上：每月划入个人账户一百一十元" in call.heard
    assert "still open" in ring().press("2", *BEIJING, "1", "1", "2", "#")


def test_what_is_assumed_is_said(ring: Any) -> None:
    call = ring()
    call.press("1", *BEIJING, "4", "1", "#", "1", "2")
    assert "您没有说是不是头一次参加职工医保，这里按以前参加过算。" in call.turn.say


def test_star_takes_the_last_answer_back(ring: Any) -> None:
    call = ring()
    asked = call.press("1", *BEIJING, "1", "1")
    call.press("2")
    assert call.press("*") == asked
    call.press("*", "*")
    assert "问每月划入多少钱，请按一。" in call.turn.say


def test_a_star_among_figures_begins_the_number_anew(ring: Any) -> None:
    call = ring()
    call.press("1", *BEIJING, "1", "1", "2", "6*70")
    assert yuan_spoken(RETIREE) in call.heard


def test_what_cannot_be_is_said_and_asked_again(ring: Any) -> None:
    call = ring()
    call.press("1", *BEIJING, "1", "1", "2", "200")
    assert "您今年多少周岁？" in call.turn.say
    assert call.turn.say[0] != "您今年多少周岁？"
    assert yuan_spoken(RETIREE) in call.press("70")


@pytest.mark.parametrize(
    ("code", "says"),
    [("123456", "没有找到这个地方"), ("610000", "省里各地不一样"), ("810000", "不实行内地的基本医疗保险")],
)
def test_a_place_that_cannot_be_answered_for(ring: Any, code: str, says: str) -> None:
    assert says in ring().press("1", "2", "2", code)


def test_a_district_is_its_pooling_area(ring: Any) -> None:
    assert "按北京市的规定回答" in ring().press("1", "2", "2", "110101")


@pytest.mark.parametrize("key", ["1", "2", "3", "4", "5", "6", "7"])
def test_what_is_told_in_words(ring: Any, key: str) -> None:
    call = ring()
    call.press("1", *BEIJING, "6", key)
    if "参加的是哪种医保" in call.heard:
        call.press("1")
    topic = import_module("yibao.channels.hotline.dialogue.words").read("menus")["words"][key]["of"]
    assert call.turn.say[0].startswith("北京市：")
    assert topic != "chronic" or "把答案发到手机上" not in call.heard, "an illness is in no message"


def test_the_answer_by_message_goes_to_the_mobile_that_calls(ring: Any, messages: Any) -> None:
    call = ring("+8610012345678")
    call.press("1", *BEIJING, "1", "1", "2", "70", "2")
    assert "短信已经发出去了。" in call.turn.say
    ((phone, text),) = messages
    assert phone == "10012345678"
    assert "107.00元" in text
    assert "2026-10-20" in text


@pytest.mark.parametrize("phone", ["", "01062345678", "anonymous"])
def test_no_message_is_offered_where_none_can_arrive(ring: Any, messages: Any, phone: str) -> None:
    call = ring(phone)
    call.press("1", *BEIJING, "1", "1", "2", "70")
    assert "发到手机" not in call.heard
    assert "没有这一项。" in call.press("2")
    assert messages == []


def test_messages_to_one_mobile_have_an_end(ring: Any, messages: Any) -> None:
    call = ring("10055550000")
    call.press("1", *BEIJING, "1", "1", "2", "70", *["2"] * 5)
    assert "短信已经发出去了。" in call.turn.say
    assert "已经给这个手机发过" in call.press("2")
    assert len(messages) == 5
