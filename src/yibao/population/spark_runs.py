"""A chain of rules over everyone on a cluster, Parquet to Parquet: tasks that get the path of a file, or SQL.

The folder of the first is one like that of `runs.run`: resumed like it, and any row of it is explained like one.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from yibao.population import runs, sources
from yibao.population.areas import code_of
from yibao.population.errors import PopulationError
from yibao.population.planning import Plan
from yibao.population.record import Record
from yibao.population.spark import collected, session
from yibao.population.totals import Totals

WAYS = ("files", "sql")


@dataclass(frozen=True)
class Asked:
    """What is worked out, as for `runs.run`; it is sent to the workers. `law`: the hash of the law here."""

    chain: str
    on: date | None = None
    area: str = ""
    kept: tuple[str, ...] = runs.KEPT
    outputs: tuple[str, ...] = ()
    laws: Any = field(default=None, compare=False)
    law: str = ""

    def record(self, folder: Path) -> Record:
        """The run of a folder."""
        day = self.on.isoformat() if self.on else ""
        code = code_of(self.area) if self.area else ""
        return Record(folder, self.chain, day, code, self.law, list(self.kept), list(self.outputs))


def totals(
    source: Path | Sequence[Path], out: Path | None, chain: str, master: str, on: date | None = None, *, area: str = "",
    laws: Any = None, columns_kept: Sequence[str] = runs.KEPT, outputs: Sequence[str] = (), way: str = "files",
) -> Totals:  # fmt: skip
    """Works a chain out over everyone on a cluster, and says what it comes to.

    master: `spark://HOST:PORT`; source, out: paths that every worker sees; way: `files` (tasks get paths and run the
    kernel) or `sql` (the rules as Spark's SQL, into an empty folder); the rest as for `runs.run`, and laws must be
    picklable. With `sql` and no `out` nothing is written. Raises `PopulationError`.
    """
    if way not in WAYS:
        raise PopulationError("unknown_way", f"没有“{way}”这种算法，可以用 {'、'.join(WAYS)}。")
    if way == "files" and out is None:
        raise PopulationError("no_folder", "按文件算要有结果文件夹。")
    asked = Asked(chain, on, area, tuple(columns_kept), tuple(outputs), laws)
    from yibao.population.spark_sql import by_sql

    with session(master) as spark:
        if way == "sql" or out is None:
            return by_sql(spark, source, out, asked)
        return by_files(spark, source, out, asked)


@dataclass(frozen=True)
class _Task:
    """One task for each file: it opens the file itself, and gives back what the file comes to."""

    asked: Asked
    cells: tuple[tuple[str, str], ...]
    lacking: frozenset[str]
    folder: Path
    targets: tuple[tuple[str, str], ...]

    def __call__(self, path: Path) -> Totals:
        if runs.law_of(self.asked.laws) != self.asked.law:
            raise PopulationError("another_law", f"{socket.gethostname()} 上的 yibao 是另一个版本，请装成一样的。")
        target = self.folder / dict(self.targets)[str(path)]
        beside = target.with_name(f".{socket.gethostname()}-{os.getpid()}.{target.name}")  # a lost task may still write
        found = runs.through(_plan(self.asked, self.cells, self.lacking), path, beside, is_alone=False)
        os.replace(beside, target)
        return found


@lru_cache(maxsize=4)
def _plan(asked: Asked, cells: tuple[tuple[str, str], ...], lacking: frozenset[str]) -> Plan:
    """The plan of a worker, which serves many tasks."""
    known = [(area, date.fromisoformat(day)) for area, day in cells]
    return runs.plan_of(asked.record(Path()), known, lacking, asked.on, asked.laws, threads=1)


def by_files(spark: Any, source: Path | Sequence[Path], out: Path, asked: Asked) -> Totals:
    """A run in a session: files that are finished are not run again, those that are to do are tasks of the cluster."""
    asked = replace(asked, law=runs.law_of(asked.laws))
    with runs.held(asked.record(out.absolute()), asked.laws) as record:
        files = runs.Files(sources.files_of(source), record, asked.on, asked.laws)
        todo = [files.files[n].absolute() for n in files.todo]
        targets = tuple((str(path), files.targets[n]) for path, n in zip(todo, files.todo, strict=True))
        task = _Task(asked, tuple(record.cells), files.plan.lacking, record.folder, targets)
        for n, found in zip(files.todo, collected(spark, task, todo), strict=True):
            files.finish(n, found)
        record.write()
        return record.totals()
