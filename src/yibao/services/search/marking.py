"""Where in a text does a hit stand? The text in pieces, each marked or not; how a mark looks is for the channel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from yibao.services.search.tokens import Phrase, tokens

SNIPPET = 120
BEFORE = 16


class Piece(NamedTuple):
    """A part of a text, marked where it is what was searched."""

    text: str
    mark: bool


Span = tuple[int, int]


def spans(text: str, phrases: Iterable[Phrase]) -> list[Span]:
    """Where the phrases stand, in order; what overlaps or touches is one."""
    found: list[Span] = []
    listed = tokens(text)
    words = tuple(token.word for token in listed)
    beginning: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        if phrase:
            beginning.setdefault(phrase[0], []).append(phrase)
    for at, word in enumerate(words):
        for phrase in beginning.get(word, ()):
            if words[at : at + len(phrase)] == phrase:
                found.append((listed[at].start, listed[at + len(phrase) - 1].end))
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def marked(text: str, phrases: Sequence[Phrase]) -> tuple[Piece, ...]:
    """The whole text in pieces.

    >>> marked("巴中：住院", [("住", "院")])
    (Piece(text='巴中：', mark=False), Piece(text='住院', mark=True))
    """
    return _pieces(text, spans(text, phrases), 0, len(text))


def snippet(text: str, phrases: Sequence[Phrase], size: int = SNIPPET) -> tuple[Piece, ...]:
    """The part of a text in which most is marked, with … where it was cut."""
    found = spans(text, phrases)
    if len(text) <= size:
        return _pieces(text, found, 0, len(text))
    starts = [max(0, start - BEFORE) for start, _ in found] or [0]
    first = max(starts, key=lambda at: (sum(at <= start and end <= at + size for start, end in found), -at))
    first = min(first, len(text) - size)
    inside = [(max(start, first), min(end, first + size)) for start, end in found]
    pieces = _pieces(text, [span for span in inside if span[0] < span[1]], first, first + size)
    before = (Piece("…", False),) if first else ()
    after = (Piece("…", False),) if first + size < len(text) else ()
    return (*before, *pieces, *after)


def _pieces(text: str, found: Iterable[Span], first: int, last: int) -> tuple[Piece, ...]:
    out: list[Piece] = []
    at = first
    for start, end in found:
        out += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    out.append(Piece(text[at:last], False))
    return tuple(piece for piece in out if piece.text)
