"""Programs broken on purpose, to see that the rows of the tests notice it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from yibao.law.lowering.program import LAW, Line, Program

TURNED = {"le": "lt", "lt": "le", "ge": "gt", "gt": "ge"}


def broken(program: Program) -> Iterator[tuple[str, str, Program]]:
    """Every way to break one line or one table: what kind of mistake, where, and the program that makes it."""
    lines = {line.name: line for line in program.code}
    for place, line in enumerate(program.code):
        for kind, changed in _changed(line, lines):
            code = (*program.code[:place], *changed, *program.code[place + 1 :])
            yield kind, line.name, replace(program, code=code)
    for name, table in program.tables.items():
        if len(np.unique(table.values)) > 1:
            moved = replace(table, values=_moved(table))
            yield "table shifted by one row", name, replace(program, tables=program.tables | {name: moved})


def _changed(line: Line, lines: dict[str, Line]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    first, second = (*line.args, 0, 0)[:2]
    if line.op == "div" and _is_half_up(line, lines):
        less = replace(line, name=f"{line.name} less", op="sub", args=(first, 1), step=False)
        yield "half rounded down", (less, replace(line, args=(less.name, second)))
    if line.op == "max" and 0 in line.args:
        kept = first if second == 0 else second
        yield "floor dropped", (replace(line, op="add", args=(kept, 0)),)
    if line.op == "min":
        yield "cap ignored", (replace(line, op="add", args=(first, 0)),)
        yield "cap ignored", (replace(line, op="add", args=(second, 0)),)
    if line.op in TURNED:
        yield "edge <= made <", (replace(line, op=TURNED[line.op]),)


def _is_half_up(line: Line, lines: dict[str, Line]) -> bool:
    """(2n + d) // 2d: the dividend of the division is a sum."""
    dividend = lines.get(str(line.args[0]))
    return dividend is not None and dividend.op == "add"


def _moved(table):  # type: ignore[no-untyped-def]
    """The table with its rows shifted along the last key that is not the law."""
    shape = [key.size for key in table.keys]
    axis = max((place for place, key in enumerate(table.keys) if key.operand != LAW), default=0)
    return np.roll(table.values.reshape(shape), 1, axis=axis).reshape(-1)
