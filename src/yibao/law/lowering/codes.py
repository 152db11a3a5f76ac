"""Reasons one after the other: which of them still say anything where those before say nothing.

A rule meets the same gap at every use of a value; the first use says it. What is said already is left out, so that a
population pays for each gap once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from yibao.law.lowering.binding import Binder
from yibao.law.lowering.nodes import Node, Pool, is_const


@dataclass
class Said:
    """What is 0 where some reason is 0: nodes, tables among them, and on each side of a test."""

    nodes: set[Node] = field(default_factory=set)
    tables: list[Node] = field(default_factory=list)
    sides: dict[Node, tuple[list[Node], list[Node]]] = field(default_factory=dict)


class Codes:
    """Leaves out of a reason what was said before it."""

    def __init__(self, pool: Pool, binder: Binder) -> None:
        self.pool, self.binder = pool, binder
        self.memo: dict[tuple[Node, Node], Node] = {}

    def left(self, code: Node, before: Node) -> Node:
        """What a reason still says where the one before it is 0."""
        if (code, before) not in self.memo:
            said = Said()
            self._hear(before, said)
            self.memo[code, before] = self._left(code, said)
        return self.memo[code, before]

    def tables(self, code: Node) -> list[Node]:
        """The tables that are all 0 where a reason is."""
        said = Said()
        self._hear(code, said)
        return said.tables

    def _hear(self, code: Node, said: Said) -> None:
        """Notes what is 0 where a reason is 0."""
        if is_const(code) or code in said.nodes:
            return
        said.nodes.add(code)
        if self.binder.static(code):
            said.tables.append(code)
        if code.op != "pick":
            return
        test, yes, no = code.args
        if test.op == "ne" and test.args[0] is yes:
            self._hear(yes, said)
            self._hear(no, said)
        else:
            sides = said.sides.setdefault(test, ([], []))
            sides[0].append(yes)
            sides[1].append(no)

    def _left(self, code: Node, said: Said) -> Node:
        if is_const(code) or code in said.nodes or self._covered(code, said):
            return code if is_const(code) else self.pool.const(0)
        if code.op != "pick":
            return code
        test, yes, no = code.args
        if test.op == "ne" and test.args[0] is yes:
            one, more = self._left(yes, said), self._with(said, [yes])
            return self._first(one, self._left(no, more))
        known = said.sides.get(test, ([], []))
        one, two = self._left(yes, self._with(said, known[0])), self._left(no, self._with(said, known[1]))
        if one is two:
            return one
        return self.pool.get("pick", test, one, two) if (one, two) != (yes, no) else code

    def _first(self, one: Node, two: Node) -> Node:
        if is_const(one):
            return one if one.args[0] else two
        if is_const(two, 0):
            return one
        return self.pool.get("pick", self.pool.get("ne", one, self.pool.const(0)), one, two)

    def _with(self, said: Said, codes: list[Node]) -> Said:
        if not codes:
            return said
        more = Said(set(said.nodes), list(said.tables), {t: (list(a), list(b)) for t, (a, b) in said.sides.items()})
        for code in codes:
            self._hear(code, more)
        return more

    def _covered(self, code: Node, said: Said) -> bool:
        """Whether a table says something only where another one said something before."""
        if not said.tables or not self.binder.static(code):
            return False
        own = self.binder.grid(code)
        for table in said.tables:
            other = self.binder.grid(table)
            if set(other.names) <= set(own.names):
                _, (a, b) = self.binder.align([own, other])
                if (np.broadcast_to(b != 0, a.shape) | (a == 0)).all():
                    return True
        return False
