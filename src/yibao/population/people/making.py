"""Writing made-up people and their stays in hospital to Parquet: any number, in bounded memory, resumable."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from yibao.population import sources, writing
from yibao.population.errors import PopulationError
from yibao.population.people.claims import Claims
from yibao.population.people.statistics import Cited
from yibao.population.people.synthetic import Column, People
from yibao.population.record import law_hash, locked

ROWS_MAX = 2 * 10**9
GROUP = 1 << 20  # rows of a row group
SLICE = 1 << 16  # rows made at once: what fits in the cache of a core
PART = 1 << 21  # rows of a file of a folder


@dataclass(frozen=True)
class Made:
    """What was made: people, stays, the files, the figures that they were made after, and what was assumed."""

    people: int
    stays: int
    files: list[Path]
    area: str
    wage: int
    wage_from: str
    cited: list[Cited]
    assumed: dict[str, str]


@dataclass(frozen=True)
class Part:
    """Some people and the files that hold them and their stays."""

    start: int
    count: int
    people: Path
    claims: Path | None


def make(
    rows: int, area: str, on: date, out: Path, seed: int = 1, *, claims: Path | None = None,
    average_pension: int | None = None, threads: int = 2, progress: bool = True,
) -> Made:  # fmt: skip
    """Makes `rows` people of an area on a day, to a file (`.parquet`) or a folder of files; the same at every run.

    claims: where their stays of the year go, a file or a folder like `out`; average_pension: fen a month of the area's
    year of reform, if known. In a folder, finished files are not made again. Raises `PopulationError`.
    """
    if not 1 <= rows <= ROWS_MAX:
        raise PopulationError("rows_out_of_range", f"人数要在 1 到 {ROWS_MAX:,} 之间，不能是 {rows:,}。")
    if claims is not None and (claims.suffix == ".parquet") != (out.suffix == ".parquet"):
        raise PopulationError("mixed_outputs", "--out 和 --claims 要么都是 .parquet 文件，要么都是文件夹。")
    people = People(area, on, seed, average_pension)
    stays = Claims(people) if claims else None
    parts = _parts(rows, out, claims)
    asked = {"rows": rows, "area": people.place.code, "on": on.isoformat(), "seed": seed,
             "average_pension": average_pension, "law": law_hash()}  # fmt: skip
    for target in (out, claims) if claims else (out,):
        _room(target)
    with (
        _folder(out, claims, asked),
        tqdm(total=rows, unit="人", desc="生成", disable=None if progress else True, leave=False) as bar,
        ThreadPoolExecutor(min(threads, len(parts))) as pool,
    ):
        counts = list(pool.map(lambda part: _make(part, people, stays, bar), parts))
    found = people.statistics
    place = people.place
    return Made(rows, sum(counts), [part.people for part in parts], f"{place.code:06d}", place.wage, place.wage_from,
                found.used, found.supposed)  # fmt: skip


def _room(target: Path) -> None:
    """Makes the folder into which a file or a folder of files goes."""
    try:
        (target.parent if target.suffix == ".parquet" else target).mkdir(parents=True, exist_ok=True)
    except OSError:
        raise PopulationError("folder_unwritable", f"{target} 不能写入，请检查路径和权限。") from None


@contextmanager
def _folder(out: Path, claims: Path | None, asked: dict[str, Any]) -> Iterator[None]:
    """Holds a folder for one call; a single file needs no holding, it appears when it is whole."""
    if out.suffix == ".parquet":
        yield
        return
    with locked(out):
        for folder in (out, claims) if claims else (out,):
            writing.sweep(folder)
        _same(out, asked)
        yield


def _parts(rows: int, out: Path, claims: Path | None) -> list[Part]:
    if out.suffix == ".parquet":
        return [Part(0, rows, out, claims)]
    return [
        Part(start, min(PART, rows - start), out / f"people-{n:05d}.parquet",
             claims / f"claims-{n:05d}.parquet" if claims else None)
        for n, start in enumerate(range(0, rows, PART))
    ]  # fmt: skip


def _same(folder: Path, asked: dict[str, Any]) -> None:
    """A folder holds the people of one call; the same call goes on with it, another is refused."""
    told = folder / "_make.json"
    if told.exists():
        try:
            before = json.loads(told.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            before = None
        if before != asked:
            raise PopulationError("another_population", f"文件夹 {folder} 里是另一批人，请换一个文件夹。")
    elif list(folder.glob("*.parquet")):
        raise PopulationError("folder_not_empty", f"文件夹 {folder} 里已有别的 Parquet 文件，请换一个文件夹。")
    beside = folder / "._make.json.new"
    beside.write_text(json.dumps(asked), encoding="utf-8")
    os.replace(beside, told)


def _make(part: Part, people: People, stays: Claims | None, bar: Any) -> int:
    """Makes the files of a part and returns how many stays there are; files that are there are left as they are."""
    resumable = part.people.name.startswith("people-")
    if resumable and part.people.exists() and (part.claims is None or part.claims.exists()):
        bar.update(part.count)
        return pq.read_metadata(part.claims).num_rows if part.claims else 0
    with ExitStack() as files:
        writer: Any = None
        other: Any = None
        count = 0
        for batch, found in sources.ahead(_batches(part, people, stays)):
            writer = writer or files.enter_context(_opened(part.people, batch))
            writing.put(writer, batch)
            if part.claims and found is not None:
                other = other or files.enter_context(_opened(part.claims, found))
                writing.put(other, found)
                count += len(found)
            bar.update(len(batch))
    return count


def _opened(target: Path, batch: pa.RecordBatch) -> Any:
    return writing.file_of(target, batch.schema, options_of(batch.schema))


Batches = Iterator[tuple[pa.RecordBatch, pa.RecordBatch | None]]


def _batches(part: Part, people: People, stays: Claims | None) -> Batches:
    """The people of a part, a row group at a time, and their stays."""
    for start in range(part.start, part.start + part.count, GROUP):
        count = min(GROUP, part.start + part.count - start)
        slices = [people.batch(at, min(SLICE, start + count - at)) for at in range(start, start + count, SLICE)]
        columns = {name: np.concatenate([one[name] for one in slices]) for name in slices[0]}
        pension = people.average_pension
        known = pa.nulls(count, pa.int64()) if pension is None else pa.array(np.full(count, pension))
        batch = table_of(columns).append_column("average_pension", known)
        yield batch, table_of(stays.of(columns)) if stays else None


def options_of(schema: pa.Schema) -> dict[str, object]:
    """How people are packed: all by differences, which is read faster than a dictionary."""
    packed = {one.name: "DELTA_BINARY_PACKED" for one in schema if pa.types.is_integer(one.type)}
    return {"compression": writing.COMPRESSION, "use_dictionary": False, "column_encoding": packed}


def table_of(columns: dict[str, Column]) -> pa.RecordBatch:
    """Columns as Arrow; `on` becomes a day."""
    arrays = {name: pa.array(values) for name, values in columns.items()}
    if "on" in arrays:
        arrays["on"] = arrays["on"].cast(pa.date32())
    schema = pa.schema([pa.field(name, values.type, nullable=False) for name, values in arrays.items()])
    return pa.RecordBatch.from_arrays(list(arrays.values()), schema=schema)
