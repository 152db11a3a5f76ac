"""Real phrasings with their labels, and how many of them are read rightly. Tests and the benchmark count alike.

Of the held files only totals may ever be looked at; nothing here says which phrasing was wrong.
"""

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from yibao.law.areas import find
from yibao.services.ask import Asked, ask
from yibao.services.results import Refused

FOLDER = Path(__file__).parent / "phrases"
OUTSIDE = "outside"


class Phrasing(NamedTuple):
    """What somebody typed, the areas named in it and the topics that answer it; no topic for what is no such matter."""

    words: str
    areas: tuple[str, ...]
    topics: tuple[str, ...]


def phrasings(name: str) -> list[Phrasing]:
    """The phrasings of a file."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Phrasing(row["phrase"], _areas(row["area"]), _split(row["topics"])) for row in rows]


def _areas(codes: str) -> tuple[str, ...]:
    """The labels name cities; some of those share a pooling area with their whole province, such as 拉萨."""
    return tuple(find(code).code for code in _split(codes))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part and part != OUTSIDE)


@cache
def asked(phrasing: Phrasing) -> Asked:
    """What the service makes of a phrasing; asked once, however many tests look at it."""
    return read(phrasing.words)


def read(words: str) -> Asked:
    """What the service makes of some words."""
    result = ask(words)
    if isinstance(result, Refused):
        raise AssertionError("a question alone is never refused")
    return result.value


def is_right(phrasing: Phrasing, found: Asked) -> bool:
    """Whether the first topic is one that answers it, and the areas are those named, in their order."""
    return is_told(phrasing, found) and found.topics[0] in phrasing.topics


def is_told(phrasing: Phrasing, found: Asked) -> bool:
    """Whether a topic that answers it is among those that are told, and the areas are those named."""
    areas = tuple(area["code"] for area in found.areas)
    return bool(set(found.topics) & set(phrasing.topics)) and areas == phrasing.areas


def right_share(rows: Iterable[Phrasing]) -> float:
    """The share of phrasings read rightly."""
    told = [is_right(row, asked(row)) for row in rows]
    return sum(told) / len(told)


def told_share(rows: Sequence[Phrasing]) -> float:
    """The share of phrasings of which a topic that is told is right, and the areas too."""
    return sum(is_told(row, asked(row)) for row in rows) / len(rows)


def answered_anyway(rows: Iterable[Phrasing]) -> int:
    """How many phrasings about other things got a topic of the insurance: an answer, or a question back."""
    return sum(bool(asked(row).topics) for row in rows)
