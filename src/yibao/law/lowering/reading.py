"""Reading a rule by walking through it with nodes in place of numbers: every path at once.

An assignment names a node, an `if` makes choices of what its two sides set, an early return becomes a choice of
outcomes, a helper is written out where it is called, a sum becomes one term for each row of the longest table.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from yibao.law.explanation.reader import parse, read, refusal, scope_of
from yibao.law.helpers import PHRASES, reached
from yibao.law.lowering.building import Builder
from yibao.law.lowering.nodes import Node, is_const
from yibao.law.lowering.program import ELSE, FIRST_SENTENCE
from yibao.law.lowering.proving import Facts
from yibao.law.lowering.rows import ReachedRow, divided, looked_up
from yibao.law.registry import RuleError
from yibao.law.values import NotApplicable

OPERATORS = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul"}
COMPARED = {ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne"}
Value = Node | ReachedRow


@dataclass
class Path:
    """Where a walk stands: what the names hold, what was raised so far, and which conditions hold here."""

    names: dict[str, Value]
    fault: Node
    facts: Facts = ()

    def branch(self, test: Node, holds: bool, none: Node) -> Path:
        """The path into one side of a condition; what was raised before it is told where the sides meet."""
        return Path(dict(self.names), none, (*self.facts, (test, holds)))


@dataclass
class Outcome:
    """What a rule gives: what it raised, the sentence if it does not apply, its figures, and which are not given."""

    fault: Node
    reason: Node
    figures: dict[str, Value] = field(default_factory=dict)
    absent: dict[str, Node] = field(default_factory=dict)


class Reader:
    """Walks through one rule."""

    def __init__(self, builder: Builder, function: Callable[..., Any], sentences: list[str], names: dict[Node, str]):
        self.b, self.reading, self.sentences, self.names = builder, read(function), sentences, names
        self.function = function
        self.calls: list[tuple[Callable[..., Any], ast.AST]] = []
        self.spots: dict[Node, list[tuple[Callable[..., Any], ast.AST]]] = {}

    def outcome(self, inputs: dict[str, Node]) -> Outcome:
        """What the rule gives for these inputs."""
        law = self.b.node("law", self.reading.law_class)
        found = self.block(self.reading.tree.body, Path({self.reading.law: law, **inputs}, self.b.zero))
        assert found is not None  # noqa: S101  the reader has seen that every path returns
        return found

    def refuse(self, node: ast.AST, message: str) -> RuleError:
        """The error that points at a line, and at the lines that called it."""
        return self.refused([*self.calls, (self.function, node)], message)

    @staticmethod
    def refused(places: Sequence[tuple[Callable[..., Any], ast.AST]], message: str) -> RuleError:
        """The error for a place, innermost last."""
        (function, node), *outer = reversed(places)
        used = [f"  used by {refusal(caller, call, '')}" for caller, call in outer]
        return RuleError("\n".join([str(refusal(function, node, message)), *used]))

    # statements

    def block(self, body: list[ast.stmt], path: Path, after: Sequence[ast.stmt] = ()) -> Outcome | None:
        """Walks through a block; nothing where every path goes on to what comes after its end."""
        for place, statement in enumerate(body):
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    found = self.expression(value, path)
                    path.names[name] = found
                    if isinstance(found, Node):
                        path.fault = self.b.first(path.fault, self.b.raised(found))
                        self._named(found, name)
                    else:
                        path.fault = self.b.first(path.fault, found.fault)
                case ast.If(test=test, body=yes, orelse=no):
                    done = self._branches(self.condition(test, path), yes, no, [*body[place + 1 :], *after], path)
                    if done:
                        return done
                case ast.Return(value=ast.expr() as value):
                    return self._result(value, path)
        return None

    def _named(self, node: Node, name: str) -> None:
        if not self.calls and node.op not in ("const", "in"):
            self.names.setdefault(node, name)

    def _branches(
        self, test: Node, yes: list[ast.stmt], no: list[ast.stmt], rest: list[ast.stmt], path: Path
    ) -> Outcome | None:
        path.fault = self.b.first(path.fault, self.b.raised(test), self.b.held(test))
        if is_const(test):
            return self.block(yes if test.args[0] else no, path, rest)
        one, two = path.branch(test, True, self.b.zero), path.branch(test, False, self.b.zero)
        a, b = self.block(yes, one, rest), self.block(no, two, rest)
        if a is None and b is None:
            path.fault = self.b.first(path.fault, self.b.pick(test, one.fault, two.fault))
            both = {name: (one.names[name], two.names[name]) for name in one.names if name in two.names}
            path.names = {
                name: self._choose(test, x, y, name)
                for name, (x, y) in both.items()
                if x is y or (isinstance(x, Node) and isinstance(y, Node))  # a row that differs is no value afterwards
            }
            return None
        a = a or self.block(rest, one)
        b = b or self.block(rest, two)
        assert a is not None  # noqa: S101  the reader has seen that every path returns
        assert b is not None  # noqa: S101
        found = self._merged(test, a, b)
        found.fault = self.b.first(path.fault, found.fault)
        return found

    def _choose(self, test: Node, a: Value, b: Value, name: str = "") -> Value:
        if a is b or isinstance(a, ReachedRow) or isinstance(b, ReachedRow):
            return a  # rows that differ are no value after both sides: `_branches` leaves them out
        found = self.b.choose(test, a, b)
        if name:
            self._named(found, name)
        return found

    def _merged(self, test: Node, a: Outcome, b: Outcome) -> Outcome:
        zero, absent = self.b.zero, self.b.const(ELSE)
        merged = Outcome(self.b.pick(test, a.fault, b.fault), self.b.pick(test, a.reason, b.reason))
        for name in dict.fromkeys([*a.figures, *b.figures]):
            merged.figures[name] = self._choose(test, a.figures.get(name, zero), b.figures.get(name, zero), name)
            merged.absent[name] = self.b.pick(test, a.absent.get(name, absent), b.absent.get(name, absent))
        return merged

    def _result(self, value: ast.expr, path: Path) -> Outcome:
        zero = self.b.zero
        target = self.scope(value.func) if isinstance(value, ast.Call) else None
        if target is NotApplicable and isinstance(value, ast.Call):
            sentence = ast.literal_eval(value.args[0])
            if sentence not in self.sentences:
                self.sentences.append(sentence)
            return Outcome(path.fault, self.b.const(FIRST_SENTENCE + self.sentences.index(sentence)))
        if isinstance(target, type) and isinstance(value, ast.Call) and not self.calls:
            figures = {name: self.expression(a, path) for name, a in zip(target._fields, value.args, strict=True)}  # type: ignore[attr-defined]
            held = [self.b.held(v) for v in figures.values() if isinstance(v, Node)]
            return Outcome(self.b.first(path.fault, *held), zero, figures, dict.fromkeys(figures, zero))
        return Outcome(path.fault, zero, {"": self.expression(value, path)}, {"": zero})

    # expressions

    def scope(self, e: ast.expr) -> Any:
        """What a name outside the rule stands for."""
        scope = scope_of(self.function)
        if isinstance(e, ast.Name):
            return scope.get(e.id)
        if isinstance(e, ast.Attribute) and isinstance(e.value, ast.Name):
            return getattr(scope.get(e.value.id), e.attr, None)
        return None

    def condition(self, e: ast.expr, path: Path) -> Node:
        """An expression as a truth value."""
        return self.b.truth(self.number(e, path))

    def number(self, e: ast.expr, path: Path) -> Node:
        """An expression that is one node."""
        found = self.expression(e, path)
        if isinstance(found, ReachedRow):
            raise self.refuse(e, "a row of a table is no number; take one of its columns")
        return found

    def expression(self, e: ast.expr, path: Path) -> Value:
        """The node of an expression."""
        found = self._expression(e, path)
        if isinstance(found, Node):
            self.spots.setdefault(found, [*self.calls, (self.function, e)])
        return found

    def _expression(self, e: ast.expr, path: Path) -> Value:
        match e:
            case ast.Constant(value=int() as value):
                return self.b.const(value)
            case ast.Name(id=name) if name in path.names:
                return path.names[name]
            case ast.Attribute(value=ast.Name(id=owner)) | ast.Name(id=owner) if owner not in path.names:
                if not isinstance(self.scope(e), int):
                    raise self.refuse(e, f"{owner} is not one value on every path that leads here")
                return self.b.const(self.scope(e))
            case ast.Attribute(value=value, attr=attr):
                row = self.expression(value, path)
                return row.column(attr) if isinstance(row, ReachedRow) else self.b.node("attr", row, attr)
            case ast.Subscript(value=value, slice=key):
                parts = key.elts if isinstance(key, ast.Tuple) else [key]
                found = looked_up(self.b, self.number(value, path), [self.number(part, path) for part in parts])
                if not self.b.binder.static(found):
                    raise self.refuse(e, "too many combinations of keys to be worked out beforehand")
                return found
            case ast.BinOp(left=left, op=ast.FloorDiv(), right=right):
                found, refused = divided(self.b, self.number(left, path), self.number(right, path), path.facts)
                if refused:
                    raise self.refuse(e, refused)
                return found
            case ast.BinOp(left=left, op=op, right=right):
                return self.b.node(OPERATORS[type(op)], self.number(left, path), self.number(right, path))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self.b.node(COMPARED[type(op)], self.number(left, path), self.number(right, path))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self.b.node("not", self.condition(operand, path))
            case ast.BoolOp(op=op, values=values):
                return self._chain("and" if isinstance(op, ast.And) else "or", values, path)
            case ast.IfExp(test=test, body=yes, orelse=no):
                return self._if(self.condition(test, path), yes, no, path)
            case ast.Call(func=ast.Name(id="sum"), args=[ast.GeneratorExp() as generator]):
                return self._sum(generator, path)
            case ast.Call():
                return self._call(e, path)
        raise self.refuse(e, f"{ast.unparse(e)}: {type(e).__name__} is not part of the language of rules")

    def _chain(self, op: str, values: list[ast.expr], path: Path) -> Node:
        first = self.condition(values[0], path)
        if len(values) == 1:
            return first
        return self.b.node(op, first, self._chain(op, values[1:], path.branch(first, op == "and", path.fault)))

    def _if(self, test: Node, yes: ast.expr, no: ast.expr, path: Path) -> Value:
        if is_const(test):
            return self.expression(yes if test.args[0] else no, path)
        one = self.number(yes, path.branch(test, True, path.fault))
        return self._choose(test, one, self.number(no, path.branch(test, False, path.fault)))

    def _sum(self, generator: ast.GeneratorExp, path: Path) -> Node:
        loop = generator.generators[0]
        assert isinstance(loop.target, ast.Name)  # noqa: S101  the reader has seen it
        table, name = self.number(loop.iter, path), loop.target.id
        if not self.b.binder.static(table):
            raise self.refuse(loop.iter, "a sum runs over a table of the law that few values decide")
        length = self.b.node("length", table)
        total = self.b.node("after", self.b.raised(length), self.b.zero)
        counts = self.b.binder.grid(length)
        known = counts.numbers() if counts.pool is None else [v for v in counts.pool if isinstance(v, int)]
        shortest, longest = (min(known, default=0), max(known, default=0)) if counts.pool else counts.bounds()
        for k in range(longest):
            term = self._term(generator.elt, path, name, self.b.node("item", table, k))
            if k >= shortest:
                padded = self._term(generator.elt, path, name, self.b.node("padding"))
                if self.b.prover.bounds(padded) != (0, 0):
                    term = self.b.choose(self.b.node("has", table, k), term, self.b.zero)
            total = self.b.node("add", total, term)
        return total

    def _term(self, e: ast.expr, path: Path, name: str, row: Node) -> Node:
        return self.number(e, Path({**path.names, name: row}, path.fault, path.facts))

    def _call(self, e: ast.Call, path: Path) -> Value:
        target = self.scope(e.func)
        values = [self.expression(a, path) for a in e.args]
        if target in (min, max):
            return self.b.node(target.__name__, *values)
        if PHRASES[target].lookup:
            found = self.b.node("call", target, *values)
            if self.b.binder.static(found):
                return self.b.shared(found)
            if target is not reached or not self.b.binder.static(values[0]):  # type: ignore[arg-type]
                raise self.refuse(e, f"{target.__name__}: only `reached` may look up what has many values")
            return ReachedRow(self.b, *values)  # type: ignore[arg-type]
        return self._inlined(e, target, values, path)

    def _inlined(self, e: ast.Call, target: Callable[..., Any], values: list[Value], path: Path) -> Value:
        tree = parse(target)
        given = dict(zip([a.arg for a in tree.args.args], values, strict=True))
        before = self.b.first(*(self.b.raised(v) for v in values if isinstance(v, Node)))
        self.calls.append((self.function, e))
        outer, self.function = self.function, target
        found = self.block(tree.body, Path(given, self.b.zero, path.facts))
        self.function = outer
        self.calls.pop()
        value = found.figures[""] if found else None
        if found is None or value is None:
            raise self.refuse(e, f"{target.__name__} does not return a value on every path")
        if isinstance(value, ReachedRow):
            return value
        return self.b.node("after", self.b.first(before, found.fault), value)
