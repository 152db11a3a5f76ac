"""An agency's own extract as people to run the law on: columns renamed, codes translated, yuan to fen, births to ages.

CSV in UTF-8 or GB 18030 (of which GBK is a part), or Parquet, one file or a folder of them; read in pieces, so that
memory stays bounded. A row with a wrong cell is left out whole and told in the errors file, by line, without its cells.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from tqdm import tqdm

from yibao.law.values import Range
from yibao.population import writing
from yibao.population.columns import Marks, declared
from yibao.population.errors import PopulationError
from yibao.population.people import cells
from yibao.population.people.making import options_of
from yibao.population.people.mapping import KINDS, Map, Reading, read_map
from yibao.population.people.pieces import Piece, csv_pieces, parquet_pieces
from yibao.population.record import law_hash, locked

WIDEST = Range(0, 2**62)
NARROW = {**dict.fromkeys(("person_id", "family_id", "claim_id"), pa.int64()), "area": pa.int32(), "on": pa.date32()}
HEADER = ("行号 line", "列 column", "原因 reason")


@dataclass
class Extracted:
    """What was read: rows taken, rows left out, the reasons with how many rows, the files, the errors files."""

    rows: int = 0
    refused: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    files: list[Path] = field(default_factory=list)
    errors: list[Path] = field(default_factory=list)

    def add(self, told: Mapping[str, Any], target: Path, errors: Path) -> None:
        """One more file: `rows`, `refused` and `reasons` of it."""
        self.rows += told["rows"]
        self.refused += told["refused"]
        self.reasons.update(told["reasons"])
        self.files.append(target)
        self.errors += [errors] if told["refused"] else []


def read_extract(extract: Path, map_file: Path, out: Path, on: date | None = None, progress: bool = True) -> Extracted:
    """Reads an extract (a file or a folder) to Parquet in a folder, a file for each, `_FILE.errors.csv` beside it.

    on: the day on which ages are reckoned, in place of the mapping's. Files that were read by the same map and have not
    changed since are not read again. Raises `PopulationError` where nothing can be read.
    """
    told = read_map(map_file, on)
    files = _files(extract)
    stems = Counter(file.stem for file in files)
    done = Extracted()
    with locked(out):
        writing.sweep(out)
        record = _Record(out, told)
        for file in files:
            target = out / f"{file.stem if stems[file.stem] == 1 else file.name}.parquet"
            errors = out / f"_{file.name}.errors.csv"
            found = record.found(file, target)
            if found is None:
                found = _Reader(file, told).run(target, errors, progress)
                record.keep(file, found)
            done.add(found, target, errors)
    return done


class _Record:
    """`_read.json`: which files were read by which map, and what came of them."""

    def __init__(self, folder: Path, told: Map) -> None:
        self.path = folder / "_read.json"
        self.map = hashlib.sha256(f"{law_hash()} {told!r}".encode()).hexdigest()
        self.files: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            before = json.loads(self.path.read_text(encoding="utf-8"))
            self.files = before["files"] if before.get("map") == self.map else {}

    def found(self, file: Path, target: Path) -> dict[str, Any] | None:
        """What came of a file, if it was read as it is now."""
        kept: dict[str, Any] | None = self.files.get(str(file.absolute()))
        return kept if kept and kept["input"] == _known(file) and target.is_file() else None

    def keep(self, file: Path, told: dict[str, Any]) -> None:
        """Writes down that a file was read."""
        self.files[str(file.absolute())] = {**told, "input": _known(file)}
        beside = self.path.with_name("._read.json.new")
        beside.write_text(json.dumps({"map": self.map, "files": self.files}, ensure_ascii=False), encoding="utf-8")
        os.replace(beside, self.path)


def _known(file: Path) -> list[int]:
    """By what a file is known again: its size, and when it was last written."""
    found = file.stat()
    return [found.st_size, found.st_mtime_ns]


def _files(extract: Path) -> list[Path]:
    if extract.is_dir():
        found = sorted(path for path in extract.iterdir() if path.suffix.lower() in (".csv", ".txt", ".parquet"))
        if not found:
            raise PopulationError("no_files", f"文件夹 {extract} 里没有 CSV 或 Parquet 文件。")
        return found
    if not extract.is_file():
        raise PopulationError("file_not_found", f"没有找到 {extract}，请检查路径。")
    return [extract]


class _Reader:
    """Reads one file of an extract."""

    def __init__(self, file: Path, told: Map) -> None:
        self.file, self.map = file, told
        self.schema = pa.schema([(reading.name, kind_of(reading.name)) for reading in told.readings])
        self.rows = self.refused = 0
        self.reasons: Counter[str] = Counter()

    def run(self, target: Path, errors: Path, progress: bool) -> dict[str, Any]:
        """Writes the people of the file and the errors file, each whole or not at all; what came of it."""
        parquet = self.file.suffix.lower() == ".parquet"
        pieces = parquet_pieces(self.file, self.map.sources) if parquet else csv_pieces(self.file, self.map.sources)
        draft = errors.with_name(f".{errors.name}.new")
        try:
            with (
                open(draft, "w", encoding="utf-8-sig", newline="") as opened,
                writing.file_of(target, self.schema, options_of(self.schema)) as writer,
                tqdm(unit="行", desc=self.file.name, disable=None if progress else True, leave=False) as bar,
            ):
                told = csv.writer(opened)
                told.writerow(HEADER)
                for piece in pieces:
                    batch, wrong = self.people(piece)
                    told.writerows(wrong)
                    if len(batch):
                        writing.put(writer, batch)
                    bar.update(len(piece.lines))
            errors.unlink(missing_ok=True)
            if self.refused:
                os.replace(draft, errors)
        finally:
            draft.unlink(missing_ok=True)
        return {"rows": self.rows, "refused": self.refused, "reasons": dict(self.reasons)}

    def people(self, piece: Piece) -> tuple[pa.RecordBatch, list[tuple[int, str, str]]]:
        """The people of a piece, and what is wrong: line, column, reason."""
        piece = _without_blank(piece)
        read, wrong = {}, np.zeros(len(piece.lines), bool)
        told: list[tuple[int, str, str]] = [(line, "", why) for line, why in piece.broken]
        for reading in self.map.readings:
            values, bad = self.column(piece, reading)
            read[reading.name] = values
            for mask, why in bad:
                told += [(int(line), reading.source, why) for line in piece.lines[mask]]
                wrong |= mask
        self.reasons.update(f"{column}：{why}" if column else why for _, column, why in told)
        good = pa.array(~wrong)
        self.refused += int(wrong.sum()) + len(piece.broken)
        self.rows += len(wrong) - int(wrong.sum())
        arrays = [values.filter(good).cast(self.schema.field(name).type) for name, values in read.items()]
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema), sorted(told)

    def column(self, piece: Piece, reading: Reading) -> tuple[pa.Array, list[tuple[Marks, str]]]:
        """One of our columns (int64, or int32 for a day), and which rows are wrong in it, with why."""
        rows = len(piece.lines)
        if reading.kind == "line":
            return pa.array(piece.lines), []
        if not reading.source:
            return pa.array(np.full(rows, reading.value, np.int64)), []
        held = piece.columns[reading.source]
        if pa.types.is_floating(held.type):
            raise PopulationError(
                "wrong_type",
                f"文件 {self.file.name} 的列 {reading.source} 是浮点数，不能准确换算，请导出为文字或 decimal。",
            )
        values, unread = cells.read(held, reading, self.map.on)
        bounds = declared().get(reading.name, WIDEST)
        if reading.name == "on":
            return values.cast(pa.int32()), [(unread, f"应是{KINDS['date']}")]
        numbers = pc.fill_null(values, bounds.low).to_numpy(zero_copy_only=False)
        outside = (numbers < bounds.low) | (numbers > bounds.high)
        should = "对照文件里没有这个代码" if reading.codes else f"应是{KINDS[reading.kind]}"
        bad = [(unread, should), (outside, f"超出范围 {bounds.low} 到 {bounds.high}")]
        if reading.required:
            empty = pc.is_null(values).to_numpy(zero_copy_only=False) & ~unread
            bad.append((empty, "空着，这一列不能空"))
        clipped = pc.if_else(pa.array(outside), pa.scalar(None, pa.int64()), values)
        return clipped, [(mask, why) for mask, why in bad if mask.any()]


def _without_blank(piece: Piece) -> Piece:
    """The rows of which any cell is filled; an empty line is no row."""
    filled = np.zeros(len(piece.lines), bool)
    for column in piece.columns.values():
        if not pa.types.is_string(column.type):
            return piece
        filled |= pc.greater(pc.binary_length(column), 0).fill_null(False).to_numpy(zero_copy_only=False)
    if filled.all() or not piece.columns:
        return piece
    kept = pa.array(filled)
    columns = {name: column.filter(kept) for name, column in piece.columns.items()}
    return Piece(piece.lines[filled], columns, piece.broken)


def kind_of(name: str) -> pa.DataType:
    """The type in which a column of people is kept: the narrowest that holds its range."""
    if name in NARROW:
        return NARROW[name]
    high = declared()[name].high
    return next(kind for kind, most in ((pa.int8(), 2**7), (pa.int16(), 2**15), (pa.int64(), 2**63)) if high < most)
