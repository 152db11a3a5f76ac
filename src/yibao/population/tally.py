"""The sums of a comparison, added up batch by batch: exact whole numbers, and two tallies make one.

Everything that a report tells comes from here: sums by cell of the cube of groups, how often each change occurs (so
that the median is exact), and how many rows have no figure, and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from yibao.population.totals import exact_sum

Numbers = npt.NDArray[np.int64]
STATS = ("rows", "winners", "losers", "today", "changed", "won", "lost")
"""By cell: rows compared, better off, worse off; the totals today and changed; what is won, what is lost."""
SPAN = 1 << 22
"""Changes within so many fen of each other are counted by place, others by sorting."""
FOLD = 1 << 25
"""After so many rows 64 bits are added to Python's numbers: 2^25 rows of 10^11 fen, twelve times a year, still fit."""


@dataclass
class Tally:
    """Sums over rows; `+` puts two parts of a population together."""

    cells: int
    sums: list[list[int]] = field(default_factory=list)
    parts: dict[str, list[int]] = field(default_factory=dict)
    changes: Counter[int] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    unknown_parts: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: int = 0
    compared: int = 0
    begins: int = 0
    stops: int = 0
    elsewhere: int = 0
    _pending: Numbers | None = field(default=None, repr=False)
    _since: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        """Sums of nothing."""
        self.sums = self.sums or [[0] * self.cells for _ in STATS]

    def add(self, cell: Numbers, today: Numbers, changed: Numbers, gain: Numbers) -> None:
        """Adds compared rows: their cells, their totals today and changed, their gains; fen, one length."""
        if self._pending is None:
            self._pending = np.zeros((len(STATS), self.cells), np.int64)
        columns = (np.ones_like(gain), gain > 0, gain < 0, today, changed, np.maximum(gain, 0), np.minimum(gain, 0))
        for stat, values in zip(self._pending, columns, strict=True):
            np.add.at(stat, cell, np.asarray(values, np.int64))
        self.compared += len(gain)
        self._since += len(gain)
        self._count(gain)
        if self._since > FOLD:
            self.fold()

    def add_part(self, name: str, today: Numbers, changed: Numbers) -> None:
        """Adds a figure of compared rows."""
        total = self.parts.setdefault(name, [0, 0])
        for place, values in enumerate((today, changed)):
            total[place] += exact_sum(values)

    def add_reasons(self, today: Numbers, changed: Numbers, texts: tuple[Mapping[int, str], Mapping[int, str]]) -> None:
        """Counts why rows have no figure, under today's law and the changed one."""
        pairs, counts = np.unique(today.astype(np.int64) * 65_536 + changed, return_counts=True)
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
            self.reasons[texts[0][pair // 65_536], texts[1][pair % 65_536]] += count

    def _count(self, gain: Numbers) -> None:
        if not len(gain):
            return
        low, high = int(gain.min()), int(gain.max())
        if high - low < SPAN:
            counted = np.bincount(gain - low)
            (values,) = counted.nonzero()
            counts = counted[values]
            values = values + low
        else:
            values, counts = np.unique(gain, return_counts=True)
        for value, count in zip(values.tolist(), counts.tolist(), strict=True):
            self.changes[value] += count

    def fold(self) -> None:
        """Puts what was added in 64 bits into numbers without bounds."""
        if self._pending is not None:
            for total, stat in zip(self.sums, self._pending, strict=True):
                for cell in stat.nonzero()[0].tolist():
                    total[cell] += int(stat[cell])
        self._pending, self._since = None, 0

    def __add__(self, other: Tally) -> Tally:
        """Both together; the order does not matter."""
        self.fold()
        other.fold()
        pairs = zip(self.sums, other.sums, strict=True)
        made = Tally(self.cells, [[a + b for a, b in zip(*pair, strict=True)] for pair in pairs])
        for name in dict.fromkeys([*self.parts, *other.parts]):
            both = zip(self.parts.get(name, [0, 0]), other.parts.get(name, [0, 0]), strict=True)
            made.parts[name] = [a + b for a, b in both]
        for name in ("changes", "reasons", "unknown_parts", "rows", "compared", "begins", "stops", "elsewhere"):
            setattr(made, name, getattr(self, name) + getattr(other, name))
        return made

    def __getstate__(self) -> dict[str, Any]:
        """What travels between processes: whole numbers, nothing pending."""
        self.fold()
        return dict(self.__dict__)


def median(changes: Counter[int]) -> int:
    """The middle change by counting; between two of them, their mean, half-up.

    >>> median(Counter({0: 3, 100: 1, 2500: 4}))
    1300
    """
    total = sum(changes.values())
    if not total:
        return 0
    middle, seen, below = (total + 1) // 2, 0, None
    for value in sorted(changes):
        seen += changes[value]
        if below is None and seen >= middle:
            below = value
        if below is not None and seen >= total // 2 + 1:
            return average(below + value, 2)
    raise AssertionError("the counts do not add up")


def average(total: int, count: int) -> int:
    """A sum over a count to the nearest whole number, the half away from zero, so that a loss rounds as a gain does.

    >>> average(5, 2), average(-5, 2), average(4, 3)
    (3, -3, 1)
    """
    if not count:
        return 0
    rounded = (2 * abs(total) + count) // (2 * count)
    return rounded if total >= 0 else -rounded


def margins(sums: Sequence[Sequence[int]], sizes: Sequence[int]) -> list[list[list[int]]]:
    """The sums by each grouping alone: for every grouping, for every group of it, one number a statistic.

    sums: by statistic, by cell; sizes: how many groups each grouping has, in the order in which they make the cell.
    """
    out = [[[0] * len(sums) for _ in range(size)] for size in sizes]
    for cell, count in enumerate(sums[0]):
        if not count:
            continue
        left = cell
        for place in range(len(sizes) - 1, -1, -1):
            left, group = divmod(left, sizes[place])
            held = out[place][group]
            for stat, values in enumerate(sums):
                held[stat] += values[cell]
    return out
