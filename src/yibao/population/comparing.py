"""Today's law and a changed one over the same people in one pass: what it costs, who gets more, who gets less.

A question is small and can be sent: to another thread, to another machine. Each file gives a tally, tallies are added,
and the result does not depend on how the people were cut into files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from yibao.law.lowering.chains import CHAINS
from yibao.law.lowering.over import Lowered, lowered
from yibao.law.lowering.program import APPLIES, ELSE, FIRST_SENTENCE, narrowest
from yibao.law.registry import VERSIONS
from yibao.population import sources
from yibao.population.columns import whole
from yibao.population.errors import PopulationError
from yibao.population.groups import Grouping, cell_of, groupings
from yibao.population.in_turn import in_turn
from yibao.population.outcomes import ALLOCATION_YEAR, OUTCOMES, Outcome, Part
from yibao.population.scenarios import Scenario
from yibao.population.tally import Tally

Numbers = npt.NDArray[np.int64]
Columns = dict[str, Any]
GROUPED_BY = ("scheme", "status", "age", "sex", "base", "pension", "level", "area")
"""What the groups are made of; a file may lack some of them, its people then stand in the last group."""


@dataclass(frozen=True)
class Question:
    """What is compared: the chain, the changes as they were typed, for some areas on a day.

    in_turn: the rows are all claims of each person's year, in order, and what was used up is carried under each law.
    """

    chain: str
    texts: tuple[str, ...]
    areas: tuple[str, ...]
    on: date
    threads: int = field(default=2, compare=False)
    in_turn: bool = False

    def __post_init__(self) -> None:
        """Refuses a chain that gives nothing to add up, and changes of the law that it does not read."""
        if self.chain not in OUTCOMES:
            raise _no_outcome(self.chain)

    @property
    def scenario(self) -> Scenario:
        """The changes, read; refuses those that cannot be made."""
        return _scenario(self.texts, self.areas, self.on)

    @property
    def outcome(self) -> Outcome:
        """What is added up; by the year where one of the two laws credits a whole year at once."""
        if self.chain == "allocation" and self._by_year():
            return ALLOCATION_YEAR
        return OUTCOMES[self.chain]

    def _by_year(self) -> bool:
        from yibao.law.parameters.resolving import resolve
        from yibao.law.rules.allocation import AllocationLaw, RetiredBy

        found = [law(AllocationLaw, area, self.on) for area in self.areas for law in (resolve, self.scenario.law)]
        return any(isinstance(one.retired_by, RetiredBy) and one.retired_by == RetiredBy.YEAR_BANDS for one in found)

    @property
    def reads(self) -> tuple[str, ...]:
        """The subjects of the law that the chain reads."""
        functions = [VERSIONS[link.topic][0].function for link in CHAINS[self.chain]]
        return tuple(dict.fromkeys(next(iter(get_type_hints(one).values())).subject for one in functions))

    @property
    def groupings(self) -> tuple[Grouping, ...]:
        """Into which groups the people are put."""
        return groupings(self.areas, self.outcome.per == "claims")

    def pair(self) -> tuple[Lowered, Lowered]:
        """The chain under today's law and under the changed one."""
        return _pair(self.chain, self.texts, self.areas, self.on)

    def tally(self) -> Tally:
        """Sums of nobody."""
        cells = 1
        for grouping in self.groupings:
            cells *= len(grouping.groups)
        return Tally(cells)


def chain_of(subject: str) -> str:
    """The chain that a change of a subject's parameters is about, if it can be guessed.

    >>> chain_of("inpatient")
    'inpatient'
    """
    if subject in CHAINS:
        return subject
    raise _no_outcome(subject)


def _no_outcome(what: str) -> PopulationError:
    can = "、".join(OUTCOMES)
    return PopulationError("no_outcome", f"“{what[:40]}”没有可以加总的数，不能演算。能演算的有：{can}。")


@lru_cache(maxsize=32)
def _scenario(texts: tuple[str, ...], areas: tuple[str, ...], on: date) -> Scenario:
    return Scenario(texts, areas, on)


@lru_cache(maxsize=8)
def _pair(chain: str, texts: tuple[str, ...], areas: tuple[str, ...], on: date) -> tuple[Lowered, Lowered]:
    cells = [(area, on) for area in areas]
    return lowered(chain, cells), lowered(chain, cells, _scenario(texts, areas, on).law)


def tally_files(question: Question, files: Sequence[Path], told: Callable[[int], object] = lambda rows: None) -> Tally:
    """The tally of Parquet files; `told` hears of rows that are done. `PopulationError` where one cannot be read."""
    total = question.tally()
    for path in files:
        file = sources.opened(path)
        for table in sources.ahead(sources.tables(path, file, _wanted(question, path, file), threads=True)):
            add(question, total, table)
            told(table.num_rows)
    total.fold()
    return total


def tally_batches(question: Question, batches: Iterable[pa.RecordBatch | pa.Table]) -> Tally:
    """The tally of people who come from elsewhere than a file, such as made-up ones."""
    total = question.tally()
    for batch in batches:
        add(question, total, batch if isinstance(batch, pa.Table) else pa.Table.from_batches([batch]))
    total.fold()
    return total


def _wanted(question: Question, path: Path, file: pq.ParquetFile) -> list[str]:
    """The columns that are read of a file; refuses a file that lacks one which the law reads."""
    read = list(dict.fromkeys(name for low in question.pair() for name in low.columns))
    needed = [*read, *(["area"] if len(question.areas) > 1 else []), *(["person_id"] if question.in_turn else [])]
    there = file.schema_arrow
    lack = sources.lacking(path, needed, there)
    if lack:
        raise lack
    return [*needed, *(name for name in GROUPED_BY if name in there.names and name not in needed)]


