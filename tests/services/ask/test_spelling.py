"""Are slips and pinyin read as what was meant, and everything else left as it is?"""

import pytest

from yibao.services.ask.pinyin import decoded
from yibao.services.ask.spelling import respelled


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("兰洲医保", "兰州医保"),
        ("合服市医保", "合肥市医保"),
        ("绍兴一保返宽", "绍兴医保返款"),
        ("医宝断绞", "医保断缴"),
    ],
)
def test_slips(typed: str, meant: str) -> None:
    assert respelled(typed, places="兰" in typed or "合" in typed, words=True) == meant


@pytest.mark.parametrize("typed", ["本地医保怎么交", "铁路医保", "在什么情况下", "今天天气怎么样", "支付宝保证金账户"])
def test_words_are_left_alone(typed: str) -> None:
    assert respelled(typed, places=True, words=True) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hefei yibao yue", "合肥医保余额"),
        ("beijing tui xiu mei yue fan duo shao", "北京退休每月返多少"),
        ("HEFEI YIBAO", "合肥医保"),
        ("hello world how are you", "hello world how are you"),
        ("'; DROP TABLE people; --", "'; DROP TABLE people; --"),
    ],
)
def test_pinyin(typed: str, meant: str) -> None:
    assert decoded(typed) == meant


@pytest.mark.parametrize(
    "typed", ["怎么用微信交居民医保", "多大适合买养老保险", "手术费用如果是医保能报吗", "平煤职工医保能报多少"]
)
def test_no_city_is_read_into_other_words(typed: str) -> None:
    assert respelled(typed, places=True, words=False) == typed
