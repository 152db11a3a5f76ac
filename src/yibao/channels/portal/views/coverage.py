"""What is answered where: areas by province, topics, how certain, how well proven, when last checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from yibao.channels.portal import words
from yibao.channels.portal.query import LONGEST
from yibao.services import clock
from yibao.services.answers import ALL_TOPICS, WORD_TOPICS, areas_with_own_law
from yibao.services.answers.coverage import Cell, Row, coverage, last_checked, rows_of
from yibao.services.answers.evidence import is_aged
from yibao.services.answers.examples import apart
from yibao.services.formats import day_text
from yibao.services.results import Refused
from yibao.services.wording import GRADES

CERTAINTIES = {
    "exact": ("准数", "当地的规定查到了，能算到分。"),
    "told": ("有说明", "怎么办、规定怎么说，都写出来了；这样的事不用算数。"),
    "range": ("范围", "只知道最低和最高，算不出准数。"),
    "unknown": ("没查到", "这一项的规定没有查到。不当作 0，也不猜。"),
    "not_applicable": ("没有这一项", "当地没有这一项，点开有原因。"),
}
AGED = "超过一年没核对"
ELSEWHERE = "还没有自己规定的地方"
COLUMNS_OF_A_TABLE = 10
"""With more columns than this a line is a card on every screen: nobody reads a table of narrow strips."""


class Shown(NamedTuple):
    """A cell in words, with the way to ask the same there."""

    topic: str
    who: str
    word: str
    certainty: str
    grade: str
    checked: str
    aged: str
    href: str


class Line(NamedTuple):
    """An area with its cells; `note` says for whom it stands if it is not one area."""

    name: str
    note: str
    cells: list[Shown]
    parts: list[tuple[str, list[Shown]]]
    counts: list[tuple[str, int]]
    checked: str
    aged: str


class Province(NamedTuple):
    """The areas of a province, and how many cells are of each kind."""

    name: str
    size: int
    lines: list[Line]
    counts: list[tuple[str, int]]
    checked: str
    aged: str
    href: str


class Wanted(NamedTuple):
    """What the address asks for: a part of life or a topic, a province or a place, and what is wrong with it."""

    subject: str
    place: str
    rows: tuple[Row, ...]
    error: str
    choices: Sequence[str]

    def is_in(self, cell: Cell) -> bool:
        """Whether a cell is asked for."""
        return not self.subject or self.subject in (cell.question.topic, ALL_TOPICS[cell.question.topic].group)


@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    """The provinces with what is known in each; the areas of one; a topic or a part of life in a table."""
    rows = coverage(clock.today())
    wanted = _wanted(request, rows)
    rows_last = sorted(wanted.rows, key=lambda row: not row.is_own)  # what stands for the others closes its province
    names = list(dict.fromkeys(row.province or ELSEWHERE for row in wanted.rows))
    parts = [(name, [row for row in rows_last if (row.province or ELSEWHERE) == name]) for name in names]
    told = bool(wanted.subject or wanted.place)
    topic = ALL_TOPICS.get(wanted.subject)
    context: dict[str, Any] = {
        "provinces": [_province(name, part, wanted, told) for name, part in parts],
        "known": sorted({row.province for row in rows if row.province}) + areas_with_own_law(),
        "place": wanted.place or request.GET.get("area", "").strip()[:LONGEST],
        "subjects": _subjects(),
        "subject": wanted.subject,
        "subject_word": topic.verb if topic else words.GROUPS.get(wanted.subject, ""),
        "error": wanted.error,
        "choices": [(name, f"?{urlencode({'area': name, 'topic': wanted.subject})}") for name in wanted.choices],
        "told": told,
        "is_folded": not wanted.subject,
        "is_one": len(wanted.rows) == 1,
        "is_table": sum(wanted.is_in(cell) for cell in rows[0].cells) <= COLUMNS_OF_A_TABLE,
        "areas": sum(row.is_own for row in rows),
        "certainties": list(CERTAINTIES.values()),
        "grades": [(name, grade.meaning) for name, grade in GRADES.items()],
        "on": day_text(clock.today().isoformat()),
        "aged": AGED,
    }
    return render(request, "portal/coverage.html", context)


def _wanted(request: HttpRequest, rows: tuple[Row, ...]) -> Wanted:
    """What is asked for; a place that is not understood shows everything, and says so."""
    area, province, topic, group = (
        request.GET.get(name, "").strip()[:LONGEST] for name in ("area", "province", "topic", "group")
    )
    subject = next((name for name in (topic, group) if name in ALL_TOPICS or name in words.GROUPS), "")
    place = area or province
    if place == ELSEWHERE:
        return Wanted(subject, place, tuple(row for row in rows if not row.province), "", ())
    if not place:
        return Wanted(subject, "", rows, "", ())
    found = rows_of(place, rows)
    if isinstance(found, Refused):
        return Wanted(subject, "", rows, found.message, found.next)
    return Wanted(subject, place, found.value, "", ())


def _subjects() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The parts of life with their topics."""
    topics = [(name, word, [(t.name, t.verb) for t in ALL_TOPICS.values() if t.group == name])
              for name, word in words.GROUPS.items()]  # fmt: skip
    return [one for one in topics if one[2]]


def _kind(cell: Cell) -> str:
    """How a cell stands: an answer in words is told, not reckoned."""
    return "told" if cell.certainty == "exact" and cell.question.topic in WORD_TOPICS else cell.certainty


def _counts(cells: Iterable[Cell]) -> list[tuple[str, int]]:
    """How many cells are of each kind."""
    found = Counter(_kind(cell) for cell in cells)
    return [(word, found[kind]) for kind, (word, _) in CERTAINTIES.items() if found[kind]]


def _aged(checked: str) -> str:
    return AGED if checked and is_aged(checked, clock.today()) else ""


def _province(name: str, rows: list[Row], wanted: Wanted, told: bool) -> Province:
    """A province with its counts, and with its lines where they are told."""
    cells = [cell for row in rows for cell in row.cells if wanted.is_in(cell)]
    href = f"{reverse('portal:coverage')}?{urlencode({'province': name})}"
    lines = [_line(row, wanted) for row in rows] if told else []
    checked = last_checked(cells)
    return Province(name, len(rows), lines, _counts(cells), day_text(checked), _aged(checked), href)


def _line(row: Row, wanted: Wanted) -> Line:
    cells = [cell for cell in row.cells if wanted.is_in(cell)]
    shown = [_shown(row, cell) for cell in cells]
    groups = [ALL_TOPICS[cell.question.topic].group for cell in cells]
    parts = [
        (word, [one for one, group in zip(shown, groups, strict=True) if group == name])
        for name, word in words.GROUPS.items()
    ]
    name, note = row.name, ""
    if not row.is_own:
        name, note = f"{name}的其他各市" if name else "其他各地，按国家的框架", f"拿{row.asked}问的"
    checked = last_checked(cells)
    filled = [part for part in parts if part[1]]
    return Line(name, note, shown, filled, _counts(cells), day_text(checked), _aged(checked))


def _shown(row: Row, cell: Cell) -> Shown:
    question, topic = cell.question, ALL_TOPICS[cell.question.topic]
    told = {"area": row.name, **apart(question)} if row.is_own else apart(question)
    path = reverse("portal:journey", args=[topic.name])
    href = f"{path}?{urlencode(told)}" if told else path
    kind = _kind(cell)
    checked = day_text(cell.checked) if cell.checked else ""
    return Shown(topic.verb, question.who, CERTAINTIES[kind][0], kind, cell.grade, checked, _aged(cell.checked), href)
