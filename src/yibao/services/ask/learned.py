"""Which topic do the characters of a question speak for, where no line of the vocabulary was written for it?

`sayings/` holds questions as people put them, one a line, a file a topic. From them and from real ones
`tools/train_ask.py` learns how much each character and each pair of neighbours speaks for each topic (a logistic
regression), and writes whole numbers into `learned.tsv`. Here they are added up, a rare piece more than a common one,
each less in a longer question: the same words give the same numbers, and it can be told which pieces gave them.
"""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

SCALE = 100
"""A weight of one is written as this, and so is a natural logarithm of one."""
LENGTH = 4
"""What the pieces of a question amount to together, be there few or many."""
SHOWN = 3
"""So many pieces at most are shown as what spoke for a topic."""
Span = tuple[int, int]


class Piece(NamedTuple):
    """How rare a piece is, and what it adds to each topic."""

    rarity: int
    weights: tuple[int, ...]


class Learned(NamedTuple):
    """The names in their order, what each has without any word, and the pieces."""

    names: tuple[str, ...]
    start: tuple[int, ...]
    pieces: dict[str, Piece]


@cache
def learned() -> Learned:
    """What was learned from the sayings."""
    text = resources.files("yibao.services.ask").joinpath("learned.tsv").read_text(encoding="utf-8")
    _, topics, start, *rows = (line.split("\t") for line in text.splitlines())
    found = {piece: Piece(int(rarity), tuple(map(int, weights.split()))) for piece, rarity, weights in rows}
    return Learned(tuple(topics[1].split()), tuple(map(int, start[1].split())), found)


def pieces(sentence: str) -> dict[str, Span]:
    """Every character and every pair of neighbours once, with its first place; as if no sign and no place stood there.

    Whether somebody types a comma, or names a town, says nothing about the topic.

    >>> pieces("医，保")
    {'医': (0, 1), '保': (2, 3), '医保': (0, 3)}
    """
    kept = [at for at, character in enumerate(sentence) if character.isalnum()]
    found: dict[str, Span] = {}
    for at in kept:
        found.setdefault(sentence[at], (at, at + 1))
    for first, second in pairwise(kept):
        found.setdefault(sentence[first] + sentence[second], (first, second + 1))
    return found


def likely(sentence: str) -> dict[str, int]:
    """How likely each topic is, and another matter: 0 is certain, -230 one in ten, -460 one in a hundred.

    These are natural logarithms, in hundredths. None where not one piece of the sentence is known.
    """
    model = learned()
    rows = [model.pieces[piece] for piece in pieces(sentence) if piece in model.pieces]
    if not rows:
        return {}
    length = math.sqrt(sum(row.rarity**2 for row in rows))
    columns = zip(*([row.rarity * weight for weight in row.weights] for row in rows), strict=True)
    sums = [(start + LENGTH * sum(column) / length) / SCALE for start, column in zip(model.start, columns, strict=True)]
    most = max(sums)
    whole = most + math.log(sum(math.exp(one - most) for one in sums))
    return {name: round(SCALE * (one - whole)) for name, one in zip(model.names, sums, strict=True)}


def spoke_for(sentence: str, topic: str) -> tuple[Span, ...]:
    """The pairs of characters that spoke most for a topic, above all others."""
    model = learned()
    at = model.names.index(topic)
    found = []
    for text, span in pieces(sentence).items():
        piece = model.pieces.get(text) if len(text) == 2 == span[1] - span[0] else None
        if piece is not None and piece.weights[at] > 0 and piece.weights[at] == max(piece.weights):
            found.append((-piece.rarity * piece.weights[at], span))
    return tuple(sorted(span for _, span in sorted(found)[:SHOWN]))
