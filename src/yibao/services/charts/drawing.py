"""How a chart becomes SVG: bars one below the other, words and amounts above each, patterns besides colours.

Plain attributes give a picture that stands alone (on paper, in an exported file); a page's stylesheet overrides them by
class. Lengths are whole numbers of the view box, which is as wide as a phone's sheet, so that letters have on a phone
the size that is asked for and grow with the screen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from typing import Protocol

from yibao.services.charts.data import Bar, Chart, Piece

WIDTH = 328
NO_BREAK_BEFORE = "，。；：、！？）》”%"
FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
BRAND, INK, INK_2, SURFACE = "#0a5a50", "#14211d", "#47574f", "#ffffff"
LEAST = 4
"""A part that is there is seen, however small."""
TILE = 8
_DRAWN = {
    "fund": "",
    "fund-2": '<path class="c-fund-l" d="M-2 10 10 -2M-2 2 2 -2M6 10 10 6" stroke="{c}" stroke-width="3"/>',
    "fund-3": '<circle class="c-fund" cx="4" cy="4" r="2.6" fill="{c}"/>',
    "fund-4": '<path class="c-fund-l" d="M0 2H8M0 6H8" stroke="{c}" stroke-width="2"/>',
    "own": '<path class="c-own-l" d="M-2 -2 10 10M-2 6 2 10M6 -2 10 2" stroke="{c}" stroke-width="1.2"/>',
    "own-2": '<path class="c-own-l" d="M0 2H8M0 6H8M2 0V8M6 0V8" stroke="{c}" stroke-width="1.4"/>',
    "own-3": '<circle class="c-own" cx="4" cy="4" r="1.7" fill="{c}"/>',
    "own-4": '<path class="c-own-l" d="M2 0V8M6 0V8" stroke="{c}" stroke-width="1.6"/>',
    "range": '<path class="c-fund-l" d="M-2 10 10 -2M-2 2 2 -2M6 10 10 6" stroke="{c}" stroke-width="1"/>',
}


class Told(Protocol):
    """What is told beside a picture."""

    @property
    def title(self) -> str:
        """What it shows."""

    @property
    def summary(self) -> str:
        """The same in a sentence."""


def svg(chart: Chart, letters: int = 16, mark: str = "chart", *, headed: bool = False) -> str:
    """The picture of a chart; `letters` is the size of its words, `mark` begins the ids within it.

    headed: with its title above, for a picture that stands alone.
    """
    sheet = Sheet(letters, mark)
    if headed:
        sheet.told(chart.title, "")
        sheet.y += letters // 2
    most = max(max(bar.size, bar.mark.high if bar.mark else 0) for bar in chart.bars)
    least = min(bar.size for bar in chart.bars)
    for bar in chart.bars:
        if chart.kind == "change":
            sheet.change(chart, bar, min(least, 0), max(most, 0))
        else:
            sheet.bar(chart, bar, most)
    if chart.kind == "parts":
        for piece in chart.bars[0].pieces:
            sheet.key(piece.look, piece.label, chart.text(piece))
    if chart.kind == "against":
        looks = {piece.label: piece.look for bar in chart.bars for piece in bar.pieces}
        for label, look in looks.items():
            sheet.key(look, label)
        sheet.key("mark", "规定要满的")
    if any(piece.is_range for bar in chart.bars for piece in bar.pieces):
        sheet.key("range", "在这一段里，还定不下来")
    return sheet.finished(chart)


def wide(text: str) -> int:
    """How wide a text is in hundredths of its letters, the widest that the usual fonts make it."""
    return sum(100 if _is_square(letter) else 32 if letter in " ,./" else 60 for letter in text)


def _is_square(letter: str) -> bool:
    """Whether a letter fills a square, as Chinese ones do."""
    return unicodedata.east_asian_width(letter) in "WFA"


def broken(text: str, room: int) -> list[str]:
    """A text in lines of at most so many hundredths; a number is never broken, nor a comma put at the start of a line.

    >>> broken("统筹基金付 42,895.00 元", 800)
    ['统筹基金付', '42,895.00 元']
    """
    lines = [""]
    for word in _words(text):
        if lines[-1] and wide(lines[-1] + word.rstrip()) > room:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return [line.rstrip() for line in lines]


def _words(text: str) -> Iterator[str]:
    """What a line may end after: a Chinese letter, a number with its unit."""
    word = ""
    for letter in text:
        ends = bool(word) and not word.endswith("（") and (_is_square(word[-1]) or _is_square(letter))
        in_number = word[-2:-1].isdigit() and word.endswith(" ")
        if ends and not in_number and letter not in NO_BREAK_BEFORE and letter not in " /":
            yield word
            word = ""
        word += letter
    if word:
        yield word


def lengths(sizes: Sequence[int], most: int, room: int) -> list[int]:
    """How long pieces are drawn: in proportion, a small one so long that it is seen, at the cost of the longest."""
    if not any(sizes):
        return [0 for _ in sizes]
    drawn = [max(size * room // most, LEAST if size else 0) for size in sizes]
    over = sum(drawn) - max(sum(sizes) * room // most, LEAST)
    longest = drawn.index(max(drawn))
    drawn[longest] -= over
    return drawn


class Sheet:
    """A picture in the making: its lines so far, and how far down it has come."""

    def __init__(self, letters: int, mark: str) -> None:
        self.letters, self.mark = letters, mark
        self.y = 0
        self.lines: list[str] = []
        self.looks: dict[str, None] = {}

    def words(self, text: str, x: int, end: str = "", name: bool = False) -> None:
        """One line of words that stands at this height."""
        place = ' text-anchor="end"' if end else ""
        kind, fill = ("c-name", INK_2) if name else ("c-num", INK)
        self.lines.append(
            f'<text class="{kind}" x="{x}" y="{self.y - self.letters // 4}"{place} fill="{fill}">{_safe(text)}</text>'
        )

    def told(self, label: str, value: str, left: int = 0) -> None:
        """A name at the left and its amount at the right, on one line if they fit."""
        line = self.letters * 3 // 2
        room = (WIDTH - left) * 100 // self.letters
        rows = broken(label, room)
        for row in rows:
            self.y += line
            self.words(row, left, name=True)
        if value and wide(rows[-1]) + wide(value) + 60 <= room:
            self.words(value, WIDTH, "end")
        elif value:
            for row in broken(value, room):
                self.y += line
                self.words(row, WIDTH, "end")

    def bar(self, chart: Chart, bar: Bar, most: int) -> None:
        """A bar under its name and amount."""
        self.told(bar.label, _value(chart, bar))
        if not bar.pieces:  # nothing is drawn, not even a bar of no length: it would look like 0
            self.y += self.letters * 2 // 3
            return
        self.y += self.letters // 4
        high, room = self.letters * 3 // 2, WIDTH - 2
        x, sizes = 1, [piece.high for piece in bar.pieces]
        for piece, long in zip(bar.pieces, lengths(sizes, most, room), strict=True):
            if long:
                self._piece(piece, x, long, high)
            x += long
        if bar.mark:
            at = max(1, bar.mark.high * room // most)
            self.lines.append(
                f'<path class="c-mark" d="M{at} {self.y - 3}v{high + 6}" stroke="{INK}" stroke-width="4" fill="none"/>'
            )
        self.lines.append(
            f'<path class="c-axis" d="M1 {self.y - 2}v{high + 4}" stroke="{INK}" stroke-width="2" fill="none"/>'
        )
        self.y += high + self.letters * 2 // 3

    def change(self, chart: Chart, bar: Bar, least: int, most: int) -> None:
        """A bar to the right of a line for more, in the brand's colour, to the left of it for less, in ink."""
        self.told(bar.label, _value(chart, bar))
        if not bar.pieces:
            self.y += self.letters * 2 // 3
            return
        self.y += self.letters // 4
        high, room, span = self.letters * 3 // 2, WIDTH - 2, max(most - least, 1)
        zero = 1 - least * room // span
        if bar.size:
            long = max(abs(bar.size) * room // span, LEAST)
            more = bar.size > 0
            self.box("fund" if more else "own", zero if more else max(zero - long, 1), self.y, long, high)
        self.lines.append(
            f'<path class="c-axis" d="M{zero} {self.y - 2}v{high + 4}" stroke="{INK}" stroke-width="2" fill="none"/>'
        )
        self.y += high + self.letters * 2 // 3

    def _piece(self, piece: Piece, x: int, long: int, high: int) -> None:
        if not piece.is_range:
            self.box(piece.look, x, self.y, long, high)
            return
        sure = piece.low * long // piece.high
        if sure:
            self.box(piece.look, x, self.y, sure, high)
        self.box("range", x + sure, self.y, long - sure, high)

    def box(self, look: str, x: int, y: int, long: int, high: int) -> None:
        """A box in its pattern, with a line of its colour round it and white between it and the next."""
        self.looks[look] = None
        own = look.startswith("own")
        plain = look == "fund"
        fill = (INK_2 if own else BRAND) if plain else f"url(#{self.mark}-{look})"
        kind = f"c-{'own' if own else 'fund'}-edge" + (" c-fund" if plain else "")
        dashes = ' stroke-dasharray="4 3"' if look == "range" else ""
        thin = max(long - 2, 1)
        self.lines.append(
            f'<rect class="{kind}" x="{x}" y="{y}" width="{thin}" height="{high}" fill="{fill}" '
            f'stroke="{INK_2 if own else BRAND}" stroke-width="1.5"{dashes}/>'
        )

    def key(self, look: str, label: str, value: str = "") -> None:
        """A line that says what a pattern stands for."""
        size, top = self.letters, self.y
        self.told(label, value, left=size * 2)
        middle = top + self.letters * 3 // 4
        if look == "mark":
            self.lines.append(
                f'<path class="c-mark" d="M{size // 2 + 1} {middle - size // 2}v{size}" stroke="{INK}" '
                'stroke-width="4" fill="none"/>'
            )
        else:
            self.box(look, 1, middle - size // 2, size * 3 // 2, size)

    def finished(self, chart: Told) -> str:
        """The whole picture, with its title and its sentence for those who do not see it."""
        tiles = "".join(self._tile(look) for look in self.looks if _DRAWN[look])
        high = self.y + self.letters // 2
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" '
            f'height="{high}" role="img" aria-labelledby="{self.mark}-title {self.mark}-desc" '
            f'font-family="{FONT}" font-size="{self.letters}">'
            f'<title id="{self.mark}-title">{_safe(chart.title)}</title>'
            f'<desc id="{self.mark}-desc">{_safe(chart.summary)}</desc>'
            f"<defs>{tiles}</defs>{''.join(self.lines)}</svg>"
        )

    def _tile(self, look: str) -> str:
        """A pattern, repeated over a box."""
        drawn = _DRAWN[look].format(c=INK_2 if look.startswith("own") else BRAND)
        return (
            f'<pattern id="{self.mark}-{look}" width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse">'
            f'<rect class="c-ground" width="{TILE}" height="{TILE}" fill="{SURFACE}"/>{drawn}</pattern>'
        )


def _value(chart: Chart, bar: Bar) -> str:
    """What stands at the right of a bar's name."""
    if not bar.pieces:
        return bar.note
    if chart.kind == "against":
        lacking = bar.pieces[1:]
        return f"还差 {chart.text(lacking[0])}" if lacking else "已经够了"
    low, high = sum(piece.low for piece in bar.pieces), bar.size
    return chart.text(Piece("", low, high))


def _safe(text: str) -> str:
    """A text that can stand in XML: marks written out, what XML does not allow left out."""
    return escape("".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cs", "Cn")))
