"""Divisions by what the law says, as products: equal for every dividend and divisor, in Python and compiled."""

import numba
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from yibao.law.lowering.kernel import kernel
from yibao.law.lowering.kernel_head import choose, quotient
from yibao.law.lowering.program import Figure, Key, Line, Program, Table
from yibao.law.lowering.reciprocals import BITS, QUOTIENT, factor_and_shift, with_reciprocals
from yibao.law.values import Range

DIVISORS = st.one_of(st.integers(1, 100), st.integers(1, 10**6), st.integers(1, (1 << 63) - 1))


@given(divisor=DIVISORS, times=st.integers(0, 1 << BITS), beside=st.integers(-1, 1))
def test_the_product_is_the_quotient(divisor: int, times: int, beside: int) -> None:
    """At every multiple of the divisor below 2^62, one below it and one above it."""
    number = min(max(times % ((1 << BITS) // divisor + 1) * divisor + beside, 0), (1 << BITS) - 1)
    factor, shift = factor_and_shift(divisor)
    assert 1 << BITS <= factor < 1 << 63
    assert (number * factor) >> (BITS + shift) == number // divisor


def test_compiled_it_is_the_same() -> None:
    random = np.random.default_rng(1)
    divisors = np.concatenate([np.arange(1, 200), random.integers(1, 1 << 62, 2000) >> random.integers(0, 60, 2000)])
    divisors = np.maximum(divisors, 1)
    multiples = random.integers(0, 1 << BITS, len(divisors)) // divisors * divisors
    pairs = np.array([factor_and_shift(int(divisor)) for divisor in divisors], np.int64)

    @numba.njit
    def worked_out(numbers: np.ndarray, pairs: np.ndarray) -> np.ndarray:
        found = np.empty_like(numbers)
        for i in range(len(numbers)):
            found[i] = quotient(numbers[i], pairs[i, 0], pairs[i, 1])
        return found

    for beside in (-1, 0, 1):
        numbers = np.clip(multiples + beside, 0, (1 << BITS) - 1)
        assert (worked_out(numbers, pairs) == numbers // divisors).all()


def test_a_choice_without_a_jump_is_a_choice() -> None:
    @numba.njit
    def larger(a: int, b: int) -> int:
        return choose(a > b, a, b)

    assert (larger(3, 5), larger(5, 3), larger(-(1 << 63), 0)) == (5, 5, 0)


def test_a_divisor_chosen_and_held_above_nothing() -> None:
    """`n // max(chosen rate, 1)`, where a table holds a 0: both tables become factors, and no division stays."""
    keys = (Key("@level", 0, 3),)
    code = (
        Line("a", "load", ("t0",)), Line("b", "load", ("t1",)), Line("test", "gt", ("@n", 1000)),
        Line("chosen", "sel", ("test", "a", "b")), Line("least", "max", ("chosen", 1)),
        Line("q", "div", ("@n", "least")),
    )  # fmt: skip
    rates = {"t0": Table(keys, np.array([0, 7, 850_000])), "t1": Table(keys, np.array([1, 0, 64], np.int8))}
    program = Program(
        {"n": Range(0, 10**9), "level": Range(0, 2)}, 1, (), rates, code, {"q": Figure("q", 0, 0, 10**9)}, 0
    )
    assert [line.op for line in with_reciprocals(program).code if line.op in ("div", QUOTIENT)] == [QUOTIENT]
    numbers = np.array([0, 1, 6, 7, 1000, 1001, 849_999, 850_000, 10**9])
    rows = {"n": np.repeat(numbers, 3), "level": np.tile(np.arange(3, dtype=np.int8), len(numbers))}
    wanted = [
        n // max([0, 7, 850_000][level] if n > 1000 else [1, 0, 64][level], 1)
        for n, level in zip(rows["n"].tolist(), rows["level"].tolist(), strict=True)
    ]
    assert kernel(program)(rows)["q"].tolist() == wanted


def test_what_may_be_nothing_stays_a_division() -> None:
    """A table that holds a 0 is left as it is: whether it is met is not for this to say."""
    code = (Line("a", "load", ("t",)), Line("q", "div", ("@n", "a")))
    program = Program({"n": Range(0, 9)}, 1, (), {"t": Table((), np.array([0]))}, code, {}, 0)
    assert [line.op for line in with_reciprocals(program).code] == ["load", "div"]
