"""A chain of rules over everyone as one query of Spark's own SQL: no Python runs on the workers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yibao.law.lowering.over import Lowered
from yibao.law.lowering.program import FIRST_SENTENCE, GAP, Program
from yibao.law.lowering.sql import sql
from yibao.population import runs, sources
from yibao.population.areas import code_of
from yibao.population.errors import PopulationError
from yibao.population.planning import cells_of, lacking_in, same_area
from yibao.population.totals import Totals, together

if TYPE_CHECKING:
    from yibao.population.spark_runs import Asked

PEOPLE, KNOWN, FIGURES = "yibao_people", "yibao_known", "yibao_figures"
"""Views of the session: everybody, those whose law is known, what they get."""


def by_sql(spark: Any, source: Path | Sequence[Path], out: Path | None, asked: Asked) -> Totals:
    """A run in a session: one query, written as Parquet to an empty folder and then added up, or only added up.

    The days may not span a change of the rules themselves: then there would be several queries. Raises
    `PopulationError`.
    """
    if out and out.exists() and any(out.iterdir()):
        raise PopulationError("folder_not_empty", f"文件夹 {out} 不是空的，请换一个文件夹。")
    files, area = sources.files_of(source), code_of(asked.area) if asked.area else ""
    if area:
        same_area(files, area)
    cells = cells_of(files, area, asked.on)
    plan = runs.plan_of(asked.record(out or Path()), cells, lacking_in(files), asked.on, asked.laws, threads=1)
    for path in files:
        plan.check(path.name, sources.opened(path).schema_arrow)
    low = plan.low
    if len(low.versions) > 1:
        raise PopulationError("several_versions", "这些日子里算法换过，不能写成一句 SQL，请按日期分开，或者用 files。")
    people = spark.read.parquet(*[str(path.absolute()) for path in files])
    kept = [name for name in asked.kept if name in people.columns]
    program = low.program(0, plan.lacking)
    figures = _figures(spark, _with_laws(spark, people, low, asked), program, kept)
    figures = _renumbered(figures, program, low)
    if out:
        figures.write.mode("overwrite").parquet(str(out.absolute()))
        figures = spark.read.parquet(str(out.absolute()))
    figures.createOrReplaceTempView(FIGURES)
    return _added(spark, list(program.figures), low)


def _with_laws(spark: Any, people: Any, low: Lowered, asked: Asked) -> Any:
    """Everybody with the number of the law of their area and day; NULL where it is not known."""
    if asked.area and asked.on:
        law = int(low.law[0, 0]) if low.version[0, 0] >= 0 else "NULL"
        return people.selectExpr("*", f"CAST({law} AS int) AS law")
    rows = [
        (area, day, int(low.law[i, j]))
        for i, area in enumerate(low.areas)
        for j, day in enumerate(low.days)
        if low.version[i, j] >= 0
    ]
    laws = spark.createDataFrame(rows, "`area` int, `on` date, `law` int").hint("broadcast")
    for name, value in (("area", asked.area and int(code_of(asked.area))), ("on", asked.on and f"DATE '{asked.on}'")):
        if value:
            people = people.drop(name).selectExpr("*", f"{value} AS `{name}`")
    return people.join(laws, ["area", "on"], "left")


def _figures(spark: Any, people: Any, program: Program, kept: Sequence[str]) -> Any:
    """The figures of everybody; who has no law has no figure, and that is the reason."""
    people.createOrReplaceTempView(PEOPLE)
    people.where("law IS NOT NULL").createOrReplaceTempView(KNOWN)
    query = sql(program, KNOWN, "spark", tables="yibao_law_", keep=kept)
    for statement in query.statements:
        spark.sql(statement)
    reasons = ", ".join(f"CAST({GAP} AS smallint) AS `{name}`" for name in program.reason_columns())
    figures = ", ".join(f"CAST(NULL AS bigint) AS `{name}`" for name in program.figures)
    names = ", ".join([*(f"`{name}`" for name in kept), figures, reasons])
    unknown = spark.sql(f"SELECT {names} FROM {PEOPLE} WHERE law IS NULL")  # noqa: S608  names of ours
    return spark.sql(query.query).unionAll(unknown)


def _renumbered(figures: Any, program: Program, low: Lowered) -> Any:
    """Sentences by their number in the chain, as everywhere else."""
    numbers = {FIRST_SENTENCE + k: FIRST_SENTENCE + low.sentences.index(text) for k, text in enumerate(program.reasons)}
    other = " ".join(f"WHEN {old} THEN {new}" for old, new in numbers.items() if old != new)
    if not other:
        return figures
    changed = {name: f"CAST(CASE `{name}` {other} ELSE `{name}` END AS smallint)" for name in program.reason_columns()}
    return figures.selectExpr(*[f"{changed.get(name, f'`{name}`')} AS `{name}`" for name in figures.columns])


def _added(spark: Any, figures: Sequence[str], low: Lowered) -> Totals:
    """What the figures come to; the halves of each number are added apart, so that no sum leaves 64 bits."""
    halves = {"high": "sum(shiftright(`{}`, 32))", "low": "sum(`{}` & 4294967295)", "count": "count(`{}`)"}
    asked = [f"{how.format(name)} AS `{name} {what}`" for name in figures for what, how in halves.items()]
    names = ", ".join(["reason", "count(*) AS rows", *asked])
    rows = spark.sql(f"SELECT {names} FROM {FIGURES} GROUP BY reason").collect()  # noqa: S608  names of ours
    parts = [Totals(texts={int(code): text for code, text in low.reason_texts.items()})]
    for row in rows:
        sums = {name: ((row[f"{name} high"] or 0) << 32) + (row[f"{name} low"] or 0) for name in figures}
        counts = {name: row[f"{name} count"] for name in figures}
        parts.append(Totals(row["rows"], {row["reason"]: row["rows"]}, {}, sums, counts))
    return together(parts)
