"""Reading a rule: its syntax tree, checked against the little language that rules are written in.

What is refused is refused with file, line, caret and what to write instead. It happens in the test command and at the
first explanation of a rule, never at import.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
import typing
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import IntEnum
from functools import lru_cache
from typing import Any

from yibao.law.helpers import PHRASES
from yibao.law.parameters.shapes import Law
from yibao.law.registry import RuleError
from yibao.law.terms import terms
from yibao.law.values import NotApplicable, Range

Function = Callable[..., Any]
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv)
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)


@dataclass(frozen=True, eq=False)
class Reading:
    """A rule that was read and found well written."""

    function: Function
    tree: ast.FunctionDef
    law: str
    law_class: type[Law]
    inputs: dict[str, Range]
    scope: dict[str, Any]


def refusal(function: Function, node: ast.AST, message: str) -> RuleError:
    """The error that points at a place of a rule."""
    lines, first = inspect.getsourcelines(function)
    row, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    text = textwrap.dedent("".join(lines)).splitlines()[row - 1]
    file = (inspect.getsourcefile(function) or "?").rsplit("/", 1)[-1]
    return RuleError(f"{file}:{first + row - 1}: {message}\n    {text}\n    {' ' * column}^")


@lru_cache(maxsize=512)
def parse(function: Function) -> ast.FunctionDef:
    """The syntax tree of a function, in pairs (see `_Pairs`): shared, so copy it before changing it."""
    tree = _Pairs().visit(ast.parse(textwrap.dedent(inspect.getsource(function))).body[0])
    if not isinstance(tree, ast.FunctionDef):
        raise RuleError(f"{function.__name__}: a rule is a plain function")
    return tree


class _Pairs(ast.NodeTransformer):
    """Writes `a < b < c` as `a < b and b < c`, and `min(a, b, c)` as `min(min(a, b), c)`."""

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if len(node.ops) == 1:
            return node
        sides = [node.left, *node.comparators]
        pairs: list[ast.expr] = [
            ast.copy_location(ast.Compare(left, [op], [right]), node)
            for left, op, right in zip(sides[:-1], node.ops, sides[1:], strict=True)
        ]
        return ast.copy_location(ast.BoolOp(ast.And(), pairs), node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if not (isinstance(node.func, ast.Name) and node.func.id in ("min", "max") and len(node.args) > 2):
            return node
        inner = ast.copy_location(ast.Call(node.func, node.args[:-1], node.keywords), node)
        return ast.copy_location(ast.Call(node.func, [self.visit_Call(inner), node.args[-1]], []), node)


def scope_of(function: Function) -> dict[str, Any]:
    """The names that a function's module knows."""
    return {"min": min, "max": max, "sum": sum} | function.__globals__


@lru_cache(maxsize=256)
def read(function: Function) -> Reading:
    """Reads a rule and checks every line of it."""
    tree = parse(function)
    hints = typing.get_type_hints(function, include_extras=True)
    first, *rest = [argument.arg for argument in tree.args.args] or [""]
    law_class = hints.get(first)
    if not (inspect.isclass(law_class) and issubclass(law_class, Law)):
        raise refusal(function, tree, "the first argument of a rule is its law, a dataclass derived from Law")
    inputs = {name: _range(function, tree, name, hints.get(name)) for name in rest}
    reading = Reading(function, tree, first, law_class, inputs, scope_of(function))
    checker = _Checker(reading)
    for argument in tree.args.args[1:]:
        checker.term(argument.arg, argument)
    if not checker.block(tree.body, set(rest)):
        raise refusal(function, tree, "not every path of the rule returns a value")
    return reading


def _range(function: Function, tree: ast.AST, name: str, hint: Any) -> Range:
    if hint is bool:
        return Range(0, 1)
    if inspect.isclass(hint) and issubclass(hint, IntEnum):
        return Range(min(hint), max(hint))
    for mark in getattr(hint, "__metadata__", ()):
        if isinstance(mark, Range):
            return mark
    raise refusal(function, tree, f"argument {name} has no declared range; write Fen, Ppm, Age, an enum …")


