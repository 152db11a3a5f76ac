"""What does every line of a program give for some rows? Worked out with NumPy, line by line, without a compiler.

Slower than a kernel and not what anybody runs: it is how `turning` finds the rows at which a program takes another
way, and how tests run a program that they have broken on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from yibao.law.lowering.program import GAP, LAW, OUT_OF_RANGE, Operand, Program

Values = dict[str, npt.NDArray[Any]]
OPERATIONS: dict[str, Callable[..., npt.NDArray[Any]]] = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.floor_divide, "min": np.minimum, "max": np.maximum,
    "lt": np.less, "le": np.less_equal, "gt": np.greater, "ge": np.greater_equal, "eq": np.equal, "ne": np.not_equal,
    "and": np.logical_and, "or": np.logical_or, "not": np.logical_not, "sel": np.where,
    "int": lambda truth: np.asarray(truth).astype(np.int64),
}  # fmt: skip


def every_line(program: Program, columns: Mapping[str, npt.NDArray[Any]]) -> Values:
    """The value of every line for some rows, and of the operands `@name`; int64 and bool arrays.

    columns: int64 for each input, `law` where there are several, `NAME__missing` bool where some are missing. A value
    out of range counts as the least of the range: what comes of it is not a figure.
    """
    rows = len(next(iter(columns.values())))
    law = columns["law"] if program.laws > 1 else np.zeros(rows, np.int64)
    found: Values = {LAW: np.clip(law, 0, program.laws - 1)}
    for name, bounds in program.inputs.items():
        given = np.asarray(columns[name], np.int64)
        missing = columns.get(f"{name}__missing", np.zeros(rows, bool))
        fits = (given >= bounds.low) & (given <= bounds.high) & ~missing
        found["@" + name] = np.where(fits, given, np.where(missing, program.missing_value(name), bounds.low))
    for line in program.code:
        found[line.name] = _line(program, found, line.op, line.args)
    return found


def value_of(found: Values, operand: Operand) -> Any:
    """An operand: a number, or what stands under its name."""
    return found[operand] if isinstance(operand, str) else np.int64(operand)


def _line(program: Program, found: Values, op: str, args: tuple[Operand, ...]) -> npt.NDArray[Any]:
    if op != "load":
        return OPERATIONS[op](*(value_of(found, a) for a in args))
    table = program.tables[str(args[0])]
    place: Any = np.int64(0)
    for key in table.keys:
        place = place * key.size + value_of(found, key.operand) - key.low
    return np.broadcast_to(table.values[place].astype(np.int64), np.shape(found[LAW]))


def evaluate(program: Program, columns: Mapping[str, npt.NDArray[Any]]) -> Values:
    """The figures and columns of reasons of some rows, as a kernel gives them; int64.

    Figures whose reason is not 0 are 0.
    """
    found = every_line(program, columns)
    shape = np.shape(found[LAW])
    outside = np.zeros(shape, bool)
    for name, bounds in program.inputs.items():
        given = np.asarray(columns[name], np.int64)
        outside |= ((given < bounds.low) | (given > bounds.high)) & ~columns.get(f"{name}__missing", np.False_)
    unknown = np.zeros(shape, bool)
    if program.laws > 1:
        unknown = (columns["law"] < 0) | (columns["law"] >= program.laws)
    out: Values = {}
    for name, operand in program.reason_columns().items():
        reason = np.broadcast_to(value_of(found, operand), shape)
        out[name] = np.where(unknown, GAP, np.where(outside, OUT_OF_RANGE, reason)).astype(np.int64)
    for name, figure in program.figures.items():
        value = np.broadcast_to(value_of(found, figure.value), shape)
        out[name] = np.where(out[program.reason_of()[name]] == 0, value, 0).astype(np.int64)
    return out
