"""What is answered where: every area with law of its own, every topic, how certain, how well proven, how fresh.

Thousands of questions are asked for it, which takes seconds. A table is worked out once for a day, a state of the law
and of the source, and kept on disk; the server does so ahead, for the next day too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from yibao.law.areas import chain, division, find, pooling_area, pooling_areas_of
from yibao.law.parameters.loading import tree
from yibao.services.answers import kept
from yibao.services.answers.answer import NATION, answer
from yibao.services.answers.compose import Answer
from yibao.services.answers.examples import Question, questions, usual_value
from yibao.services.answers.places import place_with_law
from yibao.services.answers.topics import TOPICS
from yibao.services.results import Done, Refused

ROUNDS = 8
"""A question that needs more facts than it says is completed at most so many times."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How a topic stands in an area: `checked` is the oldest day on which a value behind the figure was checked.

    `completed` are facts that the area's law reads and the question did not say; a usual value was taken.
    """

    question: Question
    certainty: str
    grade: str
    checked: str
    figures: tuple[str, ...]
    completed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An area, or those of a province (or of the nation) that have no law of their own, for which `asked` stands."""

    code: str
    name: str
    province: str
    asked: str
    cells: tuple[Cell, ...]

    @property
    def is_own(self) -> bool:
        """Whether the area has law of its own."""
        return not self.asked


def last_checked(cells: Iterable[Cell]) -> str:
    """The oldest day on which something behind some cells was checked; empty where nothing is known."""
    return min((cell.checked for cell in cells if cell.checked), default="")


def rows_of(name: str, rows: tuple[Row, ...]) -> Done[tuple[Row, ...]] | Refused:
    """The rows that tell of a place: a province's, an area's own, else the one that stands for areas without law."""
    found = place_with_law(name)
    if isinstance(found, Refused):
        return found
    place = found.value
    if place.kind == "nation":
        return Done(rows)
    province = place.code[:2] + "0000"
    if place.kind == "province":
        told = tuple(row for row in rows if row.code[:2] == province[:2])
    else:
        told = tuple(row for row in rows if row.code == place.code and row.is_own)
        told = told or tuple(row for row in rows if row.code == province and not row.is_own)
    return Done(told or tuple(row for row in rows if row.code == NATION))


def checked_on() -> date:
    """The newest day on which a value of the law was checked."""
    files = (file for area in tree()["areas"].values() for file in area.values())
    shelves = (file.get(kind, {}) for file in files for kind in ("parameters", "statements"))
    histories = (history for shelf in shelves for history in shelf.values())
    return max(date.fromisoformat(v["checked"]) for history in histories for v in history if "checked" in v)


def coverage(on: date) -> tuple[Row, ...]:
    """What is answered where on a day. Worked out once for each day and state of law and source."""
    return _coverage(on, tree()["pack"])


@lru_cache(maxsize=4)
def _coverage(on: date, pack: str) -> tuple[Row, ...]:
    columns = questions()
    found = _kept(kept.read(on, pack), columns)
    if found is not None:
        return found
    rows = tuple(
        Row(code, name, province, other, tuple(_cell(column, asked, on) for column in columns))
        for code, name, province, asked, other in _areas()
    )
    cells = [[(c.certainty, c.grade, c.checked, c.figures, c.completed) for c in row.cells] for row in rows]
    heads = [(row.code, row.name, row.province, row.asked) for row in rows]
    kept.write(on, pack, list(zip(heads, cells, strict=True)))
    return rows


def _kept(rows: Any, columns: tuple[Question, ...]) -> tuple[Row, ...] | None:
    """The rows out of what was kept, or None where that is not what is expected."""
    try:
        found = tuple(
            Row(code, name, province, asked, tuple(_cell_kept(*one) for one in zip(columns, cells, strict=True)))
            for (code, name, province, asked), cells in rows
        )
        return found or None
    except (TypeError, ValueError):
        return None


def _cell_kept(column: Question, told: Any) -> Cell:
    certainty, grade, checked, figures, completed = told
    return Cell(column, certainty, grade, checked, tuple(figures), tuple(completed))


def _areas() -> Iterator[tuple[str, str, str, str, str]]:
    """Code, name and province of each row, the code that is asked, and its name where it stands for others."""
    own = set(tree()["areas"])
    for code in sorted(own - {NATION}):
        above = division(code[:2] + "0000")
        province = above.name if above else ""
        if pooling_area(code):
            yield code, find(code).name, province, code, ""
            continue
        other = next((area for area in pooling_areas_of(code) if area.code not in own), None)
        if other:
            yield code, province, province, other.code, other.name
    frame = next(code for code in _pooling_areas() if not own.intersection(chain(code)) - {NATION})
    yield NATION, "", "", frame, find(frame).name


def _pooling_areas() -> list[str]:
    """The code of every pooling area of the country."""
    provinces = [f"{number}0000" for number in range(11, 66)]
    return sorted({area.code for province in provinces if division(province) for area in pooling_areas_of(province)})


def asked_fully(question: Question, area: str, on: date) -> tuple[Done[Answer] | Refused, tuple[str, ...]]:
    """The answer to a question in an area, and the facts that its law reads and the question did not say.

    Usual values are taken for those.
    """
    facts = dict(question.facts)
    result = answer(question.topic, area=area, on=on, facts=facts)
    for _ in range(ROUNDS):
        more = {} if isinstance(result, Refused) else _missing(question.topic, result.value, facts)
        if not more:
            break
        facts |= more
        result = answer(question.topic, area=area, on=on, facts=facts)
    return result, tuple(name for name in facts if name not in question.facts)


def _cell(question: Question, area: str, on: date) -> Cell:
    """How one question is answered in one area."""
    result, completed = asked_fully(question, area, on)
    if isinstance(result, Refused):
        return Cell(question, "unknown", "", "", (), (*completed, result.code))
    found = result.value
    known = found.certainty in ("exact", "range")
    checked = min((row["checked_on"] for row in found.citations), default="") if known else ""
    return Cell(question, found.certainty, found.grade if known else "", checked, tuple(found.figures), completed)


def _missing(topic: str, found: Answer, facts: Mapping[str, str]) -> dict[str, str]:
    """Usual values for the facts that the answer still asks for."""
    names = [need["name"] for need in (*found.needs, *found.wanted)]
    names += [name for case in found.cases[:1] for name in case["facts"] if name != "area"]
    return {name: usual_value(TOPICS[topic], name) for name in names if name not in facts}
