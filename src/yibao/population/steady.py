"""The law of many days: what is in force on a day is what has been in force since the last day on which anything began.

A run over claims asks for every day of a year in every area; the law of an area changes on a few of them.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache

from yibao.law.areas import chain
from yibao.law.lowering.laws import resolved
from yibao.law.parameters.loading import tree
from yibao.law.parameters.resolving import begins
from yibao.law.parameters.shapes import Law

DAY = timedelta(1)


def steady(law: type[Law], area: str, day: date) -> Law:
    """The law of an area on a day, as `resolved` finds it; equal days are asked for once.

    >>> from yibao.law.rules.allocation import AllocationLaw
    >>> steady(AllocationLaw, "110000", date(2025, 6, 1)) is steady(AllocationLaw, "110000", date(2025, 6, 2))
    True
    """
    return _found(law, area, _since(law.subject, area, day))  # type: ignore[arg-type]  # a class is hashable


@lru_cache(maxsize=8192)
def _found(law: type[Law], area: str, day: date) -> Law:
    return resolved(law, area, day)


def _since(subject: str, area: str, day: date) -> date:
    """The last day, not after this one, on which a value begins or has ended; else one before them all."""
    days = turning_days(subject, area)
    place = bisect_right(days, day)
    if place:
        return days[place - 1]
    return days[0] - DAY if days else day


@lru_cache(maxsize=8192)
def turning_days(subject: str, area: str) -> tuple[date, ...]:
    """The days on which a value of a subject, the area's own or inherited, begins or is no longer in force."""
    found: set[date] = set()
    for code in chain(area):
        parameters = tree()["areas"].get(code, {}).get(subject, {}).get("parameters", {})
        for entry in (entry for history in parameters.values() for entry in history):
            found.add(begins(entry))
            if entry.get("until"):
                found.add(date.fromisoformat(entry["until"]) + DAY)
    return tuple(sorted(found))
