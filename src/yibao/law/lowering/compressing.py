"""Which values of a key make no difference to a table? They are made one, by a small table of that key alone.

A table by law, level, tier and every age has a million numbers where the law tells five bands of age apart. A kernel
reads it as it is; a database must be given it and join it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from yibao.law.lowering.program import Key, Line, Program, Table, narrowest

LARGE = 16_384
"""Numbers above which a table is looked at."""


def compressed(program: Program) -> Program:
    """The same program with its large tables by classes of values; each class is found by a table of one key, first.

    >>> ages = Table((Key("@age", 0, 20_000),), np.repeat(np.arange(2, dtype=np.int8), 10_000))
    >>> found = compressed(Program({}, 1, (), {"t": ages}, (Line("v", "load", ("t",)),), {}, 0))
    >>> [(line.name, line.args) for line in found.code], len(found.tables["t"].values)
    ([('t_0', ('t_0',)), ('v', ('t',))], 2)
    """
    tables, code = dict(program.tables), list(program.code)
    same: dict[tuple[Key, bytes], str] = {}
    for name, table in program.tables.items():
        if len(table.values) > LARGE:
            tables[name], classes = _by_classes(name, table, same)
            tables |= classes
            code = [*(Line(made, "load", (made,)) for made in classes), *code]
    return replace(program, tables=tables, code=tuple(code))


def _by_classes(name: str, table: Table, same: dict[tuple[Key, bytes], str]) -> tuple[Table, dict[str, Table]]:
    """A table by classes, and the tables of classes that no table before it had."""
    values = table.values.reshape([key.size for key in table.keys])
    keys, made = [], {}
    for axis, key in enumerate(table.keys):
        sides = np.ascontiguousarray(np.moveaxis(values, axis, 0))
        met: dict[bytes, int] = {}
        ids = np.array([met.setdefault(side.tobytes(), len(met)) for side in sides])
        first = np.unique(ids, return_index=True)[1]
        worked_out = not key.operand.startswith("@")  # then its class could not be looked up first
        if worked_out or 2 * len(first) > key.size or (len(table.keys) == 1 and key.size <= LARGE):
            keys.append(key)
            continue
        ids = ids.astype(narrowest(0, len(first)))
        classes = same.setdefault((key, ids.tobytes()), f"{name}_{axis}")
        if classes == f"{name}_{axis}":
            made[classes] = Table((key,), ids)
        values = np.take(values, first, axis)
        keys.append(Key(classes, 0, len(first)))
    return Table(tuple(keys), np.ascontiguousarray(values.reshape(-1))), made
