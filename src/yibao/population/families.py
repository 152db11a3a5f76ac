"""What do the figures of a run come to for each family? Exact sums and counts over a column that names the family.

The output of a run must hold the column (`run(…, columns_kept=("person_id", "family_id"))`). Memory grows with the
number of families (8 bytes each, and 16 a figure), not with the number of people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from yibao.population import sources, writing
from yibao.population.columns import whole
from yibao.population.errors import PopulationError

Whole = npt.NDArray[np.int64]
PENDING = 1 << 22  # rows of parts that wait before they are put together
INT64 = np.dtype(np.int64)


@dataclass
class _Sums:
    """Sums by family, put together part by part; `values` by name, each as long as `families`, which is sorted."""

    families: Whole = field(default_factory=lambda: np.empty(0, np.int64))
    values: dict[str, Whole] = field(default_factory=dict)
    parts: list[tuple[Whole, dict[str, Whole]]] = field(default_factory=list)

    def add(self, families: Whole, values: dict[str, Whole]) -> None:
        """Some rows more."""
        self.parts.append(_summed(families, values))
        if sum(len(part[0]) for part in self.parts) > max(PENDING, len(self.families)):
            self.settle()

    def settle(self) -> None:
        """Puts what was added together with what is there."""
        if not self.parts:
            return
        known = [(self.families, self.values)] if len(self.families) else []
        every = [*known, *self.parts]
        names = self.parts[0][1]
        joined = {name: np.concatenate([part[1][name] for part in every]) for name in names}
        self.families, self.values = _summed(np.concatenate([part[0] for part in every]), joined)
        self.parts = []


def _summed(families: Whole, values: dict[str, Whole]) -> tuple[Whole, dict[str, Whole]]:
    """Each family once, in order, with its sums."""
    if not len(families):
        return families, values
    if (families[1:] < families[:-1]).any():
        order = np.argsort(families, kind="stable")
        families, values = families[order], {name: column[order] for name, column in values.items()}
    first = np.flatnonzero(np.concatenate([[True], families[1:] != families[:-1]]))
    sizes = int(np.diff(np.append(first, len(families))).max())
    for name, column in values.items():
        if max(abs(int(column.max())), abs(int(column.min()))) * sizes >= 2**63:
            raise PopulationError("sum_too_large", f"{name} 按家庭相加超出了64位整数，请检查这一列的数。")
    return families[first], {name: np.add.reduceat(column, first) for name, column in values.items()}


def family_sums(source: Path | Sequence[Path], figures: Sequence[str] = (), by: str = "family_id") -> pa.Table:
    """The sums of figures by family: a row a family, in order of its number.

    source: outputs of a run (a folder, files); figures: all int64 columns that are no identifiers if none is named.
    Columns: `by`, `people` (how many), and for each figure its sum (NULL where nobody of the family has it) and
    `FIGURE_people`, how many have it. People without a family are left out. Raises `PopulationError`.

    >>> import tempfile, pyarrow.parquet as pq
    >>> folder = Path(tempfile.mkdtemp())
    >>> pq.write_table(pa.table({"family_id": [2, 1, 2], "net": [5, None, 7]}), folder / "a.parquet")
    >>> family_sums(folder).to_pylist()[1]
    {'family_id': 2, 'people': 2, 'net': 12, 'net_people': 2}
    """
    files = sources.files_of(source)
    names = list(figures) or _figures(files[0], by)
    sums = _Sums()
    for path in files:
        for table in _tables(path, [by, *names]):
            family, missing = whole(table[by], by, INT64)
            with_family = slice(None) if missing is None else ~missing
            values = {"people": np.ones(len(family), np.int64)[with_family]}
            for name in names:
                column, lack = whole(table[name], name, INT64)
                has = np.ones(len(family), np.int64) if lack is None else (~lack).astype(np.int64)
                values[name], values[f"{name}_people"] = (column * has)[with_family], has[with_family]
            sums.add(family[with_family].astype(np.int64), values)
    sums.settle()
    return _table(sums, names, by)


def _table(sums: _Sums, names: Sequence[str], by: str) -> pa.Table:
    empty = np.empty(0, np.int64)
    columns: dict[str, Any] = {by: sums.families, "people": sums.values.get("people", empty)}
    for name in names:
        counts = sums.values.get(f"{name}_people", empty)
        columns[name] = pa.array(sums.values.get(name, empty), mask=counts == 0)
        columns[f"{name}_people"] = counts
    return pa.table(columns)


def _figures(path: Path, by: str) -> list[str]:
    schema = sources.opened(path).schema_arrow
    if by not in schema.names:
        raise PopulationError(
            "missing_column", f"文件 {path.name} 里没有列 {by}；运行时请保留它：--keep person_id,{by}。"
        )
    return [one.name for one in schema if one.type == pa.int64() and one.name != by and not one.name.endswith("_id")]


def _tables(path: Path, names: Sequence[str]) -> Iterator[pa.Table]:
    file = sources.opened(path)
    lack = sources.lacking(path, names, file.schema_arrow)
    if lack:
        raise lack
    return sources.tables(path, file, names, threads=True)


def join_families(source: Path | Sequence[Path], out: Path, sums: pa.Table, by: str = "family_id") -> list[Path]:
    """The same rows with the figures of their family beside them, as `family_FIGURE`; a file for each into a folder."""
    families = sums[by].to_numpy()
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sources.files_of(source):
        file = sources.opened(path)
        own = file.schema_arrow
        added = [pa.field(f"family_{name}", sums.schema.field(name).type) for name in sums.column_names if name != by]
        schema = pa.schema([*own, *added])
        target = out / path.name
        with writing.file_of(target, schema, writing.options_of(schema)) as writer:
            for table in _tables(path, own.names):
                family, missing = whole(table[by], by, INT64)
                place = np.minimum(np.searchsorted(families, family), max(len(families) - 1, 0))
                unknown = families[place] != family if missing is None else missing | (families[place] != family)
                chosen = pa.array(place, mask=unknown)
                beside = [sums[name].take(chosen) for name in sums.column_names if name != by]
                writer.write_table(pa.table([*table.columns, *beside], schema=schema))
        written.append(target)
    return written
