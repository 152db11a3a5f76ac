"""From rules and laws to a program: the links of a chain are read one after the other, wired by names."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from yibao.law.explanation.reader import read
from yibao.law.lowering.binding import Domains
from yibao.law.lowering.building import Builder
from yibao.law.lowering.chains import Bound
from yibao.law.lowering.emitting import Emitter
from yibao.law.lowering.nodes import Node
from yibao.law.lowering.program import ELSE, MISSING, Figure, Program
from yibao.law.lowering.reading import Outcome, Reader
from yibao.law.parameters.shapes import Law
from yibao.law.registry import RuleError
from yibao.law.values import Range

Rule = Callable[..., Any] | Bound
Laws = Sequence[Mapping[type[Law], Law]]


def lower(
    functions: Sequence[Rule],
    laws: Laws,
    outputs: Sequence[str] = (),
    ranges: Mapping[str, Range] | None = None,
    constants: Mapping[str, int | None] | None = None,
    missing: Iterable[str] = (),
    title: str = "",
) -> Program:
    """The program of some rules: what is printed to work them out over columns.

    functions: the rules of a chain, in order (see `chains.bound`); laws: for each index of the column `law` the
    resolved law of every class that the rules read; outputs: the figures wanted, all if none is named; ranges: bounds
    of inputs narrower than declared (rows outside have reason 2, and more can be proved); constants: inputs that are
    one number for all rows, None for a fact that nobody knows; missing: inputs of which some rows may have none.

    Raises `RuleError`, with file, line and caret, where a rule cannot be lowered.

    >>> from yibao.law.parameters import Keyed
    >>> from yibao.law.rules.withdrawal import WithdrawalLaw, withdrawal
    >>> program = lower([withdrawal], [{WithdrawalLaw: WithdrawalLaw(pays_out=Keyed.same(1))}])
    >>> list(program.inputs), list(program.figures), program.reasons
    (['scheme'], ['allowed'], ('居民医保不建个人账户，没有可以提取或者继承的钱',))
    """
    links = [f if isinstance(f, Bound) else Bound(f) for f in functions]
    inputs = _inputs(links, dict(ranges or {}), dict(constants or {}))
    if not laws:
        raise RuleError("no law to run the rules under")
    chain = _Chain(Builder(Domains(laws, inputs, missing)), links, constants or {})
    chain.walk()
    unknown = [name for name in outputs if name not in chain.figures]
    if unknown:
        raise RuleError(f"{unknown[0]} is not a figure of this chain; it gives {', '.join(chain.figures)}")
    return chain.program(outputs or tuple(chain.figures), title)


def _inputs(links: Sequence[Bound], ranges: dict[str, Range], constants: dict[str, int | None]) -> dict[str, Range]:
    """What has to be given: the inputs of the rules that no earlier rule of the chain gives."""
    given: set[str] = set()
    found: dict[str, Range] = {}
    for link in links:
        for name, declared in read(link.function).inputs.items():
            if name in given:
                continue
            old = found.get(name, declared)
            found[name] = Range(int(max(old.low, declared.low)), int(min(old.high, declared.high)))
        given |= set(figures_of(link.function))
    for name, bounds in ranges.items():
        if name not in found:
            raise RuleError(f"{name} is not an input of this chain; it reads {', '.join(found)}")
        declared = found[name]
        if not declared.low <= bounds.low <= bounds.high <= declared.high:
            raise RuleError(f"{name}: {bounds.low} to {bounds.high} is not within {declared.low} to {declared.high}")
        found[name] = Range(int(bounds.low), int(bounds.high))
    for name, value in constants.items():
        declared = found.pop(name, Range(0, 0))
        if value is not None and not declared.low <= value <= declared.high:
            raise RuleError(f"{name}: {value} is not within {declared.low} to {declared.high}")
    return found


def figures_of(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of the figures that a rule may give, in the order in which its text names them."""
    reading = read(function)
    found: dict[str, None] = {}
    for node in ast.walk(reading.tree):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name):
            found |= dict.fromkeys(getattr(reading.scope[node.value.func.id], "_fields", ()))
    return tuple(found)


class _Chain:
    """The links of a chain, read into one pool of nodes."""

    def __init__(self, builder: Builder, links: Sequence[Bound], constants: Mapping[str, int | None]) -> None:
        self.b, self.links, self.constants = builder, links, constants
        self.names: dict[Node, str] = {}
        self.spots: dict[Node, Any] = {}
        self.sentences: list[str] = []
        self.wired: dict[str, Node] = {}
        self.figures: dict[str, tuple[Node, Node]] = {}
        self.before = self.b.zero
        self.reason: Node | None = None

    def walk(self) -> None:
        """Reads every link."""
        for link in self.links:
            reader = Reader(self.b, link.function, self.sentences, self.names)
            self._link(link, reader.outcome({name: self._input(name) for name in reader.reading.inputs}))
            for node, spot in reader.spots.items():
                self.spots.setdefault(node, spot)

    def _input(self, name: str) -> Node:
        if name in self.wired:
            return self.wired[name]
        if name not in self.constants:
            return self.b.node("in", name)
        value = self.constants[name]
        if value is None:
            return self.b.node("lacking", self.b.zero, self.b.const(MISSING))
        return self.b.const(value)

    def _link(self, link: Bound, found: Outcome) -> None:
        first = self.b.first
        own = first(found.fault, found.reason)
        if link.otherwise:
            self.before = first(self.before, found.fault)
        elif self.reason is None:
            self.reason = first(self.before, own)
        for name in figures_of(link.function):
            value = found.figures.get(name, self.b.zero)
            assert isinstance(value, Node)  # noqa: S101  a figure is a number
            absent = found.absent.get(name, self.b.const(ELSE))
            reason = first(self.reason or self.before, own, absent)
            if link.otherwise:
                gone = self.b.node("ne", first(own, absent), self.b.zero)
                self.wired[name] = self.b.choose(gone, self.b.const(link.otherwise[name]), value)
            else:
                self.wired[name] = self.b.node("lacking", value, reason)
            self.figures[name] = value, reason

    def program(self, outputs: Sequence[str], title: str) -> Program:
        """What is left of it all for the figures wanted."""
        emitter = Emitter(self.b, self.names, lambda node, why: Reader.refused(self.spots[node], why))
        zero, figures = self.b.zero, {}
        reason = self.reason or self.before
        row = emitter.number(reason)
        values = emitter.excusing(self.b.codes.tables(reason))
        for name in outputs:
            value, why = self.figures[name]
            low, high = self.b.prover.bounds(self.b.choose(self.b.node("ne", why, zero), zero, value))
            because = emitter.number(why)
            shown = values.number(value) if because == 0 else emitter.chosen(why, values.number(value))
            figures[name] = Figure(shown, because, low, high)
        tables, code = dict(emitter.tables), tuple(emitter.code.values())
        used = {key.operand for table in tables.values() for key in table.keys}
        used |= {arg for line in code for arg in line.args if isinstance(arg, str)}
        used |= {operand for f in figures.values() for operand in (f.value, f.reason) if isinstance(operand, str)}
        inputs = {name: r for name, r in self.b.domains.inputs.items() if f"@{name}" in used or f"@{name}" == row}
        missing = tuple(name for name in inputs if name in self.b.domains.missing)
        laws = len(self.b.domains.laws)
        return Program(inputs, laws, tuple(self.sentences), tables, code, figures, row, missing, title)
