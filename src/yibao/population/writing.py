"""Figures as Arrow and Parquet: NULL where there is none, and the reason beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from yibao.population.columns import Marks, Numbers

COMPRESSION = "snappy"


def as_arrow(values: Numbers, without: Marks | None) -> pa.Array:
    """A column of Arrow over the same memory; NULL where `without` is true.

    >>> as_arrow(np.array([7, 0]), np.array([False, True])).to_pylist()
    [7, None]
    """
    kind = pa.from_numpy_dtype(values.dtype)
    if without is None:
        return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)], 0)
    valid = pa.py_buffer(np.packbits(~without, bitorder="little"))
    return pa.Array.from_buffers(kind, len(values), [valid, pa.py_buffer(values)])


def schema_of(kept: Sequence[pa.Field], figures: Sequence[str], reasons: Sequence[str]) -> pa.Schema:
    """The columns of an output: those kept of the input, the figures (int64), the reasons (int16)."""
    own = [pa.field(name, pa.int64()) for name in figures]
    return pa.schema([*kept, *own, *(pa.field(name, pa.int16(), nullable=False) for name in reasons)])


@contextmanager
def file_of(target: Path, schema: pa.Schema, options: Mapping[str, object]) -> Iterator[pq.ParquetWriter]:
    """A Parquet file being written under a temporary name; it gets its own when it is whole, else nothing is left."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with pq.ParquetWriter(beside, schema, **options) as writer:
            yield writer
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def put(writer: pq.ParquetWriter, batch: pa.RecordBatch) -> None:
    """Some rows as a row group of their own."""
    writer.write_batch(batch, row_group_size=max(len(batch), 1))


def sweep(folder: Path) -> None:
    """Takes away what a killed run left half written."""
    for left in folder.glob(".*.parquet.*.tmp"):
        left.unlink(missing_ok=True)


def options_of(schema: pa.Schema) -> dict[str, object]:
    """How an output is packed: whole numbers by their differences, which is quicker than a dictionary and as small."""
    whole = [one.name for one in schema if pa.types.is_integer(one.type)]
    return {
        "compression": COMPRESSION,
        "use_dictionary": [one.name for one in schema if not pa.types.is_integer(one.type)],
        "column_encoding": dict.fromkeys(whole, "DELTA_BINARY_PACKED"),
        "write_statistics": [one.name for one in schema if one.name.endswith("_id")],
    }


def write_table(table: pa.Table, target: Path) -> None:
    """A table as one Parquet file, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with file_of(target, table.schema, options_of(table.schema)) as writer:
        writer.write_table(table)
