"""The tables of a guide: each cell is an ordinary answer, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from yibao.services.answers import FACTS, Answer
from yibao.services.answers.compose import grade_sentence
from yibao.services.guides.common import Facts, Plan
from yibao.services.guides.shapes import Cell, Line, Row, Table
from yibao.services.results import Done, Refused

Asker = Callable[[str, Facts], Done[Answer] | Refused]
"""Answers a topic for some facts, in the area and on the day of the guide."""
CASES_MAX = 3
"""A cell tells so many cases; of more, the usual value of a fact is taken and named."""
ROUNDS = 8
NONE = "没有查到"
NONE_TITLE = "这些没有查到，我们不猜"
WRAPPED = re.compile("没有查到能用的规定（(.*?)）")
"""How the sentence of an answer says why there is none; a cell says only why."""


def tables_of(plans: Collection[Plan], ask: Asker, usual: Facts) -> tuple[Table, ...]:
    """The tables of a topic in one area; where the areas of a province differ, one line for each of them.

    Tables in which nothing was found are told together, at the end.
    """
    known: list[Table] = []
    empty: list[Table] = []
    for plan in plans:
        facts = plan.example_facts()
        found = completed(plan.topic, facts, ask, usual)[0]
        across = isinstance(found, Done) and is_across(found.value)
        table = _across(plan, found.value, facts) if isinstance(found, Done) and across else _own(plan, ask, usual)
        (empty if len(table.rows) == 1 and table.rows[0].same else known).append(table)
    if empty:
        rows = [Row(table.title, table.rows[0].cells[:1]) for table in empty]
        known.append(Table(empty[0].topic, NONE_TITLE, (), (NONE,), _joined(rows, "；")))
    return tuple(known)


def is_across(found: Answer) -> bool:
    """Whether an answer tells of several areas."""
    return any("area" in case["facts"] for case in found.cases)


def completed(topic: str, facts: Facts, ask: Asker, usual: Facts) -> tuple[Done[Answer] | Refused, dict[str, str]]:
    """An answer, and the usual values that had to be taken for facts that the law reads and nobody told."""
    taken: dict[str, str] = {}
    for _ in range(ROUNDS):
        result = ask(topic, {**facts, **taken})
        if isinstance(result, Refused):
            break
        name = next((name for name in _open(result.value) if name not in taken and name in usual), "")
        if not name:
            break
        taken[name] = usual[name]
    return result, taken


def _open(found: Answer) -> list[str]:
    """The facts that an answer still wants before it can be shown in a cell."""
    names = [need["name"] for need in found.needs]
    if not is_across(found) and len(found.cases) > CASES_MAX:
        names += [name for case in found.cases for name in case["facts"]]
    return names


def _own(plan: Plan, ask: Asker, usual: Facts) -> Table:
    rows: list[Row] = []
    taken: dict[str, str] = {}
    for label, row in plan.rows:
        cells = []
        for _, head in plan.heads:
            facts = {**plan.facts, **row, **head}
            result, more = completed(plan.topic, facts, ask, usual)
            taken |= more
            cells.append(_cell(plan, {**facts, **more}, result))
        rows.append(Row(label, tuple(cells)))
    told = tuple(fact_words(name, text) for name, text in taken.items())
    return Table(plan.topic, plan.title, told, tuple(label for label, _ in plan.heads), _joined(rows))


def _joined(rows: Collection[Row], between: str = "、") -> tuple[Row, ...]:
    """Rows that have no figure, for the same reason, told as one."""
    out: list[Row] = []
    for row in rows:
        if out and row.same and row.same == out[-1].same:
            out[-1] = Row(f"{out[-1].label}{between}{row.label}", row.cells)
        else:
            out.append(row)
    return tuple(out)


def _across(plan: Plan, found: Answer, facts: Facts) -> Table:
    """The areas side by side, for the example of the table."""
    areas: dict[str, list[Line]] = {}
    names: dict[str, str] = {}
    for number, case in enumerate(found.cases, 1):
        code = case["facts"]["area"]
        name, _, when = case["when"].partition("，")
        names[code] = name
        areas.setdefault(code, []).append(_line(plan, case, when, number))
    rows = tuple(Row(names[code], (Cell(facts, "exact", tuple(lines)),), code) for code, lines in areas.items())
    title = plan.title.rpartition("：")[2]
    return Table(plan.topic, f"{title}：各地不一样", (plan.example_words(),), (title,), rows)


def _cell(plan: Plan, facts: Facts, result: Done[Answer] | Refused) -> Cell:
    if isinstance(result, Refused):
        return Cell(facts, "unknown", (Line("", {}, result.message),))
    found = result.value
    if found.figures:
        body = {"figures": found.figures, "reason": _why(plan, found), "steps": found.steps}
        return Cell(facts, found.certainty, (_line(plan, body, "", 0),))
    if found.cases:
        lines = tuple(_line(plan, case, case["when"], n) for n, case in enumerate(found.cases, 1))
        return Cell(facts, found.certainty, lines)
    why = WRAPPED.sub(lambda told: told[1], found.reason or bare(found))
    return Cell(facts, found.certainty, (Line("", {}, why.removesuffix("。")),))


def _line(plan: Plan, body: Mapping[str, Any], when: str, number: int) -> Line:
    plain = {step["name"]: step["plain_label"] for step in body["steps"]}
    found = {name: body["figures"][name] for name in plan.shows if name in body["figures"]}
    figures = {name: {**value, "plain_label": plain.get(name, "")} for name, value in found.items()}
    if plan.shows[0] in figures and plan.topic == "allocation":
        figures = {plan.shows[0]: figures[plan.shows[0]]}
    needs = "、".join(need["label"] for need in body.get("needs", ()))
    note = str(body.get("reason", "")) if plan.why or not figures else ""
    return Line(when, figures, note if note or figures else f"还要知道：{needs}" if needs else NONE, number)


def _why(plan: Plan, found: Answer) -> str:
    """Why a topic of yes or no decides so: what its sentence says after the first one."""
    return bare(found).partition("。")[2] if plan.why else ""


def bare(found: Answer) -> str:
    """The sentence of an answer without the area's name before it and its grade behind it."""
    words = found.summary.removeprefix(f"{found.area['name']}：")
    return words.removesuffix(grade_sentence([("", "", {"grade": found.grade})])) if found.grade else words


def fact_words(name: str, text: str) -> str:
    """A fact in words: 缴费基数 8,000 元."""
    fact = FACTS[name]
    for value, label, _ in fact.options:
        if value == text:
            return label if name in ("scheme", "status", "tier", "level") else f"{fact.label}：{label}"
    if fact.kind == "yuan":
        return f"{fact.label} {int(text):,} 元"
    words = {"age": f"{text} 岁", "months": f"{text.removesuffix('y')} 年" if text.endswith("y") else f"{text} 个月"}
    return f"{fact.label} {words.get(fact.kind, text)}"
