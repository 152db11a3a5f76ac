"""What may be changed in an area on a day: every parameter with its value of today, for who chooses from a list."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from yibao.law.terms import label
from yibao.population.changing import value_columns
from yibao.population.outcomes import OUTCOMES
from yibao.population.scenarios import known, shapes
from yibao.population.telling import NOT_FOUND

TOPICS = {name: OUTCOMES[name].title for name in ("allocation", "inpatient", "premium")}
"""What may be chosen without files of one's own."""
UNITS = {"元": "yuan", "个月": "m", "倍": "", "％": "%"}


class Choice(NamedTuple):
    """A parameter that may be chosen: its path, what it is, its value of today."""

    path: str
    words: str
    today: str


def choices(subject: str, area: str, on: date) -> list[Choice]:
    """Every known parameter: first the whole of each table, then its single numbers."""
    found = []
    for change in known(subject, area, on):
        key = change.path.partition(".")[2]
        lines = [line for line in change.before if line.text != NOT_FOUND]
        if len(lines) > 1 and len(value_columns(shapes()[subject, key])) < 2:
            found.append(Choice(change.path, f"{label(key)}（全部）", f"{len(lines)}个数"))
        for line in lines:
            where = " ".join(part for part in (line.whom, line.where) if part)
            found.append(Choice(change.path + line.path, f"{label(key)}{f'：{where}' if where else ''}", line.text))
    return found


def typed(value: str) -> str:
    """A new value as the command line writes it, from what people write: `650元` is `650yuan`, `0.5倍` is `x0.5`.

    >>> typed("650元"), typed("0.5倍"), typed("+10 元"), typed("2.5％")
    ('650yuan', 'x0.5', '+10yuan', '2.5%')
    """
    text = value.replace(" ", "").replace(",", "")
    times = text.endswith("倍")
    for chinese, written in UNITS.items():
        text = text.replace(chinese, written)
    return f"x{text}" if times and not text.startswith("x") else text
