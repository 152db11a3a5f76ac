"""Why does a row of a run have its figures? Worked out again for that one person, by the law's own explanation.

The kernel and the explanation share nothing but the rule; so each row explained is also a row checked. Where the two
differ, `agrees` is False and nobody should use the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pyarrow as pa

from yibao.law.explanation import Explained, explain
from yibao.law.lowering.chains import CHAINS, Link
from yibao.law.lowering.laws import resolved
from yibao.law.lowering.program import DIVIDED, GAP, MISSING, OUT_OF_RANGE, RANGE_ONLY, REASON_TEXTS
from yibao.law.registry import in_force
from yibao.law.values import Gap, LawError, Missing, NeedsFact, NotApplicable, Unset
from yibao.population import sources
from yibao.population.columns import declared
from yibao.population.errors import PopulationError
from yibao.population.record import Record, law_hash, read_record


@dataclass(frozen=True)
class LinkTold:
    """One rule of the chain for this person: its explanation, or why it gives nothing."""

    topic: str
    explained: Explained | None
    reason: str


@dataclass
class Worked:
    """A chain for one person: its rules told, figures (None: there is none), the reason of the row ("": it has any)."""

    links: list[LinkTold] = field(default_factory=list)
    figures: dict[str, int | None] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class RowTold:
    """A row of a run. row: counted from 0 over all files; inputs: what was read of it (None: missing); figures: worked
    out here; recorded: in the run's output; agrees: whether the two are equal; same_law: whether the law is still that
    of the run."""

    row: int
    file: str
    area: str
    on: date
    inputs: Mapping[str, int | None]
    links: tuple[LinkTold, ...]
    figures: Mapping[str, int | None]
    recorded: Mapping[str, int | None]
    reason: str
    recorded_reason: str
    agrees: bool
    same_law: bool


def explain_row(folder: Path, row: int, laws: Callable[..., Any] | None = None) -> RowTold:
    """Explains row `row` (from 0, over all files in their order) of the run in a folder.

    laws: as for the run, where it was not today's law. Raises `PopulationError` where there is no such run or row, or
    its input is no longer there or has changed.
    """
    record = read_record(folder)
    if record is None:
        raise PopulationError("no_run", f"文件夹 {folder} 里没有运算结果（_run.json），请检查路径。")
    name, place = _located(record, row)
    told = record.files[name]["input"]
    path = Path(told["file"])
    if not path.is_file() or path.stat().st_size != told["size"] or path.stat().st_mtime_ns != told["mtime_ns"]:
        raise PopulationError("input_changed", f"算的时候用的文件 {path} 已经不在或者改过，这一行解释不了。")
    wanted = [*record.columns, *([] if record.area else ["area"]), *([] if record.on else ["on"])]
    given = _row(path, place, wanted)
    area = record.area or f"{given.pop('area') or 0:06d}"
    on = date.fromisoformat(record.on) if record.on else given.pop("on")
    if on is None:
        raise PopulationError("row_without_day", f"第 {row} 行没有日期，所以没有数可以解释。")
    inputs = {name: None if given[name] is None else int(given[name]) for name in record.columns}
    known = (area, "" if record.on else on.isoformat()) in {(a, "" if record.on else d) for a, d in record.cells}
    worked = work(record.chain, area, on, inputs, laws) if known else Worked(reason=REASON_TEXTS[GAP])
    found = _row(folder / name, place, [*record.figures, "reason"])
    recorded = {figure: found[figure] for figure in record.figures}
    figures = {figure: worked.figures.get(figure) for figure in record.figures}
    reason = "" if not found["reason"] else record.texts[found["reason"]]
    return RowTold(
        row, str(path), area, on, inputs, tuple(worked.links), figures, recorded, worked.reason, reason,
        figures == recorded and worked.reason == reason, record.law == law_hash() or laws is not None,
    )  # fmt: skip


def row_of_person(folder: Path, person: int) -> int:
    """The row of a run that is about a person, the first if there are several; by the column `person_id`."""
    record = read_record(folder)
    if record is None:
        raise PopulationError("no_run", f"文件夹 {folder} 里没有运算结果（_run.json），请检查路径。")
    before = 0
    for name in record.order:
        file = sources.opened(folder / name)
        lack = sources.lacking(folder / name, ["person_id"], file.schema_arrow)
        if lack:
            raise lack
        for table in sources.tables(folder / name, file, ["person_id"], threads=True):
            found = np.flatnonzero(table["person_id"].to_numpy() == person)
            if len(found):
                return before + int(found[0])
            before += table.num_rows
    raise PopulationError("no_such_person", f"这次运算里没有编号 {person} 的人。")


def _located(record: Record, row: int) -> tuple[str, int]:
    """The output file of a row, and its place there."""
    before = 0
    for name in record.order:
        if name not in record.files:
            raise PopulationError("run_unfinished", "这次运算还没有做完，请先再执行一次同样的命令。")
        rows = int(record.files[name]["totals"]["rows"])
        if 0 <= row - before < rows:
            return name, row - before
        before += rows
    raise PopulationError("no_such_row", f"这次运算一共 {before} 行，从 0 数起，没有第 {row} 行。")


def _row(path: Path, place: int, names: list[str]) -> dict[str, Any]:
    """One row of a Parquet file, some columns of it."""
    file = sources.opened(path)
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        if place < rows:
            table: pa.Table = file.read_row_group(group, names).slice(place, 1)
            return dict(table.to_pylist()[0])
        place -= rows
    raise PopulationError("file_broken", f"文件 {path.name} 比运算时短了，请重新算。")


def work(
    chain: str, area: str, on: date, inputs: Mapping[str, int | None], laws: Callable[..., Any] | None = None
) -> Worked:
    """A chain for one person, rule after rule, as `yibao.law.lowering.chains` says. inputs: None is missing.

    >>> from yibao.law.values import Scheme, Status
    >>> facts = dict(scheme=0, flexible=0, status=Status.RETIRED, tier=0, age=70, base=0)
    >>> work("allocation", "110000", date(2025, 6, 1), facts).figures
    {'allocation_gross': 11000, 'allocation_net': 10700}
    """
    out = Worked()
    known = {name: value for name, value in inputs.items() if value is not None}
    outside = [name for name, value in known.items() if not declared()[name].low <= value <= declared()[name].high]
    if outside:
        out.reason = REASON_TEXTS[OUT_OF_RANGE]
        return out
    lacking: dict[str, str] = {}
    before, main = "", None
    for link in CHAINS[chain]:
        told, fault = _link(link, area, on, known, lacking, laws)
        out.links.append(told)
        if link.otherwise:
            before = before or fault
            known |= dict(link.otherwise)
        elif main is None:
            main = out.reason = before or told.reason
        reason = told.reason or (before if link.otherwise else out.reason)
        for name, value in _figures(told).items():
            out.figures[name] = None if reason else value
            known |= {} if value is None else {name: value}
        lacking |= {} if not reason or link.otherwise else dict.fromkeys(_names(link, on), reason)
    return out


def _link(
    link: Link, area: str, on: date, known: Mapping[str, int], lacking: Mapping[str, str],
    laws: Callable[..., Any] | None,
) -> tuple[LinkTold, str]:  # fmt: skip
    """One rule for this person, and what it lacks, if that is why it gives nothing."""
    try:
        function = in_force(link.topic, on).function
        names = function.__code__.co_varnames[1 : function.__code__.co_argcount]
        law = (laws or resolved)(get_type_hints(function)["p"], area, on)
        found = explain(function, law, *(known.get(name, Unset(name)) for name in names))
    except NeedsFact as error:
        fault = lacking.get(error.name, REASON_TEXTS[MISSING])
    except Missing as error:
        fault = REASON_TEXTS[RANGE_ONLY if error.gap.range_only else GAP]
    except ZeroDivisionError:
        fault = REASON_TEXTS[DIVIDED]
    else:
        if isinstance(found.value, NotApplicable):
            return LinkTold(link.topic, found, found.value.reason), ""
        return LinkTold(link.topic, found, ""), ""
    return LinkTold(link.topic, None, fault), fault


def _figures(told: LinkTold) -> dict[str, int | None]:
    """The figures of a rule; one that came out as not known is none."""
    if told.explained is None or isinstance(told.explained.value, NotApplicable):
        return {}
    return {name: _number(value) for name, value in told.explained.value._asdict().items()}


def _number(value: Any) -> int | None:
    return None if isinstance(value, Gap | Unset | LawError) else int(value)


def _names(link: Link, on: date) -> tuple[str, ...]:
    """The figures that a rule may give."""
    from yibao.law.lowering.lower import figures_of

    try:
        return tuple(figures_of(in_force(link.topic, on).function))
    except Missing:
        return ()
