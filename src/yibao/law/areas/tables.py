"""Which divisions are there, and to which pooling area does each belong? Files are read at the first question."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from yibao.law.areas.records import Division, PoolingArea, Retired

_FOLDER = Path(__file__).parent


def _read(name: str) -> Any:
    return json.loads((_FOLDER / name).read_bytes())


@cache
def divisions() -> dict[str, Division]:
    """Every division in force, by code. Since when is not stated by the source."""
    return {row[0]: Division(*row) for row in _read("divisions.json")["rows"]}


@cache
def retired() -> dict[str, tuple[Retired, ...]]:
    """Retired codes and names, by code; a code may have had several names. Only the year of a change is known."""
    found: dict[str, tuple[Retired, ...]] = {}
    for code, name, short, level, year, successors in _read("retired.json")["rows"]:
        successor = successors[0] if len(successors) == 1 else ""
        old = Division(code, name, short, level, _former_parent(code), "", "", successor)
        found[code] = (*found.get(code, ()), Retired(old, year, tuple(successors)))
    return found


def _former_parent(code: str) -> str:
    """The parent that the digits tell, as far as it is still in force."""
    prefecture, province = code[:4] + "00", code[:2] + "0000"
    return prefecture if prefecture != code and prefecture in divisions() else province


def division(code: str) -> Division | None:
    """The division with this code; if the code is retired, the last one that had it."""
    found = divisions().get(code)
    if found is None and code in retired():
        return max(retired()[code], key=lambda row: row.year).division
    return found


def path(place: Division) -> str:
    """A name that is not shared with any other place: 吉林省吉林市."""
    names = [place.name]
    while (parent := divisions().get(place.parent)) is not None:
        names.append(parent.name)
        place = parent
    return "".join(reversed(names))


@cache
def _pools() -> dict[str, Any]:
    return dict(_read("pooling_areas.json"))


def outside(code: str) -> bool:
    """Does the mainland's basic medical insurance not reach this place?"""
    return code in _pools()["outside"]


@cache
def own_members() -> dict[str, tuple[PoolingArea, tuple[str, ...]]]:
    """Pooling areas without a division (省本级), with the other names they go by."""
    return {
        code: (PoolingArea(code, name, short, province, note), tuple(also))
        for code, name, short, province, also, note in _pools()["own_members"]
    }


@cache
def pooling_area(code: str) -> PoolingArea | None:
    """To which pooling area does a division belong? None for a province with several, and for what lies outside."""
    if code in own_members():
        return own_members()[code][0]
    place = divisions().get(code)
    if place is None:
        return _pooling_area_of_retired(code)
    if outside(code):
        return None
    province = code[:2] + "0000"
    if province in _pools()["province_wide"]:
        return _area(divisions()[province], _pools()["province_wide"][province])
    if place.code in _pools()["county_level"]:
        return _area(place, _pools()["county_level"][code])
    if place.level == "county":
        place = divisions()[place.parent]
    return _area(place, "") if place.level == "prefecture" else None


def _area(place: Division, note: str) -> PoolingArea:
    return PoolingArea(place.code, place.name, place.short, place.code[:2] + "0000", note)


def _pooling_area_of_retired(code: str) -> PoolingArea | None:
    old = division(code)
    if old is None:
        return None
    row = next(row for row in retired()[code] if row.division == old)
    areas = {pooling_area(successor) for successor in row.successors}
    return areas.pop() if len(areas) == 1 else None


def pooling_areas_of(province_code: str) -> list[PoolingArea]:
    """All pooling areas of a province, by code; its own members (省本级) last."""
    found: dict[str, PoolingArea] = {}
    for code in divisions():
        if code[:2] == province_code[:2]:
            area = pooling_area(code)
            if area is not None:
                found[area.code] = area
    own = [area for area, _ in own_members().values() if area.province == province_code]
    return [found[code] for code in sorted(found)] + own
