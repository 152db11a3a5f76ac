"""What is run over people, and how a table of them becomes a table of figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from yibao.law.areas import pooling_area
from yibao.law.lowering.over import Lowered
from yibao.law.lowering.program import narrowest
from yibao.population import sources, totals, writing
from yibao.population.columns import whole
from yibao.population.errors import PopulationError
from yibao.population.totals import Totals

Cells = list[tuple[str, date]]
Buffers = dict[str, np.ndarray[Any, Any]]
EPOCH = date(1970, 1, 1)


@dataclass
class Plan:
    """What is run: the chain over some cells (area, day), and how a table of people becomes figures.

    lacking: the columns of which some row of the run is NULL; for all batches alike, so one kernel serves them all.
    """

    low: Lowered
    on: date | None
    area: str
    kept: list[str]
    lacking: frozenset[str]
    threads: int = 1
    names: list[str] = field(init=False)
    reason_of: dict[str, str] = field(init=False)
    reasons: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = list(self.low.columns)
        self.names += [] if self.area else ["area"]
        self.names += [] if self.on else ["on"]
        self.lacking &= frozenset(self.low.columns)
        self.reason_of = reasons_of(self.low, self.lacking)
        self.reasons = list(dict.fromkeys(["reason", *self.reason_of.values()]))

    def warm(self) -> None:
        """Compiles what will run, once, before several threads ask for it."""
        nobody = {name: np.zeros(1, self.dtype(name)) for name in self.low.columns}
        masks = {f"{name}__missing": np.ones(1, bool) for name in self.lacking}
        area: Any = int(self.area) if self.area else np.array(self.low.areas[:1], np.int32)
        day: Any = self.on or np.array([self.low.days[0].toordinal()], np.int32)
        self.low.run({**nobody, **masks}, area, day, threads=self.threads)

    def dtype(self, name: str) -> np.dtype[Any]:
        """The type in which the kernel reads a column."""
        bounds = self.low.columns[name]
        return narrowest(bounds.low, bounds.high)

    def reader(self, path: Path) -> tuple[pq.ParquetFile, list[str]]:
        """A file with the columns that are read of it; `PopulationError` where it lacks one."""
        file = sources.opened(path)
        self.check(path.name, file.schema_arrow)
        here = [name for name in self.kept if name in file.schema_arrow.names and name not in self.names]
        return file, [*self.names, *here]

    def check(self, name: str, given: pa.Schema) -> None:
        """Refuses an input that lacks a column."""
        lack = sources.lacking(Path(name), self.names, given)
        if lack:
            raise lack

    def schema(self, given: pa.Schema) -> pa.Schema:
        """The columns of the output, for an input."""
        kept = [given.field(name).remove_metadata() for name in self.kept if name in given.names]
        return writing.schema_of(kept, self.low.figures, self.reasons)

    def figures(self, table: pa.Table, out: Buffers | None) -> Buffers:
        """The figures and reasons of some people, in the buffers of `out`."""
        columns: Buffers = {}
        for name in self.low.columns:
            columns[name], missing = whole(table[name], name, self.dtype(name))
            if name in self.lacking:
                columns[f"{name}__missing"] = np.zeros(table.num_rows, bool) if missing is None else missing
        return self.low.run(columns, self._areas(table), self._days(table), threads=self.threads, out=out)

    def batch(self, table: pa.Table, out: Buffers) -> tuple[pa.RecordBatch, Totals]:
        """Some people as the output has them, and what they come to; `out` is used again for as many rows."""
        fits = bool(out) and len(out["reason"]) == table.num_rows
        found = self.figures(table, dict(out) if fits else None)
        if not fits:
            out.clear()
            out.update(found)
        reasons = {name: found[name] for name in self.reasons}
        lacks = {name: (codes != 0) if codes.any() else None for name, codes in reasons.items()}
        without = {name: lacks[self.reason_of[name]] for name in self.low.figures}
        figures = {name: found[name] for name in self.low.figures}
        kept = [_flat(table[name]) for name in self.kept if name in table.column_names]
        arrays = kept + [writing.as_arrow(figures[name], without[name]) for name in figures]
        arrays += [writing.as_arrow(codes, None) for codes in reasons.values()]
        made = pa.RecordBatch.from_arrays(arrays, schema=self.schema(table.schema))
        return made, totals.of_rows(figures, reasons["reason"], without)

    def _areas(self, table: pa.Table) -> Any:
        if self.area:
            return int(self.area)
        values, missing = whole(table["area"], "area", np.dtype(np.int32))
        return values if missing is None else np.where(missing, np.int32(0), values)

    def _days(self, table: pa.Table) -> Any:
        """The one day, or that of each row as a number that counts from the year 1; a row without one has no law."""
        if self.on:
            return self.on
        values, missing = whole(_numbers(table, "on"), "on", np.dtype(np.int32))
        days = values + np.int32(EPOCH.toordinal())
        return days if missing is None else np.where(missing, np.int32(0), days)


def reasons_of(low: Lowered, lacking: frozenset[str]) -> dict[str, str]:
    """By figure the column of the output that holds its reason: `reason` for those that have that of the row."""
    programs = [low.program(number) for number in range(len(low.versions))]
    own = [low.program(n, lacking & frozenset(program.inputs)).reason_of() for n, program in enumerate(programs)]
    columns: dict[tuple[str, ...], str] = {("reason",) * len(own): "reason"}
    found = {}
    for name in low.figures:
        key = tuple(of.get(name, "reason") for of in own)
        found[name] = columns.setdefault(key, f"reason_{name}")
    return found


def lacking_in(paths: Iterable[Path]) -> frozenset[str]:
    """The columns of some files in which a row is NULL, or may be as far as the files' own statistics tell."""
    found: set[str] = set()
    for path in paths:
        file = sources.opened(path)
        for group in range(file.num_row_groups):
            row_group = file.metadata.row_group(group)
            for place in range(row_group.num_columns):
                column = row_group.column(place)
                told = column.statistics
                if column.path_in_schema not in found and (told is None or not told.has_null_count or told.null_count):
                    found.add(column.path_in_schema)
    return frozenset(found)


