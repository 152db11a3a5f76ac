"""Making nodes: what is known beforehand or cannot be otherwise is folded, and every node knows what it may raise.

Scalar Python raises where a gap of the law or a missing fact is used. A node has two companions: `raised`, the reason
why working it out raises, and `held`, the reason why its value is not there (a value that is not used raises nothing).
Where no combination of a run meets a gap and no fact may be missing, both are the number 0 and cost nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from yibao.law.lowering.binding import FEW, Binder, Domains
from yibao.law.lowering.codes import Codes
from yibao.law.lowering.grids import Grid, Results, squeezed
from yibao.law.lowering.nodes import ARITHMETIC, COMPARISONS, Node, Pool, is_const, through
from yibao.law.lowering.proving import Prover

TOTAL = ("const", "in", "column", "law", "padding", "lacking", "raised", "held", "pick", "filled")
LEAVES = ("const", "in", "column", "cell", "law", "padding")


SHARED = 1024
"""Combinations up to which every number of a look-up has a table of its own."""


class Builder:
    """Makes the nodes of one program."""

    def __init__(self, domains: Domains) -> None:
        self.pool, self.domains = Pool(), domains
        self.binder = Binder(domains)
        self.prover = Prover(self.binder)
        self.codes = Codes(self.pool, self.binder)
        self.zero, self.one = self.pool.const(0), self.pool.const(1)
        self.cells: dict[str, Node] = {}
        self.memo: dict[tuple[str, Node], Node] = {}
        self.folded: dict[Node, Node] = {}

    def const(self, value: int) -> Node:
        """A number."""
        return self.pool.const(value)

    def node(self, op: str, *args: Any) -> Node:
        """An operation, folded as far as it can be."""
        made = self.pool.get(op, *args)
        if made not in self.folded:
            self.folded[made] = made if op in LEAVES else self._fold(made)
        return self.folded[made]

    def truth(self, node: Node) -> Node:
        """Whether a number is not 0."""
        low, high = self.prover.bounds(node)
        return node if 0 <= low <= high <= 1 else self.node("ne", node, self.zero)

    def choose(self, test: Node, yes: Node, no: Node) -> Node:
        """One of two values."""
        return self.node("sel", test, yes, no)

    def pick(self, test: Node, yes: Node, no: Node) -> Node:
        """One of two reasons: it raises nothing, whatever the test does (that was told before)."""
        return self.node("pick", test, yes, no)

    def cell(self, source: Node) -> Node:
        """A number of few values, worked out for a row, as the key of tables."""
        name = next((name for name, node in self.cells.items() if node is source), f"cell{len(self.cells)}")
        self.cells[name] = source
        self.domains.add(name, self.prover.bounds(source))
        return self.node("cell", name)

    def shared(self, node: Node) -> Node:
        """A look-up of many combinations but few results: a table says which result, and all else goes by that."""
        if not self.binder.static(node):
            return node
        grid = self.binder.grid(node)
        results = grid.pool if grid.pool is not None else np.unique(grid.data).tolist()
        places = Grid(grid.names, grid.data)
        if len(results) > FEW or squeezed(places, places.known())[1].size <= SHARED:
            return node
        return self.node("result", self.cell(self.node("place", node)), Results(tuple(results)))

    # folding

    def _fold(self, node: Node) -> Node:
        if self.binder.static(node):
            grid = self.binder.grid(node)
            if grid.pool is None and grid.data.min() == grid.data.max():
                return self.const(int(grid.data.flat[0]))
        if node.op in ("sel", "pick", "and", "or"):
            return self._fold_choice(node)
        if node.op in THROUGH_FAULT and is_const(node.args[THROUGH_FAULT[node.op]], 0):
            return through(node)
        if node.op not in ARITHMETIC or not all(self.faultless(a) for a in node.nodes):
            return node
        low, high = self.prover.bounds(node)
        if low == high:
            return self.const(low)
        return self._same(node)

    def _same(self, node: Node) -> Node:
        """One of the arguments where the other changes nothing."""
        a = node.args[0]
        b = node.args[-1]
        match node.op:
            case "add" | "sub" if is_const(b, 0):
                return a  # type: ignore[no-any-return]
            case "add" if is_const(a, 0):
                return b  # type: ignore[no-any-return]
            case "mul" if is_const(a, 1) or is_const(b, 1):
                return b if is_const(a, 1) else a  # type: ignore[no-any-return]
            case "min" | "max":
                small, great = (a, b) if node.op == "min" else (b, a)
                if self.prover.at_most(small, great):
                    return a  # type: ignore[no-any-return]
                if self.prover.at_most(great, small):
                    return b  # type: ignore[no-any-return]
        if node.op in COMPARISONS:
            return self._compared(node)
        return node

    def _compared(self, node: Node) -> Node:
        (a, b), (c, d) = (self.prover.bounds(x) for x in node.args)
        always = {"lt": b < c, "le": b <= c, "gt": a > d, "ge": a >= d, "ne": b < c or d < a}.get(node.op, False)
        never = {"lt": a >= d, "le": a > d, "gt": b <= c, "ge": b < c, "eq": b < c or d < a}.get(node.op, False)
        return self.one if always else self.zero if never else node

    def _fold_choice(self, node: Node) -> Node:
        test, first, *other = node.args
        if len(other) == 1:
            if is_const(test):
                return first if test.args[0] else other[0]  # type: ignore[no-any-return]
            return first if first is other[0] and (node.op == "pick" or self.faultless(test)) else node
        decides = 0 if node.op == "and" else 1
        if is_const(test):
            return self.const(decides) if bool(test.args[0]) == bool(decides) else self.truth(first)
        if is_const(first) and self.faultless(test):
            return self.const(decides) if bool(first.args[0]) == bool(decides) else self.truth(test)
        return node

    # what may be raised

    def faultless(self, node: Node) -> bool:
        """Whether a node is there on every row."""
        return is_const(self.raised(node), 0) and is_const(self.held(node), 0)

    def first(self, *codes: Node) -> Node:
        """The first reason that is not 0."""
        found = self.zero
        for code in codes:
            code = self.codes.left(code, found)
            if is_const(code, 0):
                continue
            if is_const(found) and found.args[0]:
                break
            found = code if is_const(found, 0) else self.pick(self.node("ne", found, self.zero), found, code)
        return found

    def raised(self, node: Node) -> Node:
        """The reason why working a node out raises, 0 where it does not."""
        if ("raised", node) not in self.memo:
            self.memo["raised", node] = self._raised(node)
        return self.memo["raised", node]

    def _raised(self, node: Node) -> Node:
        if node.op in TOTAL:
            return self.zero
        if node.op == "cell":
            return self.raised(self.cells[node.args[0]])
        if self.binder.static(node):
            sources = [self.cells[name] for name in sorted(node.deps) if name in self.cells]
            return self.first(*map(self.raised, sources), self.node("raised", node))
        raised, held, none = self.raised, self.held, self.zero
        match node.op:
            case "after":
                return self.first(node.args[0], raised(node.args[1]))
            case "sel":
                test, yes, no = node.args
                return self.first(raised(test), held(test), self.pick(test, raised(yes), raised(no)))
            case "and" | "or":
                a, b = node.args
                later = self.first(raised(b), held(b))
                return self.first(
                    raised(a),
                    held(a),
                    self.pick(a, later, none) if node.op == "and" else self.pick(a, none, later),
                )
        used = (
            node.nodes[::-1] if node.op in ("min", "max") else node.nodes
        )  # they ask whether the second is less, greater
        return self.first(*map(raised, node.nodes), *map(held, used))

    def held(self, node: Node) -> Node:
        """The reason why the value of a node is not there, 0 where it is."""
        if ("held", node) not in self.memo:
            self.memo["held", node] = self._held(node)
        return self.memo["held", node]

    def _held(self, node: Node) -> Node:
        match node.op:
            case "const" | "column" | "cell" | "law" | "raised" | "held" | "pick" | "filled":
                return self.zero
            case "in" if node.args[0] not in self.domains.missing:
                return self.zero
            case "in" if not self.binder.static(node):
                high = self.domains.inputs[node.args[0]].high
                return self.pick(self.node("eq", self.shown(node), self.const(high + 1)), self.one, self.zero)
            case "lacking":
                return node.args[1]  # type: ignore[no-any-return]
        if self.binder.static(node):
            return self.node("held", node)
        match node.op:
            case "after":
                return self.held(node.args[1])
            case "sel":
                test, yes, no = node.args
                return self.pick(test, self.held(yes), self.held(no))
        return self.zero

    def shown(self, node: Node) -> Node:
        """An input as the plain number that stands in its column, missing or not."""
        return self.pool.get("column", *node.args)


THROUGH_FAULT = {"lacking": 1, "after": 0}
"""Which argument of such a node is the reason."""
