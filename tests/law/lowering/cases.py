"""Whose law the lowered rules are tried on, and on which rows: every rule alone, and every chain."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from tests.law.lowering.reference import Laws, as_columns, outcomes
from tests.law.parameter_files import files

from yibao.law.explanation.reader import read
from yibao.law.lowering.chains import CHAINS, Bound, bound
from yibao.law.lowering.edges import unit_of
from yibao.law.lowering.evaluate import evaluate
from yibao.law.lowering.lower import lower
from yibao.law.lowering.program import Program
from yibao.law.lowering.turning import trying_rows
from yibao.law.parameters import Keyed, Law
from yibao.law.parameters.resolving import Pick, resolve
from yibao.law.parameters.shapes import Shape
from yibao.law.registry import VERSIONS, Version
from yibao.law.rules.transfer import TransferLaw, YearEnd
from yibao.law.values import UNLIMITED, Gap

DAY = date(2025, 6, 1)
CELLS = [
    ("110000", DAY),  # 北京: sums by age a month
    ("310000", DAY),  # 上海: sums by age a year
    ("500000", DAY),  # 重庆
    ("440300", DAY),  # 深圳: tiers
    ("420100", DAY),  # 武汉
    ("320200", DAY),  # 无锡: a share of the average pension
    ("370400", DAY),  # 枣庄: shares by age
    ("370400", date(2023, 6, 1)),  # then a share of the own pension
    ("130100", DAY),  # 石家庄: the national frame
    ("330100", DAY),  # 杭州: how a retiree is credited is a gap
    ("630200", DAY),  # 海东: no law of its own
    ("110000", date(2022, 6, 1)),  # before 北京 changed its outpatient law
    ("420100", date(2023, 1, 1)),  # before 武汉's reform
]
ROWS, BEST = 2000, 2
MORE = 4
RULES: list[Version] = [version for versions in VERSIONS.values() for version in versions]
Columns = dict[str, np.ndarray]


def name_of(version: Version) -> str:
    return f"{version.topic}-{version.since}"


def law_of(law_class: type[Law], area: str, day: date, pick: Pick) -> Law:
    """The law of an area; what the calendar and the other area say of a transfer is taken as an example."""
    law = resolve(law_class, area, day, pick)
    if isinstance(law, TransferLaw) and area != "630200":
        wanting = {f.name: len(f.name) for f in fields(law) if isinstance(getattr(law, f.name), Gap)}
        end = YearEnd.NEXT_YEAR if area == "110000" else YearEnd.SAME_YEAR
        law = replace(law, **{**wanting, "year_end": end})
    return law


def fields_read(function: Any) -> set[str]:
    """The fields of its law that a rule reads."""
    reading = read(function)
    nodes = (node for node in ast.walk(reading.tree) if isinstance(node, ast.Attribute))
    return {n.attr for n in nodes if isinstance(n.value, ast.Name) and n.value.id == reading.law}


def known(value: Any) -> tuple[bool, int]:
    """Whether anything of a field is known, and how many of its cells."""
    cells = list(value.cells.values()) if isinstance(value, Keyed) else [value]
    count = sum(not isinstance(cell, Gap) for cell in cells)
    return count > 0, min(count, 4)


@lru_cache(maxsize=64)
def best_known(function: Any) -> list[str]:
    """The areas in which most of what a rule reads is known, each with a law of its own."""
    law_class, names = read(function).law_class, sorted(fields_read(function))
    found: dict[str, tuple[int, int, str]] = {}
    for area in sorted({file.code for file in files()}):
        law = resolve(law_class, area, DAY, "low")
        values = [getattr(law, name) for name in names]
        fields_known, cells_known = (sum(part) for part in zip((False, 0), *map(known, values), strict=True))
        same = repr([v.cells if isinstance(v, Keyed) else v for v in values])
        found.setdefault(same, (-fields_known, -cells_known, area))
    return [area for *_, area in sorted(found.values())[:BEST]]


NUMBERS = {"ppm": 12_350, "fen": 54_321, "month": 2020 * 12 + 5, "year": 2020, "age": 61, "months": 7, "code": 1}
"""Stand where nothing is known anywhere: examples, so that the arithmetic is tried at all. Not the law of any place."""


def example(name: str, shape: Shape, last: bool) -> Any:
    """Something that a field might hold: the first or the last member of an enum, two rows of a table, a number."""
    if shape.row is not None:
        columns = [column for column in shape.row._fields if column != "at"]
        low, high = ([NUMBERS.get(unit_of(c), 3) * k for c in columns] for k in (1, 2))
        low[0], high[0] = int(columns[0] in ("from_stay",)), low[0]
        if columns[:2] == ["lower", "upper"]:
            low[1], high[1] = high[0], UNLIMITED
        value: Any = (shape.row(*low), shape.row(*high)) if last else (shape.row(*low),)
    elif issubclass(shape.kind, IntEnum):
        value = list(shape.kind)[-1 if last else 0]
    else:
        value = shape.kind(NUMBERS.get(unit_of(name), 3))
    return Keyed.same(value) if shape.is_keyed else value


def filled(law: Law, last: bool) -> Law:
    """A law in which nothing is wanting."""
    wanting = [f for f in fields(law) if "shape" in f.metadata and not known(getattr(law, f.name))[0]]
    return replace(law, **{f.name: example(f.name, f.metadata["shape"], last) for f in wanting})


def laws_for(chain: Sequence[Bound]) -> Laws:
    """The cells above; the areas best known for each rule, a range taken at its low and at its high end; and the best
    known of all, filled up with examples."""
    classes = {read(link.function).law_class for link in chain}
    best = dict.fromkeys(area for link in chain for area in best_known(link.function))
    picked: list[tuple[str, date, Pick]] = [(area, DAY, pick) for area in best for pick in ("low", "high")]
    cells: list[tuple[str, date, Pick]] = [*((area, day, "") for area, day in CELLS), *picked]
    laws = [{law_class: law_of(law_class, *cell) for law_class in classes} for cell in cells]
    whole = [{c: filled(law, last) for c, law in laws[place].items()} for place, last in ((-2, False), (10, True))]
    return [*laws, *whole]


@dataclass(frozen=True, eq=False)
class Case:
    """A program with the rules and laws that it was made of."""

    chain: tuple[Bound, ...]
    laws: Laws
    program: Program

    @cached_property
    def tried(self) -> tuple[Columns, Columns]:
        """A few thousand rows, and what the rules themselves give for them."""
        rows = self.rows(ROWS)
        return rows, self.expected(rows)

    def rows(self, count: int, seed: int = 7) -> Columns:
        """Rows to try it on: most of them complete, some with a fact missing, a value out of range, an unknown law.

        Of several times as many, so that every figure is given in some of them however seldom it is.
        """
        rows = self.spoiled(trying_rows(self.program, self.laws, MORE * count, seed), seed)
        found, random = evaluate(self.program, rows), np.random.default_rng(seed)
        order = random.permutation(MORE * count)
        figures = self.program.reason_of()
        share = count // 2 // len(figures) + 1
        given = [order[found[reason][order] == 0][:share] for reason in figures.values()]
        wanted = np.array(list(dict.fromkeys([*np.concatenate(given).tolist(), *order.tolist()])))[:count]
        return {name: column[wanted] for name, column in rows.items()}

    def spoiled(self, rows: Columns, seed: int) -> Columns:
        """The rows, some of them with what must not give a figure."""
        count, random = len(rows["law"]), np.random.default_rng(seed)
        gone = random.integers(0, 6 * max(1, len(self.program.missing)), count)
        for place, name in enumerate(self.program.missing):
            rows[f"{name}__missing"] = gone == place
        for name, bounds in self.program.inputs.items():
            beyond = random.random(count) < 0.01 / len(self.program.inputs)
            far = 1 << (62 if bounds.high > 1 else 31)  # PostgreSQL makes integers of what may be boolean
            rows[name][beyond] = random.choice([bounds.low - 1, bounds.high + 1, far - 1, -far], beyond.sum())
        rows["law"][random.random(count) < 0.01] = -1
        rows["law"][random.random(count) < 0.01] = len(self.laws)
        return rows

    def expected(self, rows: Columns) -> Columns:
        """What the rules themselves give."""
        return as_columns(outcomes(self.chain, self.laws, rows, self.program), self.program)


@lru_cache(maxsize=64)
def rule_case(version: Version) -> Case:
    """One rule alone."""
    return case_of((Bound(version.function),))


@lru_cache(maxsize=16)
def chain_case(chain: str) -> Case:
    """A whole chain."""
    return case_of(bound(chain, DAY))


@lru_cache(maxsize=16)
def given_case(chain: str) -> Case:
    """A whole chain of which every fact is given."""
    links = bound(chain, DAY)
    laws = laws_for(links)
    return Case(links, laws, lower(links, laws))


def case_of(chain: tuple[Bound, ...]) -> Case:
    """Any of the facts may be missing."""
    laws = laws_for(chain)
    everything = {name for link in chain for name in read(link.function).inputs}
    return Case(chain, laws, lower(chain, laws, missing=everything))


__all__ = ["CHAINS", "RULES", "Case", "Columns", "chain_case", "given_case", "name_of", "rule_case"]