def _flat(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def cells_of(paths: Iterable[Path], area: str, on: date | None) -> Cells:
    """Every area and day that stands in some files, in order; by the files' own statistics where they tell it."""
    found: set[tuple[int, int]] = set()
    fixed = (int(area) if area else None, (on - EPOCH).days if on else None)
    for path in paths:
        found |= _cells_of(path, fixed) if None in fixed else {fixed}  # type: ignore[arg-type]
    return _named(found)


def one_area(paths: Iterable[Path]) -> str:
    """The area of everybody in some files, if their own statistics say that it is one."""
    found = set()
    for path in paths:
        file = sources.opened(path)
        found.add(_single(file, "area") if "area" in file.schema_arrow.names else None)
    code = found.pop() if len(found) == 1 else None
    return "" if code is None else f"{code:06d}"


def same_area(paths: Iterable[Path], area: str) -> None:
    """Refuses to run people of other areas under the law of this one."""
    for path in paths:
        file = sources.opened(path)
        if "area" in file.schema_arrow.names and _single(file, "area") != int(area):
            told = f"文件 {path.name} 里有列 area，不都是 {area}：请不要再写 --area，或者去掉这一列。"
            raise PopulationError("area_given_twice", told)


def _cells_of(path: Path, fixed: tuple[int | None, int | None]) -> set[tuple[int, int]]:
    names = [name for name, value in zip(("area", "on"), fixed, strict=True) if value is None]
    file = sources.opened(path)
    lack = sources.lacking(path, names, file.schema_arrow)
    if lack:
        raise lack
    one = [_single(file, name) for name in names]
    if None not in one:
        held = dict(zip(names, one, strict=True))
        return {(held.get("area", fixed[0]), held.get("on", fixed[1]))}  # type: ignore[arg-type]
    found: set[tuple[int, int]] = set()
    for table in sources.tables(path, file, names, threads=True):
        found |= _pairs(table, fixed)
    return found


def cells_of_table(table: pa.Table, area: str, on: date | None) -> Cells:
    """Every area and day of some people."""
    lack = sources.lacking(Path("的数据"), [*([] if area else ["area"]), *([] if on else ["on"])], table.schema)
    if lack:
        raise lack
    return _named(_pairs(table, (int(area) if area else None, (on - EPOCH).days if on else None)))


def _pairs(table: pa.Table, fixed: tuple[int | None, int | None]) -> set[tuple[int, int]]:
    """The different areas and days of some people, those that are given."""
    rows = table.num_rows
    columns = [
        pa.array(np.full(rows if value is not None else 0, value or 0, np.int32)) if value is not None
        else _numbers(table, name).cast(pa.int32())
        for name, value in zip(("area", "on"), fixed, strict=True)
    ]  # fmt: skip
    different = pa.table(columns, ["area", "on"]).group_by(["area", "on"]).aggregate([])
    pairs = zip(different["area"].to_pylist(), different["on"].to_pylist(), strict=True)
    return {(code, day) for code, day in pairs if code is not None and day is not None}


def _named(found: set[tuple[int, int]]) -> Cells:
    """Areas as six digits and days as such, in order; numbers that are no pooling area are left out."""
    named = sorted((f"{code:06d}", EPOCH + timedelta(day)) for code, day in found)
    return [(code, day) for code, day in named if pooling_area(code) is not None]


def _numbers(table: pa.Table, name: str) -> pa.Array:
    """A column of codes or days as whole numbers."""
    column = _flat(table[name])
    if name == "on" and pa.types.is_date32(column.type):
        return column.cast(pa.int32())
    if name == "on" or not pa.types.is_integer(column.type):
        wanted = "日期（date32）" if name == "on" else "整数（六位代码）"
        raise PopulationError("wrong_type", f"列 {name} 应是{wanted}，文件里是 {column.type}。")
    return column


def _single(file: pq.ParquetFile, name: str) -> int | None:
    """The only value of a column, if the file's statistics say that there is just one."""
    place = file.schema_arrow.get_field_index(name)
    values: set[Any] = set()
    for group in range(file.num_row_groups):
        told = file.metadata.row_group(group).column(place).statistics
        if told is None or not told.has_min_max or told.null_count:
            return None
        values |= {told.min, told.max}
    if len(values) != 1:
        return None
    value = values.pop()
    return (value - EPOCH).days if isinstance(value, date) else int(value)
