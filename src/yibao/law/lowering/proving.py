"""That nothing overflows, no dividend is negative and no divisor is 0: bounds of every node, and what is at most what.

`facts` are conditions known on the path to a line: pairs of a node and whether it holds.
"""

from __future__ import annotations

from collections.abc import Callable

from yibao.law.lowering.binding import Binder
from yibao.law.lowering.nodes import ARITHMETIC, THROUGH, TRUTH_OPS, Node, through

Bounds = tuple[int, int]
Facts = tuple[tuple[Node, bool], ...]
NEGATED = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt", "eq": "ne", "ne": "eq"}


class Prover:
    """Proves bounds; those without facts are kept."""

    def __init__(self, binder: Binder) -> None:
        self.binder = binder
        self.kept: dict[Node, Bounds] = {}

    def bounds(self, node: Node, facts: Facts = ()) -> Bounds:
        """The least and the greatest value of a node."""
        if facts:
            return self._refined(node, comparisons(facts))
        if node not in self.kept:
            self.kept[node] = self._bounds(node, self.bounds)
        return self.kept[node]

    def _refined(self, node: Node, facts: list[tuple[str, Node, Node]]) -> Bounds:
        low, high = self._bounds(node, lambda n: self._refined(n, facts))
        plain = self.bounds(node)
        low, high = max(low, plain[0]), min(high, plain[1])
        for op, a, b in facts:
            if a is node or b is node:
                other = self.bounds(b if a is node else a)
                kind = op if a is node else {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}.get(op, op)
                low, high = narrowed(kind, (low, high), other)
        return low, max(low, high)

    def _bounds(self, node: Node, of: Callable[[Node], Bounds]) -> Bounds:
        match node.op:
            case "const":
                return node.args[0], node.args[0]
            case "in" | "column" | "cell":
                bounds = self.binder.domains.inputs[node.args[0]]
                return bounds.low, bounds.high + (node.args[0] in self.binder.domains.missing)
        if self.binder.static(node):
            return self.binder.grid(node).bounds()
        if node.op in TRUTH_OPS:
            return 0, 1
        if node.op in THROUGH:
            return of(through(node))
        if node.op in ("sel", "pick"):
            (a, b), (c, d) = of(node.args[1]), of(node.args[2])
            return min(a, c), max(b, d)
        (a, b), (c, d) = of(node.args[0]), of(node.args[1])
        match node.op:
            case "div":
                return a // d, b // c
            case "sub":
                return (max(a - d, 0) if a < d and self.at_most(node.args[1], node.args[0]) else a - d), b - c
            case "min" | "max":
                return ARITHMETIC[node.op](a, c), ARITHMETIC[node.op](b, d)
        ends = [ARITHMETIC[node.op](x, y) for x in (a, b) for y in (c, d)]
        return min(ends), max(ends)

    def at_most(self, a: Node, b: Node, facts: Facts = (), depth: int = 6) -> bool:
        """Whether a <= b on every row on the path."""
        if a is b or self.bounds(a)[1] <= self.bounds(b)[0]:
            return True
        for op, x, y in comparisons(facts):
            if (op in ("lt", "le", "eq") and x is a and y is b) or (op in ("gt", "ge", "eq") and x is b and y is a):
                return True
        if depth == 0:
            return False

        def less(x: Node, y: Node) -> bool:
            return self.at_most(x, y, facts, depth - 1)

        return self._below(a, b, less) or self._above(a, b, less)

    def _below(self, a: Node, b: Node, less: Callable[[Node, Node], bool]) -> bool:
        """a <= b for what a is made of."""
        match a.op:
            case "min":
                return any(less(x, b) for x in a.args)
            case "max":
                return all(less(x, b) for x in a.args)
            case "sel":
                return less(a.args[1], b) and less(a.args[2], b)
            case "sub":
                return self.bounds(a.args[1])[0] >= 0 and less(a.args[0], b)
            case "lacking" | "after":
                return less(through(a), b)
        return False

    def _above(self, a: Node, b: Node, less: Callable[[Node, Node], bool]) -> bool:
        """a <= b for what b is made of."""
        match b.op:
            case "min":
                return all(less(a, y) for y in b.args)
            case "max":
                return any(less(a, y) for y in b.args)
            case "sel":
                return less(a, b.args[1]) and less(a, b.args[2])
            case "add":
                x, y = b.args
                return (self.bounds(y)[0] >= 0 and less(a, x)) or (self.bounds(x)[0] >= 0 and less(a, y))
            case "lacking" | "after":
                return less(a, through(b))
        return False

    def never_negative(self, node: Node, facts: Facts) -> bool:
        """Whether a node is at least 0 on the path."""
        if self.bounds(node)[0] >= 0 or (facts and self.bounds(node, facts)[0] >= 0):
            return True
        match node.op:
            case "sub":
                return self.at_most(node.args[1], node.args[0], facts)
            case "add" | "mul" | "min":
                return all(self.never_negative(a, facts) for a in node.args)
            case "max":
                return any(self.never_negative(a, facts) for a in node.args)
        return False


def comparisons(facts: Facts) -> list[tuple[str, Node, Node]]:
    """What facts say of two nodes each."""
    found: list[tuple[str, Node, Node]] = []
    for node, holds in facts:
        if node.op in NEGATED:
            found.append((node.op if holds else NEGATED[node.op], *node.args))
        elif node.op == "not":
            found += comparisons(((node.args[0], not holds),))
        elif node.op == ("and" if holds else "or"):
            found += comparisons(tuple((a, holds) for a in node.args))
    return found


def narrowed(op: str, bounds: Bounds, other: Bounds) -> Bounds:
    """The bounds of a number that compares so with another."""
    low, high = bounds
    match op:
        case "lt":
            return low, min(high, other[1] - 1)
        case "le":
            return low, min(high, other[1])
        case "gt":
            return max(low, other[0] + 1), high
        case "ge":
            return max(low, other[0]), high
        case "eq":
            return max(low, other[0]), min(high, other[1])
        case "ne" if other[0] == other[1]:
            return low + (low == other[0]), high - (high == other[0])
    return low, high
