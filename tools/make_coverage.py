"""Which topics are answered exactly, as a range or not at all, and where? Prints docs/areas.md from the answers.

    .venv/bin/python tools/make_coverage.py > docs/areas.md

Every area that has a folder of its own is asked the same questions as one made-up person after another, on the day on
which the files were last checked and on an earlier day. tests/test_docs.py fails when the page is out of step.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from yibao.law.areas import chain, division, find, pooling_area, pooling_areas_of
from yibao.law.parameters.loading import tree
from yibao.services.answers import Answer, answer
from yibao.services.results import Done

NATION = "000000"
EARLIER = date(2025, 6, 1)

HEAD = """# What is answered where

Made by `tools/make_coverage.py` from the answers themselves; do not edit. `make test` fails when it is out of step.

- **exact**: one figure. **range**: a low and a high end. **unknown**: the law was not found. **–**: does not apply.
- The second word is the grade of the proof: **official** (the official text was seen), **reported** (a copy, the
  news or a careful collection was seen), **unverified** (only anonymous pages, or memory). A computed figure has the
  lowest grade of what it uses.
- In the column of the years, the words in brackets are the figures that are known: the years in all, those paid in
  the area (local), those really paid.

An answer is for a day. Limits that are set anew each year are unknown once their year is over and the next notice was
not found. Each question below gives every fact that the area's law reads; with less, cases or a question come back.
"""


class Question(NamedTuple):
    """One column: a topic as one person would ask it."""

    title: str
    asked: str
    topic: str
    facts: Mapping[str, str]


STAY = {"level": "3", "cost": "50000", "stay": "1", "tier": "1", "age": "40", "continuous_months": "120"}
QUESTIONS = (
    Question(
        "`allocation`, retired", "retired, 72, average pension of the reform year 3,500 yuan", "allocation",
        {"status": "retired", "age": "72", "average_pension": "3500"},
    ),
    Question(
        "`allocation`, in work", "employed, base 8,000 yuan, tier 1", "allocation",
        {"status": "active", "base": "8000", "tier": "1"},
    ),
    Question(
        "`contribution-years`", "a man who retires in the month asked for, 25 years paid, all of them there",
        "contribution-years", {"sex": "male", "paid_months": "25y", "deemed_months": "0", "local_months": "25y"},
    ),
    Question(
        "`retirement-age`", "a man born on 1970-06-15", "retirement-age", {"sex": "male", "born": "1970-06-15"}
    ),
    Question(
        "`pension`", "60, wage base 8,000, index 1, 25 years, 100,000 yuan in the account, none before it", "pension",
        {"age": "60", "wage": "8000", "index": "1", "months": "25y", "balance": "100000", "months_before_account": "0"},
    ),
    Question(
        "`inpatient`, employee", "in work, 40, first stay, level 3, 50,000 yuan, 10 years without a gap", "inpatient",
        {**STAY, "scheme": "employee", "status": "active"},
    ),
    Question(
        "`inpatient`, resident", "the same in the resident scheme", "inpatient",
        {**STAY, "scheme": "resident", "status": "active"},
    ),
)  # fmt: skip
YEARS = {"required_months": "all", "required_local_months": "local", "required_paid_months": "paid"}


def checked_on() -> date:
    """The newest day on which a value of the law was checked."""
    files = (file for area in tree()["areas"].values() for file in area.values())
    histories = (history for file in files for history in file["parameters"].values())
    return max(date.fromisoformat(v["checked"]) for history in histories for v in history if "checked" in v)


def rows() -> Iterator[tuple[str, str]]:
    """The label of each row and the pooling area that is asked for it."""
    own = set(tree()["areas"])
    for code in sorted(own - {NATION}):
        if pooling_area(code):
            yield f"{find(code).name} `{code}`", code
            continue
        place = division(code)
        other = next(area for area in pooling_areas_of(code) if area.code not in own)
        yield f"{place.name if place else code} `{code}`: its other cities (asked: {other.name})", other.code
    codes = (code for code in sorted(areas_of_china()) if not own.intersection(chain(code)) - {NATION})
    frame = next(codes)
    yield f"everywhere else, by the national frame (asked: {find(frame).name})", frame


def areas_of_china() -> set[str]:
    """The code of every pooling area."""
    provinces = {f"{number}0000" for number in range(11, 66)}
    return {area.code for province in provinces if division(province) for area in pooling_areas_of(province)}


def cell(found: Answer) -> str:
    """How an answer stands, in two words."""
    if found.needs or found.cases or found.wanted:
        raise SystemExit(f"{found.topic} in {found.area['name']} asks for more facts: complete QUESTIONS")
    if found.certainty in ("unknown", "not_applicable"):
        return {"unknown": "unknown", "not_applicable": "–"}[found.certainty]
    years = ", ".join(word for name, word in YEARS.items() if name in found.figures)
    return f"{found.certainty}, {found.grade}" + (f" ({years})" if years else "")


def table(on: date) -> list[str]:
    """The table of one day."""
    out = [
        f"## On {on}",
        "",
        "| area | " + " | ".join(question.title for question in QUESTIONS) + " |",
        "|---|" + "---|" * len(QUESTIONS),
    ]
    for label, code in rows():
        cells = []
        for question in QUESTIONS:
            result = answer(question.topic, area=code, on=on, facts=question.facts)
            if not isinstance(result, Done):
                raise SystemExit(f"{question.title} in {label} is refused: {result.message}")
            cells.append(cell(result.value))
        out.append(f"| {label} | " + " | ".join(cells) + " |")
    return out


def page() -> str:
    """The whole page."""
    asked = [f"- {question.title}: {question.asked}" for question in QUESTIONS]
    lines = [HEAD, "The questions:", "", *asked, "", *table(checked_on()), "", *table(EARLIER), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())
