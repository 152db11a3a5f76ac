"""Writing nodes down as a program: tables for what was worked out beforehand, one line for everything else.

Where a gap of the law was met while a table was made, the row has a reason and its number does not matter: such places
take whatever makes the table smallest. What is then a number, or the same as something else, is no line.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

import numpy as np

from yibao.law.lowering.building import Builder
from yibao.law.lowering.grids import Grid, squeezed
from yibao.law.lowering.nodes import Node, through
from yibao.law.lowering.peephole import Bounds, bounds_of, folded
from yibao.law.lowering.program import LAW, TRUTHS, Key, Line, Op, Operand, Table, narrowest
from yibao.law.registry import RuleError

SMALL = 256
"""Combinations up to which a table is better than a comparison."""
MOST = (1 << 63) - 1
LEAVES = ("const", "in", "column", "cell")
LINES = frozenset({"add", "sub", "mul", "div", "min", "max", "sel", "pick", *TRUTHS})
"""The operations of nodes that can be lines of a program."""


class Emitter:
    """Collects the tables and lines of a program, each node once."""

    def __init__(self, builder: Builder, names: dict[Node, str], overflow: Callable[[Node, str], RuleError]) -> None:
        self.b, self.names, self.overflow = builder, names, overflow
        self.tables: dict[str, Table] = {}
        self.code: dict[str, Line] = {}
        self.bounds: dict[Operand, Bounds] = {}
        self.same: dict[Any, Operand] = {}
        self.done: dict[tuple[bool, Node], Operand] = {}
        self.excused: list[Grid] = []
        self.others: dict[frozenset[int], Emitter] = {}

    def excusing(self, tables: list[Node]) -> Emitter:
        """One that writes into the same program what matters only where these reasons are 0."""
        more = [grid for grid in map(self.b.binder.grid, tables) if grid not in self.excused]
        if not more:
            return self
        key = frozenset(map(id, [*self.excused, *more]))
        if key not in self.others:
            other = self.others[key] = copy(self)
            other.done, other.excused = {}, [*self.excused, *more]
        return self.others[key]

    def number(self, node: Node) -> Operand:
        """The operand of a node as a number."""
        if (False, node) not in self.done:
            self.done[False, node] = self._number(self._plain(node))
        return self.done[False, node]

    def truth(self, node: Node) -> Operand:
        """The operand of a node as a truth value; the numbers 0 and 1 where it is always the same."""
        if (True, node) not in self.done:
            made = self._plain(node)
            if made.op in TRUTHS and not self._tabled(made):
                found = self._line(made)
            else:
                found = self._add(None, "ne", self.number(made), 0)
            self.done[True, node] = found
        return self.done[True, node]

    def chosen(self, why: Node, value: Operand) -> Operand:
        """A figure: 0 where there is a reason."""
        test = self.truth(self.b.node("ne", why, self.b.zero))
        if isinstance(test, int):
            return 0 if test else value
        return self._add(None, "sel", test, 0, value)

    def _plain(self, node: Node) -> Node:
        while node.op in ("lacking", "after"):
            node = through(node)
        return node

    def _number(self, node: Node) -> Operand:
        match node.op:
            case "const":
                return node.args[0]  # type: ignore[no-any-return]
            case "in" | "column":
                operand = f"@{node.args[0]}"
                self.bounds[operand] = self.b.prover.bounds(node)
                return operand
            case "cell":
                return self.number(self.b.cells[node.args[0]])
        if self._tabled(node):
            return self._table(node)
        if node.op in TRUTHS:
            return self._add(node, "int", self.truth(node))
        return self._line(node)

    def _tabled(self, node: Node) -> bool:
        """Whether a node is looked up; a comparison of a large input with what the law says is as cheap as that."""
        if node.op in LEAVES or (node.op in LINES and not self.b.binder.static(node)):
            return False
        if node.op not in LINES or self._size(node) <= SMALL:
            return True
        return not all(a.op in LEAVES or self._size(a) <= SMALL for a in map(self._plain, node.nodes))

    def _size(self, node: Node) -> int:
        if not self.b.binder.static(node):
            return MOST
        return int(np.prod([self.b.domains.size(name) for name in node.deps if name != "law"]))

    def _line(self, node: Node) -> Operand:
        low, high = self.b.prover.bounds(node)
        if not -MOST <= low <= high <= MOST:
            raise self.overflow(node, f"may leave 64 bits: {low:,} to {high:,}; narrow the range of an input")
        if node.op in ("and", "or", "not"):
            return self._add(node, node.op, *map(self.truth, node.args))
        if node.op in ("sel", "pick"):
            first = node.op == "pick" and node.args[0].op == "ne" and node.args[0].args[0] is node.args[1]
            test = self._add(None, "ne", self.number(node.args[1]), 0) if first else self.truth(node.args[0])
            if isinstance(test, int):
                return self.number(node.args[1 if test else 2])
            later = self.excusing(self.b.codes.tables(node.args[1])) if first else self
            return self._add(node, "sel", test, self.number(node.args[1]), later.number(node.args[2]))
        return self._add(node, node.op, *map(self.number, node.args))

    def _add(self, node: Node | None, op: str, *args: Operand) -> Operand:
        """A line, unless it is a number or the same as what is there already."""
        if op == "sel":  # a choice within a choice of the same test is made already
            for side in (1, 2):
                inner = self.code.get(str(args[side]))
                if inner is not None and inner.op == "sel" and inner.args[0] == args[0]:
                    args = (*args[:side], inner.args[side], *args[side + 1 :])
        simple = folded(op, args, self.bounds)
        if simple is not None:
            return simple
        if (op, *args) in self.same:
            return self.same[op, *args]
        wanted = self.names.get(node) if node else None
        if op == "load":
            table = self.tables[str(args[0])].values
            self.bounds[args[0]] = int(table.min()), int(table.max())
        name = wanted if wanted and wanted not in self.code else f"{wanted or 'v'}_{len(self.code)}"
        kind: Op = op  # type: ignore[assignment]
        self.code[name] = Line(name, kind, args, wanted is not None)
        self.bounds[name] = bounds_of(op, args, self.bounds)
        self.same[op, *args] = name
        return name

    def _known(self, grid: Grid) -> Any:
        """Where a number matters."""
        known = grid.known()
        for table in self.excused:
            apart = tuple(place for place, name in enumerate(table.names) if name not in grid.names)
            names = tuple(name for name in table.names if name in grid.names)
            excused = Grid(names, (table.data != 0).all(axis=apart).astype(np.int64))
            known = known & (self.b.binder.align([grid, excused])[1][1] == 0)
        return known

    def _table(self, node: Node) -> Operand:
        """The look-up of what a node was worked out to be."""
        grid = self.b.binder.grid(node)
        names, values = squeezed(grid, self._known(grid))
        keys = []
        for name in names:
            operand: Operand = LAW if name == "law" else f"@{name}"
            if name in self.b.cells:
                operand = self.number(self.b.cells[name])
            if isinstance(operand, int):  # the cell is always the same one
                place = names.index(name)
                values = np.take(values, [operand - self.b.domains.low(name)], place)
                keys.append(Key(LAW, 0, 1))
            else:
                keys.append(Key(operand, self.b.domains.low(name), self.b.domains.size(name)))
        keys = [key for key in keys if key.size > 1]
        if values.size == 1:
            return int(values.flat[0])
        flat = np.ascontiguousarray(values.reshape(-1), narrowest(int(values.min()), int(values.max())))
        key = (tuple(keys), flat.dtype.str, flat.tobytes())
        if key not in self.same:
            self.same[key] = table = f"t{len(self.tables)}"
            self.tables[table] = Table(tuple(keys), flat)
        return self._add(node, "load", self.same[key])
