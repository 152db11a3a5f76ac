"""`yibao import`: how does a whole file come into the books, however often it is begun?

Rows go in chunks of the file's own order, and a chunk is one transaction: killed at any moment, the books hold whole
chunks, and the same command goes on. A row that is there already with the same content is counted and left; a row that
cannot be taken is written to the errors file and the others go in.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from django.db import DataError, IntegrityError, connection, transaction

from yibao.books.areas.models import Area
from yibao.books.ledger.posting import LedgerRefused
from yibao.law.areas import AreaError, find
from yibao.services.imports.cells import BadRow
from yibao.services.imports.columns import COLUMNS, order_of
from yibao.services.imports.contributions import ContributionLoader
from yibao.services.imports.enrolments import EnrolmentLoader
from yibao.services.imports.errors_file import write_errors
from yibao.services.imports.loading import Loaded, Loader, Refusal, Row
from yibao.services.imports.movements import MovementLoader
from yibao.services.imports.people import PeopleLoader
from yibao.services.imports.reading import Line, Table, table_of
from yibao.services.results import Done, Refused, RefusedError

CHUNK = 5_000
LOADERS: dict[str, Any] = {
    "people": PeopleLoader,
    "enrolments": EnrolmentLoader,
    "contributions": ContributionLoader,
    "movements": MovementLoader,
}
KINDS = tuple(LOADERS)
NOT_TAKEN = (IntegrityError, DataError, LedgerRefused, psycopg.IntegrityError, psycopg.DataError)
"""What the database says where it holds a row to be wrong; COPY raises the driver's own."""


@dataclass
class Report:
    """What an import did."""

    kind: str
    area: str
    dry_run: bool
    rows: int = 0
    new: int = 0
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)
    errors_file: Path | None = None
    area_opened: bool = False


class _Undone(Exception):
    """A trial is over: nothing of it stays."""


