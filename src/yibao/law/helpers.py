"""The whole arithmetic of the rules, each helper with the words that tell it.

A helper of arithmetic is one return line; the explanation inlines it. A look-up may be any Python, since its arguments
have few values; it returns a row of a table of the law, so that the figure keeps its citation.

In a phrase `{x}` is the argument in words (its term and its value), `{x:v}` its value alone, `{result}` the result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from yibao.law.values import MILLION, Fen, Gap, Missing, Ppm

F = TypeVar("F", bound=Callable[..., Any])
R = TypeVar("R", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a helper is told: to a reader of the law, and to anybody; and how it rounds, if it does."""

    official: str
    plain: str
    rounding: str = ""
    lookup: bool = False


PHRASES: dict[Callable[..., Any], Phrase] = {}


def phrase(official: str, plain: str = "", rounding: str = "", lookup: bool = False) -> Callable[[F], F]:
    """Gives a helper its words, beside its definition."""

    def register(helper: F) -> F:
        PHRASES[helper] = Phrase(official, plain or official, rounding, lookup)
        return helper

    return register


PHRASES[max] = Phrase("{a} 与 {b} 中较大的", "{a} 和 {b}，取大的")
PHRASES[min] = Phrase("{a} 与 {b} 中较小的", "{a} 和 {b}，取小的")
FLOOR = Phrase("{a}，不低于 0", "{a}，不够减就算 0")


@phrase("{n} ÷ {d}，四舍五入", rounding="half_up")
def half_up(n: int, d: int) -> int:
    """n / d to the nearest whole number, the half upwards; n >= 0, d > 0.

    >>> half_up(5, 2), half_up(4, 3)
    (3, 1)
    """
    return (n + d // 2) // d


@phrase("{amount} × {rate}，四舍五入到分", "{amount} 的 {rate:v}", rounding="half_up_fen")
def share(amount: Fen, rate: Ppm) -> Fen:
    """amount x rate, half-up to the fen.

    >>> share(896_400, 28_000)
    25099
    """
    return half_up(amount * rate, MILLION)


@phrase("{parts}，合计四舍五入到分", "{parts}", rounding="half_up_fen")
def rounded(parts: int) -> Fen:
    """A sum of amounts x rates, half-up to the fen once."""
    return half_up(parts, MILLION)


@phrase(
    "（{amount:n}在 {lower:v} 至 {upper:v} 之间的 {result}）", "（{amount:n}里 {lower:v} 到 {upper:v} 的那段 {result}）"
)
def within(amount: Fen, lower: Fen, upper: Fen) -> Fen:
    """The part of the amount between lower and upper.

    >>> within(50_000, 10_000, 30_000), within(5_000, 10_000, 30_000)
    (20000, 0)
    """
    return max(min(amount, upper) - lower, 0)


@phrase("{rows:n}（{value}）", lookup=True)
def reached(rows: Sequence[R], value: int) -> R:
    """The last row of a table whose first column is reached: the band of an age, the row of a stay, of a month …

    A table of one row that begins at 0 or 1 is for everybody: the value is not looked at, so the person is not asked.

    >>> reached(((0, 10_000), (70, 11_000)), 69)
    (0, 10000)
    """
    if len(rows) == 1 and rows[0][0] <= 1:
        return rows[0]
    row: R
    for row in reversed(rows):
        if row[0] <= value:
            return row
    raise Missing(Gap(getattr(rows[0], "at", ""), "这以前的规定没有查到"))
