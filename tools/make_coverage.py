"""Which topics are answered exactly, as a range or not at all, and where? Prints docs/areas.md from the answers.

    .venv/bin/python tools/make_coverage.py > docs/areas.md

Every area that has a folder of its own is asked the same questions as one made-up person after another, on the day on
which the files were last checked and on an earlier day. The questions (QUESTIONS) stand in
`yibao.services.answers.examples`, the working out in `yibao.services.answers.coverage`. tests/test_docs.py fails when
the page is out of step.
"""

from __future__ import annotations

import sys
from datetime import date

from yibao.law.areas import find
from yibao.law.parameters.loading import tree
from yibao.services.answers import TOPICS, WORD_TOPICS
from yibao.services.answers.coverage import Cell, Row, checked_on, coverage
from yibao.services.answers.examples import Question, questions

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

An answer is for a day. Limits that are set anew each year are unknown, or carried on with a caveat, once their year is
over and the next notice was not found. Each question below gives every fact that the area's law reads; with less, cases
or a question come back.
"""


YEARS = {"required_months": "all", "required_local_months": "local", "required_paid_months": "paid"}


def label(row: Row) -> str:
    """The first column of a row."""
    if row.is_own:
        return f"{row.name} `{row.code}`"
    if row.code == NATION:
        return f"everywhere else, by the national frame (asked: {row.asked})"
    return f"{row.name} `{row.code}`: its other cities (asked: {row.asked})"


def words(row: Row, cell: Cell) -> str:
    """How an answer stands, in two words."""
    if cell.completed:
        missing = ", ".join(cell.completed)
        raise SystemExit(f"{cell.question.title} in {row.name or row.asked} asks for {missing}: complete QUESTIONS")
    if cell.certainty in ("unknown", "not_applicable"):
        return {"unknown": "unknown", "not_applicable": "–"}[cell.certainty]
    years = ", ".join(word for name, word in YEARS.items() if name in cell.figures)
    return f"{cell.certainty}, {cell.grade}" + (f" ({years})" if years else "")


def figure_questions() -> list[Question]:
    """The questions that are answered with figures: words are the same nearly everywhere, so they have a list below."""
    return [question for question in questions() if question.topic in TOPICS]


def in_words() -> list[str]:
    """For each topic in words, which areas have words of their own beside the nation's."""
    out = [
        "## Answered in words",
        "",
        "The nation's words are told in every area; these areas have some of their own.",
        "",
        "| topic | the nation | areas with words of their own |",
        "|---|---|---|",
    ]
    nation = next(row for row in coverage(checked_on()) if row.code == NATION)
    for topic in WORD_TOPICS.values():
        (cell,) = (cell for cell in nation.cells if cell.question.topic == topic.name)
        own = [code for code, files in sorted(tree()["areas"].items()) if topic.subject in files and code != NATION]
        stands = ", ".join(part for part in (cell.certainty, cell.grade) if part)
        out.append(f"| `{topic.name}` | {stands} | {'、'.join(find(code).name for code in own) or '–'} |")
    return [*out, ""]


def table(on: date) -> list[str]:
    """The table of one day."""
    columns = figure_questions()
    out = [
        f"## On {on}",
        "",
        "| area | " + " | ".join(question.title for question in columns) + " |",
        "|---|" + "---|" * len(columns),
    ]
    for row in coverage(on):
        out.append(
            f"| {label(row)} | " + " | ".join(words(row, cell) for cell in row.cells if cell.question in columns) + " |"
        )
    return out


def page() -> str:
    """The whole page."""
    asked = [f"- {question.title}: {question.asked}" for question in figure_questions()]
    tables = [*table(checked_on()), "", *table(EARLIER), "", *in_words()]
    lines = [HEAD, "The questions:", "", *asked, "", *tables]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())
