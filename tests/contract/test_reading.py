"""Does the reader of the contract test read numbers as people do, and would it notice another one?"""

from datetime import date

import pytest
from tests.contract.reading import bare, day_in, figures_in, once, plain, value

from yibao.services.speech import spoken, yuan_spoken


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一百零七元", 107_00), ("一百三十三元八角九分", 133_89), ("一元零五分", 1_05), ("八千九百九十二元", 8992_00),
        ("十二万零五元", 120_005_00), ("零元", 0), ("1,890.00 元", 1890_00), ("107.5元", 107_50), ("十四年七个月", 175),
        ("二十五年", 300), ("5个月", 5), ("五十岁九个月", 609), ("二零二五年四月", "2025-04"), ("2025-04", "2025-04"),
        ("二零二六年十月二十日", "2026-10-20"), ("可以", 1), ("不可以", 0),
    ],
)  # fmt: skip
def test_numbers_are_read(text: str, number: int | str) -> None:
    assert value(text) == number


def test_what_is_no_figure_is_not_read() -> None:
    for text in ("好几元", "2025年13月", "七"):
        with pytest.raises(ValueError):
            value(text)


def test_every_amount_spoken_is_heard_to_the_fen() -> None:
    """The whole range of small sums, and larger ones by primes: no fen is lost between our speech and this reader."""
    for fen in [*range(1, 2_500), *range(10_000, 90_000_000, 99_991)]:
        if fen >= 100:
            assert value(yuan_spoken(fen)) == fen
    assert plain(spoken("从2025年6月1日起按2%划入97.00元")).endswith("97.00元")


def test_figures_are_found_by_the_words_around_them() -> None:
    said = "北京市：每月划入个人账户一百一十元，扣掉代扣的钱，实际到账一百零七元。"
    assert figures_in(said) == {"allocation_gross": (11_000,), "allocation_net": (10_700,)}
    assert figures_in(said.replace("零七", "零八"))["allocation_net"] == (10_800,)
    assert figures_in("开始缴费以后要等0个月到6个月才能享受待遇")["waiting_months"] == (0, 6)
    assert figures_in("没有等待期，从缴费的那个月起")["waiting_months"] == (0,)
    assert figures_in("今天天气怎么样") == {}


def test_repeated_figures_are_one_and_different_ones_are_not() -> None:
    assert once((1, 2, 1, 2)) == (1, 2)
    assert once((5, 5, 5)) == (5,)
    assert once((5, 5, 6)) == (5, 5, 6)
    assert once(()) == ()


def test_days_and_words() -> None:
    assert day_in("这是二零二六年十月二十日的规定。", "这是{}的规定") == date(2026, 10, 20)
    assert day_in("（按 2025-06-01 的规定）", "按 {} 的规定") == date(2025, 6, 1)
    assert day_in("没有日子", "按 {} 的规定") is None
    assert bare("《医保办发〔2021〕43号》") == bare("医保办发，二零二一年四十三号。") == "医保办发号"
