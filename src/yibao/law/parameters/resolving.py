"""The law of an area on a day: every field of a rule's dataclass filled from the nearest file that speaks of it.

A city inherits from its province, the province from the nation. A file that speaks of a parameter at all, but not for
the day asked, leaves a gap: what the city changed is not what the nation says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import Any, Literal, TypeVar

from yibao.law.areas import chain
from yibao.law.parameters.loading import ParameterError, number, tree
from yibao.law.parameters.shapes import ANY, DIMENSIONS, NO_DEFAULT, Keyed, Law, Shape, Source
from yibao.law.values import Gap

Pick = Literal["", "low", "high"]
L = TypeVar("L", bound=Law)


def begins(entry: Mapping[str, Any]) -> date:
    """The first day of a dated value: its own, or the day on which its source is first seen."""
    return date.fromisoformat(entry.get("from") or entry["first_seen"])


def entry_on(history: list[Mapping[str, Any]], day: date) -> Mapping[str, Any] | None:
    """The dated value in force on a day."""
    found = None
    for entry in history:
        if begins(entry) <= day:
            found = entry
    if found and found.get("until") and day > date.fromisoformat(found["until"]):
        return None
    return found


def history_of(area: str, subject: str, key: str) -> tuple[str, list[Mapping[str, Any]]]:
    """The dated values of a parameter and the code of the area whose file holds them."""
    areas = tree()["areas"]
    for code in chain(area):
        history = areas.get(code, {}).get(subject, {}).get("parameters", {}).get(key)
        if history:
            return code, history
    return "", []


Dated = tuple[str, list[Mapping[str, Any]], Mapping[str, Any] | None]
"""The code of the area whose file speaks of a parameter, all its dated values, and the one in force, if any."""
Find = Callable[[str, str, str, date], Dated]


def dated(area: str, subject: str, key: str, day: date) -> Dated:
    """What the files say of a parameter on a day; a scenario puts another function in its place."""
    code, history = history_of(area, subject, key)
    return code, history, entry_on(history, day)


def document(area: str, subject: str, key: str) -> Mapping[str, str]:
    """The document that an entry of a file cites by its short name."""
    return dict(tree()["areas"][area][subject]["documents"][key])


class _Filler:
    """Fills one law; keeps on the way where each number comes from."""

    def __init__(self, subject: str, pick: Pick, find: Find) -> None:
        self.subject, self.pick, self.find = subject, pick, find
        self.sources: dict[str, Source] = {}
        self.entries: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self.code, self.key, self.entry = "", "", {}  # type: str, str, Mapping[str, Any]
        self.burdens = False

    def gap(self, path: str, holder: Mapping[str, Any], range_only: bool = False) -> Gap:
        return Gap(path, str(holder.get("gap", "")), str(holder.get("settles", "")), range_only)

    def scalar(self, text: str, kind: type, path: str, term: str) -> Any:
        name = path.replace(".", "_").replace("-", "_")
        if issubclass(kind, IntEnum):
            member = kind[text.upper()]
            self.sources[name] = Source(path, self.key, term, int(member), self.entry, self.code)
            return member
        if "~" in text:
            if not self.pick:
                return Gap(path, str(self.entry.get("note", "")), str(self.entry.get("settles", "")), range_only=True)
            low, high = text.split("~")
            text = low if (self.pick == "low") != self.burdens else high
        value, _ = number(text)
        self.sources[name] = Source(path, self.key, term, value, self.entry, self.code)
        return bool(value) if kind is bool else value

    def table(self, listed: list[Mapping[str, str]], row: type[Any], path: str) -> tuple[Any, ...]:
        out = []
        for place, given in enumerate(listed, 1):
            at = f"{path}.{place}"
            names = [name for name in row._fields if name != "at"]
            numbers = [self.scalar(given[name], int, f"{at}.{name}", name) for name in names]
            out.append(row(*numbers, at.replace(".", "_").replace("-", "_")))
        return tuple(out)

    def content(self, holder: Mapping[str, Any], shape: Shape, path: str) -> Any:
        if "gap" in holder:
            return self.gap(path, holder)
        if shape.row is not None:
            return self.table(holder.get("rows", holder.get("value")), shape.row, path)
        return self.scalar(holder["value"], shape.kind, path, self.key)

    def keyed(self, shape: Shape, path: str) -> Keyed[Any]:
        used = self.entry.get("by", [])
        unknown = [dim for dim in used if dim not in shape.dims]
        if unknown:
            raise ParameterError(f"{path}: not told apart by {unknown}, only by {list(shape.dims)}")
        if not used:
            name = path.replace(".", "_")
            return Keyed(path, (), {(): self.content(self.entry, shape, path)}, {(): name})
        entry, cells = self.entry, {}  # type: Mapping[str, Any], dict[tuple[int, ...], Any]
        names: dict[tuple[int, ...], str] = {}
        ages = []
        for cell in entry["cells"]:
            place = []
            for dim in used:
                if dim == "age" and dim in cell:
                    low, _, high = cell[dim].replace("+", "-130").partition("-")
                    ages.append((int(low), int(high)))
                    place.append(int(low))
                else:
                    place.append(int(DIMENSIONS[dim](cell[dim])) if dim in cell else ANY)
            own = {key: cell[key] for key in ("cite", "article", "grade", "note", "settles") if key in cell}
            self.entry = {**entry, **own}  # a cell may rest on another document than its neighbours
            at = ".".join([path, *(cell[dim].replace("+", "") for dim in used if dim in cell)])
            cells[tuple(place)] = self.content(cell, shape, at)
            names[tuple(place)] = at.replace(".", "_").replace("-", "_")
        self.entry = entry
        return Keyed(path, tuple(shape.dims.index(d) for d in used), cells, names, tuple(ages))

    def fill(self, key: str, shape: Shape, area: str, day: date) -> Any:
        path = f"{self.subject}.{key}"
        code, history, entry = self.find(area, self.subject, key, day)
        if entry is None:
            if shape.default is not NO_DEFAULT and not history:
                return Keyed(path, (), {(): shape.default}) if shape.is_keyed else shape.default
            first = begins(history[0]) if history else None
            before = f"{first.year}年{first.month}月{first.day}日以前的规定" if first and first > day else ""
            gap = Gap(path, f"{before}没有查到")
            return Keyed(path, (), {(): gap}) if shape.is_keyed else gap
        self.code, self.key, self.entry, self.burdens = code, key, entry, shape.burdens
        self.entries[key] = (code, entry)
        return self.keyed(shape, path) if shape.is_keyed else self.content(entry, shape, path)


@lru_cache(maxsize=512)
def resolve(law: type[L], area: str, day: date, pick: Pick = "") -> L:
    """The parameters of a rule for a pooling area on a day.

    `pick` chooses the end of those values of which only a range is known: the low end is the one at which less is paid,
    so that the two ends of an answer hold all that may be between. Without it they are gaps, as the books, the
    population runs and settlement need it.
    """
    return filled(law, area, day, pick)


def filled(law: type[L], area: str, day: date, pick: Pick = "", find: Find = dated) -> L:
    """The same, not remembered, and by another way of finding the dated value of a parameter if one is given."""
    filler = _Filler(law.subject, pick, find)
    values = {}
    for field in fields(law):
        if "shape" in field.metadata:
            values[field.name] = filler.fill(field.name, field.metadata["shape"], area, day)
    return law(area=area, sources=filler.sources, entries=filler.entries, **values)
