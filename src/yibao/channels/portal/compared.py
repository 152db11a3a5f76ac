"""What a visitor wants to compare, read from the address and written back into it, and the result as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict
from django.urls import reverse

from yibao.channels.portal import context
from yibao.channels.portal.query import LONGEST, Asked
from yibao.services.answers.comparing import LATER_TOPIC, MOST, Side, difference, figure_names
from yibao.services.charts import chart_of_several

LATER_MODE = "later"


@dataclass(frozen=True)
class Compared(Asked):
    """One person, one topic, several areas; or one area and two days of retirement (`later`)."""

    areas: tuple[str, ...] = ()
    later: bool = False

    @classmethod
    def read(cls, query: QueryDict, topic: str) -> Compared:
        """What the address says; empty fields for areas are dropped."""
        areas = tuple(text.strip()[:LONGEST] for text in query.getlist("area") if text.strip())[: MOST + 1]
        told = Asked.read(query, topic)
        return cls(
            topic=topic,
            area=areas[0] if areas else "",
            on=told.on,
            facts=told.facts,
            skipped=told.skipped,
            at=told.at,
            just=told.just,
            areas=areas,
            later=topic == LATER_TOPIC and query.get("mode") == LATER_MODE,
        )

    def place_pairs(self) -> list[tuple[str, str]]:
        mode = [("mode", LATER_MODE)] if self.later else []
        return [*(("area", area) for area in self.areas), *mode]

    @property
    def scope(self) -> str:
        return "两年后退休" if self.later else "换个城市会怎样"

    @property
    def path(self) -> str:
        return reverse("portal:compare", args=[self.topic])

    def with_area(self, place: int, name: str) -> str:
        """The address with one of the areas called otherwise."""
        areas = [*self.areas]
        areas[place : place + 1] = [name]
        return self.href(areas=tuple(areas))

    def of_side(self, side: Side) -> Asked:
        """The ordinary question of one side."""
        return Asked(self.topic, side.area, self.on, side.facts, self.skipped)


class Head(NamedTuple):
    """What is compared: its main figure, how well it is proven, and where its whole answer stands."""

    label: str
    main: context.Figure | None
    grade: str
    law: str
    note: str
    doubts: int
    href: str


class Cell(NamedTuple):
    """A figure of a side, how far it is from the first side's, or why there is none."""

    label: str
    figure: context.Figure | None
    difference: str
    note: str


class Row(NamedTuple):
    """One figure through all sides."""

    label: str
    cells: list[Cell]


def heads(asked: Compared, sides: Sequence[Side]) -> list[Head]:
    """The columns."""
    out = []
    for side in sides:
        answer = side.answer
        law = ""
        if not side.own_law and answer.certainty != "not_applicable":
            exact = answer.certainty == "exact" and not answer.cases
            law = "用的是全国一样的规定" if exact else "这里自己的规定没有查到，只能按国家的框架说"
        figures = context.figures(answer.to_json(), _link(asked, side))
        main = figures[0] if figures and not answer.cases else None
        note = "" if main else answer.summary
        doubts = len([line for line in answer.caveats if not line.startswith(context.OTHERS_SAY)])
        whole = asked.of_side(side).href(done=True)
        out.append(Head(side.label, main, answer.grade, law, note, doubts, whole))
    return out


def rows(asked: Compared, sides: Sequence[Side]) -> list[Row]:
    """The figures, each side beside the other."""
    return [_row(asked, sides, name) for name in figure_names(sides)]


def _row(asked: Compared, sides: Sequence[Side], name: str) -> Row:
    first = sides[0].answer.figures.get(name, {})
    cells, label = [], ""
    for number, side in enumerate(sides):
        shown = next((f for f in context.figures(side.answer.to_json(), _link(asked, side)) if f.name == name), None)
        label = label or (shown.label if shown else "")
        apart = difference(first, side.answer.figures.get(name, {})) if number else ""
        note = "" if shown else "看情况，点上面的完整答案" if side.answer.cases else "没有这个数"
        cells.append(Cell(side.label, shown, apart, note))
    return Row(label, cells)


def picture(asked: Compared, sides: Sequence[Side]) -> context.Picture | None:
    """The main figure of every side as a chart, each leading to its reason."""
    drawn = chart_of_several([(side.label, side.answer.to_json()) for side in sides])
    return context.picture(drawn, lambda name, number: _link(asked, sides[number - 1])(name, 0))


def _link(asked: Compared, side: Side) -> context.Link:
    return asked.of_side(side).reason_href
