"""Which ages need a look of their own? Between two that the law names, nothing changes for a person.

A rule reads an age only to find its place among the ages of the law: in the columns of a table, or in rows that hold
from an age on. So the numbers of the law tell where an answer may change, and an answer for every age is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from yibao.law.parameters.resolving import Pick, resolve
from yibao.law.parameters.shapes import Keyed
from yibao.services.answers.topics import Topic

OLDEST = 130
NO_LAW = ("sources", "entries")
"""Fields that tell where the numbers come from."""
PICKS: tuple[Pick, ...] = ("", "low", "high")


def ages_to_try(topic: Topic, area: str, on: date, values: tuple[str, ...]) -> tuple[str, ...]:
    """Of all ages those at which something may begin, and the last ones before that.

    Numbers that are no ages, such as months, only add ages that make no difference.
    """
    return _to_try(topic.law, area, on, values)  # type: ignore[arg-type]  # a class is hashable


@lru_cache(maxsize=128)
def _to_try(law: Any, area: str, on: date, values: tuple[str, ...]) -> tuple[str, ...]:
    laws = [vars(resolve(law, area, on, pick)) for pick in PICKS]
    named = {n for found in laws for n in _numbers([v for name, v in found.items() if name not in NO_LAW])}
    starts = {start for number in named for start in (number, number + 1)}
    edges = (values[0], values[-1])
    return tuple(v for v in values if v in edges or int(v) in starts or int(v) + 1 in starts)


def _numbers(parts: Any) -> Iterator[int]:
    """Every number in values of the law that may be an age, however deep it lies."""
    for part in parts:
        if isinstance(part, int):
            if 0 <= part <= OLDEST:
                yield part
        elif isinstance(part, Keyed):
            yield from _numbers([*part.cells.values(), *part.ages])
        elif isinstance(part, tuple | list | frozenset):
            yield from _numbers(part)
