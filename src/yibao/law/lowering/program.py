"""A program: what reading, binding and proving leave of some rules, and all that a printer has to know.

Every line works on whole numbers of 64 bits or on truth values; nothing in it can overflow, no dividend is negative and
no divisor is 0, for every row whose inputs lie in their ranges: that was proved before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from yibao.law.values import Range

Operand = int | str
"""A number; `@name`: an input; else the name of an earlier line."""

Op = Literal[
    "load", "add", "sub", "mul", "div", "min", "max", "sel", "int",
    "lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not",
]  # fmt: skip
TRUTHS = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"})
"""The operations that give a truth value; all others give a number. `int` makes 0 or 1 of a truth value.

Numbers: arguments of add … max, of comparisons, the two sides of `sel`, keys of tables, figures and reasons.
Truth values: arguments of `and`, `or`, `not`, `int`, and the first argument of `sel(test, a, b)`. Nothing is both.
"""

LAW = "@law"
"""The operand that says which law a row is under: an index, as the column `law`."""

APPLIES, MISSING, OUT_OF_RANGE, GAP, RANGE_ONLY, DIVIDED, ELSE = range(7)
"""Reasons: there is a figure; a fact is missing that the row's path reads; a value lies outside its range; the law is
not known; only a range is known; divided by nothing; the rule gives another figure instead of this one."""
FIRST_SENTENCE = 16
"""From here on a reason is this plus an index into `Program.reasons`: the sentence of a NotApplicable."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its operand, its least value, and how many values it has."""

    operand: str
    low: int
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Numbers by keys, flat, the last key running fastest; `@law` is always the first key if it is one.

    `values` has the narrowest signed type that holds them; a printer widens what it loads to 64 bits.
    """

    keys: tuple[Key, ...]
    values: npt.NDArray[np.signedinteger]


@dataclass(frozen=True, slots=True)
class Line:
    """One operation. For `load` the only argument is the name of a table. `step`: the name is a local of the rule."""

    name: str
    op: Op
    args: tuple[Operand, ...]
    step: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value, the reason why it is not one (0: it is), and the bounds between which it was proved.

    Where the reason is not 0 the value is 0.
    """

    value: Operand
    reason: Operand
    low: int
    high: int


@dataclass(frozen=True, eq=False)
class Program:
    """What a printer prints.

    inputs: the columns that are read, each with the range in which it must lie (a row outside has reason 2);
    laws: how many laws the tables hold: with more than one there is a column `law`, an index below it (else reason 3);
    tables, code: in the order in which they may be worked out; figures: by name;
    reason: that of the whole row, said by the main rule of a chain; reasons: the sentences of what does not apply;
    missing: the inputs that may be missing. A missing one stands in the code as the number after the end of its range
    (`missing_value`; tables keyed by it have that place, proofs hold for it): lines compare with it, so that only rows
    whose path reads it have reason 1. Given as a number, that value is out of range like any other.

    The reason of a row is 3 where its law is unknown, else 2 where an input is given and out of range, else `reason`;
    the same for each figure with its own reason.
    """

    inputs: dict[str, Range]
    laws: int
    reasons: tuple[str, ...]
    tables: dict[str, Table]
    code: tuple[Line, ...]
    figures: dict[str, Figure]
    reason: Operand
    missing: tuple[str, ...] = ()
    title: str = ""
    carried: dict[str, str] = field(default_factory=dict)

    def missing_value(self, name: str) -> int:
        """What stands in the code for a missing input."""
        return self.inputs[name].high + 1

    def input_dtype(self, name: str) -> np.dtype[np.signedinteger]:
        """The narrowest signed type of a column: `law`, or an input."""
        bounds = Range(-1, self.laws - 1) if name == "law" else self.inputs[name]
        return narrowest(bounds.low, bounds.high)

    def columns(self) -> dict[str, np.dtype[np.signedinteger]]:
        """The columns a kernel is given, in order, with their narrowest types."""
        names = [*(["law"] if self.laws > 1 else []), *self.inputs]
        return {name: self.input_dtype(name) for name in names}

    def reason_columns(self) -> dict[str, Operand]:
        """The columns of reasons: `reason`, and `reason_FIGURE` for the first figure of each other reason."""
        found: dict[str, Operand] = {"reason": self.reason}
        for name, figure in self.figures.items():
            if figure.reason not in found.values():
                found[f"reason_{name}"] = figure.reason
        return found

    def reason_of(self) -> dict[str, str]:
        """By figure the column that holds its reason."""
        columns = {operand: name for name, operand in reversed(self.reason_columns().items())}
        return {name: columns[figure.reason] for name, figure in self.figures.items()}

    def reason_text(self, code: int) -> str:
        """The sentence of a reason, in Chinese."""
        return self.reasons[code - FIRST_SENTENCE] if code >= FIRST_SENTENCE else REASON_TEXTS[code]


REASON_TEXTS = {
    APPLIES: "有数",
    MISSING: "缺少要用到的事实",
    OUT_OF_RANGE: "有的数超出了范围",
    GAP: "当地的规定没有查到",
    RANGE_ONLY: "只查到一个范围，算不出准数",
    DIVIDED: "除数是 0，算不出来",
    ELSE: "这种情况给出的是另一个数",
}


def narrowest(low: int, high: int) -> np.dtype[np.signedinteger]:
    """The narrowest signed type that holds two numbers.

    >>> narrowest(0, 127), narrowest(0, 128)
    (dtype('int8'), dtype('int16'))
    """
    for kind in (np.int8, np.int16, np.int32):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return np.dtype(kind)
    return np.dtype(np.int64)
