"""A program as one SELECT for DuckDB, PostgreSQL or Spark: the same figures and reasons as its kernel gives.

The query reads its columns once, in range and never NULL (what is missing is a number that the program knows, what is
out of range the least in it, and the guard of the row says so), then works them out in layers, a named step of the rule
a column of one of them. Only the outermost SELECT writes NULL, where a reason says that there is no figure: so no NULL
skipped by LEAST and none taken for false by CASE can become an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlglot

from yibao.law.lowering.compressing import compressed
from yibao.law.lowering.layers import Layer, Layers
from yibao.law.lowering.lookups import Dialect, Lookup, lookups, made, quoted, written_into
from yibao.law.lowering.program import GAP, LAW, MISSING, OUT_OF_RANGE, Program
from yibao.law.registry import RuleError

INLINE = "inline"


@dataclass(frozen=True)
class Sql:
    """statements: make and fill the tables that the query looks up, each once; query: one SELECT;
    lookups: the same tables as arrays, for whoever has a faster way to load them."""

    statements: tuple[str, ...]
    query: str
    lookups: tuple[Lookup, ...]


def sql(program: Program, source: str, dialect: Dialect, tables: str = INLINE, keep: Sequence[str] = ("id",)) -> Sql:
    """The SELECT that gives the figures of every row of a table, in fen, and why there is none where there is none.

    source: table or view with a column for each input (whole numbers, yes and no also as boolean; NULL is missing),
    and `law` where the program holds several; tables: "inline" writes the law's tables into the query, anything else is
    the beginning of their names, made by `statements`; keep: columns of the source that are passed through.

    Columns of the result: those kept, each figure (bigint, NULL where its reason is not 0), `reason` (smallint, that of
    the row) and `reason_FIGURE` for the first figure of each other reason. SQL's sum() skips NULL: show a count by
    reason beside it.
    Names are quoted. Raises `RuleError` where two columns of the result would have one name.
    """
    own = [*program.figures, *program.reason_columns()]
    if clash := sorted({name for name in keep if name in own or list(keep).count(name) > 1}):
        raise RuleError(f"{', '.join(clash)}: two columns of one name; leave it out of those that are kept")
    program = compressed(program)
    found = lookups(program, "law" if tables == INLINE else tables)
    layers = Layers(program, found, dialect)
    query = _clean(program, source, keep, dialect)
    for layer in layers.layers():
        query = _layer(layer, query, len(keep), dialect)
    query = _translated(_figures(program, layers, query, keep, dialect), dialect)
    if tables == INLINE:
        return Sql((), written_into(found, dialect) + query, tuple(found))
    return Sql(tuple(statement for table in found for statement in made(table, dialect)), query, tuple(found))


def _translated(text: str, dialect: Dialect) -> str:
    # Read as DuckDB, `//` would become PostgreSQL's DIV, which is numeric; there `/` of two bigint is whole.
    read = "postgres" if dialect == "postgres" else "duckdb"
    return sqlglot.transpile(text, read=read, write=dialect, pretty=True)[0]


def _clean(program: Program, source: str, keep: Sequence[str], dialect: Dialect) -> str:
    """The innermost layer: each input as a whole number of its range or as missing, and the row's guard."""
    boolean = "INTEGER" if dialect == "postgres" else "BIGINT"  # what a boolean can be cast to
    columns = [f"{quoted(name)} AS {quoted(f'keep {place}')}" for place, name in enumerate(keep)]
    outside, absent = [], []
    for name, bounds in program.inputs.items():
        own, low, high = quoted(name), int(bounds.low), int(bounds.high)
        whole = f"CAST({own} AS {boolean})" if (low, high) == (0, 1) else own
        fits = f"{whole} BETWEEN {low} AND {high}"
        clean = f"WHEN {fits} THEN CAST({whole} AS BIGINT)"
        if name in program.missing:
            clean += f" WHEN {own} IS NULL THEN CAST({program.missing_value(name)} AS BIGINT)"
        else:
            absent.append(f"{own} IS NULL")
        columns.append(f'CASE {clean} ELSE CAST({low} AS BIGINT) END AS "@{name}"')
        outside.append(f"{own} IS NOT NULL AND NOT {fits}")
    refused = ((outside, OUT_OF_RANGE), (absent, MISSING))
    guard = " ".join(f"WHEN {' OR '.join(tests)} THEN {reason}" for tests, reason in refused if tests)
    if program.laws > 1:
        fits = f'"law" BETWEEN 0 AND {program.laws - 1}'
        columns.append(f'CASE WHEN {fits} THEN CAST("law" AS BIGINT) ELSE CAST(0 AS BIGINT) END AS "{LAW}"')
        guard = f'WHEN "law" IS NULL OR NOT {fits} THEN {GAP} {guard}'
    columns.append(f"CASE {guard} ELSE 0 END AS guard" if guard else "0 AS guard")
    return _select(columns, f"{quoted(source)} AS s")


def _layer(layer: Layer, query: str, kept: int, dialect: Dialect) -> str:
    tables = [
        f" LEFT JOIN {quoted(join.table)} AS {join.name} ON {join.name}.{join.index} = {join.on}"
        for join in layer.joins
    ]
    columns = [quoted(name) for name in (*(f"keep {place}" for place in range(kept)), *layer.passed)]
    # A table of the law in which a row is wanting is a gap of the law: it must not pass for a number.
    wanting = " OR ".join(f"{join.index} IS NULL" for join in layer.joins)
    columns.append(f"CASE WHEN {wanting} THEN {GAP} ELSE guard END AS guard" if wanting else "guard")
    columns += [f"{text} AS {quoted(name)}" for name, text in layer.columns.items()]
    return _select(columns, _below(query, layer.fenced, dialect) + "".join(tables))


def _figures(program: Program, layers: Layers, query: str, keep: Sequence[str], dialect: Dialect) -> str:
    columns = [f"{quoted(f'keep {place}')} AS {quoted(name)}" for place, name in enumerate(keep)]
    for name, figure in program.figures.items():
        value, reason = layers.text(figure.value), layers.text(figure.reason)
        fits = "guard = 0" if reason == "0" else f"guard = 0 AND {reason} = 0"
        columns.append(f"CASE WHEN {fits} THEN CAST({value} AS BIGINT) END AS {quoted(name)}")
    for name, operand in program.reason_columns().items():
        reason = f"CASE WHEN guard <> 0 THEN guard ELSE {layers.text(operand)} END"
        columns.append(f"CAST({reason} AS SMALLINT) AS {quoted(name)}")
    return _select(columns, _below(query, layers.fenced, dialect))


def _select(columns: Sequence[str], source: str) -> str:
    return f"SELECT {', '.join(columns)} FROM {source}"  # noqa: S608  every name in it is quoted


def _below(query: str, fenced: bool, dialect: Dialect) -> str:
    """The layer below; PostgreSQL merges a subquery into the one around it, unless it has an OFFSET."""
    return f"({query}{' OFFSET 0' if fenced and dialect == 'postgres' else ''}) AS q"
