"""The law of an area over columns, for `columns.py`: a month's allocation, a stay, a person's stays one after another.

A month is drawn by `law.lowering.edges`, weighted to where things happen in that law. Stays are those of made-up
people, after published statistics (docs/population.md), from January to the day; and beside them, in lines of their
own, stays drawn like the months, of which a third lies above the yearly limit. A sample is worked out by the rules
themselves first, one row after another, a person's stays with what the stays before have used up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from benchmarks.measuring import Row
from yibao.law.explanation.reader import read
from yibao.law.lowering.chains import CARRIED, Bound, bound
from yibao.law.lowering.edges import random_rows
from yibao.law.lowering.kernel import kernel
from yibao.law.lowering.lower import figures_of, lower
from yibao.law.lowering.program import FIRST_SENTENCE, Program
from yibao.law.lowering.sequence import sequence
from yibao.law.parameters.resolving import resolve
from yibao.law.parameters.shapes import Law
from yibao.law.values import Away, LawError, Level, NotApplicable, Scheme
from yibao.population.people.claims import Claims
from yibao.population.people.synthetic import People

DRAWN, CHECKED, STAYS, BATCH = 1_000_000, 20_000, 8, 1 << 20
FIGURES = {
    "allocation": ("allocation_gross", "allocation_net"),
    "inpatient": ("eligible", "deductible", "fund_pays", "large_amount_pays", "person_pays"),
}
"""What a month is posted from, and what a stay is settled from."""
Laws = Mapping[type[Law], Law]
Columns = dict[str, np.ndarray]
Figures = dict[str, int]


def of_the_law(area: str, on: date, rows: int, repeats: int) -> dict[str, Row]:
    """A line for each of the three, by the name of its figure, and for the two of stays at their hardest."""
    found = {"allocation": by_row("allocation", area, on, rows, repeats)}
    for hard in (False, True):
        for name, measured in (("inpatient", by_row), ("sequence", by_person)):
            found[name + "_hard" * hard] = measured("inpatient", area, on, rows, repeats, hard)
    return found


def by_row(chain: str, area: str, on: date, rows: int, repeats: int, hard: bool = True) -> Row:
    """Each row by itself."""
    links, laws, program = lowered(chain, area, on)
    columns = drawn(program, laws, rows) if hard else stays_of_a_year(area, on, rows, program)[0]
    run = kernel(program, parallel=True)
    out = run(columns)
    wrong = 0
    for row in range(min(CHECKED, rows)):
        facts = facts_of(links, program, columns, row)
        wrong += differs(program, out, row, told(links, laws, facts))
    name = f"{on:%Y} {area} {chain}{', at the edges of the law' * hard}: yibao"
    return Row(name, speeds(lambda: run(columns, out), rows, repeats), "row/s", wrong)


def by_person(chain: str, area: str, on: date, rows: int, repeats: int, hard: bool) -> Row:
    """The stays of people in a year, each after the ones before."""
    links, laws, program = lowered(chain, area, on)
    columns, starts = hard_stays(program, laws, rows) if hard else stays_of_a_year(area, on, rows, program)
    carried = CARRIED[chain]
    given = {name: column for name, column in columns.items() if name not in carried}
    run = sequence(program, carried, parallel=True)
    out = run(given, starts)
    wrong = 0
    for first, after in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        if first >= CHECKED:
            break
        wrong += wrong_stays(program, links, laws, columns, out, range(first, after))
    name = f"{on:%Y} {area} stays of a person{', at the edges of the law' * hard}: yibao"
    return Row(name, speeds(lambda: run(given, starts, out), rows, repeats), "row/s", wrong)


def hard_stays(program: Program, laws: Laws, rows: int) -> tuple[Columns, np.ndarray]:
    """One to eight stays a person, of employees, in hospitals here; and where each person's begin."""
    columns = drawn(program, laws, rows) | {
        "scheme": np.full(rows, Scheme.EMPLOYEE, np.int8),
        "away": np.full(rows, Away.HOME, np.int8),
        "level": np.random.default_rng(5).integers(Level.ONE, Level.THREE + 1, rows, np.int8),
    }
    starts = np.concatenate([[0], np.cumsum(np.random.default_rng(4).integers(1, STAYS + 1, rows))])
    return columns, np.append(starts[starts < rows], rows)


