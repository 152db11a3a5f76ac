"""What stands in a file: its header and rows as text, whatever program wrote it?

CSV in UTF-8 (with or without a mark at its beginning) or GB 18030, of which GBK and GB 2312 are parts; XLSX and XLS by
python-calamine. What a file is, its content says, never its name. A row that cannot be read is a row too: it comes with
the reason, and the rows around it are read.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from yibao.services.results import RefusedError

XLSX, XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
STRANGE_SHARE = 10  # a text of which every tenth Chinese character cannot be read is in another encoding
UTF_8, GB_18030 = "utf-8-sig", "gb18030"
CELL_MAX = 200
UNREADABLE = re.compile("[\ud800-\udfff\ufffd]")


class Line(NamedTuple):
    """A row of a file: the number of its line, its cells, and why it cannot be read, if so (code, message)."""

    number: int
    cells: list[str]
    broken: tuple[str, str] | None = None


@dataclass(frozen=True)
class Table:
    """A file that was opened; `encoding` is the one in which its reader's programs will show an errors file."""

    header: list[str]
    lines: Iterable[Line]
    count: int  # about how many rows, for the progress bar
    encoding: str


def table_of(file: Path) -> Table:
    """The table in a file; refused (`RefusedError`) where nothing of it can be read."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise RefusedError("file_not_found", f"没有找到文件 {file}，请检查路径。") from None
    except OSError:
        raise RefusedError("file_unreadable", f"文件 {file} 打不开，请检查权限。") from None
    if not data.strip():
        raise RefusedError("file_is_empty", f"文件 {file.name} 是空的。")
    return _of_workbook(file.name, data) if data.startswith((XLSX, XLS)) else _of_text(file.name, data)


def _of_text(name: str, data: bytes) -> Table:
    text, encoding = _decoded(name, data)
    rows = _csv_lines(text)
    first = next(rows, None)
    if first is None or first.broken:
        code = first.broken[0] if first and first.broken else "file_is_empty"
        raise RefusedError(code, f"文件 {name} 的第一行读不出来，应是一行列名；请另存为“CSV UTF-8”再导入。")
    return Table([cell.strip() for cell in first.cells], rows, text.count("\n"), encoding)


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    """The text, with marks where single characters cannot be read: such rows are refused, the others are read."""
    if data.startswith(UTF_16) or b"\0" in data:
        message = f"文件 {name} 的编码不对，请另存为“CSV UTF-8（逗号分隔）”或者 XLSX 再导入。"
        raise RefusedError("wrong_encoding", message)
    for encoding, errors in ((UTF_8, "surrogateescape"), (GB_18030, "replace")):
        text = data.decode(encoding, errors)
        strange = len(UNREADABLE.findall(text))
        foreign = len(text) - len(text.encode("ascii", "ignore"))
        if strange == 0 or strange * STRANGE_SHARE <= foreign:
            return text, encoding
    raise RefusedError("wrong_encoding", f"文件 {name} 既不是 UTF-8 也不是 GBK 编码，请另存为“CSV UTF-8”再导入。")


def _csv_lines(text: str) -> Iterator[Line]:
    """The rows with the line on which each begins. A last row without an end may be cut off in its last cell."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    ends = text.endswith(("\n", "\r"))
    held: Line | None = None
    width = 0  # of the header
    lengths: set[int] = set()  # of the last cells of the rows between the header and the last
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            yield from (line for line in (held, _unclosed(begins)) if line)
            return
        if held:
            if width and held.cells:
                lengths.add(len(held.cells[-1]))
            width = width or len(held.cells)
            yield held
        held = _judged(begins, cells)
    if held:
        yield held if ends else _last(held, width, lengths)


def _judged(number: int, cells: list[str]) -> Line | None:
    if not any(cell.strip() for cell in cells):
        return None
    if any(UNREADABLE.search(cell) for cell in cells):
        return Line(number, [], ("wrong_encoding", "这一行里有读不出来的字，请从原来的系统重新导出。"))
    if any(len(cell) > CELL_MAX for cell in cells):
        return Line(number, [], ("cell_too_long", f"这一行有一格超过{CELL_MAX}个字，请检查引号是不是成对。"))
    return Line(number, cells)


def _unclosed(number: int) -> Line:
    message = "从这一行起有一个引号没有关上，后面的都读不了；也可能文件没有传完，请重新导出。"
    return Line(number, [], ("quote_not_closed", message))


def _last(line: Line, width: int, lengths: set[int]) -> Line:
    """The last row of a file that does not end with a new line: whole only if nothing of it seems to be missing."""
    if line.broken or not lengths:
        return line
    length = len(line.cells[-1])
    if len(line.cells) >= width and (length in lengths or length > min(lengths - {0}, default=0)):
        return line
    message = "文件好像没有传完，最后一行断在半路，这一行没有导入；请重新导出。如果它是完整的，请在行末加一个换行。"
    return Line(line.number, [], ("file_is_cut_off", message))


def _of_workbook(name: str, data: bytes) -> Table:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError):
        message = f"文件 {name} 打不开：不是完整的 Excel 文件，可能没有传完，请重新导出。"
        raise RefusedError("file_unreadable", message) from None
    if not rows:
        raise RefusedError("file_is_empty", f"文件 {name} 的第一张表是空的。")
    header = [_text(cell).strip() for cell in rows[0]]
    while header and not header[-1]:
        header.pop()
    return Table(header, _sheet_lines(rows, len(header)), len(rows), UTF_8)


def _sheet_lines(rows: Sequence[Sequence[object]], width: int) -> Iterator[Line]:
    for number, row in enumerate(rows[1:], start=2):
        cells = [_text(cell) for cell in row]
        line = _judged(number, cells[:width] if not any(cells[width:]) else cells)
        if line:
            yield line


def _text(cell: object) -> str:
    """A cell as it would stand in a CSV. A number comes as a float: its shortest form is the one that was typed."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool | time | timedelta):
        return str(cell)
    if isinstance(cell, float | int):
        return repr(int(cell)) if cell == int(cell) and abs(cell) < 10**15 else repr(cell)
    return "" if cell is None else str(cell)
