"""The law over everyone: a chain of rules for many areas and days at once, asked with columns.

The version of every rule is settled by the day, before anything is printed: rows of different versions are run apart,
and no kernel branches on a date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from yibao.law.explanation.reader import read
from yibao.law.lowering.chains import CHAINS, Bound, bound
from yibao.law.lowering.kernel import Columns, Figures, Kernel
from yibao.law.lowering.laws import Resolve, distinct, resolved
from yibao.law.lowering.locating import Locator
from yibao.law.lowering.lower import figures_of, lower
from yibao.law.lowering.program import FIRST_SENTENCE, GAP, REASON_TEXTS, Program
from yibao.law.parameters.shapes import Law
from yibao.law.registry import RuleError
from yibao.law.values import Missing, Range

MASK = "__missing"
Cells = Sequence[tuple[str, date]]
Column = npt.NDArray[Any]


@dataclass(eq=False)
class Version:
    """The rules in force on some of the days, and the different laws of these areas and days."""

    links: tuple[Bound, ...]
    laws: list[Mapping[type[Law], Law]]
    programs: dict[frozenset[str], Program] = field(default_factory=dict)
    kernels: dict[tuple[frozenset[str], int], Kernel] = field(default_factory=dict)


class Lowered:
    """A chain of rules, lowered for the law of some areas on some days.

    columns: the inputs that are read, with the range in which each must lie; figures: what a run gives; reason_texts: a
    sentence for each reason. See `lowered`.
    """

    def __init__(
        self,
        chain: str,
        cells: Cells,
        find: Resolve,
        outputs: Sequence[str],
        ranges: Mapping[str, Range],
        constants: Mapping[str, int | None],
    ) -> None:
        if chain not in CHAINS:
            raise RuleError(f"没有 {chain} 这一组规则；有 {'、'.join(CHAINS)}")
        self.chain, self.outputs, self.ranges, self.constants = chain, tuple(outputs), ranges, constants
        self.areas, self.days = sorted({int(area) for area, _ in cells}), sorted({day for _, day in cells})
        self.versions: list[Version] = []
        shape = len(self.areas), len(self.days)
        self.version, self.law = np.full(shape, -1, np.int32), np.full(shape, -1, np.int32)
        self._bind(cells, find)
        if not self.versions:
            raise RuleError(f"{chain}：所问的日子里，这一组规则没有收进来")
        self.locator = Locator(self.areas, [day.toordinal() for day in self.days])
        self.sentences: list[str] = []
        programs = [self.program(number) for number in range(len(self.versions))]
        self.columns: dict[str, Range] = {name: r for program in programs for name, r in program.inputs.items()}
        self.figures = tuple(dict.fromkeys(name for program in programs for name in program.figures))
        for name in outputs:
            if name not in self.figures:
                raise RuleError(f"{chain} 给不出 {name}；给得出的是 {'、'.join(self.figures)}")

    def _bind(self, cells: Cells, find: Resolve) -> None:
        """The versions of the rules, their laws, and the grids that say which are a row's."""
        rules: dict[tuple[str, ...], tuple[tuple[Bound, ...], list[tuple[str, date]]]] = {}
        links = {day: _bound(self.chain, day) for day in self.days}
        for area, day in dict.fromkeys(cells):
            if links[day]:
                names = tuple(link.function.__qualname__ for link in links[day])
                rules.setdefault(names, (links[day], []))[1].append((area, day))
        places, days = {a: k for k, a in enumerate(self.areas)}, {d: k for k, d in enumerate(self.days)}
        for bounds, own in rules.values():
            laws, indexes = distinct(dict.fromkeys(read(link.function).law_class for link in bounds), own, find)
            for (area, day), index in zip(own, indexes, strict=True):
                at = places[int(area)], days[day]
                self.version[at], self.law[at] = len(self.versions), index
            self.versions.append(Version(bounds, laws))

    def program(self, number: int = 0, missing: frozenset[str] = frozenset()) -> Program:
        """The program of a version of the rules, where the facts named may be missing."""
        version = self.versions[number]
        if missing not in version.programs:
            gives = {name for link in version.links for name in figures_of(link.function)}
            wanted = [name for name in self.outputs if name in gives] or self.outputs
            program = lower(
                version.links, version.laws, wanted, self.ranges, self.constants, sorted(missing), self.chain
            )
            self.sentences += [text for text in program.reasons if text not in self.sentences]
            version.programs[missing] = program
        return version.programs[missing]

    @property
    def reason_texts(self) -> dict[int, str]:
        """The sentence of every reason that a run may give."""
        return {**REASON_TEXTS, **{FIRST_SENTENCE + k: text for k, text in enumerate(self.sentences)}}

    def run(
        self,
        columns: Columns,
        area: Column | str | int,
        on: Column | date,
        threads: int = 2,
        out: Figures | None = None,
    ) -> Figures:
        """The figures of some rows.

        columns: an array of whole numbers for each of `self.columns`, and `NAME__missing` (bool) where some rows lack a
        fact; area: a six-digit code, or an array of codes; on: a day, or an array of days (proleptic ordinals);
        threads: how many; out: what an earlier call gave, to be filled again.

        Gives int64 by figure, int16 `reason` of the row and `reason_FIGURE` of each figure (often the same array). A
        figure is one where its reason is 0; elsewhere it is 0 and means nothing. Rows of an area or a day that was not
        lowered have reason 3. Raises `RuleError` where a column lacks or is not of whole numbers.
        """
        rows = _length({**columns, **{k: v for k, v in (("area", area), ("on", on)) if isinstance(v, np.ndarray)}})
        found = self._buffers(rows, out)
        if isinstance(area, np.ndarray) or isinstance(on, np.ndarray):
            days = on if isinstance(on, np.ndarray) else on.toordinal()
            law = self.locator(area if isinstance(area, np.ndarray) else int(area), days, self.law, rows)
            if len(self.versions) > 1:
                version = self.locator(area if isinstance(area, np.ndarray) else int(area), days, self.version, rows)
                return self._apart(columns, version, law, threads, found)
            return self._version(0, columns, law, threads, found)
        if int(area) not in self.areas or on not in self.days:
            return self._unknown(found, np.arange(rows))
        at = self.areas.index(int(area)), self.days.index(on)
        if self.version[at] < 0:
            return self._unknown(found, np.arange(rows))
        return self._version(int(self.version[at]), columns, self.law[at], threads, found)

    def _buffers(self, rows: int, out: Figures | None) -> Figures:
        """An array for each figure, and one for each reason that is not that of the row."""
        kept = {} if out is None else out
        if kept and len(kept["reason"]) != rows:
            raise RuleError(f"out 有 {len(kept['reason'])} 行，要 {rows} 行")
        found: Figures = {"reason": kept.get("reason", np.empty(0, np.int16))}
        if not kept:
            found["reason"] = np.empty(rows, np.int16)
        for name in self.figures:
            found[name] = kept[name] if name in kept else np.empty(rows, np.int64)
            reason = kept.get(f"reason_{name}")
            if reason is not None and not any(reason is other for other in found.values()):
                found[f"reason_{name}"] = reason
        return found

    def _version(self, number: int, columns: Columns, law: Any, threads: int, found: Figures) -> Figures:
        """Rows that are all of one version of the rules."""
        rows = len(found["reason"])
        read_here = self.program(number).inputs
        missing = frozenset(n.removesuffix(MASK) for n in columns if n.endswith(MASK)) & frozenset(read_here)
        program = self.program(number, missing)
        kernels = self.versions[number].kernels
        if (missing, threads) not in kernels:
            kernels[missing, threads] = Kernel(program, threads)
        for name in program.reason_columns():
            found.setdefault(name, np.empty(rows, np.int16))
        given = dict(columns)
        if program.laws > 1:
            given["law"] = law if np.ndim(law) else np.full(rows, law, program.input_dtype("law"))
        kernels[missing, threads](given, found)
        if np.ndim(law) and program.laws == 1:
            self._unknown(found, np.flatnonzero(law < 0))
        self._renumber(program, found)
        for name in self.figures:
            if name not in program.figures:  # another version of the rules gives it
                found[name][:] = 0
            found[f"reason_{name}"] = found[program.reason_of().get(name, "reason")]
        return found

    def _renumber(self, program: Program, found: Figures) -> None:
        """Sentences by their number in this chain, where several programs have sentences of their own."""
        if list(program.reasons) == self.sentences[: len(program.reasons)]:
            return
        numbers = np.arange(FIRST_SENTENCE + len(program.reasons), dtype=np.int16)
        numbers[FIRST_SENTENCE:] = [FIRST_SENTENCE + self.sentences.index(text) for text in program.reasons]
        for name in program.reason_columns():
            found[name][:] = numbers[found[name]]

    def _apart(self, columns: Columns, version: Column, law: Column, threads: int, found: Figures) -> Figures:
        """Rows of several versions of the rules, each version run on its own."""
        for name in self.figures:
            found.setdefault(f"reason_{name}", np.empty(len(law), np.int16))
        self._unknown(found, np.flatnonzero(version < 0))
        for number in range(len(self.versions)):
            own = np.flatnonzero(version == number)
            if len(own):
                given = {name: np.asarray(column)[own] for name, column in columns.items()}
                part = self._version(number, given, law[own], threads, self._buffers(len(own), None))
                for name in found:
                    found[name][own] = part[name]
        return found

    def _unknown(self, found: Figures, rows: Column) -> Figures:
        """Rows whose law is not known."""
        for name in self.figures:
            found.setdefault(f"reason_{name}", found["reason"])
            found[name][rows] = 0
            found[f"reason_{name}"][rows] = GAP
        found["reason"][rows] = GAP
        return found


