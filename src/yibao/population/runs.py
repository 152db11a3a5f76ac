"""A chain of rules over everyone: Parquet in, Parquet out, file by file; what was stopped goes on where it was.

Only the columns that the chain reads are read, a row group at a time; the buffers of the figures are used again. So
memory depends on the row group and the threads, not on the number of people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pyarrow as pa
from tqdm import tqdm

from yibao.law.lowering.chains import CHAINS
from yibao.law.lowering.over import lowered
from yibao.law.registry import RuleError
from yibao.population import sources, totals, writing
from yibao.population.areas import code_of
from yibao.population.errors import PopulationError
from yibao.population.planning import Buffers, Cells, Plan, cells_of, cells_of_table, lacking_in, one_area, same_area
from yibao.population.record import NAME, Record, law_hash, locked, resumed
from yibao.population.steady import steady
from yibao.population.totals import Totals

KEPT = ("person_id", "claim_id")
Laws = Callable[..., Any]
Sources = Path | Sequence[Path]


def run(
    source: Sources | pa.RecordBatchReader, out: Path, chain: str, on: date | None = None, laws: Laws | None = None,
    columns_kept: Sequence[str] = KEPT, threads: int = 2, resume: bool = True, progress: bool = True,
    *, area: str = "", outputs: Sequence[str] = (),
) -> Totals:  # fmt: skip
    """Works a chain out over everyone and writes the figures to a folder, a file for each input file.

    source: a Parquet file, several, a folder of them, or batches of Arrow; the columns are the inputs of the rules,
    `area` (six-digit code, int32) and `on` (date32). chain: a name in `CHAINS`; on: one day for all, in place of the
    column; laws: `(class, area, day) -> law` where it is not today's law, with a `digest` to tell it from others;
    columns_kept: columns of the input that the output keeps; area: a name or code for all, in place of the column;
    outputs: the figures wanted, all if none is named.

    The output has the kept columns, the figures (int64, NULL where there is none) and `reason` (int16, see `texts` of
    the totals). With `resume` finished files are not run again. Raises `PopulationError`.
    """
    if chain not in CHAINS:
        raise PopulationError("unknown_chain", f"没有“{chain}”这一项。能算的有：{'、'.join(CHAINS)}。")
    code = code_of(area) if area else ""
    day = on.isoformat() if on else ""
    record = Record(out, chain, day, code, law_of(laws), list(columns_kept), list(outputs))
    with held(record, laws, resume) as record:
        if isinstance(source, pa.RecordBatchReader):
            return _run_batches(source, record, on, laws, threads)
        return Files(sources.files_of(source), record, on, laws, threads).run(progress)


def law_of(laws: Laws | None) -> str:
    """The hash of the law of a run; a changed law has a digest of its own besides."""
    return law_hash() if laws is None else f"{law_hash()}+{getattr(laws, 'digest', '')}"


@contextmanager
def held(record: Record, laws: Laws | None, resume: bool = True) -> Iterator[Record]:
    """The run of a folder, gone on with where it can be; nobody else writes into it meanwhile."""
    with locked(record.folder):
        writing.sweep(record.folder)
        if not resume:
            (record.folder / NAME).unlink(missing_ok=True)
        yield resumed(record) if laws is None or hasattr(laws, "digest") else record


def plan_of(
    record: Record, cells: Cells, lacking: frozenset[str], on: date | None, laws: Laws | None, threads: int,
    area: str = "",
) -> Plan:  # fmt: skip
    """The plan of a run over some cells; writes down in the record what it reads, gives, and what reasons mean.

    area: that of everybody, where it is known; the column is then not read.
    """
    known = [(area, date.fromisoformat(day)) for area, day in record.cells]
    every = known + [cell for cell in cells if cell not in set(known)]
    if not every:
        raise PopulationError("no_area_known", "没有一个认识的统筹区代码（列 area 应是六位代码，例如 110000）。")
    try:
        low = lowered(record.chain, every, laws or steady, outputs=tuple(record.outputs))
    except RuleError as error:
        raise PopulationError("chain_refused", f"{record.chain} 算不了：{error}。") from None
    plan = Plan(low, on, area or record.area, record.kept, lacking, threads)
    plan.warm()
    texts = {int(code): text for code, text in low.reason_texts.items()}
    if record.texts and record.files and any(texts.get(code) != text for code, text in record.texts.items()):
        raise PopulationError("another_run", f"文件夹 {record.folder} 里的结果用了别的原因编号，请换一个文件夹重新算。")
    record.cells = [(area, day.isoformat()) for area, day in every]
    record.columns, record.figures, record.texts = list(low.columns), list(low.figures), texts
    record.reason_of = plan.reason_of
    return plan


class Files:
    """A run over files: which are to do, and into which file each goes."""

    def __init__(self, files: list[Path], record: Record, on: date | None, laws: Laws | None, threads: int = 1) -> None:
        self.files, self.record, self.stop = files, record, Event()
        stems = [path.stem for path in files]
        twice = len(set(stems)) < len(stems)
        self.targets = [f"{n:05d}-{stem}.parquet" if twice else f"{stem}.parquet" for n, stem in enumerate(stems)]
        self.inputs = [_told(path) for path in files]
        record.order = list(self.targets)
        record.files = {name: told for name, told in record.files.items() if name in self.targets}
        self.todo = [n for n, name in enumerate(self.targets) if not record.is_done(name, self.inputs[n])]
        for n in self.todo:
            record.files.pop(self.targets[n], None)
        self.workers = max(1, min(threads, len(self.todo)))
        cells = cells_of(files, record.area, on)
        only = record.area or one_area(files)
        if record.area:
            same_area(files, record.area)
        self.plan = plan_of(record, cells, lacking_in(files), on, laws, max(1, threads // self.workers), only)

    def run(self, progress: bool = True) -> Totals:
        """Runs what is to do; a file that fails stops the others at their next row group."""
        self.record.write()
        rows = [told["rows"] for told in self.inputs]
        done = sum(rows) - sum(rows[n] for n in self.todo)
        with tqdm(
            total=sum(rows), initial=done, unit="行", unit_scale=True, desc=self.record.chain, leave=False,
            disable=None if progress else True,
        ) as bar, ThreadPoolExecutor(self.workers) as pool:  # fmt: skip
            running = [pool.submit(self._file, n, bar) for n in self.todo]
            try:
                wait(running, return_when=FIRST_EXCEPTION)
                failed = next((one.exception() for one in running if one.done() and one.exception()), None)
            finally:
                self.stop.set()
                pool.shutdown(cancel_futures=True)
        if failed:
            raise failed
        self.record.write()
        return self.record.totals()

    def _file(self, n: int, bar: Any) -> None:
        def heard(rows: int) -> None:
            bar.update(rows)
            if self.stop.is_set():
                raise KeyboardInterrupt

        target = self.record.folder / self.targets[n]
        found = through(self.plan, self.files[n], target, self.workers == 1, heard)
        self.finish(n, found)

    def finish(self, n: int, found: Totals) -> None:
        """Writes down that a file is done, and what it comes to."""
        self.record.finish(self.targets[n], self.inputs[n], found)


def through(
    plan: Plan, path: Path, target: Path, is_alone: bool, heard: Callable[[int], object] = lambda rows: None
) -> Totals:
    """What a file comes to; its figures are written to the target, whole or not at all.

    is_alone: no other file is being read, so all processors may read this one; `heard` is told of rows done.
    """
    file, names = plan.reader(path)
    parts: list[Totals] = []
    buffers: Buffers = {}
    schema = plan.schema(file.schema_arrow)
    with writing.file_of(target, schema, writing.options_of(schema)) as writer:
        for table in sources.ahead(sources.tables(path, file, names, threads=is_alone)):
            batch, part = plan.batch(table, buffers)
            writing.put(writer, batch)
            parts.append(part)
            heard(len(batch))
    return totals.together(parts)


def stream(
    batches: pa.RecordBatchReader, chain: str, on: date | None = None, laws: Laws | None = None,
    columns_kept: Sequence[str] = KEPT, threads: int = 2, *, area: str = "", outputs: Sequence[str] = (),
) -> Iterator[tuple[pa.RecordBatch, Totals]]:  # fmt: skip
    """The figures of batches of Arrow as they come, each with its totals; arguments as for `run`.

    An area or a day that no batch before had is read when it comes.
    """
    code = code_of(area) if area else ""
    record = Record(Path(), chain, on.isoformat() if on else "", code, "", list(columns_kept), list(outputs))
    yield from _worked(batches, record, on, laws, threads)


def _worked(
    batches: pa.RecordBatchReader, record: Record, on: date | None, laws: Laws | None, threads: int
) -> Iterator[tuple[pa.RecordBatch, Totals]]:
    plan: Plan | None = None
    known: set[tuple[str, date]] = set()
    for batch in batches:
        table = pa.Table.from_batches([batch])
        new = [cell for cell in cells_of_table(table, record.area, on) if cell not in known]
        if plan is None or new:
            plan = plan_of(record, new, frozenset(one.name for one in table.schema if one.nullable), on, laws, threads)
            known |= set(new)
        plan.check("的数据", table.schema)
        yield plan.batch(table, {})


def _run_batches(
    batches: pa.RecordBatchReader, record: Record, on: date | None, laws: Laws | None, threads: int
) -> Totals:
    """Batches to one file; they cannot be read twice, so there is nothing to go on with."""
    parts: list[Totals] = []
    name = "batches.parquet"
    record.order, record.files = [name], {}
    schema: pa.Schema = None
    with ExitStack() as files:
        writer: Any = None
        for batch, part in _worked(batches, record, on, laws, threads):
            if writer is None:
                schema = batch.schema
                options = writing.options_of(schema)
                writer = files.enter_context(writing.file_of(record.folder / name, schema, options))
            writing.put(writer, batch)
            parts.append(part)
    if not parts:
        raise PopulationError("no_rows", "没有收到任何数据。")
    rows = sum(part.rows for part in parts)
    record.finish(name, {"file": "", "size": 0, "mtime_ns": 0, "rows": rows}, totals.together(parts))
    return record.totals()


def _told(path: Path) -> dict[str, Any]:
    """By what an input file is known again: its place, its size, when it was last written, its rows."""
    found = path.stat()
    rows = sources.opened(path).metadata.num_rows
    return {"file": str(path.absolute()), "size": found.st_size, "mtime_ns": found.st_mtime_ns, "rows": rows}
