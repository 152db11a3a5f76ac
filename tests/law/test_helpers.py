"""Do the helpers round, cut and look up as the law does, and is every scalar of a file read as what it says?"""

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.law.helpers import PHRASES, half_up, reached, rounded, share, within
from yibao.law.parameters.loading import ParameterError, number
from yibao.law.values import MILLION, UNLIMITED, Missing, NeedsFact, Unset, month_number

AMOUNTS = st.integers(0, 10**11)
RATES = st.integers(0, MILLION)


class Row(NamedTuple):
    """A row whose first column is looked at."""

    first: int
    amount: int
    at: str = "some_path_1"


@given(st.integers(0, 10**20), st.integers(1, 10**12))
def test_half_up_is_the_nearest_whole_number(n: int, d: int) -> None:
    q = half_up(n, d)
    assert -d < 2 * q * d - 2 * n <= d  # never further than a half; from the half itself upwards


@pytest.mark.parametrize(("n", "d", "q"), [(0, 1, 0), (1, 2, 1), (3, 2, 2), (49, 100, 0), (50, 100, 1), (5, 3, 2)])
def test_half_up_at_the_edge(n: int, d: int, q: int) -> None:
    assert half_up(n, d) == q


@given(AMOUNTS, RATES)
def test_share_is_between_nothing_and_all(amount: int, rate: int) -> None:
    part = share(amount, rate)
    assert 0 <= part <= amount
    assert share(amount, MILLION) == amount
    assert abs(part + share(amount, MILLION - rate) - amount) <= 1  # two halves of a fen may both go up


@given(st.lists(st.tuples(st.integers(0, 10**9), RATES), max_size=4))
def test_a_sum_is_rounded_once(parts: list[tuple[int, int]]) -> None:
    together = rounded(sum(amount * rate for amount, rate in parts))
    apart = sum(share(amount, rate) for amount, rate in parts)
    assert abs(together - apart) <= len(parts)


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=5))
def test_segments_cut_an_amount_without_remainder(amount: int, limits: list[int]) -> None:
    edges = [0, *sorted(limits), max(UNLIMITED, *limits)]
    parts = [within(amount, lower, upper) for lower, upper in pairwise(edges)]
    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)


def test_the_last_row_that_is_reached() -> None:
    table = (Row(1, 100), Row(70, 110), Row(80, 120))
    found = {value: reached(table, value).amount for value in (1, 69, 70, 79, 80, 130)}
    assert found == {1: 100, 69: 100, 70: 110, 79: 110, 80: 120, 130: 120}


def test_below_the_first_row_the_law_is_missing() -> None:
    with pytest.raises(Missing) as missing:
        reached((Row(24000, 100), Row(24100, 110)), 23999)
    assert missing.value.gap.why


def test_one_row_for_everybody_asks_nothing() -> None:
    assert reached((Row(0, 70),), Unset("age")).amount == 70
    with pytest.raises(NeedsFact):
        reached((Row(0, 70), Row(70, 80)), Unset("age"))
    with pytest.raises(NeedsFact):
        reached((Row(24000, 70),), Unset("retires"))


def test_every_helper_has_words() -> None:
    for helper in (half_up, share, rounded, within, min, max, reached):
        assert PHRASES[helper].official
        assert PHRASES[helper].plain
    assert {PHRASES[helper].rounding for helper in (half_up, share, rounded)} == {"half_up", "half_up_fen"}
    assert PHRASES[within].rounding == ""


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("0yuan", 0, "fen"),
        ("100yuan", 100 * 100, "fen"),
        ("12.5yuan", 12 * 100 + 50, "fen"),
        ("5.25yuan", 5 * 100 + 25, "fen"),
        ("0.01yuan", 1, "fen"),
        ("none", 10**9 * 100, "fen"),
        ("0%", 0, "ppm"),
        ("2%", 2 * 10_000, "ppm"),
        ("98.2%", 982 * 1_000, "ppm"),
        ("0.0001%", 1, "ppm"),
        ("100%", 1_000_000, "ppm"),
        ("25y", 25 * 12, "months"),
        ("6m", 6, "months"),
        ("12y6m", 12 * 12 + 6, "months"),
        ("139m", 139, "months"),
        ("0", 0, ""),
        ("70", 70, ""),
        ("2030", 2030, ""),
        ("2023-01", month_number(2023, 1), "month"),
        ("2000-12", month_number(2000, 12), "month"),
        ("yes", 1, "code"),
        ("no", 0, "code"),
    ],
)
def test_scalar_is_read(text: str, value: int, unit: str) -> None:
    assert number(text) == (value, unit)


@pytest.mark.parametrize(
    "text",
    ["", " ", "yuan", "%", "y", "m", "12.5", "1.234yuan", "2.00001%", "-5yuan", "-1", "+1", "1e3", "1,000yuan",
     "100 yuan", "100元", "2 %", "6m12y", "1.5y", "2023-1", "2023-13", "2023-00", "2023-01-01", "20000yuan~47000yuan",
     "month_bands", "Yes", "²", "nan", "0x10", ".5yuan", "5.yuan"],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ParameterError):
        number(text)
