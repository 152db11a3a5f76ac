"""Which tables of numbers does a program's SQL look up, and how are they made in a database?

Tables of the same keys are one table there, and small ones are widened into one: each costs a join.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from yibao.law.lowering.program import Key, Program

Dialect = Literal["duckdb", "postgres", "spark"]
WIDENED_MAX = 4096
"""Rows up to which tables of different keys are made one."""
MARK: dict[Dialect, str] = {"duckdb": '"', "postgres": '"', "spark": "`"}


@dataclass(frozen=True, eq=False)
class Lookup:
    """One table in the database: `index` is its key (0, 1, 2 …), the other columns are tables of the program."""

    name: str
    index: str
    keys: tuple[Key, ...]
    columns: dict[str, npt.NDArray[np.int64]]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return prod(key.size for key in self.keys)


def lookups(program: Program, prefix: str) -> list[Lookup]:
    """The tables of a program's SQL, named PREFIX_0, PREFIX_1 …"""
    groups: list[tuple[int, tuple[Key, ...], list[str]]] = []
    early = _early(program)
    for name, table in sorted(program.tables.items(), key=lambda item: -len(item[1].values)):
        stage = _stage(table.keys, early)
        for place, (other, keys, names) in enumerate(groups):
            union = tuple(dict.fromkeys([*keys, *table.keys]))
            size = max(WIDENED_MAX, prod(key.size for key in keys))
            fits = stage == other < LATE and prod(key.size for key in union) <= size
            if fits or set(keys) == set(table.keys):
                groups[place] = other, union, [*names, name]
                break
        else:
            groups.append((stage, table.keys, [name]))
    return [
        Lookup(f"{prefix}_{k}", f"index_{k}", keys, {name: _widened(program, name, keys) for name in names})
        for k, (_, keys, names) in enumerate(groups)
    ]


LATE = 2


def _early(program: Program) -> frozenset[str]:
    """What is looked up first of all, by inputs alone."""
    found = set()
    for line in program.code:
        if line.op != "load" or _stage(program.tables[str(line.args[0])].keys, frozenset()):
            break
        found.add(line.name)
    return frozenset(found)


def _stage(keys: Sequence[Key], early: frozenset[str]) -> int:
    """When the keys are known: 0 as inputs, 1 as soon as these are looked up, 2 when lines have been worked out."""
    if all(key.operand.startswith("@") for key in keys):
        return 0
    return 1 if all(key.operand.startswith("@") or key.operand in early for key in keys) else LATE


def _widened(program: Program, name: str, keys: Sequence[Key]) -> npt.NDArray[np.int64]:
    """The numbers of a table by more keys than it has."""
    table = program.tables[name]
    own = table.values.astype(np.int64).reshape([key.size for key in table.keys])
    order = sorted(range(len(table.keys)), key=lambda place: keys.index(table.keys[place]))
    shaped: Any = own.transpose(order).reshape([key.size if key in table.keys else 1 for key in keys])
    return np.ascontiguousarray(np.broadcast_to(shaped, [key.size for key in keys])).reshape(-1)


def quoted(name: str, mark: str = '"') -> str:
    """A name between quotes, each part of a dotted one apart.

    >>> quoted("people.the month")
    '"people"."the month"'
    """
    return ".".join(mark + part.replace(mark, mark * 2) + mark for part in name.split("."))


def _selected(table: Lookup, dialect: Dialect) -> str:
    """The rows of a look-up as a SELECT: each column one text that is read as an array, as thousands of rows of VALUES
    take a parser longer than the whole query takes to run."""
    columns: dict[str, npt.NDArray[np.int64]] = {table.index: np.arange(table.rows), **table.columns}
    names = [quoted(name, MARK[dialect]) for name in columns]
    texts = [",".join(map(str, column.tolist())) for column in columns.values()]
    if dialect == "duckdb":
        pairs = zip(names, texts, strict=True)
        return "SELECT " + ", ".join(f"unnest(CAST('[{text}]' AS BIGINT[])) AS {name}" for name, text in pairs)
    if dialect == "postgres":
        arrays = ", ".join(f"CAST('{{{text}}}' AS BIGINT[])" for text in texts)
        return f"SELECT * FROM unnest({arrays}) AS x({', '.join(names)})"  # noqa: S608  numbers and quoted names
    arrays = ", ".join(f"CAST(split('{text}', ',') AS ARRAY<BIGINT>)" for text in texts)
    return f"SELECT inline(arrays_zip({arrays})) AS ({', '.join(names)})"


def written_into(found: Sequence[Lookup], dialect: Dialect) -> str:
    """The look-ups as what stands before a query, so that it needs no tables."""
    listed = [f"{quoted(table.name, MARK[dialect])} AS ({_selected(table, dialect)})" for table in found]
    return f"WITH {', '.join(listed)}\n" if listed else ""


def made(table: Lookup, dialect: Dialect) -> tuple[str, ...]:
    """The statements that make a table; Spark has a view of the session instead."""
    name, rows = quoted(table.name, MARK[dialect]), _selected(table, dialect)
    if dialect == "spark":
        return (f"CREATE OR REPLACE TEMPORARY VIEW {name} AS {rows}",)
    columns = [f"{table.index} BIGINT PRIMARY KEY", *(f"{quoted(x)} BIGINT NOT NULL" for x in table.columns)]
    return f"CREATE TABLE {name} ({', '.join(columns)})", f"INSERT INTO {name} {rows}"
