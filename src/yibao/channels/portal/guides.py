"""Turns a guide into rows for its page, and says where its links lead: on the site, or in pages written to a folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from yibao.channels.portal import context, words
from yibao.services.answers import ALL_TOPICS, TOPICS
from yibao.services.formats import day_text
from yibao.services.guides import Guide, place
from yibao.services.guides.shapes import Cell, Line, Table
from yibao.services.results import Refused


class Said(NamedTuple):
    """One outcome in a cell: when it holds, its figures with the way to their reasons, or why there is none."""

    when: str
    figures: list[context.Figure]
    note: str


def page(guide: Guide) -> dict[str, Any]:
    """Everything that the page of a guide shows."""
    return {
        "guide": guide,
        "task": words.TASK_OF[guide.topic],
        "on": day_text(guide.on.isoformat()),
        "oldest": day_text(guide.oldest),
        "newest": day_text(guide.newest),
        "tables": [table(guide, one) for one in guide.tables],
        "has_figures": any(line.figures for line in _lines(guide)),
        "own": own_href(guide),
        "area_href": reverse("portal:guide_area", args=[guide.code]),
        "related": [(title, _guide_href(guide.code, topic)) for topic, title in guide.related],
        "ways": [(way, _guide_href(guide.code, way.topic)) for way in guide.ways],
        "asks": [ask for ask in guide.asks if ask.steps],
        "not_told": "、".join(ask.title for ask in guide.asks if not ask.steps),
        "citations": [context.Citation(*_cited(one)) for one in guide.documents],
        "doubts": guide.doubts,
        "others_say": guide.others_say,
        "pension_office": guide.office == words.PENSION_HOTLINE,
        "mixed_figures": guide.topic in TOPICS,
    }


def _cited(one: Any) -> tuple[Any, ...]:
    since, checked = day_text(one.since), day_text(one.checked)
    return one.title, one.issuer, since, checked, one.grade, one.url, list(one.gives)


def _lines(guide: Guide) -> list[Line]:
    return [line for table in guide.tables for row in table.rows for cell in row.cells for line in cell.lines]


def table(guide: Guide, one: Table) -> dict[str, Any]:
    """A table with the words of its figures; each cell carries the head of its column, for narrow screens."""
    rows = []
    for row in one.rows:
        href = _guide_href(row.code, guide.topic) if row.code else ""
        cells = [
            (head, _none(cell), [_said(guide.code, one.topic, cell, line) for line in cell.lines])
            for head, cell in zip(one.heads, row.cells, strict=False)
        ]
        rows.append({"label": row.label, "href": href, "same": row.same, "none": _none(row.cells[0]), "cells": cells})
    return {"title": one.title, "told": "，".join(one.told), "heads": one.heads, "rows": rows, "count": len(one.heads)}


def _none(cell: Cell) -> str:
    """What stands before the reason why a cell has no figure."""
    return "" if cell.certainty == "not_applicable" else "没有数："


def _said(code: str, topic: str, cell: Cell, line: Line) -> Said:
    shown = [
        context.figure(name, value, reason_href(code, topic, name, cell.facts, line.case))
        for name, value in line.figures.items()
    ]
    return Said(line.when, shown, line.note)


def reason_href(code: str, topic: str, figure: str, facts: Mapping[str, str], case: int) -> str:
    """The page that tells how a figure of a guide comes about."""
    query = [("area", code), *facts.items(), *([("case", str(case))] if case else [])]
    return f"{reverse('portal:reason', args=[topic, figure])}?{urlencode(query)}"


def own_href(guide: Guide) -> str:
    """Where one asks for one's own figures."""
    area = "" if guide.code == "000000" else f"?{urlencode({'area': guide.code})}"
    return reverse("portal:journey", args=[guide.topic]) + area


def topics_of(code: str) -> list[tuple[str, list[tuple[words.Task, str]]]]:
    """The guides of an area, under the part of life to which they belong."""
    links = [(one.group, words.TASK_OF[one.name], _guide_href(code, one.name)) for one in ALL_TOPICS.values()]
    return [
        (word, [(task, href) for group, task, href in links if group == name]) for name, word in words.GROUPS.items()
    ]


def guide_of(answer: context.Json) -> str:
    """The guide on what an answer answers; empty where there is none."""
    code = answer["area"]["code"]
    return "" if isinstance(place(code), Refused) else _guide_href(code, answer["topic"])


def _guide_href(code: str, topic: str) -> str:
    return reverse("portal:guide", args=[code, topic])
