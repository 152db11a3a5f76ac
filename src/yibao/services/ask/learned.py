"""Which topic do the characters of a question speak for, where no line of the vocabulary was written for it?

`sayings/` holds questions as people put them, one a line, a file a topic. From them `tools/train_ask.py` learns how
much each character and each pair of neighbours speaks for each topic (a logistic regression), and writes whole numbers
into `learned.tsv`. Here they are added up: the same words give the same points, and it can be told which pieces gave
them.
"""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from typing import NamedTuple

from yibao.services.ask.wordlist import MASK

POINTS = 40
"""Shared out among the topics and what is about another matter; as much as four sure signs of the vocabulary."""
SCALE = 100
"""A weight of one is written as this."""
SHOWN = 3
"""So many pieces at most are shown as what spoke for a topic."""
Span = tuple[int, int]


class Learned(NamedTuple):
    """The names in their order, what each has without any word, and what every piece adds to each."""

    names: tuple[str, ...]
    start: tuple[int, ...]
    weights: dict[str, tuple[int, ...]]


@cache
def learned() -> Learned:
    """What was learned from the sayings."""
    text = resources.files("yibao.services.ask").joinpath("learned.tsv").read_text(encoding="utf-8")
    _, topics, start, *rows = (line.split("\t") for line in text.splitlines())
    weights = {row[0]: tuple(map(int, row[1].split())) for row in rows}
    return Learned(tuple(topics[1].split()), tuple(map(int, start[1].split())), weights)


def pieces(sentence: str) -> dict[str, Span]:
    """Every character and every pair of neighbours once, with its first place.

    >>> pieces("医保")
    {'医': (0, 1), '医保': (0, 2), '保': (1, 2)}
    """
    found: dict[str, Span] = {}
    for start in range(len(sentence)):
        for end in (start + 1, start + 2):
            if end <= len(sentence):
                found.setdefault(sentence[start:end], (start, end))
    return found


def points(sentence: str) -> dict[str, int]:
    """How the points of a sentence are shared out; none where not one of its pieces is known."""
    model = learned()
    rows = [model.weights[piece] for piece in pieces(sentence) if piece in model.weights]
    if not rows:
        return {}
    sums = [sum(column) for column in zip(model.start, *rows, strict=True)]
    most = max(sums)
    shares = [math.exp((one - most) / SCALE) for one in sums]
    whole = sum(shares)
    return {name: round(POINTS * share / whole) for name, share in zip(model.names, shares, strict=True)}


def spoke_for(sentence: str, topic: str) -> tuple[Span, ...]:
    """The pairs of characters that spoke most for a topic, above all others."""
    model = learned()
    at = model.names.index(topic)
    found = []
    for piece, span in pieces(sentence).items():
        row = model.weights.get(piece) if len(piece) == 2 and MASK not in piece else None
        if row is not None and row[at] > 0 and row[at] == max(row):
            found.append((-row[at], span))
    return tuple(sorted(span for _, span in sorted(found)[:SHOWN]))
