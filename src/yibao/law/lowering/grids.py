"""What a node is for every combination of its keys: numbers, or places in a pool of objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from yibao.law.lowering.nodes import Raised, held_code

Ints = npt.NDArray[np.int64]
SAFE = 1 << 62
"""Numbers below this may be added and halved without leaving 64 bits."""


@dataclass(frozen=True, eq=False, slots=True)
class Grid:
    """A node for every combination of its keys: numbers, or places in a pool of objects."""

    names: tuple[str, ...]
    data: Ints
    pool: tuple[Any, ...] | None = None

    def numbers(self) -> Ints:
        """The numbers, 0 where there is none."""
        if self.pool is None:
            return self.data
        return np.array([v if isinstance(v, int) else 0 for v in self.pool], np.int64)[self.data]

    def known(self) -> npt.NDArray[np.bool_]:
        """Where there is a number."""
        if self.pool is None:
            return np.ones(self.data.shape, bool)
        return np.array([isinstance(v, int) for v in self.pool], bool)[self.data]

    def bounds(self) -> tuple[int, int]:
        """The least and the greatest number."""
        if self.pool is None:
            return int(self.data.min()), int(self.data.max())
        found = [v if isinstance(v, int) else 0 for v in self.pool]
        return min(found), max(found)


def squeezed(grid: Grid, known: Any) -> tuple[tuple[str, ...], Any]:
    """A table by those of its keys that change something; where its number is not known, any that it has will do."""
    names, data = [], grid.numbers()
    any_number = data.min()
    axis = 0
    for name in grid.names:
        low = np.where(known, data, np.iinfo(np.int64).max).min(axis)
        high = np.where(known, data, np.iinfo(np.int64).min).max(axis)
        some = known.any(axis)
        if (~some | (low == high)).all():
            data, known = np.where(some, high, any_number), some
        else:
            names.append(name)
            axis += 1
    return tuple(names), data


@dataclass(frozen=True, eq=False, slots=True)
class Results:
    """What a look-up may give, by place."""

    values: tuple[Any, ...]


def distinct(data: Ints) -> tuple[Ints, Ints]:
    """The different numbers, in order, and for each place which one stands there."""
    low, high = int(data.min()), int(data.max())
    if high - low >= 4 * data.size + 1024:
        distinct, places = np.unique(data, return_inverse=True)
        return distinct, places.reshape(data.shape)
    met = np.zeros(high - low + 1, bool)
    met[data - low] = True
    return np.flatnonzero(met) + low, (np.cumsum(met) - 1)[data - low]


class Interned:
    """Objects, each once."""

    def __init__(self) -> None:
        self.places: dict[Any, int] = {}
        self.objects: list[Any] = []

    def add(self, value: Any) -> int:
        """The place of an object."""
        if isinstance(value, int):
            value = int(value)  # no enum, no truth value: a printer knows numbers only
            key: Any = value
        else:
            key = ("raised", value.code) if isinstance(value, Raised) else ("object", id(value))
            if held_code(value):
                key = ("held", held_code(value))
        if key not in self.places:
            self.places[key] = len(self.objects)
            self.objects.append(value)
        return self.places[key]

    @staticmethod
    def of(name: str, values: Sequence[Any]) -> Grid:
        """Objects by their place, as a grid of one key."""
        found = Interned()
        return found.grid((name,), np.array([found.add(v) for v in values], np.int64))

    def grid(self, names: tuple[str, ...], ids: Ints) -> Grid:
        """What was added, as a grid."""
        if all(isinstance(v, int) and abs(v) < SAFE for v in self.objects):
            return Grid(names, np.array(self.objects, np.int64)[ids])
        return Grid(names, ids, tuple(self.objects))


def codes(grid: Grid, op: str) -> Grid:
    """The reasons in a grid: of what was raised, or of values that are not there."""
    if grid.pool is None:
        return Grid((), np.array(0, np.int64))
    found = [(v.code if isinstance(v, Raised) else 0) if op == "raised" else held_code(v) for v in grid.pool]
    return Grid(grid.names, np.array(found, np.int64)[grid.data])