def lowered(
    chain: str,
    cells: Cells,
    laws: Resolve | None = None,
    outputs: Sequence[str] = (),
    ranges: Mapping[str, Range] | None = None,
    constants: Mapping[str, int | None] | None = None,
) -> Lowered:
    """A chain of rules for the law of some areas on some days.

    chain: a name of `CHAINS`; cells: areas (six-digit codes) and days; laws: `(class, area, day) -> law`, the law in
    force if not given; outputs: the figures wanted, all if none is named; ranges, constants: as for `lower`.
    Raises `RuleError`.

    >>> run = lowered("retirement_age", [("110000", date(2025, 6, 1))], outputs=("retirement_age_months",))
    >>> columns = {"sex": np.array([1]), "old_age": np.array([60]), "born": np.array([1970 * 12 + 5])}
    >>> found = run.run(columns, "110000", date(2025, 6, 1))
    >>> found["retirement_age_months"].tolist(), found["reason"].tolist()
    ([737], [0])
    """
    return Lowered(chain, cells, laws or resolved, outputs, ranges or {}, constants or {})


def _bound(chain: str, day: date) -> tuple[Bound, ...]:
    try:
        return bound(chain, day)
    except Missing:
        return ()


def _length(columns: Columns) -> int:
    lengths = {len(column) for column in columns.values()}
    if len(lengths) != 1:
        raise RuleError("各列的行数不一样" if lengths else "没有给出任何一列")
    return lengths.pop()
