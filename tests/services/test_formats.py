"""How figures are written: exact, in integers, the same for every channel."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

import yibao.law.formats
from yibao.law.values import UNLIMITED
from yibao.services import formats
from yibao.services.formats import (
    MINUS,
    day_text,
    fen_text,
    figure_parts,
    figure_text,
    month_text,
    months_text,
    ppm_text,
    value_text,
)


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(yibao.law.formats).failed == 0


def test_services_offer_every_function_of_the_law() -> None:
    own = {name for name in vars(yibao.law.formats) if name.endswith(("_text", "_parts")) and not name.startswith("_")}
    assert own <= set(formats.__all__)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (123_456, "fen", "1,234.56 元"),
        (5, "fen", "0.05 元"),
        (0, "fen", "0.00 元"),
        (UNLIMITED, "fen", "不设上限"),
        (-5, "fen", "−0.05 元"),
        (-123_456_789, "fen", "−1,234,567.89 元"),
        (10_700, "fen/month", "107.00 元/月"),
        (40_000, "fen/year", "400.00 元/年"),
        (20_000, "ppm", "2%"),
        (8_500, "ppm", "0.85%"),
        (1_000_000, "ppm", "100%"),
        (1, "ppm", "0.0001%"),
        (300, "months", "25年"),
        (150, "months", "12年6个月"),
        (7, "months", "7个月"),
        (0, "months", "0个月"),
        ("2031-11", "month", "2031年11月"),
        (2031 * 12 + 10, "month", "2031年11月"),
        ("2025-06-01", "date", "2025年6月1日"),
        (69, "years", "69年"),
        (69, "age", "69岁"),
        (737, "age_months", "61岁5个月"),
        (2026, "year", "2026年"),
        (3, "count", "3"),
        (1_390, "tenth_months", "139.0 个月"),
        (3_542, "hundredths", "35.42"),
        (600_000, "index", "0.6"),
        ("retired", "code", "retired"),
        (True, "", "是"),
        (None, "fen", ""),
        ([100, 200], "fen", "1.00 元、2.00 元"),
        ({"odd": 1}, "table", "{'odd': 1}"),
    ],
)
def test_values_by_their_unit(value: object, unit: str, text: str) -> None:
    assert value_text(value, unit) == text


@given(st.integers(-(10**15), 10**15))
def test_no_fen_is_lost_or_rounded(fen: int) -> None:
    text = fen_text(fen)
    assert int(text.replace(MINUS, "-").replace(",", "").replace(".", "")) == fen


@given(st.integers(0, 10**9))
def test_no_part_of_a_rate_is_lost(ppm: int) -> None:
    whole, _, decimals = ppm_text(ppm)[:-1].partition(".")
    assert int(whole) * 10_000 + int(decimals.ljust(4, "0")) == ppm
    assert not decimals.endswith("0")


@given(st.integers(0, 2_000))
def test_months_read_back(months: int) -> None:
    text = months_text(months)
    years, rest = (text.split("年") if "年" in text else ["0", text])[:2]
    assert int(years) * 12 + int(rest.removesuffix("个月") or 0) == months


@pytest.mark.parametrize("odd", ["", "2025", "2025-", "-", "2025-06-01T00:00", "二〇二五-06", "a-b-c"])
def test_odd_dates_come_back_unchanged(odd: str) -> None:
    assert day_text(odd) == month_text(odd) == odd


def test_a_range_whose_ends_are_equal_is_one_value() -> None:
    assert figure_text({"low": 100, "high": 100, "unit": "fen"}) == "1.00 元"
    assert figure_parts({"low": 7_500, "high": 10_500, "unit": "fen/month"}) == ("75.00～105.00", "元/月")