@cache
def stays_of_a_year(area: str, on: date, rows: int, program: Program) -> tuple[Columns, np.ndarray]:
    """The stays of made-up people; a million of them are made, and repeated. What the stays before have used up is
    what the kernel says: that it is right is checked with them."""
    people = People(area, on)
    claims, batches, count = Claims(people), [], 0
    while count < min(rows, DRAWN):
        batches.append(claims.of(people.batch(len(batches) * BATCH, BATCH)))
        count += len(batches[-1]["cost"])
    made = {name: np.resize(np.concatenate([batch[name] for batch in batches]), rows) for name in batches[0]}
    starts = np.flatnonzero(np.diff(made["person_id"], prepend=-1, append=-1))
    columns = {name: made[name].astype(program.input_dtype(name)) for name in program.inputs}
    given = {name: column for name, column in columns.items() if name not in CARRIED["inpatient"]}
    paid = sequence(program, CARRIED["inpatient"], parallel=True)(given, starts)
    before = np.cumsum(paid["fund_pays"] + paid["large_amount_pays"]) - paid["fund_pays"] - paid["large_amount_pays"]
    columns["used_cap"] = before - np.repeat(before[starts[:-1]], np.diff(starts))
    return columns, starts


def lowered(chain: str, area: str, on: date) -> tuple[tuple[Bound, ...], Laws, Program]:
    """A chain under the law of one area and day."""
    links = bound(chain, on)
    classes = {read(link.function).law_class for link in links}
    laws = {law_class: resolve(law_class, area, on) for law_class in classes}  # type: ignore[arg-type]
    return links, laws, lower(links, [laws], FIGURES[chain])


def drawn(program: Program, laws: Laws, rows: int) -> Columns:
    """As many rows as asked for; a million of them are drawn, and repeated."""
    found = random_rows(program.inputs, [laws], min(rows, DRAWN))
    return {name: np.resize(found[name].astype(program.input_dtype(name)), rows) for name in program.inputs}


def speeds(call: Callable[[], object], rows: int, repeats: int) -> list[float]:
    """Rows a second, for each repeat."""
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        found.append(rows / (time.perf_counter() - start))
    return found


def told(links: Sequence[Bound], laws: Laws, facts: Mapping[str, int]) -> Figures | None:
    """What the rules of a chain give for one row, by the rules themselves; nothing where they do not speak of it."""
    found: Figures = {}
    wired: dict[str, Any] = dict(facts)
    is_main = True
    for link in links:
        reading = read(link.function)
        try:
            value = link.function(laws[reading.law_class], *(wired[name] for name in reading.inputs))
        except (LawError, KeyError):
            value = None
        if isinstance(value, NotApplicable) and link.otherwise:
            wired |= link.otherwise
        elif value is None or isinstance(value, NotApplicable):
            if is_main:
                return None
        else:
            found |= {name: figure for name, figure in value._asdict().items() if isinstance(figure, int)}
            wired |= found
        is_main = is_main and bool(link.otherwise)
    return found


def facts_of(links: Sequence[Bound], program: Program, columns: Columns, row: int) -> dict[str, int]:
    """A row as the rules take it; 0 for what this law does not look at."""
    unread = {name: 0 for link in links for name in read(link.function).inputs}
    figures = {name for link in links for name in figures_of(link.function)}
    given = {name: int(columns[name][row]) for name in program.inputs}
    return {name: value for name, value in unread.items() if name not in figures} | given


def differs(program: Program, out: Columns, row: int, right: Figures | None) -> bool:
    """Whether any figure of a row is another one, or is there where there is none, or the other way round."""
    if right is None:
        return bool(out["reason"][row] == 0)
    reasons = program.reason_of()
    here = {name: int(out[name][row]) if out[reasons[name]][row] == 0 else None for name in program.figures}
    return any(right.get(name) != figure for name, figure in here.items())


def wrong_stays(
    program: Program, links: Sequence[Bound], laws: Laws, columns: Columns, out: Columns, stays: range
) -> int:
    """How many stays of a person are wrong."""
    used, wrong, lost = {"used_cap": 0, "used_deductible": 0}, 0, False
    for stay, row in enumerate(stays, 1):
        facts = facts_of(links, program, columns, row) | used | {"stay": stay}
        right = None if lost else told(links, laws, facts)
        lost = lost or 0 < out["reason"][row] < FIRST_SENTENCE  # from here on nobody knows what was used up
        wrong += differs(program, out, row, right)
        if right is not None:
            used["used_cap"] += right["fund_pays"] + right["large_amount_pays"]
            used["used_deductible"] += right["deductible"]
    return wrong
