"""Where a kernel finds the tables of a program: the small ones one after the other in one array, as whole numbers of 64
bits. So a processor keeps one address and not twenty, and a change of the law changes numbers and no type."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from yibao.law.lowering.program import Program

SMALL = 4096
"""Numbers up to which a table is put with the others; a larger one stays by itself, as narrow as it can be."""
SHARED = "numbers"


def places(program: Program) -> dict[str, tuple[str, int]]:
    """By table the name of its array, and where in it the table begins."""
    found, after = {}, 0
    for name, table in program.tables.items():
        if len(table.values) <= SMALL:
            found[name] = SHARED, after
            after += len(table.values)
        else:
            found[name] = name, 0
    return found


def arrays(program: Program) -> dict[str, npt.NDArray[np.signedinteger]]:
    """The arrays by name, in the order of a kernel's arguments.

    >>> from yibao.law.lowering.program import Table
    >>> two = {"a": Table((), np.array([7], np.int8)), "b": Table((), np.array([1, 2], np.int8))}
    >>> program = Program({}, 1, (), two, (), {}, 0)
    >>> places(program)["b"], arrays(program)["numbers"].tolist()
    (('numbers', 1), [7, 1, 2])
    """
    where = places(program)
    shared = [table.values for name, table in program.tables.items() if where[name][0] == SHARED]
    own = {name: table.values for name, table in program.tables.items() if where[name][0] == name}
    return own | ({SHARED: np.concatenate(shared).astype(np.int64)} if shared else {})
