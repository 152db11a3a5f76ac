"""The same rows by a kernel, compiled or its text as plain Python, in DuckDB and in PostgreSQL."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import psycopg
import pyarrow as pa

from yibao.law.lowering.kernel import kernel
from yibao.law.lowering.kernel_text import HEAD, kernel_text
from yibao.law.lowering.packing import arrays
from yibao.law.lowering.program import Program
from yibao.law.lowering.reciprocals import with_reciprocals
from yibao.law.lowering.sql import sql
from yibao.law.values import Range

Columns = dict[str, np.ndarray]


def compiled(program: Program, columns: Mapping[str, np.ndarray]) -> Columns:
    """The figures of the rows by the compiled kernel."""
    return {name: np.asarray(column, np.int64) for name, column in kernel(program)(columns).items()}


def as_python(program: Program, columns: Mapping[str, np.ndarray]) -> Columns:
    """The figures of the rows by the text of the kernel, run by Python itself: its whole numbers never overflow."""
    program = with_reciprocals(program)
    names: dict[str, Any] = {
        "numba": SimpleNamespace(njit=lambda **_: lambda function: function),
        "np": SimpleNamespace(int64=int, uint64=int),
        "outside": lambda column, low, high: (min(column, default=low) - low) | (high - max(column, default=low)),
        "fitted": lambda column, low, high: [min(max(x, low), high) for x in column],
        "choose": lambda test, yes, no: yes if test else no,
        "quotient": lambda number, factor, shift: (4 * number * factor) >> (64 + shift),
    }
    exec(kernel_text(program).removeprefix(HEAD), names)
    rows = len(columns["law"])
    outputs = [*program.figures, *program.reason_columns()]
    found = {name: np.zeros(rows, np.int64) for name in outputs}
    masks = [columns[f"{name}__missing"].tolist() for name in program.missing]
    given = [columns[name].tolist() for name in program.columns()]
    tables = [array.tolist() for array in arrays(program).values()]
    names["block"](0, rows, *given, *masks, *tables, *found.values())
    return found


def listed(program: Program, columns: Mapping[str, np.ndarray]) -> dict[str, list[Any]]:
    """The columns that a program reads, with None where a value is missing, numbered by `id`."""
    rows = len(columns["law"])
    out: dict[str, list[Any]] = {"id": list(range(rows)), "law": columns["law"].tolist()}
    for name in program.inputs:
        values, mask = columns[name].tolist(), columns.get(f"{name}__missing", np.zeros(rows, bool)).tolist()
        out[name] = [None if gone else value for value, gone in zip(values, mask, strict=True)]
    return out


def returned(program: Program, rows: Sequence[Sequence[Any]]) -> Columns:
    """The columns of a result; a figure is NULL exactly where its reason says that there is none."""
    names = [*program.figures, *program.reason_columns()]
    found = dict(zip(names, zip(*rows, strict=True), strict=True))
    for name, reason in program.reason_of().items():
        assert [x is None for x in found[name]] == [x != 0 for x in found[reason]], name
    return {name: np.array([0 if x is None else x for x in column], np.int64) for name, column in found.items()}


def in_duckdb(program: Program, columns: Mapping[str, np.ndarray], tables: str = "inline") -> Columns:
    """The figures of the rows in DuckDB."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        wide = {name: pa.array(values, pa.int64()) for name, values in listed(program, columns).items()}
        connection.register("people", pa.table(wide))
        made = sql(program, "people", "duckdb", tables)
        for statement in made.statements:
            connection.execute(statement)
        rows = connection.execute(f"SELECT * FROM ({made.query}) ORDER BY id").fetchall()
    return returned(program, [row[1:] for row in rows])


def in_postgres(
    connection: psycopg.Connection, program: Program, columns: Mapping[str, np.ndarray], tables: str = "inline"
) -> Columns:
    """The figures of the rows in PostgreSQL, in a transaction that leaves nothing behind."""
    values = listed(program, columns)
    kinds = {name: _kind(program, name, values[name]) for name in values}
    with connection.transaction(force_rollback=True), connection.cursor() as cursor:
        described = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
        cursor.execute(f"CREATE TEMP TABLE people ({described})")
        for name in (name for name, kind in kinds.items() if kind == "boolean"):
            values[name] = [None if x is None else bool(x) for x in values[name]]
        with cursor.copy("COPY people FROM STDIN") as copy:
            for row in zip(*values.values(), strict=True):
                copy.write_row(row)
        made = sql(program, "people", "postgres", tables)
        for statement in made.statements:
            cursor.execute(statement)
        rows = cursor.execute(f"SELECT * FROM ({made.query}) AS found ORDER BY id").fetchall()
    return returned(program, [row[1:] for row in rows])


def _kind(program: Program, name: str, values: Sequence[Any]) -> str:
    """Yes and no as boolean where only these occur, as an agency's own table may have them; all else as bigint."""
    yes_or_no = name in program.inputs and program.inputs[name] == Range(0, 1) and {*values} <= {0, 1, None}
    return "boolean" if yes_or_no else "bigint"
