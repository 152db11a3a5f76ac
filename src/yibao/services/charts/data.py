"""What a chart shows, before it is drawn: bars made of pieces, all whole numbers of one unit.

Picture, table and sentence are three ways of telling one `Chart`, so that none of them can say something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from yibao.services.formats import figure_text

Look = Literal["fund", "fund-2", "fund-3", "fund-4", "own", "own-2", "own-3", "own-4"]
"""A pattern: `fund` in the brand's colour for what is paid or there, `own` in ink for what oneself pays or lacks."""

TOLD_ONE_BY_ONE = 4
"""So many bars are all named in the sentence; of more only the largest and the smallest."""


class Piece(NamedTuple):
    """A part of a bar: one number, or the two ends of a range. `name` is the figure that it shows, if it shows one.

    `case` is the number of the case in which the figure stands, 0 for none.
    """

    label: str
    low: int
    high: int
    look: Look = "fund"
    name: str = ""
    case: int = 0

    @property
    def is_range(self) -> bool:
        """Whether only the two ends are known."""
        return self.low != self.high


class Bar(NamedTuple):
    """A line of the chart; one without pieces says in its note why it has none. `mark` is what is asked for."""

    label: str
    pieces: tuple[Piece, ...]
    note: str = ""
    mark: Piece | None = None

    @property
    def size(self) -> int:
        """How far the bar reaches."""
        return sum(piece.high for piece in self.pieces)


class Cell(NamedTuple):
    """A cell of the table: the piece that it shows, or none where it is a word."""

    text: str
    piece: Piece | None = None


class Table(NamedTuple):
    """The same data for those who do not see the picture."""

    heads: tuple[str, str]
    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart.

    parts: one bar, cut into what makes it up. bars: one piece each, to be compared. against: what one has and lacks
    beside what is asked for. change: one piece each, more to the right of a line and less to the left of it.
    """

    kind: Literal["parts", "bars", "against", "change"]
    title: str
    unit: str
    bars: tuple[Bar, ...]

    def text(self, piece: Piece) -> str:
        """A piece in words."""
        ends: dict[str, Any] = {"low": piece.low, "high": piece.high} if piece.is_range else {"value": piece.low}
        more = "+" if self.kind == "change" and piece.low > 0 else ""
        return more + figure_text({**ends, "unit": self.unit})

    @property
    def summary(self) -> str:
        """The chart in one sentence."""
        if self.kind == "parts":
            bar = self.bars[0]
            parts = "、".join(f"{piece.label} {self.text(piece)}" for piece in bar.pieces)
            return f"{bar.label} {self.text(_whole(bar))}，分成{len(bar.pieces)}份：{parts}。"
        if self.kind == "against":
            return "；".join(self._against(bar) for bar in self.bars) + "。"
        told = [bar for bar in self.bars if bar.pieces]
        end = "".join(f"；{bar.label}{bar.note}" for bar in self.bars if not bar.pieces)
        if len(told) <= TOLD_ONE_BY_ONE:
            return "；".join(f"{bar.label} {self.text(bar.pieces[0])}" for bar in told) + end + "。"
        most, least = max(told, key=lambda bar: bar.size), min(told, key=lambda bar: bar.pieces[0].low)
        return (
            f"{len(told)}个数里，最多的是{most.label} {self.text(most.pieces[0])}，"
            f"最少的是{least.label} {self.text(least.pieces[0])}{end}。"
        )

    def _against(self, bar: Bar) -> str:
        """A bar that is measured against what is asked for."""
        have, *lacking = bar.pieces
        asked = f"{bar.label}：规定 {self.text(bar.mark)}，" if bar.mark else f"{bar.label}："
        rest = f"还差 {self.text(lacking[0])}" if lacking else "已经够了"
        return f"{asked}已有 {self.text(have)}，{rest}"

    @property
    def table(self) -> Table:
        """The same data as rows."""
        if self.kind == "parts":
            bar = self.bars[0]
            rows = [(piece.label, self._cell(piece)) for piece in (*bar.pieces, _whole(bar))]
            return Table(("哪一份", "多少"), tuple(rows))
        if self.kind == "against":
            pieces = [(bar.label, piece) for bar in self.bars for piece in (bar.mark, *bar.pieces) if piece]
            return Table(("哪一项", "多少"), tuple((f"{label}，{p.label}", self._cell(p)) for label, p in pieces))
        found = [(bar.label, self._cell(bar.pieces[0]) if bar.pieces else Cell(bar.note)) for bar in self.bars]
        return Table(("哪一种", "多少"), tuple(found))

    def _cell(self, piece: Piece) -> Cell:
        return Cell(self.text(piece), piece)


def _whole(bar: Bar) -> Piece:
    """What the pieces of a bar make together."""
    return Piece(bar.label, sum(piece.low for piece in bar.pieces), bar.size)
