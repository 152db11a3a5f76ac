"""What a voice says (checklist point 64): amounts as Chinese money, no digit left over, nobody's number."""

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.services import private_numbers, speech
from yibao.services.formats import fen_text, months_text, ppm_text
from yibao.services.speech import DIGITS, UNSPOKEN, number_spoken, spoken, yuan_spoken

PLACES = {"十": 10, "百": 100, "千": 1000}


def heard(words: str) -> int:
    """The number that a listener writes down, from the words alone."""
    total = part = digit = 0
    for sign in words:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in PLACES:
            part += (digit or 1) * PLACES[sign]
            digit = 0
        else:
            scale = {"万": 10**4, "亿": 10**8}[sign]
            part += digit
            total, part, digit = ((total + part) * scale, 0, 0) if sign == "亿" else (total + part * scale, 0, 0)
    return total + part + digit


@pytest.mark.parametrize("module", [speech, private_numbers])
def test_examples_in_docstrings_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@given(st.integers(0, 10**12 - 1))
def test_point_64_a_number_is_heard_as_it_was(number: int) -> None:
    words = number_spoken(number)
    assert heard(words) == number
    assert not re.search("零零|零$", words) or words == "零"


@given(st.integers(0, 10**11))
def test_point_64_an_amount_is_heard_to_the_fen(fen: int) -> None:
    yuan, _, rest = yuan_spoken(fen).rpartition("元")
    jiao, cents = (re.search(rf"([{DIGITS}]){unit}", rest) for unit in "角分")
    of = [DIGITS.index(found[1]) if found else 0 for found in (jiao, cents)]
    assert heard(yuan or "零") * 100 + of[0] * 10 + of[1] == fen
    assert spoken(f"{fen_text(fen)} 元/月") == f"{yuan_spoken(fen)}每月"


@given(st.text(alphabet="0123456789,.-−+%元年月日 ¥〔〕/～到个Xx*", max_size=30))
def test_point_64_no_digit_is_left_to_the_engine(text: str) -> None:
    assert not re.search(r"\d", spoken(text))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("¥1,234.56", "一千二百三十四元五角六分"), ("1,234.56 元", "一千二百三十四元五角六分"), ("0.05 元", "五分"),
        ("−107.00 元/月", "负一百零七元每月"), ("75.00～105.00 元/月", "七十五元到一百零五元每月"),
        ("20万元", "二十万元"),
        (ppm_text(20_000), "百分之二"), (ppm_text(2_500), "百分之零点二五"), (months_text(150), "十二年六个月"),
        ("2025年6月1日", "二零二五年六月一日"), ("2025-06-01", "二零二五年六月一日"), ("2031-11", "二零三一年十一月"),
        ("国办发〔2021〕14号", "国办发〔二零二一〕十四号"), ("打 12393", "打 一二三九三"),
        ("0571-12393", "零五七一一二三九三"),
        ("0.84", "零点八四"), ("3-6个月", "三到六个月"), ("2个月", "两个月"), ("第2个月", "第二个月"),
        ("2%", "百分之二"), ("100.00 元 − 3.00 元", "一百元，减三元"), ("看 https://a.example/?id=1", "看 网址见页面"),
    ],
)  # fmt: skip
def test_point_64_what_is_written_and_what_is_said(written: str, said: str) -> None:
    assert spoken(written) == said


NUMBERS = (
    "11010519491231002X", "110105194912310021", "110105 19491231 002X", "110105-19491231-0021", "110105491231002",
    "１１０１０５１９４９１２３１００２Ｘ", "13812345678", "138 1234 5678", "138-1234-5678", "6222 0210 0111 2233",
    "E12345678", "H12345678", "810000199408230021", "6217000010012345678",
)  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_points_64_68_nobodys_number_is_spoken_or_shown(number: str) -> None:
    said = spoken(f"号码{number}，97.00 元")
    assert said == f"号码{UNSPOKEN}，九十七元"
    shown = private_numbers.masked(f"号码{number}，97.00 元")
    assert number not in shown
    assert "**" in shown
    assert shown.endswith("，97.00 元")


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "1101**********002X"),
        ("13812345678", "138****5678"),
        ("110105 19491231 002x", "1101**********002x"),
    ],
)
def test_point_68_the_first_and_the_last_places_stay(number: str, masked: str) -> None:
    assert private_numbers.masked(number) == masked


@pytest.mark.parametrize("text", ["1,234,567.00 元", "2025-06-01 2025-06-30", "国办发〔2021〕14号", "12393"])
def test_point_68_what_belongs_to_nobody_is_not_masked(text: str) -> None:
    assert private_numbers.masked(text) == text