def import_file(
    kind: str,
    file: Path,
    area: str,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Done[Report] | Refused:
    """Bring a file into the books of an area; `progress` is told the rows done and about how many there are.

    Refused where nothing of the file can be taken: it cannot be read, its columns are others, the area has no books.
    A dry run does everything in one transaction and takes it back: only the errors file is written.
    """
    report = Report(kind, area, dry_run)
    try:
        table = table_of(file)
        run = _Run(report, table, order_of(kind, table), progress)
        _check_place(file)
        if dry_run:
            try:
                with transaction.atomic():
                    run.run()
                    raise _Undone
            except _Undone:
                pass
        else:
            run.run()
    except RefusedError as error:
        return error.refused
    report.errors_file = write_errors(file, kind, table.encoding, report.refused)
    return Done(report)


def _check_place(file: Path) -> None:
    """Asked before anything is loaded: the reasons must have a place to go."""
    if not os.access(file.parent, os.W_OK):
        message = f"文件夹 {file.parent} 里不能写出错清单，请把文件放到可以写的文件夹再导入。"
        raise RefusedError("folder_not_writable", message)


class _Run:
    def __init__(
        self, report: Report, table: Table, order: Sequence[str], progress: Callable[[int, int], None]
    ) -> None:
        self.report, self.table, self.order, self.progress = report, table, order, progress
        self.seen: dict[tuple[Any, ...], tuple[int, int]] = {}

    def run(self) -> None:
        """All chunks, one after the other."""
        area = self._open_area()
        self.loader: Loader = LOADERS[self.report.kind](area.code, demo=area.is_demo)
        for chunk in self._chunks():
            loaded = self._load(chunk)
            self.report.new += loaded.new
            self.report.same += loaded.same
            self.report.refused += loaded.refused
            if not self.loader.by_day:
                self.progress(self.report.rows, self.table.count)

    def _open_area(self) -> Area:
        """The area, whose books are opened by the first import of its people."""
        code = self.report.area
        there: Area | None = Area.objects.filter(code=code).first()
        if there:
            return there
        try:
            place = find(code)
        except AreaError as error:
            raise RefusedError("area_unknown", str(error)) from None
        if place.kind != "pooling" or place.code != code:
            message = f"{code} 不是统筹区的代码，请写统筹区的六位代码" + (
                f"：{place.name}是 {place.code}。" if place.kind == "pooling" else "。"
            )
            raise RefusedError("area_not_a_pooling_area", message)
        if self.report.kind != "people":
            message = f"{place.name}（{code}）在这里还没有账本，请先导入人员：yibao import people。"
            raise RefusedError("area_without_books", message)
        self.report.area_opened = True
        opened: Area = Area.objects.create(code=code)
        return opened

    def _chunks(self) -> Iterator[list[Row]]:
        """Rows that could be read, by chunks of the file's rows; those of movements by day, which needs them all."""
        lines = iter(self.table.lines)
        if self.loader.by_day:
            rows: list[Any] = []
            while lines_now := list(islice(lines, CHUNK)):
                rows += self._read_all(lines_now)
                self.progress(self.report.rows // 2, self.table.count)
            rows.sort(key=lambda row: row.order)
            for first in range(0, len(rows), CHUNK):
                yield rows[first : first + CHUNK]
                self.progress((self.report.rows + first + CHUNK) // 2, self.table.count)
            return
        while lines_now := list(islice(lines, CHUNK)):
            yield self._read_all(lines_now)

    def _read_all(self, lines: Sequence[Line]) -> list[Row]:
        out = []
        for line in lines:
            self.report.rows += 1
            try:
                row = self.loader.read(line.number, self._cells(line))
                self._check_once(row)
            except BadRow as error:
                self.report.refused.append(Refusal(line.number, error.code, error.message, error.field))
            else:
                out.append(row)
        return out

    def _cells(self, line: Line) -> Mapping[str, str]:
        if line.broken:
            raise BadRow(*line.broken)
        cells = line.cells
        if len(cells) > len(self.order) and not any(cells[len(self.order) :]):
            cells = cells[: len(self.order)]
        if len(cells) != len(self.order):
            message = f"这一行有{len(cells)}格，列名有{len(self.order)}个，请检查逗号。"
            raise BadRow("wrong_number_of_cells", message)
        return dict(zip(self.order, cells, strict=True))

    def _check_once(self, row: Row) -> None:
        """A key stands in a file once; the first row with it counts."""
        body = hash(tuple(row)[1:])  # type: ignore[arg-type]  # rows are named tuples; the line is the first
        there = self.seen.setdefault(row.key, (row.line, body))
        if there == (row.line, body):
            return
        if there[1] == body:
            raise BadRow("row_twice", f"和第{there[0]}行完全一样，只算一次。")
        raise BadRow("key_reused", f"和第{there[0]}行是同一条，内容却不一样；用了第{there[0]}行，请核对。")

    def _load(self, rows: list[Row]) -> Loaded:
        """A chunk, in one transaction. What the database alone finds wrong is looked for row by row."""
        try:
            return self._in_transaction(rows)
        except NOT_TAKEN:
            pass
        out = Loaded()
        for row in rows:
            try:
                one = self._in_transaction([row])
            except NOT_TAKEN as error:
                rule = _rule(error)
                out.refuse(row.line, BadRow(rule, f"账本不接受这一行（规则 {rule}），请核对。"))
            else:
                out.new, out.same = out.new + one.new, out.same + one.same
                out.refused += one.refused
        return out

    def _in_transaction(self, rows: list[Row]) -> Loaded:
        with transaction.atomic():
            with connection.cursor() as cursor:  # two imports at once take turns, chunk by chunk
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import'), 0)")
            return self.loader.load(rows)


def _rule(error: Exception) -> str:
    """The name of the rule of the database that a row breaks."""
    if isinstance(error, LedgerRefused):
        return error.rule
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
    return name or "value_out_of_range"


__all__ = ["COLUMNS", "KINDS", "Report", "import_file"]
