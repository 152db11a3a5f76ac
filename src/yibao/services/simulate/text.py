"""A simulation for a terminal: the sentences, then the tables, line by line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from yibao.services.simulate import words
from yibao.services.simulate.result import Simulated
from yibao.services.simulate.tables import Shown, tables
from yibao.services.wording import GRADES


def lines(done: Simulated) -> Iterator[str]:
    """What a terminal shows."""
    yield words.title(done)
    yield words.headline(done)
    yield f"和 {words.on_words(done)}的规定比。"
    yield ""
    for asked, told in words.explained(done):
        yield f"{asked}：{told}"
    yield "依据（改动以前）："
    for area, change in done.changes:
        for one in change.before_cited:
            named = f"{one.document}{one.number} {one.article} {one.issuer}"
            yield f"  [{GRADES[one.grade].word}] {area} {change.path}：{named}"
    for shown in tables(done):
        yield from _table(shown)
    yield ""
    yield from (f"· {line}" for line in (*done.people.words, *words.doubts(done)))
    yield f"再算一遍：{done.command}"


def _table(shown: Shown) -> Iterator[str]:
    yield ""
    yield f"{shown.title}："
    widths = [max(_wide(row[place]) for row in (shown.heads, *shown.rows)) for place in range(len(shown.heads))]
    for row in (shown.heads, *shown.rows):
        first, *rest = (" " * (width - _wide(cell)) for cell, width in zip(row, widths, strict=True))
        cells = [row[0] + first, *(space + cell for space, cell in zip(rest, row[1:], strict=True))]
        yield "  " + "  ".join(cells).rstrip()


def _wide(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
