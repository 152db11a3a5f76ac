"""A year of an account as a picture: for each month what came in and what went out, side by side.

Picture, table and sentence are three ways of telling one `YearChart`, as with every other chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from yibao.services.charts.data import Look
from yibao.services.charts.drawing import INK, WIDTH, Sheet, lengths
from yibao.services.formats import fen_text

CAME, WENT = "收入", "支出"
LOOKS: tuple[Look, Look] = ("fund", "own")
TALL = 140
MONTHS = 12
LABELLED = (1, 4, 7, 10)
"""More names of months than these do not fit below the columns in large print."""


class Month(NamedTuple):
    """What came in and what went out in a month, both in fen and not below 0."""

    number: int
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class YearChart:
    """Twelve months, or as many as the year has so far."""

    year: int
    months: tuple[Month, ...]

    @property
    def title(self) -> str:
        """What the picture shows."""
        return f"{self.year}年每月收支"

    @property
    def heads(self) -> tuple[str, str, str]:
        """The heads of the table."""
        return ("月份", CAME, WENT)

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """The same figures as rows, in yuan, the whole year last."""
        out = [(f"{one.number}月", fen_text(one.came), fen_text(one.went)) for one in self.months]
        came, went = sum(one.came for one in self.months), sum(one.went for one in self.months)
        return (*out, ("合计", fen_text(came), fen_text(went)))

    @property
    def summary(self) -> str:
        """The picture in one sentence."""
        came = _told(CAME, [(one.number, one.came) for one in self.months])
        went = _told(WENT, [(one.number, one.went) for one in self.months])
        return f"{came}；{went}。"


def year_chart(year: int, months: list[tuple[int, int, int]]) -> YearChart | None:
    """The chart of a year; none where nothing moved."""
    if not any(came or went for _, came, went in months):
        return None
    return YearChart(year, tuple(Month(*one) for one in months))


def _told(word: str, amounts: list[tuple[int, int]]) -> str:
    """One side of the year in words.

    >>> _told("收入", [(1, 27000), (2, 27000)]), _told("支出", [(1, 0), (2, 5200)]), _told("支出", [(1, 0)])
    ('每月收入都是270.00元', '只有2月有支出，52.00元', '没有支出')
    """
    there = [(number, fen) for number, fen in amounts if fen]
    if not there:
        return f"没有{word}"
    number, most = max(there, key=lambda one: one[1])
    if len(there) == 1:
        return f"只有{number}月有{word}，{fen_text(most)}元"
    if all(fen == most for _, fen in there):
        when = "每月" if len(there) == len(amounts) else f"有{word}的{len(there)}个月，每月"
        return f"{when}{word}都是{fen_text(most)}元"
    return f"{word}最多的是{number}月，{fen_text(most)}元"


def svg_of_year(chart: YearChart, letters: int = 16, mark: str = "year") -> str:
    """The picture: a pair of columns for each month, both measured by the largest of the year."""
    sheet = Sheet(letters, mark)
    sheet.key(LOOKS[0], CAME)
    sheet.key(LOOKS[1], WENT)
    most = max(max(one.came, one.went) for one in chart.months)
    sheet.told("最高", f"{fen_text(most)} 元")
    top = sheet.y + letters // 2
    _line(sheet, top, "c-grid", 1)
    foot = top + TALL
    room = WIDTH // MONTHS
    for one in chart.months:
        x = (one.number - 1) * room + 1
        for place, (look, fen) in enumerate(zip(LOOKS, (one.came, one.went), strict=True)):
            tall = lengths([fen], most, TALL)[0]
            if tall:
                sheet.box(look, x + place * room // 2, foot - tall, room // 2, tall)
    _line(sheet, foot, "c-axis", 2)
    sheet.y = foot + letters * 3 // 2
    for number in LABELLED:
        sheet.words(f"{number}月", (number - 1) * room, name=True)
    return sheet.finished(chart)


def _line(sheet: Sheet, y: int, kind: str, width: int) -> None:
    sheet.lines.append(f'<path class="{kind}" d="M0 {y}H{WIDTH}" stroke="{INK}" stroke-width="{width}" fill="none"/>')
