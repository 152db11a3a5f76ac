"""One person's figure with every step: the rule printed as Python that also writes down what it does.

The arithmetic lines are the rule's own, so the explained figure cannot differ from the plain one. The printed function
is compiled under the rule's own file and lines, so that a traceback or a debugger points at the rule.
"""

from __future__ import annotations

import ast
import copy
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from yibao.law.explanation.formula import Formula
from yibao.law.explanation.pieces import render
from yibao.law.explanation.reader import Function, Reading, read
from yibao.law.explanation.words import Register, Words, opposite
from yibao.law.helpers import PHRASES
from yibao.law.parameters.shapes import Law
from yibao.law.registry import CLAUSES
from yibao.law.terms import terms, value_text
from yibao.law.values import UNLIMITED, Gap, Missing, Unset

BOOLEAN = (ast.Compare, ast.BoolOp)


class Step(NamedTuple):
    """One line of a rule as it was worked out for one person."""

    name: str
    value: int
    how: str
    formula: str
    rounding: str
    clause: str


@dataclass(frozen=True, slots=True)
class Explained:
    """What a rule gave, its steps, and the conditions on whose account it took its way (words, fields of the law)."""

    value: Any
    steps: tuple[Step, ...]
    because: tuple[tuple[str, tuple[str, ...]], ...]
    clause: str


class _Printer:
    """Prints a rule as Python that records its steps."""

    def __init__(self, reading: Reading, register: Register) -> None:
        self.reading = reading
        self.words, self.formula = Words(reading, register), Formula(reading)

    def function(self) -> ast.Module:
        tree = copy.deepcopy(self.reading.tree)
        tree.decorator_list, tree.returns = [], None
        for argument in tree.args.args:
            argument.annotation = None
        tree.args.args += [ast.arg("_step"), ast.arg("_because")]
        tree.body = self.block(tree.body)
        return ast.fix_missing_locations(ast.Module([tree], []))

    def block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        out: list[ast.stmt] = []
        for place, statement in enumerate(body):
            following = body[place + 1] if place + 1 < len(body) else None
            match statement:
                case ast.Expr():
                    continue
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    out.append(statement)
                    if terms()[name].unit != "table" and not isinstance(value, BOOLEAN):
                        out.append(self.record(name, value, self.note(following), statement))
                case ast.If(test=test, body=yes, orelse=no):
                    because = [self.reason(test, statement)]
                    otherwise = [self.reason(opposite(test), statement)]
                    branch = ast.If(test, because + self.block(yes), otherwise + self.block(no))
                    out.append(ast.copy_location(branch, statement))
                case _:
                    out.append(statement)
        return out

    def note(self, following: ast.stmt | None) -> str:
        match following:
            case ast.Expr(value=ast.Constant(value=str() as note)):
                return note
        return ""

    def record(self, name: str, value: ast.expr, note: str, at: ast.stmt) -> ast.stmt:
        rounding = ""
        for node in ast.walk(value):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                phrase = PHRASES.get(self.reading.scope.get(node.func.id))  # type: ignore[arg-type]
                rounding = (phrase.rounding if phrase else "") or rounding
        how, formula = render(self.words.pieces(value)), render(self.formula.pieces(value))
        return _line(f"_step(_Step({name!r}, {name}, {how}, {formula}, {rounding!r}, {note!r}))", at)

    def reason(self, test: ast.expr, at: ast.stmt) -> ast.stmt:
        law = self.reading.law
        fields = tuple(
            node.attr
            for node in ast.walk(test)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == law
        )
        return _line(f"_because(({render(self.words.pieces(test))}, {fields!r}))", at)


def _line(source: str, at: ast.stmt) -> ast.stmt:
    statement = ast.parse(source).body[0]
    for node in ast.walk(statement):
        if "lineno" in node._attributes:
            ast.copy_location(node, at)
    return statement


def _fen(value: int) -> str:
    if type(value) is int and 0 <= value < UNLIMITED:
        return f"{value // 100:,}.{value % 100:02d} 元"
    return _value(value, "fen")


def _value(value: int, unit: str) -> str:
    if isinstance(value, Gap):
        raise Missing(value)
    if isinstance(value, Unset):
        return "不影响"  # told, but never looked at: the table has one row for everybody
    return "不设上限" if value == UNLIMITED else value_text(value, unit)


@lru_cache(maxsize=256)
def compiled(function: Function, register: Register) -> Callable[..., Any]:
    """The recording twin of a rule; the first call for a rule reads and prints it."""
    reading = read(function)
    module = _Printer(reading, register).function()
    ast.increment_lineno(module, function.__code__.co_firstlineno - reading.tree.lineno)
    scope = reading.scope | {"_Step": Step, "_fen": _fen, "_value": _value}
    exec(compile(module, function.__code__.co_filename, "exec"), scope)  # the rule's own source, printed
    return scope[function.__name__]  # type: ignore[no-any-return]


def source_of(function: Function, register: Register = "official") -> str:
    """The printed twin as text, for whoever wants to see what runs."""
    return textwrap.dedent(ast.unparse(_Printer(read(function), register).function()))


def explain(function: Function, law: Law, *arguments: Any, register: Register = "official") -> Explained:
    """What a rule gives for one person, with every step in words and as a formula.

    Raises `Missing` where the law has a gap, `NeedsFact` where a fact is not given.

    >>> from yibao.law.rules.contribution_years import YearsLaw, missing_years
    >>> found = explain(missing_years, YearsLaw(), 300, 200, 40)
    >>> found.value.missing_months, found.steps[0].formula
    (60, 'max(required_months - paid_months - deemed_months, 0)')
    """
    steps: list[Step] = []
    because: list[tuple[str, tuple[str, ...]]] = []
    value = compiled(function, register)(law, *arguments, steps.append, because.append)
    return Explained(value, tuple(steps), tuple(because), CLAUSES.get(function, ""))
