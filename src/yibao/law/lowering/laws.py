"""Which of the laws of many areas and days say the same? Each is worked out once; rows are told which is theirs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from yibao.law.lowering.chains import ELSEWHERE
from yibao.law.parameters.resolving import resolve
from yibao.law.parameters.shapes import Keyed, Law
from yibao.law.values import Gap

TOLD = ("area", "sources", "entries")
"""Fields of a law that tell where it comes from."""
Resolve = Callable[[type[Law], str, date], Law]


def content(law: Law) -> Hashable:
    """What a law says, without where it comes from: equal for laws under which every figure is the same."""
    return tuple(_content(getattr(law, field.name)) for field in fields(law) if field.name not in TOLD)


def _content(value: Any) -> Hashable:
    if isinstance(value, Gap):
        return "gap", value.range_only
    if isinstance(value, Keyed):
        return value.places, value.ages, tuple(sorted((place, _content(cell)) for place, cell in value.cells.items()))
    if isinstance(value, tuple):
        return tuple(_content(part) for part in value if not isinstance(part, str))
    return int(value)


def resolved(law: type[Law], area: str, day: date) -> Law:
    """The law of an area on a day; what is another area's to say is a gap."""
    found: Law = resolve(law, area, day)  # type: ignore[arg-type]  # a class is hashable
    why = "这一项由另一个地方规定"
    gaps: dict[str, Any] = {name: Gap(f"{law.subject}.{name}", why) for name in ELSEWHERE.get(law, ())}
    return replace(found, **gaps) if gaps else found


def distinct(
    classes: Iterable[type[Law]], cells: Sequence[tuple[str, date]], find: Resolve = resolved
) -> tuple[list[Mapping[type[Law], Law]], list[int]]:
    """The different laws of areas and days, and for each of these which one is its own."""
    laws: list[Mapping[type[Law], Law]] = []
    places: dict[Hashable, int] = {}
    own = []
    for area, day in cells:
        found = {law: find(law, area, day) for law in classes}
        key = tuple(_known(law) for law in found.values())
        if key not in places:
            places[key] = len(laws)
            laws.append(found)
        own.append(places[key])
    return laws, own


_KEPT: dict[int, tuple[Law, Hashable]] = {}


def _known(law: Law) -> Hashable:
    """The content of a law, remembered: the same object comes for many days."""
    kept = _KEPT.get(id(law))
    if kept is None or kept[0] is not law:
        if len(_KEPT) > 4096:
            _KEPT.clear()
        kept = _KEPT[id(law)] = law, content(law)
    return kept[1]
