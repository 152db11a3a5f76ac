"""Look-ups into the law, and division: what needs more than one node."""

from __future__ import annotations

from collections.abc import Sequence

from yibao.law.lowering.building import Builder
from yibao.law.lowering.nodes import Node
from yibao.law.lowering.program import DIVIDED, GAP
from yibao.law.lowering.proving import Facts
from yibao.law.parameters.shapes import Keyed

CELL = 256
"""Values that a number may have which is worked out for a row and then looked up by."""


def looked_up(b: Builder, table: Node, keys: Sequence[Node]) -> Node:
    """A cell of a keyed table: keys that no law of the run tells apart are left out, few-valued ones become cells.

    What a key raised was told where it got its name; what a cell is made of may raise, and `raised` of it says so.
    """
    tables = b.binder.grid(table).pool or ()
    looked = {place for kept in tables if isinstance(kept, Keyed) for place in kept.places}
    parts = [key if place in looked else b.zero for place, key in enumerate(keys)]
    found = b.node("index", table, *parts)
    if not b.binder.static(found):
        parts = [b.cell(part) if _computed(b, part) else part for part in parts]
        found = b.node("index", table, *parts)
    return b.shared(found)


def _computed(b: Builder, key: Node) -> bool:
    low, high = b.prover.bounds(key)
    return key.op not in ("in", "const") and high - low < CELL


def divided(b: Builder, n: Node, d: Node, facts: Facts) -> tuple[Node, str]:
    """n // d where it is proved to be harmless; else what could not be proved."""
    (low, high), (least, most) = b.prover.bounds(n), b.prover.bounds(d)
    if low < 0:
        if not b.prover.never_negative(n, facts):
            return n, f"cannot prove that the dividend is not negative: {low:,} to {high:,}. Say the floor: max(…, 0)"
        n = b.node("max", n, b.zero)
    fault = b.zero
    if least < 1:
        proved = b.prover.bounds(d, facts)[0]
        if proved < 0:
            return n, f"cannot prove that the divisor is not negative: {least:,} to {most:,}. Say the floor: max(…, 1)"
        if proved == 0:
            nothing = b.pick(b.node("eq", d, b.zero), b.const(DIVIDED), b.zero)
            fault = b.first(b.raised(n), b.raised(d), b.held(n), b.held(d), nothing)
        d = b.node("max", d, b.one)
    if b.binder.static(d):
        fault = b.first(b.raised(n), b.raised(d), b.held(n), b.held(d), fault)
        d = b.node("filled", d)  # where there is no divisor the row has a reason; yet something must be divided by
    return b.node("after", fault, b.node("div", n, d)), ""


class ReachedRow:
    """The last row of a table whose first column a number of many values reaches: a chain of choices for a column."""

    def __init__(self, b: Builder, table: Node, value: Node) -> None:
        self.b, self.table, self.value = b, table, value
        length = b.node("length", table)
        self.length = b.binder.grid(length).bounds()[1]
        above = b.prover.bounds(value)[1] + 1
        self.firsts = [b.node("first", table, k, above) for k in range(self.length)]
        before = b.pick(b.node("lt", value, self.firsts[0]), b.const(GAP), b.zero) if self.firsts else b.zero
        asked = b.pick(b.node("everybody", table), b.zero, b.first(b.held(value), before))
        self.fault = b.first(b.raised(table), b.raised(value), b.raised(length), asked)

    def column(self, name: str) -> Node:
        """One column of the row that is reached."""
        b = self.b
        found = b.node("attr", b.node("item", self.table, 0), name)
        for k in range(1, self.length):
            here = b.node("attr", b.node("item", self.table, k), name)
            found = b.choose(b.node("ge", self.value, self.firsts[k]), here, found)
        return b.node("after", self.fault, found)
