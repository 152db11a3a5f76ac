"""Parquet files as they come: which there are, what is in them, and their rows, a group at a time.

What a file lacks, and a file that was cut off, is told in one sentence that names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from yibao.population.errors import PopulationError

T = TypeVar("T")
GROUP_MAX = 1 << 21  # rows: a larger row group is read in pieces, so that memory stays bounded whoever wrote the file
PIECE = 1 << 20
BROKEN = (pa.ArrowException, OSError, ValueError)


def files_of(source: Path | Sequence[Path]) -> list[Path]:
    """The Parquet files of a source, in the order in which they are run: a file, several, or a folder's by name.

    Raises `PopulationError` where there is none.
    """
    if not isinstance(source, Path):
        return [file for one in source for file in files_of(one)]
    if source.is_dir():
        found = sorted(path for path in source.glob("*.parquet") if not path.name.startswith((".", "_")))
        if not found:
            raise PopulationError("no_files", f"文件夹 {source} 里没有 Parquet 文件（*.parquet）。")
        return found
    if not source.is_file():
        raise PopulationError("file_not_found", f"没有找到 {source}，请检查路径。")
    return [source]


def opened(path: Path) -> pq.ParquetFile:
    """A Parquet file, opened; `PopulationError` where it cannot be read, as when it was cut off."""
    try:
        return pq.ParquetFile(path)
    except BROKEN as error:
        raise broken(path, error) from None


def broken(path: Path, error: Exception) -> PopulationError:
    """The sentence for a file that cannot be read."""
    if isinstance(error, PermissionError):
        return PopulationError("file_unreadable", f"文件 {path} 打不开，请检查权限。")
    return PopulationError(
        "file_broken", f"文件 {path.name} 读不出来：不是完整的 Parquet 文件，可能没有传完或者被截断，请重新拿一份。"
    )


def lacking(path: Path, names: Sequence[str], schema: pa.Schema) -> PopulationError | None:
    """The sentence for a file that lacks columns; nothing where it has them all."""
    absent = [name for name in names if name not in schema.names]
    if not absent:
        return None
    return PopulationError("missing_column", f"文件 {path.name} 里少了这些列：{'、'.join(absent)}。")


def tables(path: Path, file: pq.ParquetFile, names: Sequence[str], threads: bool) -> Iterator[pa.Table]:
    """The rows of a file, some of its columns, a row group at a time; the same pieces at every reading."""
    try:
        for group in range(file.num_row_groups):
            if file.metadata.row_group(group).num_rows <= GROUP_MAX:
                yield file.read_row_group(group, list(names), use_threads=threads)
                continue
            for batch in file.iter_batches(PIECE, [group], list(names), use_threads=threads):
                yield pa.Table.from_batches([batch])
    except BROKEN as error:
        raise broken(path, error) from None


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, the next one being made while the last one is used.

    >>> list(ahead(iter("ab")))
    ['a', 'b']
    """
    end = object()
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, end)
        while (item := coming.result()) is not end:
            coming = pool.submit(next, items, end)
            yield item  # type: ignore[misc]