def add(question: Question, total: Tally, table: pa.Table) -> None:
    """Adds the people of a table to a tally: both laws, the same rows."""
    columns = _columns(question, table)
    rows, today, changed = table.num_rows, *question.pair()
    here = _area(question, columns, rows)
    before, before_texts = _figures(question, today, columns, here)
    after, after_texts = _figures(question, changed, columns, here)
    codes = (before["reason"], after["reason"])
    inside = np.isin(columns["area"], [int(area) for area in question.areas])
    total.rows += rows
    total.elsewhere += rows - int(inside.sum())
    total.add_reasons(codes[0][inside], codes[1][inside], (before_texts, after_texts))
    kept = np.flatnonzero(_comparable(codes) & inside)
    total.begins += int((codes[0][kept] >= FIRST_SENTENCE).sum())
    total.stops += int((codes[1][kept] >= FIRST_SENTENCE).sum())
    pair = _Pair(kept, (before, after), (today, changed))
    sums, gain = np.zeros((2, len(kept)), np.int64), np.zeros(len(kept), np.int64)
    for part in question.outcome.parts:
        values = pair.part(part, total)
        total.add_part(part.figure, values[0], values[1])
        sums += values if part.cost else 0
        gain += part.own * (values[1] - values[0])
    own = {name: columns[name][kept] for name in columns if name.removesuffix("__missing") in GROUPED_BY}
    total.add(cell_of(len(kept), question.groupings, own, question.areas), sums[0], sums[1], gain)


def _comparable(codes: tuple[Any, Any]) -> npt.NDArray[np.bool_]:
    """The rows of which both laws say something, and one of them a figure."""
    told = [(state == APPLIES) | (state >= FIRST_SENTENCE) for state in codes]
    result: npt.NDArray[np.bool_] = told[0] & told[1] & ((codes[0] == APPLIES) | (codes[1] == APPLIES))
    return result


def _figures(question: Question, low: Lowered, columns: Columns, here: Any) -> tuple[Columns, Mapping[int, str]]:
    """The figures under one law, row by row or claim after claim, and the sentence of each reason."""
    if question.in_turn:
        return in_turn(low, columns, question.on, question.threads)
    return low.run(columns, here, question.on, threads=question.threads), low.reason_texts


def _columns(question: Question, table: pa.Table) -> Columns:
    """The columns of a table as a kernel wants them, and those that only the groups look at."""
    out: Columns = {}
    ranges = {name: bounds for low in question.pair() for name, bounds in low.columns.items()}
    dtypes = {name: narrowest(bounds.low, bounds.high) for name, bounds in ranges.items()}
    wide = {"area": np.dtype(np.int32)}
    for name in dict.fromkeys([*dtypes, *GROUPED_BY, *(["person_id"] if question.in_turn else [])]):
        if name not in table.column_names:
            if name in dtypes:  # made-up people have no such fact: missing, which is not 0
                out[name] = np.zeros(table.num_rows, dtypes[name])
                out[f"{name}__missing"] = np.ones(table.num_rows, bool)
            continue
        out[name], missing = whole(table[name], name, dtypes.get(name, wide.get(name, np.dtype(np.int64))))
        if missing is not None:
            out[f"{name}__missing"] = missing
    return out


def _area(question: Question, columns: Columns, rows: int) -> Any:
    """The area of each row, or the one of all."""
    if "area" not in columns:
        columns["area"] = np.full(rows, int(question.areas[0]), np.int32)
    return columns["area"] if len(question.areas) > 1 else int(question.areas[0])


class _Pair:
    """The figures of those rows that are compared, under both laws."""

    def __init__(self, kept: Numbers, found: tuple[Columns, Columns], lows: tuple[Lowered, Lowered]) -> None:
        self.kept, self.found, self.lows = kept, found, lows

    def part(self, part: Part, total: Tally) -> Numbers:
        """A figure under both laws, two rows of numbers; 0 under both where one of them does not know it."""
        values, known = self._figure(part.figure)
        if part.instead:
            other, also = self._figure(part.instead)
            values = np.where(known, values, other)
            self._unknown(part, ~known & also, total)
            known = known | also
        else:
            self._unknown(part, ~known, total)
        return np.where(known, values, 0) * part.times

    def _figure(self, name: str) -> tuple[Numbers, npt.NDArray[np.bool_]]:
        known = np.ones(len(self.kept), bool)
        values = np.zeros((2, len(self.kept)), np.int64)
        for place, (found, low) in enumerate(zip(self.found, self.lows, strict=True)):
            if name not in low.figures:
                continue
            state = found[f"reason_{name}"][self.kept]
            known &= (state == APPLIES) | (state == ELSE) | (state >= FIRST_SENTENCE)
            values[place] = found[name][self.kept]
        return values, known

    def _unknown(self, part: Part, rows: npt.NDArray[np.bool_], total: Tally) -> None:
        """Counts the rows of which one figure is not known, though the others are."""
        if not rows.any():
            return
        for low, found in zip(self.lows, self.found, strict=True):
            if part.figure not in low.figures:
                continue
            states = found[f"reason_{part.figure}"][self.kept]
            for code, count in zip(*np.unique(states[rows], return_counts=True), strict=True):
                if code not in (APPLIES, ELSE) and code < FIRST_SENTENCE:
                    total.unknown_parts[part.figure, low.reason_texts[int(code)]] += int(count)
            rows = rows & np.isin(states, (APPLIES, ELSE))
