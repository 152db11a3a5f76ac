"""The nodes that a rule becomes when it is read: equal expressions are one node, and what can be folded is folded."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yibao.law.values import Gap, LawError, Missing, _Refusing

LEAVES_BY_NAME = ("in", "column", "cell")
"""Inputs as facts (which may be missing), inputs as the numbers in their columns, and cells."""
COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})
TRUTH_OPS = COMPARISONS | {"and", "or", "not"}
ARITHMETIC: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.floordiv,
    "min": min,
    "max": max,
    **{name: getattr(operator, name) for name in COMPARISONS},
    "not": operator.not_,
}
"""What a printer can print, besides `sel`, `and`, `or`; everything else is worked out beforehand."""


class Lacking(_Refusing):
    """Stands for a value that is not there, with the reason why: a missing fact, a figure that was not given."""

    def __init__(self, code: int) -> None:
        self.code = code

    def error(self) -> LawError:
        return LackingError(self.code)


class LackingError(LawError):
    """What is raised where a value that is not there is used."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


@dataclass(frozen=True, slots=True)
class Raised:
    """What working out an expression raised: the code of its reason."""

    code: int


class Padding:
    """The row after the end of a shorter table: every number of it is 0."""

    def __getattr__(self, name: str) -> int:
        if name.startswith("__"):
            raise AttributeError(name)
        return 0


PADDING = Padding()


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """An operation on nodes; `deps` are the inputs, cells and the law that it looks at."""

    op: str
    args: tuple[Any, ...]
    deps: frozenset[str]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Those of the arguments that are nodes."""
        return tuple(a for a in self.args if isinstance(a, Node))


def gap_code(gap: Gap) -> int:
    """The reason that a gap gives."""
    return 4 if gap.range_only else 3


def error_code(error: Exception) -> int:
    """The reason that an error of the scalar rule gives."""
    if isinstance(error, LackingError):
        return error.code
    if isinstance(error, Missing):
        return gap_code(error.gap)
    return 5 if isinstance(error, ZeroDivisionError) else 1


def held_code(value: Any) -> int:
    """The reason that lies in a value which is not there; 0 for every other value."""
    return gap_code(value) if isinstance(value, Gap) else value.code if isinstance(value, Lacking) else 0


class Pool:
    """All nodes of one reading."""

    def __init__(self) -> None:
        self.nodes: dict[Any, Node] = {}

    def get(self, op: str, *args: Any) -> Node:
        """The node of an operation: the one that is there already, if it is."""
        key = (op, *((id(a) if isinstance(a, Node) else (type(a), id(a) if callable(a) else a)) for a in args))
        found = self.nodes.get(key)
        if found is None:
            own = frozenset({args[0]} if op in LEAVES_BY_NAME else {"law"} if op == "law" else ())
            deps = own.union(*(a.deps for a in args if isinstance(a, Node)))
            found = self.nodes[key] = Node(op, args, deps)
        return found

    def const(self, value: int) -> Node:
        """The node of a number."""
        return self.get("const", int(value))


def is_const(node: Node, value: int | None = None) -> bool:
    """Whether a node is a number, or this number."""
    return node.op == "const" and (value is None or node.args[0] == value)


THROUGH = {"lacking": 0, "after": 1}
"""Nodes that only say why a value is not there, and which argument is the value: `lacking(value, reason)`: a figure of
an earlier rule; `after(fault, value)`: a value, where what was worked out on the way to it may raise."""


def through(node: Node) -> Node:
    """The value of such a node."""
    value = node.args[THROUGH[node.op]]
    assert isinstance(value, Node)  # noqa: S101
    return value
