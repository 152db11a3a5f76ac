"""Why a figure is what it is, arranged for the page: the sum in words, the same in whole numbers, the documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from yibao.channels.portal.context import Json, Link, cases, citations, figure, figures, inputs, surroundings
from yibao.services.wording import ROUNDINGS

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
ENDS = (("_low", "最低这样算"), ("_high", "最高这样算"))


class Step(NamedTuple):
    """One line of the sum."""

    label: str
    number: str
    how: str


class Check(NamedTuple):
    """One line of the sum as an outsider recomputes it: whole numbers only."""

    name: str
    label: str
    formula: str
    value: str


def names_in(step: Json) -> list[str]:
    """The names that a formula speaks of."""
    return _NAME.findall(str(step.get("formula", "")))


def steps_to(answer: Json, name: str) -> list[Json]:
    """The steps that lead to a figure, and no others: those its formula names, and theirs."""
    by_name = {step["name"]: step for step in answer["steps"]}
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        step = by_name.get(waiting.pop())
        if step is not None and step["name"] not in needed:
            needed.add(step["name"])
            waiting += names_in(step)
    return [step for step in answer["steps"] if step["name"] in needed]


def chains(answer: Json, name: str) -> list[tuple[str, list[Json]]]:
    """The sum of a figure under its title; of a range two sums, one for each end."""
    single = steps_to(answer, name)
    if single:
        return [("", single)]
    ends = [(title, steps_to(answer, name + suffix)) for suffix, title in ENDS]
    return [(title, chain) for title, chain in ends if chain]


def lines(chain: Sequence[Json]) -> list[Step]:
    """The lines of a sum, in words."""
    rows = []
    for step in chain:
        shown = figure(step["name"], step)
        how = step.get("plain") or step.get("how", "")
        rounding = ROUNDINGS.get(step.get("rounding", ""), "")
        if rounding and "四舍五入" not in how:
            how = f"{how}，{rounding}" if how else rounding
        rows.append(Step(shown.label, f"{shown.number} {shown.unit}".strip(), how))
    return rows


def recompute(answer: Json, chain: Sequence[Json]) -> list[Check]:
    """The names that the formulas speak of, with their whole numbers, then the formulas themselves."""
    used = {name for step in chain for name in names_in(step)} - {step["name"] for step in chain}
    given = {row["name"]: row for row in [*answer["inputs"], *answer["parameters"]] if row.get("name") in used}
    rows = [Check(name, row["label"], "", str(row["value"])) for name, row in given.items()]
    return rows + [Check(step["name"], step["label"], step["formula"], str(step["value"])) for step in chain]


def cited(answer: Json, chain: Sequence[Json]) -> set[str]:
    """The ids of the documents behind some steps, through their own citation or their parameters'."""
    used = {name for step in chain for name in names_in(step)}
    paths = {path for step in chain for path in step.get("parameters", ())}
    ids = {step.get("citation", "") for step in chain}
    ids |= {row["citation"] for row in answer["parameters"] if row.get("name") in used or row["path"] in paths}
    return ids - {""}


def reason_page(answer: Json, name: str, link: Link) -> dict[str, Any] | None:
    """Everything the page of a reason shows; None where the answer has no such figure."""
    if name not in answer["figures"]:
        return None
    sums = chains(answer, name)
    chain = [step for _, steps in sums for step in steps]
    # The lowest and the highest of several areas have no sum of their own: they are figures of the areas.
    rows = [] if chain else [(case.when, row) for case in cases(answer, link) for row in [*case.figures, *case.rest]]
    return surroundings(answer) | {
        "main": next(row for row in figures(answer, lambda *_: "") if row.name == name),
        "official": answer["figures"][name].get("label", ""),
        "sums": [(title, lines(steps)) for title, steps in sums],
        "recompute": recompute(answer, chain),
        "spread": [(when, row) for when, row in rows if row.name == name],
        "because": answer.get("because", ()),
        "inputs": inputs(answer),
        "citations": citations(answer, cited(answer, chain) or None),
    }
