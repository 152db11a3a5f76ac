"""Making and reading people, and running the law over them, for whoever asks by words: what is done is told in lines.

The work is done in `yibao.population`, of which each call loads what it needs: a compiler takes a second to load. Here
a refusal becomes a sentence, and a result lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from yibao.law.formats import fen_text
from yibao.law.terms import label, terms, value_text
from yibao.population.errors import PopulationError
from yibao.services.results import Done, Refused

if TYPE_CHECKING:
    from yibao.population.people.extracts import Extracted
    from yibao.population.people.making import Made
    from yibao.population.rows import RowTold
    from yibao.population.totals import Totals

P = ParamSpec("P")
T = TypeVar("T")
REASONS_SHOWN = 8


def _asked(work: Callable[P, T]) -> Callable[P, Done[T] | Refused]:
    """The work, whose refusals are told and not raised."""

    @wraps(work)
    def asked(*args: P.args, **kwargs: P.kwargs) -> Done[T] | Refused:
        try:
            return Done(work(*args, **kwargs))
        except PopulationError as error:
            return Refused(error.code, error.message)

    return asked


@_asked
def make_people(
    rows: int, area: str, on: date, out: Path, seed: int, claims: Path | None, average_pension: int | None
) -> Made:
    """Makes people of an area on a day to a file or a folder, and their stays in hospital if `claims` says where."""
    from yibao.population.people import making

    return making.make(rows, area, on, out, seed, claims=claims, average_pension=average_pension)


@_asked
def read_people(extract: Path, map_file: Path, out: Path, on: date | None) -> Extracted:
    """Reads an agency's extract by a mapping file to Parquet in a folder."""
    from yibao.population.people import extracts

    return extracts.read_extract(extract, map_file, out, on)


@_asked
def run(
    chain: str, people: Sequence[Path], on: date | None, out: Path, area: str, kept: Sequence[str],
    figures: Sequence[str], threads: int,
) -> Totals:  # fmt: skip
    """Works a chain of rules out over everyone, to a folder; all figures if none is named."""
    from yibao.population import runs

    return runs.run(list(people), out, chain, on, columns_kept=kept, threads=threads, area=area, outputs=figures)


@_asked
def explain(folder: Path, row: int | None, person: int | None) -> RowTold:
    """Explains one row of a run: by its number, from 0, or by the person it is about."""
    from yibao.population import rows

    return rows.explain_row(folder, rows.row_of_person(folder, person or 0) if row is None else row)


@_asked
def family_sums(folder: Path, out: Path, by: str) -> int:
    """Sums the figures of a run by family, to a Parquet file; how many families there are."""
    from yibao.population import families
    from yibao.population.writing import write_table

    found = families.family_sums(folder, by=by)
    write_table(found, out)
    return int(found.num_rows)


def made_lines(made: Made) -> list[str]:
    """What was made, and after what."""
    source = "当地缴费基数上限的三分之一" if made.wage_from == "area" else "全国规模以上企业的平均工资，当地的没有查到"
    stays = f"，{made.stays:,} 次住院" if made.stays else ""
    cited = sorted({f"{one.document}（{one.issuer}）" for one in made.cited})
    return [
        f"生成了 {made.people:,} 人{stays}，{len(made.files)} 个文件。人是编的。",
        f"平均工资每月 {fen_text(made.wage)} 元（{source}）。",
        f"依据 {len(made.cited)} 项公布的数：{'、'.join(cited)}。",
        f"另有 {len(made.assumed)} 项假定，见 docs/population.md。",
    ]


def extracted_lines(done: Extracted) -> list[str]:
    """What was read of an extract."""
    out = [f"读入 {done.rows:,} 行，没有读入 {done.refused:,} 行。"]
    if done.errors:
        out += [f"没有读入的行和原因，请看：{errors}" for errors in done.errors[:REASONS_SHOWN]]
        out += [f"  {count} 次 {why}" for why, count in done.reasons.most_common(REASONS_SHOWN)]
    return out


def totals_lines(totals: Totals) -> list[str]:
    """What a run comes to: sums, and how many rows have no figure and why."""
    out = [f"共 {totals.rows:,} 行，有数的 {totals.reasons.get(0, 0):,} 行。"]
    for name, total in totals.sums.items():
        counted = f"（{totals.counts[name]:,} 行有）"
        out.append(f"  {label(name)}（{name}）合计 {_amount(name, total)}{counted}")
    out += [f"  {count:,} 行没有数：{why}" for why, count in totals.reason_texts.items()]
    return out


def totals_json(totals: Totals) -> dict[str, Any]:
    """The same for a program: sums in the unit of the figure, whole numbers."""
    return {
        "rows": totals.rows,
        "figures": {
            name: {"sum": total, "rows": totals.counts[name], "unit": _unit(name)}
            for name, total in totals.sums.items()
        },
        "reasons": [
            {"reason": code, "text": totals.texts.get(code, ""), "rows": count}
            for code, count in totals.reasons.items()
        ],
    }


def row_lines(told: RowTold) -> list[str]:
    """A row of a run with every step of its rules."""
    out = [f"第 {told.row} 行，{value_text(int(told.area), 'area')}（{told.area}），{told.on.isoformat()}：{told.file}"]
    out += [f"  {label(name)}：{_told(name, value)}" for name, value in told.inputs.items()]
    for link in told.links:
        if link.reason:
            out.append(f"{label(link.topic)}：没有数，{link.reason}。")
        if link.explained and not link.reason:
            out.append(f"{link.explained.clause}：")
            steps = link.explained.steps
            out += [f"  {label(step.name)} {_told(step.name, step.value)} ＝ {step.how}" for step in steps]
    for name, value in told.recorded.items():
        out.append(f"{label(name)}（{name}）：{_told(name, value)}")
    if not told.same_law:
        out.append("注意：规定或程序在运算以后改过，这里按现在的解释。")
    if told.agrees:
        return [*out, "逐步重算的数和运算结果一样。"]
    again = "、".join(f"{label(name)} {_told(name, value)}" for name, value in told.figures.items())
    wrong = f"不一致！逐步重算得到：{again}{told.reason}；运算结果里是上面的数{told.recorded_reason}。"
    return [*out, wrong + "请不要用这次运算。"]


def row_json(told: RowTold) -> dict[str, Any]:
    """The same for a program."""
    steps = [
        {"rule": link.topic, "name": step.name, "value": int(step.value), "formula": step.formula, "how": step.how}
        for link in told.links
        if link.explained and not link.reason
        for step in link.explained.steps
    ]
    return {
        "row": told.row, "file": told.file, "area": told.area, "on": told.on.isoformat(), "inputs": dict(told.inputs),
        "steps": steps, "figures": dict(told.recorded), "reason": told.recorded_reason,
        "worked_again": dict(told.figures), "agrees": told.agrees, "same_law": told.same_law,
    }  # fmt: skip


def _unit(name: str) -> str:
    term = terms().get(name)
    return term.unit if term else ""


def _amount(name: str, total: int) -> str:
    return f"{fen_text(total)} 元" if _unit(name).startswith("fen") else f"{total:,}"


def _told(name: str, value: int | None) -> str:
    """A number in words; a code by the word of its list."""
    from yibao.population.columns import lists

    kind = lists().get(name)
    if value is None:
        return "没有"
    return value_text(kind(value) if kind and value in set(kind) else value, _unit(name))
