"""One person's figure with every step: the rule printed as Python that also writes down what it does.

The arithmetic lines are the rule's own, so the explained figure cannot differ from the plain one. The printed function
is compiled under the rule's own file and lines, so that a traceback or a debugger points at the rule.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from yibao.law.explanation.formula import Formula
from yibao.law.explanation.pieces import code, render
from yibao.law.explanation.plain import LOAD, WORK, Printer, called
from yibao.law.explanation.reader import Function, Reading, read
from yibao.law.explanation.words import Register, Words
from yibao.law.explanation.writing import WRITERS
from yibao.law.helpers import PHRASES
from yibao.law.parameters.shapes import Law
from yibao.law.registry import CLAUSES
from yibao.law.terms import terms

NEW = ("_new", "_step", "_because", *WRITERS)
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


class _Twin(Printer):
    """Prints a rule as Python that also records its steps."""

    def __init__(self, reading: Reading, register: Register) -> None:
        super().__init__(reading)
        self.scope |= {"_Step": Step} | WRITERS
        self.words, self.formula = Words(reading, register), Formula(reading)

    def module(self) -> ast.Module:
        module = super().module()
        for tree in module.body:
            if isinstance(tree, ast.FunctionDef):
                tree.args.args += [ast.arg("_step"), ast.arg("_because")]
        return module

    def recorded(self, name: str, value: ast.expr, following: ast.stmt | None) -> None:
        if terms()[name].unit == "table" or isinstance(value, BOOLEAN):
            return
        rounding, note = "", ""
        for node in ast.walk(value):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                phrase = PHRASES.get(self.reading.scope.get(node.func.id))  # type: ignore[arg-type]
                rounding = (phrase.rounding if phrase else "") or rounding
        match following:
            case ast.Expr(value=ast.Constant(value=str() as text)):
                note = text
        how, formula = render(self.words.pieces(value)), render(self.formula.pieces(value))
        parts = [ast.Constant(name), ast.Name(name, LOAD), how, formula, ast.Constant(rounding), ast.Constant(note)]
        step = called("_new", ast.Name("_Step", LOAD), ast.Tuple(parts, LOAD))
        self.write(called("_step", step))

    def entered(self, test: ast.expr) -> None:
        attributes = [node for node in ast.walk(test) if isinstance(node, ast.Attribute)]
        fields: list[ast.expr] = [ast.Constant(node.attr) for node in attributes if self.is_law(node.value)]
        words = render(self.words.pieces(test))
        self.write(called("_because", ast.Tuple([words, ast.Tuple(fields, LOAD)], LOAD)))

    def summed(self, generator: ast.GeneratorExp, element: ast.expr, before: list[ast.stmt]) -> Mapping[str, ast.expr]:
        """The parts of a sum are told while they are summed."""
        if self.depth:
            return {}  # within a helper, which has a phrase of its own
        told, known = [], {}
        for printer in (self.words, self.formula):
            self.count += 1
            texts = f"_{self.count}"
            before.append(ast.parse(f"{texts} = []").body[0])
            told.append((texts, render(printer.pieces(generator.elt))))
            known[ast.dump(printer.sum(generator))] = code(f"' + '.join({texts}) or '0'")
        with self.inner() as out:
            for texts, text in told:
                self.write(ast.Call(ast.Attribute(ast.Name(texts, LOAD), "append", LOAD), [text], []))
        self.out.append(ast.If(element, out, []))
        return known

    def write(self, call: ast.expr) -> None:
        """A line that writes something down; what was worked out before is not worked out again."""
        self.out.append(ast.Expr(_Known(self.known).visit(call)))


class _Known(ast.NodeTransformer):
    """Puts locals in the place of what they hold."""

    def __init__(self, known: Mapping[str, ast.expr]) -> None:
        self.known = known

    def visit(self, node: ast.AST) -> Any:
        written = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NEW
        if isinstance(node, WORK) and not written and (found := self.known.get(ast.dump(node))):
            return found
        return self.generic_visit(node)


@lru_cache(maxsize=256)
def compiled(function: Function, register: Register) -> Callable[..., Any]:
    """The recording twin of a rule; the first call for a rule reads and prints it."""
    return _Twin(read(function), register).function()


def source_of(function: Function, register: Register = "official") -> str:
    """The printed twin as text, for whoever wants to see what runs."""
    return ast.unparse(_Twin(read(function), register).module())


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
