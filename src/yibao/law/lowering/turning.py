"""At which rows does a program take another way, round the other way, or read another number of a table?

Found by trying: from a drawn row each input is moved to where two compared values change places, and to where a
division comes out even, which for rounding half up is exactly half a fen. So a cap is reached to the fen, through
everything that stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd

import numpy as np

from yibao.law.lowering.edges import FEW, Laws, Rows, edge_rows, random_rows
from yibao.law.lowering.evaluate import evaluate, every_line, value_of
from yibao.law.lowering.program import LAW, Line, Program, Table

COMPARED = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "min", "max"})
NEAR = (-1, 0, 1)
BASE = 24
"""Rows from which the turning points are looked for."""


def trying_rows(program: Program, laws: Laws, count: int, seed: int = 3) -> Rows:
    """Rows that try a program hardest: a third on points of the law, a third where it turns, a third drawn; int64.

    laws: those that the program was made for. The same seed gives the same rows, for any number of them.
    """
    turned = turning_rows(program, laws, count // 3, seed)
    edge = edge_rows(program.inputs, laws, count // 3, seed + 1)
    drawn = random_rows(program.inputs, laws, count - len(turned["law"]) - len(edge["law"]), seed + 2)
    return joined([turned, edge, drawn])


def joined(parts: list[Rows]) -> Rows:
    """Rows below rows."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def turning_rows(program: Program, laws: Laws, count: int, seed: int = 3) -> Rows:
    """At most `count` rows on and beside the points at which the program turns, drawn evenly from all that were found.

    Fewer where fewer are found; of a program without any input a row drawn at random.
    """
    random = np.random.default_rng(seed)
    found = [random_rows(program.inputs, laws, 1, seed)]
    wide = [name for name, bounds in program.inputs.items() if bounds.high - bounds.low >= FEW]
    base = _with_figures(program, random_rows(program.inputs, laws, 80 * BASE, seed))
    few = _taken(base, np.arange(BASE))
    for name in wide:
        found += [_near(program, rows, name) for rows in (*_crossings(program, few, name), _even(program, base, name))]
    drawn = random_rows(program.inputs, laws, 1000, seed + 1)
    for table in program.tables.values():
        found += _steps(table, drawn, random)
    rows = joined(found)
    order = random.permutation(len(rows["law"]))[:count]
    return {name: column[order] for name, column in rows.items()}


def _with_figures(program: Program, rows: Rows) -> Rows:
    """Some of the rows: of each law in turn those with the most figures, since where nothing is given nothing turns."""
    found = evaluate(program, rows)
    figures = sum((found[reason] == 0).astype(np.int64) for reason in program.reason_of().values())
    order = np.lexsort([-np.asarray(figures), rows["law"]])
    first = np.searchsorted(rows["law"][order], rows["law"][order])
    turn = np.arange(len(order)) - first
    return _taken(rows, order[np.lexsort([-np.asarray(figures)[order], turn])][: 8 * BASE])


def _taken(rows: Rows, places: np.ndarray) -> Rows:
    return {name: column[places] for name, column in rows.items()}


def _near(program: Program, rows: Rows, name: str) -> Rows:
    """Each row thrice: at its point, one below and one above, as far as the range goes."""
    bounds = program.inputs[name]
    return joined([rows | {name: np.clip(rows[name] + by, bounds.low, bounds.high)} for by in NEAR])


def _compared(program: Program) -> list[Line]:
    return [line for line in program.code if line.op in COMPARED]


def _signs(program: Program, lines: list[Line], rows: Rows, which: np.ndarray) -> np.ndarray:
    """For each row the sign of the difference of the two values which its line compares."""
    found, out = every_line(program, rows), np.zeros(len(which), np.int64)
    for place, line in enumerate(lines):
        mine = which == place
        if mine.any():
            first, second = (np.broadcast_to(value_of(found, a), len(which))[mine] for a in line.args)
            out[mine] = np.sign(first.astype(np.int64) - second.astype(np.int64))
    return out


def _crossings(program: Program, base: Rows, name: str) -> Iterator[Rows]:
    """The rows of the base moved along one input to where a comparison first has the outcome of the far end."""
    lines, count = _compared(program), len(base["law"])
    if not lines:
        return
    which, places = (part.ravel() for part in np.meshgrid(np.arange(len(lines)), np.arange(count)))
    rows, bounds = _taken(base, places), program.inputs[name]
    here = _signs(program, lines, rows, which)
    for end in (bounds.low, bounds.high):
        there = _signs(program, lines, rows | {name: np.full(len(which), end, np.int64)}, which)
        turns = np.flatnonzero(here != there)
        if not len(turns):
            continue
        kept, mine, first = _taken(rows, turns), which[turns], here[turns]
        near, far = kept[name], np.full(len(turns), end, np.int64)
        while (abs(far - near) > 1).any():
            middle = (near + far) // 2
            same = _signs(program, lines, kept | {name: middle}, mine) == first
            near, far = np.where(same, middle, near), np.where(same, far, middle)
        yield kept | {name: far}


def _even(program: Program, base: Rows, name: str) -> Rows:
    """The rows of the base moved along one input, as far as it is linear, to where a division leaves no rest."""
    bounds = program.inputs[name]
    found = every_line(program, base)
    above = every_line(program, base | {name: np.minimum(base[name] + 1, bounds.high)})
    size, moved, places = len(base["law"]), [], []
    for line in program.code:
        if line.op != "div":
            continue
        first, second, divisor = (
            np.broadcast_to(value_of(values, line.args[place]), size).tolist()
            for values, place in ((found, 0), (above, 0), (found, 1))
        )
        for row in range(size):
            by = _steps_to_zero(first[row], second[row] - first[row], divisor[row])
            if by is not None:
                moved.append(int(base[name][row]) + by)
                places.append(row)
    inside = [k for k, x in enumerate(moved) if bounds.low <= x <= bounds.high]
    rows = _taken(base, np.array([places[k] for k in inside], np.int64))
    return rows | {name: np.array([moved[k] for k in inside], np.int64)}


def _steps_to_zero(number: int, slope: int, divisor: int) -> int | None:
    """How often the slope must be added until the divisor divides the number; None if it never does.

    >>> _steps_to_zero(7, 2, 5)
    4
    """
    common = gcd(slope, divisor)
    if slope == 0 or divisor <= 0 or number % common:
        return None
    reduced = divisor // common
    return (-number // common) * pow(slope // common, -1, reduced) % reduced


def _steps(table: Table, drawn: Rows, random: np.random.Generator) -> list[Rows]:
    """Some of the drawn rows moved to both sides of a place at which a table changes along an input."""
    shape, out = [key.size for key in table.keys], []
    values = table.values.reshape(shape)
    for axis, key in enumerate(table.keys):
        if key.size < 2 or key.operand == LAW:
            continue
        changes = np.argwhere(np.diff(values.astype(np.int64), axis=axis) != 0)
        chosen = changes[random.permutation(len(changes))[:24]]
        if not len(chosen):
            continue
        rows = _taken(drawn, random.integers(0, len(drawn["law"]), len(chosen)))
        for place, other in enumerate(table.keys):
            if other.operand[0] == "@":
                rows["law" if other.operand == LAW else other.operand[1:]] = chosen[:, place] + other.low
        if key.operand[0] == "@":
            rows = joined([rows, rows | {key.operand[1:]: rows[key.operand[1:]] + 1}])
        out.append(rows)
    return out