class _Checker:
    """Walks a rule; `known` are the names set on every path that leads to a line."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.function = reading, reading.function
        self.fields = {f.name for f in fields(reading.law_class)}

    def refuse(self, node: ast.AST, message: str) -> RuleError:
        return refusal(self.function, node, message)

    def term(self, name: str, node: ast.AST) -> None:
        if name not in terms():
            raise self.refuse(node, f"{name} is not a term of the glossary; add it to law/terms.yaml")

    def block(self, body: list[ast.stmt], known: set[str]) -> bool:
        """Checks a block; true if every path through it returns."""
        for statement in body:
            match statement:
                case ast.Expr(value=ast.Constant(value=str())):
                    continue
                case ast.Assign(targets=[ast.Name(id=name) as target], value=value):
                    if name in self.reading.inputs:
                        raise self.refuse(target, f"{name} is an input; give what you make of it a name of its own")
                    self.term(name, target)
                    self.expression(value, known)
                    known.add(name)
                case ast.If(test=test, body=yes, orelse=no):
                    self.expression(test, known)
                    known_yes, known_no = set(known), set(known)
                    ends_yes, ends_no = self.block(yes, known_yes), self.block(no, known_no)
                    if ends_yes and ends_no:
                        return True
                    known |= known_no if ends_yes else known_yes if ends_no else known_yes & known_no
                case ast.Return(value=ast.expr() as value):
                    self.result(value, known)
                    return True
                case _:
                    kind = type(statement).__name__
                    raise self.refuse(statement, f"a rule has assignments, if and return only, not {kind}")
        return False

    def result(self, value: ast.expr, known: set[str]) -> None:
        target = self.reading.scope.get(value.func.id) if isinstance(value, ast.Call) and isinstance(
            value.func, ast.Name) else None
        if target is NotApplicable:
            return
        if not (inspect.isclass(target) and hasattr(target, "_fields")) or not isinstance(value, ast.Call):
            raise self.refuse(value, "a rule returns a NamedTuple of its figures, or NotApplicable with the reason")
        if value.keywords or len(value.args) != len(target._fields):
            figures = ", ".join(target._fields)
            raise self.refuse(value, f"return all its figures by position: {target.__name__}({figures})")
        for name, argument in zip(target._fields, value.args, strict=True):
            self.term(name, argument)
            if not (isinstance(argument, ast.Name) and argument.id == name):
                raise self.refuse(argument, f"return the local named {name}, so that the figure is one of the steps")
            self.expression(argument, known)

    def expression(self, e: ast.expr, known: set[str]) -> None:
        match e:
            case ast.Constant(value=bool()) | ast.Constant(value=int()):
                return
            case ast.Constant(value=float() as number):
                raise self.refuse(e, f"{number} is a float; write a rate in parts per million")
            case ast.Name(id=name):
                self.name(name, e, known)
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if owner == self.reading.law:
                if attr not in self.fields:
                    raise self.refuse(e, f"{self.reading.law_class.__name__} has no field {attr}")
                self.term(attr, e)
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if owner not in known:
                found = getattr(self.reading.scope.get(owner), attr, None)
                if not isinstance(found, IntEnum):
                    raise self.refuse(e, f"{ast.unparse(e)} is not a member of an enum")
            case ast.Attribute(value=value, attr=attr):
                self.term(attr, e)
                self.expression(value, known)
            case ast.Subscript(value=value, slice=key):
                self.expression(value, known)
                for part in key.elts if isinstance(key, ast.Tuple) else [key]:
                    self.expression(part, known)
            case ast.BinOp(op=ast.Div()):
                raise self.refuse(e, "/ gives a float; write half_up(n, d), or // for rounding down")
            case ast.BinOp(left=left, op=op, right=right) if isinstance(op, OPERATORS):
                self.expression(left, known)
                self.expression(right, known)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self.expression(operand, known)
            case ast.BoolOp(values=values):
                for value in values:
                    self.expression(value, known)
            case ast.Compare(left=left, ops=[op], comparators=[right]) if isinstance(op, COMPARISONS):
                self.expression(left, known)
                self.expression(right, known)
            case ast.IfExp(test=test, body=yes, orelse=no):
                for part in (test, yes, no):
                    self.expression(part, known)
            case ast.Call(func=ast.Name(id="sum"), args=[ast.GeneratorExp() as generator], keywords=[]):
                self.sum(generator, known)
            case ast.Call():
                self.call(e, known)
            case _:
                raise self.refuse(e, f"{ast.unparse(e)}: {type(e).__name__} is not part of the language of rules")

    def name(self, name: str, e: ast.expr, known: set[str]) -> None:
        if name in known or isinstance(self.reading.scope.get(name), int):
            return
        raise self.refuse(e, f"{name} is not set on every path that leads here")

    def sum(self, generator: ast.GeneratorExp, known: set[str]) -> None:
        loop = generator.generators[0]
        if len(generator.generators) > 1 or loop.ifs or not isinstance(loop.target, ast.Name):
            raise self.refuse(generator, "sum runs over one table of the law, without a condition")
        self.expression(loop.iter, known)
        self.expression(generator.elt, known | {loop.target.id})

    def call(self, e: ast.Call, known: set[str]) -> None:
        target = self.reading.scope.get(e.func.id) if isinstance(e.func, ast.Name) else None
        if target is self.function:
            raise self.refuse(e, f"{self.function.__name__} calls itself; a rule may not")
        if target is None or not inspect.isroutine(target) or target not in PHRASES:
            called = ast.unparse(e.func)
            raise self.refuse(e, f"{called} has no words; use min, max, sum, half_up or a helper with a @phrase")
        if e.keywords or (target in (min, max) and len(e.args) != 2):
            raise self.refuse(e, "give a helper its arguments by position; min and max take two or more")
        for argument in e.args:
            self.expression(argument, known)
