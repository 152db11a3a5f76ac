"""What do the areas of which the web's articles speak get for an answer? Prints docs/seed-areas.md, a table for each.

    .venv/bin/python tools/make_seed_areas.py > docs/seed-areas.md

A province is asked as a province: its own value, or the range over its areas that are known. tests/test_docs.py fails
when the page is out of step.
"""

from __future__ import annotations

import sys
from datetime import date

from yibao.law.areas import find
from yibao.services.answers.coverage import asked_fully, checked_on
from yibao.services.answers.examples import Question, questions
from yibao.services.results import Refused

SEEDS = (
    *("绍兴", "鄂州", "辽源", "杭州", "巴中", "北京", "上海", "深圳", "厦门", "安徽"),
    *("甘肃", "山东", "重庆", "河南", "江西", "天津", "广州", "广东", "南京"),
)

HEAD = """# The areas of the web's articles

Made by `tools/make_seed_areas.py` from the answers themselves, for {day}; do not edit. `make test` fails when it is
out of step. Certainty speaks of the rule (**exact**, **range**, **unknown**, – does not apply), the grade of the proof
(**official**, **reported**, **unverified**), as in [areas.md](areas.md), where the questions stand. The answer is what
a person reads; with several cases the first words.

"""
LONGEST = 160


def line(question: Question, area: str, on: date) -> str:
    """One topic of one area."""
    result, _ = asked_fully(question, area, on)
    if isinstance(result, Refused):
        raise SystemExit(f"{area} {question.title}: {result.message}")
    found = result.value
    known = found.certainty in ("exact", "range")
    certainty = "–" if found.certainty == "not_applicable" else found.certainty
    told = found.summary.removeprefix(f"{found.area['name']}：")
    told = told if len(told) <= LONGEST else told[:LONGEST] + "…"
    return f"| {question.title} | {certainty} | {found.grade if known else ''} | {told} |"


def page() -> str:
    """The whole page."""
    on = checked_on()
    out = [HEAD.format(day=on)]
    for name in SEEDS:
        place = find(name)
        out.append(f"## {place.name} `{place.code}`\n\n| topic | certainty | grade | answer |\n|---|---|---|---|\n")
        out.append("\n".join(line(question, place.code, on) for question in questions()) + "\n\n")
    return "".join(out).rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
