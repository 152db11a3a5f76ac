"""The rows of an extract as they stand in a file, in pieces, each row with the number of its line.

CSV in UTF-8 or GB 18030 (of which GBK is a part), or Parquet. A line that cannot be read is told and skipped; so is the
last one of a text that does not end with a line's end, for it may be cut off.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv

from yibao.population import sources
from yibao.population.errors import PopulationError

Lines = npt.NDArray[np.int64]
BLOCK = 1 << 24  # bytes of text read at once
PROBE = 1 << 20
UNEVEN = "这一行的格数和列名对不上，或者引号没有配对"
CUT = "文件好像没有传完，这是最后一行，末尾没有换行；如果它是完整的，请在行末加一个换行"


class Piece(NamedTuple):
    """Some rows of an extract with the lines on which they stand, and lines that could not be read at all."""

    lines: Lines
    columns: dict[str, pa.Array]
    broken: list[tuple[int, str]]


def parquet_pieces(file: Path, names: Sequence[str]) -> Iterator[Piece]:
    """The rows of a Parquet file; its lines are counted from 1."""
    opened = sources.opened(file)
    lack = sources.lacking(file, names, opened.schema_arrow)
    if lack:
        raise lack
    start = 1
    for table in sources.tables(file, opened, names, threads=True):
        columns = {name: table[name].combine_chunks() for name in names}
        yield Piece(np.arange(start, start + table.num_rows), columns, [])
        start += table.num_rows


def encoding_of(file: Path) -> str:
    """The encoding of a text file: UTF-8 if all of its first part can be read so, else GB 18030."""
    try:
        with open(file, "rb") as opened:
            first = opened.read(PROBE)
    except OSError:
        raise PopulationError("file_unreadable", f"文件 {file} 打不开，请检查权限。") from None
    if not first.strip():
        raise PopulationError("file_is_empty", f"文件 {file.name} 是空的。")
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(first)
        except UnicodeDecodeError:
            continue
        return encoding
    raise PopulationError("wrong_encoding", f"文件 {file.name} 既不是 UTF-8 也不是 GBK 编码，请另存为“CSV UTF-8”。")


def csv_pieces(file: Path, names: Sequence[str]) -> Iterator[Piece]:
    """The rows of a CSV file, all cells as texts; the first line holds the names of the columns and is line 1."""
    broken: list[int] = []

    def skip(row: Any) -> str:
        broken.append(row.number)
        return "skip"

    encoding = encoding_of(file)
    with open(file, encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as opened:
        header = [name.strip() for name in next(csv.reader(opened), [])]
    lack = sources.lacking(file, names, pa.schema([(name, pa.string()) for name in dict.fromkeys(header)]))
    if lack:
        raise lack
    reading = pa.csv.ReadOptions(
        use_threads=False, block_size=BLOCK, column_names=header, skip_rows=1, encoding=encoding
    )
    parsing = pa.csv.ParseOptions(ignore_empty_lines=False, invalid_row_handler=skip)
    converting = pa.csv.ConvertOptions(
        column_types={name: pa.string() for name in header}, include_columns=list(names), strings_can_be_null=False
    )
    try:
        with pa.csv.open_csv(file, reading, parsing, converting) as batches:
            yield from _whole(_numbered(batches, names, broken), _ends(file))
    except UnicodeDecodeError:
        raise _wrong_encoding(file) from None
    except pa.ArrowInvalid as error:
        raise (_wrong_encoding(file) if "UTF8" in str(error) else _not_csv(file)) from None


def _numbered(batches: Any, names: Sequence[str], broken: list[int]) -> Iterator[Piece]:
    """Batches with the lines of their rows; `broken` grows while they are read."""
    seen, line = 0, 2
    for batch in batches:
        lines = _lines(line, len(batch), broken)
        line = int(lines[-1]) + 1 if len(lines) else line
        until = sum(1 for number in broken if number < line)
        yield Piece(lines, dict(zip(names, batch.columns, strict=True)), [(n, UNEVEN) for n in broken[seen:until]])
        seen = until
    nothing = {name: pa.array([], pa.string()) for name in names}
    yield Piece(np.empty(0, np.int64), nothing, [(number, UNEVEN) for number in broken[seen:]])


def _ends(file: Path) -> bool:
    """Whether a text file ends with a line's end, as a whole one does."""
    with open(file, "rb") as opened:
        opened.seek(-1, 2)
        return opened.read() in (b"\n", b"\r")


def _whole(pieces: Iterator[Piece], ends: bool) -> Iterator[Piece]:
    """The same pieces; of a file that does not end with a line's end the last row, which may be cut off, is refused."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None and (ends or len(piece.lines)):
            yield held
            held = None
        if held is not None:
            piece = Piece(held.lines, held.columns, held.broken + piece.broken)
        held = piece
    if held is None:
        return
    if not ends and len(held.lines) and not any(number > held.lines[-1] for number, _ in held.broken):
        cut = (int(held.lines[-1]), CUT)
        columns = {name: column[:-1] for name, column in held.columns.items()}
        held = Piece(held.lines[:-1], columns, [*held.broken, cut])
    yield held


def _lines(first: int, count: int, broken: Sequence[int]) -> Lines:
    """The numbers of `count` lines from `first` on, without the broken ones."""
    skipped = np.array([number for number in broken if number >= first], np.int64)
    lines = np.setdiff1d(np.arange(first, first + count + len(skipped)), skipped, assume_unique=True)
    return lines[:count]


def _wrong_encoding(file: Path) -> PopulationError:
    return PopulationError("wrong_encoding", f"文件 {file.name} 里有读不出来的字，请另存为“CSV UTF-8（逗号分隔）”。")


def _not_csv(file: Path) -> PopulationError:
    return PopulationError("not_csv", f"文件 {file.name} 不是能读的 CSV，请检查列名和逗号。")
