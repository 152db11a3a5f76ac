"""Where a guide may be about: the code of an address, the areas that have law of their own, province by province."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from yibao.law.areas import chain, find, pooling_areas_of
from yibao.law.parameters.loading import tree
from yibao.services.answers import ALL_TOPICS
from yibao.services.answers.answer import NATION
from yibao.services.answers.places import place_with_law


class Area(NamedTuple):
    """A place that has guides."""

    code: str
    name: str


class Province(NamedTuple):
    """A province with those of its areas that have law of their own."""

    area: Area
    areas: tuple[Area, ...]


place = place_with_law
"""The place whose guides an address means: the pooling area of a smaller or retired division."""


def codes() -> tuple[str, ...]:
    """The codes of the areas with law of their own, the nation first: those whose guides are listed and exported."""
    return (NATION, *(code for code in sorted(tree()["areas"]) if code != NATION))


def provinces() -> tuple[Province, ...]:
    """Every province, each with its areas that have law of their own."""
    return _provinces(tree()["pack"])


@lru_cache(maxsize=2)
def _provinces(pack: str) -> tuple[Province, ...]:
    own = set(codes())
    found = []
    for number in range(11, 66):
        areas = pooling_areas_of(f"{number}0000")
        if areas:
            head = Area(f"{number}0000", find(f"{number}0000").name)
            with_law = (area for area in areas if area.code in own and area.code != head.code)
            found.append(Province(head, tuple(Area(area.code, area.name) for area in with_law)))
    return tuple(found)


def areas_within(code: str) -> tuple[Area, ...]:
    """The pooling areas of a province that has several; none for any other place."""
    areas = pooling_areas_of(code) if code.endswith("0000") and code != NATION else []
    return tuple(Area(area.code, area.name) for area in areas if area.code != code)


def addresses() -> Iterator[tuple[tuple[str, ...], str]]:
    """Every listed page as the parts of its address, and the newest day on which the law behind it was checked."""
    newest = {code: _newest(code) for code in codes()}
    yield (), max(newest.values())
    for code, day in newest.items():
        yield (code,), day
        for topic in ALL_TOPICS:
            yield (code, topic), day


def _newest(code: str) -> str:
    """The newest day on which something in the files that an area inherits from was checked."""
    files = (file for above in chain(code) for file in tree()["areas"].get(above, {}).values())
    shelves = (file.get(kind, {}) for file in files for kind in ("parameters", "statements"))
    histories = (history for shelf in shelves for history in shelf.values())
    return max(str(entry["checked"]) for history in histories for entry in history if "checked" in entry)
