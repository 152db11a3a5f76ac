"""Does what is not known refuse every use, so that it never becomes zero?"""

import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.law.values import Gap, LawError, Missing, NeedsFact, Unset, month_number, month_text

UNKNOWN = [(Gap("inpatient.pool_cap", "没有查到", "通知"), Missing), (Unset("age"), NeedsFact)]
USES: list[Callable[[Any], Any]] = [
    bool, len, int, iter, operator.neg, operator.index, sorted,
    lambda x: x + 1, lambda x: 1 + x, lambda x: x - 1, lambda x: 1 - x, lambda x: x * 2, lambda x: 2 * x,
    lambda x: x // 2, lambda x: 2 // x, lambda x: x < 1, lambda x: x <= 1, lambda x: x > 1, lambda x: x >= 1,
    lambda x: x < x, lambda x: x == 0, lambda x: x != 0, lambda x: x == x, lambda x: x == 0, lambda x: x[0],
    lambda x: x[0, 1], lambda x: x.amount, lambda x: x.rate * 2, lambda x: max(x, 0), lambda x: max(0, x),
    lambda x: min(x, 5), lambda x: sum([x]), lambda x: not x, lambda x: x and 1, lambda x: 1 if x else 0,
    lambda x: list(x), lambda x: [1, 2][x], lambda x: range(x), lambda x: 3 in x,
]  # fmt: skip


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize(("unknown", "error"), UNKNOWN, ids=["gap", "unset"])
def test_any_use_raises(unknown: Any, error: type[LawError], use: Callable[[Any], Any]) -> None:
    with pytest.raises(error):
        use(unknown)


def test_a_gap_is_no_key_and_a_missing_fact_is_one_that_fits_nothing() -> None:
    """A fact that is not given may stand in the key of a table that does not look at it; a gap of the law never."""
    with pytest.raises(Missing):
        hash(UNKNOWN[0][0])
    assert {Unset("tier"): 1}.get(7) is None


@pytest.mark.parametrize("use", [lambda x: x / 2, lambda x: x % 2, lambda x: x**2, abs, round, float, divmod])
@pytest.mark.parametrize(("unknown", "error"), UNKNOWN, ids=["gap", "unset"])
def test_uses_that_no_rule_may_write_do_not_work_either(unknown: Any, error: type, use: Callable[..., Any]) -> None:
    with pytest.raises((TypeError, error)):
        use(unknown)


def test_errors_say_what_is_in_the_way() -> None:
    gap = Gap("allocation.active_rate", "没有查到", "实施办法")
    with pytest.raises(Missing) as missing:
        _ = gap * 2
    assert missing.value.gap is gap
    with pytest.raises(NeedsFact) as needed:
        _ = Unset("base") * 2
    assert needed.value.name == "base"


@given(st.integers(1900, 2199), st.integers(1, 12))
def test_month_numbers_go_there_and_back(year: int, month: int) -> None:
    assert month_text(month_number(year, month)) == f"{year:04d}-{month:02d}"


@given(st.integers(1900 * 12, 2199 * 12))
def test_months_follow_each_other(number: int) -> None:
    this, following = month_text(number), month_text(number + 1)
    assert this < following
    assert following.endswith("-01") == this.endswith("-12")
