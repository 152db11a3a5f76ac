"""What is answered where: areas by province, topics, how certain, how well proven, when last checked."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from yibao.channels.portal import words
from yibao.channels.portal.query import LONGEST
from yibao.services.answers import TOPICS
from yibao.services.answers.coverage import Cell, Row, coverage
from yibao.services.answers.examples import apart
from yibao.services.clock import today
from yibao.services.formats import day_text
from yibao.services.wording import GRADES

CERTAINTIES = {
    "exact": ("准数", "当地的规定查到了，能算到分。"),
    "range": ("范围", "只知道最低和最高，算不出准数。"),
    "unknown": ("没查到", "这一项的规定没有查到。不当作 0，也不猜。"),
    "not_applicable": ("没有这一项", "当地没有这一项，点开有原因。"),
}
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
    href: str


class Line(NamedTuple):
    """An area with its cells; `note` says for whom it stands if it is not one area."""

    name: str
    note: str
    cells: list[Shown]


class Province(NamedTuple):
    """The areas of a province, and how many cells are of each kind."""

    name: str
    size: int
    lines: list[Line]
    counts: list[tuple[str, int]]
    href: str


@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    """The provinces with what is known in each; the tables of a province, of a part of life, or of both."""
    rows = coverage(today())
    names = list(dict.fromkeys(row.province or ELSEWHERE for row in rows))
    province, group = (request.GET.get(name, "").strip()[:LONGEST] for name in ("province", "group"))
    error = (
        f"这里没有“{province}”这一行，请从下面选一个；选“全部”就都列出来" if province and province not in names else ""
    )
    group = group if group in words.GROUPS else ""
    chosen = [row for row in rows if error or not province or (row.province or ELSEWHERE) == province]
    tables = bool(group or (province and not error))
    rows_last = sorted(chosen, key=lambda row: not row.is_own)  # what stands for the others closes its province
    parts = [(name, [row for row in rows_last if (row.province or ELSEWHERE) == name]) for name in names]
    wanted = {TOPICS[cell.question.topic].group for row in rows for cell in row.cells}
    context: dict[str, Any] = {
        "provinces": [_province(name, part, group, tables) for name, part in parts if part],
        "names": names,
        "province": "" if error else province,
        "groups": [(name, word) for name, word in words.GROUPS.items() if name in wanted],
        "group": group,
        "group_word": words.GROUPS.get(group, ""),
        "error": error,
        "tables": tables,
        "is_table": _width(rows, group) <= COLUMNS_OF_A_TABLE,
        "areas": sum(row.is_own for row in rows),
        "certainties": list(CERTAINTIES.values()),
        "grades": [(name, grade.meaning) for name, grade in GRADES.items()],
        "on": day_text(today().isoformat()),
    }
    return render(request, "portal/coverage.html", context)


def _width(rows: tuple[Row, ...], group: str) -> int:
    """How many columns there are."""
    return sum(_is_in(cell, group) for cell in rows[0].cells)


def _province(name: str, rows: list[Row], group: str, is_told: bool) -> Province:
    """A province with its counts, and with its lines where they are told."""
    found = Counter(cell.certainty for row in rows for cell in row.cells if _is_in(cell, group))
    counts = [(word, found[kind]) for kind, (word, _) in CERTAINTIES.items() if found[kind]]
    href = f"{reverse('portal:coverage')}?{urlencode({'province': name})}"
    return Province(name, len(rows), [_line(row, group) for row in rows] if is_told else [], counts, href)


def _is_in(cell: Cell, group: str) -> bool:
    """Whether a cell belongs to a part of life; all do to none."""
    return not group or TOPICS[cell.question.topic].group == group


def _line(row: Row, group: str) -> Line:
    cells = [_shown(row, cell) for cell in row.cells if _is_in(cell, group)]
    if row.is_own:
        return Line(row.name, "", cells)
    note = f"拿{row.asked}问的"
    return Line(f"{row.name}的其他各市" if row.name else "其他各地，按国家的框架", note, cells)


def _shown(row: Row, cell: Cell) -> Shown:
    question, topic = cell.question, TOPICS[cell.question.topic]
    told = {"area": row.name, **apart(question)} if row.is_own else apart(question)
    path = reverse("portal:journey", args=[topic.name])
    href = f"{path}?{urlencode(told)}" if told else path
    checked = day_text(cell.checked) if cell.checked else ""
    word = CERTAINTIES[cell.certainty][0]
    return Shown(topic.verb, question.who, word, cell.certainty, cell.grade, checked, href)
