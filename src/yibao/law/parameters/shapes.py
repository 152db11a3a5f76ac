"""The shapes in which a rule reads its parameters: a value, a table of rows, a table by scheme, level, status …

A rule's first argument is a frozen dataclass derived from `Law`; each field says with `given`, `rows`, `keyed` or
`keyed_rows` what it holds. `resolve` fills it for an area and a day; a field that no one has found holds a `Gap`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from yibao.law.values import (
    AidGroup,
    Away,
    Category,
    Disease,
    Gap,
    Level,
    Purpose,
    Reason,
    Relation,
    Scheme,
    Sex,
    Status,
    Switched,
    Unset,
)

T = TypeVar("T")
NO_DEFAULT: Any = object()

DIMENSIONS: dict[str, Callable[[str], int]] = {
    "scheme": lambda text: Scheme[text.upper()],
    "status": lambda text: Status[text.upper()],
    "sex": lambda text: Sex[text.upper()],
    "level": lambda text: Level(int(text)) if text.isdigit() else Level[text.upper()],
    "tier": int,
    "old_age": int,
    "flexible": lambda text: text == "yes",
    "early": lambda text: text == "yes",
    "switched": lambda text: Switched[text.upper()],
    "signed": lambda text: text == "yes",
    "category": lambda text: Category[text.upper()],
    "aid_group": lambda text: AidGroup[text.upper()],
    "reason": lambda text: Reason[text.upper()],
    "relation": lambda text: Relation[text.upper()],
    "purpose": lambda text: Purpose[text.upper()],
    "away": lambda text: Away[text.upper()],
    "disease": lambda text: Disease[text.upper()],
}
"""How a cell of a keyed table names its place; `age` is told in bands (`0-59`, `60+`) and handled apart."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field of a law holds, for the loader: see `given`, `rows`, `keyed`, `keyed_rows`."""

    kind: type
    row: type[Any] | None = None
    dims: tuple[str, ...] = ()
    is_keyed: bool = False
    default: Any = NO_DEFAULT
    burdens: bool = False


def _field(shape: Shape) -> Any:
    if shape.is_keyed and shape.default is not NO_DEFAULT:
        return field(default_factory=lambda: Keyed.same(shape.default), metadata={"shape": shape})
    return field(default=Gap("") if shape.default is NO_DEFAULT else shape.default, metadata={"shape": shape})


def given(kind: type = int, *, default: Any = NO_DEFAULT) -> Any:
    """A single value: fen, ppm, months, or a member of an enum; a default says there is none unless the law does."""
    return _field(Shape(kind, default=default))


def rows(row: type[Any]) -> Any:
    """A table: one row after another."""
    return _field(Shape(tuple, row))


def keyed(kind: type, *dims: str, default: Any = NO_DEFAULT, burdens: bool = False) -> Any:
    """A value by some of the dimensions; the area's own file says by which.

    `burdens`: the greater it is the less is paid, so the low end of an answer takes the high end of its range.
    """
    return _field(Shape(kind, None, dims, True, default, burdens))


def keyed_rows(row: type[Any], *dims: str, burdens: bool = False) -> Any:
    """A table of rows by some of the dimensions; `burdens` as for `keyed`."""
    return _field(Shape(tuple, row, dims, True, burdens=burdens))


ANY = -1
"""Stands in a cell's place for a dimension that the law does not tell apart there."""
KEPT = 256
"""How many keys a table remembers."""


class Keyed(dict[Any, T]):
    """A value by those dimensions that the law of an area tells apart; the others are never looked at.

    It is a dictionary that remembers the keys it was asked for, since finding a cell is slower than all arithmetic.

    >>> Keyed("required", (0,), {(1,): 300, (0,): 240})[1,]
    300
    """

    __slots__ = ("_named", "ages", "cells", "names", "path", "places", "plain")

    def __init__(
        self,
        path: str,
        places: tuple[int, ...],
        cells: Mapping[tuple[int, ...], T],
        names: Mapping[tuple[int, ...], str] | None = None,
        ages: tuple[tuple[int, int], ...] = (),
    ) -> None:
        super().__init__()
        self.path, self.places, self.ages = path, places, ages
        self.cells, self.names = dict(cells), dict(names or {})
        self.plain = not ages and not any(ANY in place for place in self.cells)
        self._named: dict[Any, str] = {}

    @classmethod
    def same(cls, value: T) -> Keyed[T]:
        """One value whatever the key: for examples and tests."""
        return cls("", (), {(): value})

    def place(self, key: Any) -> tuple[int, ...]:
        """The cell in which a key lies; a dimension is looked at only if some cell that still fits names it."""
        given = key if isinstance(key, tuple) else (key,)
        found = tuple(given[place] for place in self.places)
        if self.plain:
            for value in found:
                int(value)  # raises where the fact is not given
            return found
        fitting = list(self.cells)
        for position, value in enumerate(found):
            if all(cell[position] == ANY for cell in fitting):
                continue
            if self.ages and position == len(found) - 1:  # the age is always the last dimension used
                value = next((low for low, high in self.ages if low <= value <= high), None)
            fitting = [cell for cell in fitting if cell[position] in (ANY, value)]
        return fitting[0] if fitting else (-2,)

    def __missing__(self, key: Any) -> T:
        place = self.place(key)
        value: Any = self.cells[place] if place in self.cells else Gap(self.path, "资料里没有这一种情况的规定")
        if len(self) < KEPT and _known(key):
            self[key] = value
        return value  # type: ignore[no-any-return]

    def name(self, key: Any) -> str:
        """The name of the cell's value in formulas."""
        name = self._named.get(key)
        if name is None:
            name = self.names.get(self.place(key), "")
            if len(self._named) < KEPT and _known(key):
                self._named[key] = name
        return name


def _known(key: Any) -> bool:
    """Whether every part of a key is known: what is not known stands for no value and is not remembered."""
    return not any(isinstance(part, Unset) for part in (key if isinstance(key, tuple) else (key,)))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value of a resolved law comes from: its path, its number, and the dated entry that holds it."""

    path: str
    field: str
    term: str
    value: int
    entry: Mapping[str, Any]
    area: str


@dataclass(frozen=True)
class Law:
    """Base of every resolved set of parameters: one area, one day.

    `sources` tells by name (the path with `_` for `.`) where each number comes from; `entries` by field.
    """

    subject: ClassVar[str] = ""
    area: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False, compare=False)
    entries: Mapping[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict, repr=False, compare=False)
