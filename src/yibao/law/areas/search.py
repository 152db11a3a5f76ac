"""Which area does a person mean? Rules for names shared by several places stand in `_preferred`."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from yibao.law.areas.errors import AmbiguousArea, UnknownArea
from yibao.law.areas.nearest import nearest_codes, nearest_names
from yibao.law.areas.records import NATION, Division, Kind, Place, Retired
from yibao.law.areas.tables import division, divisions, outside, own_members, path, pooling_area, retired

NATION_NAMES = {"全国", "国家", "中国", NATION}
MUNICIPALITIES = {"110000", "120000", "310000", "500000"}
FULL, SHORT = 0, 1
LEVELS = {"province": 0, "prefecture": 1, "county": 2}
# A division gone since this year is still in people's mouths: its name counts as much as one in force.
STILL_SAID_SINCE = 2016


class _Hit(NamedTuple):
    """One thing that a name may mean: a division in force, or a retired one with one of its successors."""

    strength: int
    code: str  # of a division in force or of a pooling area without division
    old: Retired | None = None

    @property
    def level(self) -> int:
        """0 province, 1 prefecture (also 省本级), 2 county."""
        place = self.old.division if self.old else divisions().get(self.code)
        return LEVELS[place.level] if place else 1

    @property
    def parent(self) -> str:
        """The code of the division directly above."""
        place = self.old.division if self.old else divisions().get(self.code)
        return place.parent if place else self.code[:2] + "0000"


_Index = dict[str, list[_Hit]]


@cache
def _in_force() -> _Index:
    index: _Index = {}
    for code, place in divisions().items():
        names = {place.short: SHORT}
        if place.name.endswith(("自治州", "自治县")):
            names[place.short + place.name[-1]] = SHORT
        if place.short == "内蒙古":
            names["内蒙"] = SHORT
        names[place.name] = FULL
        for name, strength in names.items():
            index.setdefault(name, []).append(_Hit(strength, code))
    for code, (area, also) in own_members().items():
        for name in {area.name, area.short, *also}:
            index.setdefault(name, []).append(_Hit(FULL, code))
    return index


@cache
def _no_longer() -> _Index:
    index: _Index = {}
    for rows in retired().values():
        for row in rows:
            for name, strength in {row.division.short: SHORT, row.division.name: FULL}.items():
                index.setdefault(name, []).extend(_Hit(strength, successor, row) for successor in row.successors)
    return index


def find(text: str) -> Place:
    """The place that a code or a name means. Raises UnknownArea or AmbiguousArea, each a plain sentence."""
    typed = "".join(unicodedata.normalize("NFKC", text).split())
    if typed in NATION_NAMES:
        return Place("nation", NATION, "全国", None, "")
    if typed.isascii() and typed.isdigit():
        return _one(typed, _hits_of_code(typed))
    name = typed.replace("市辖区", "").replace("省直辖县级行政区划", "省").replace("自治区直辖县级行政区划", "自治区")
    hits = _called(name, _in_force) or _called(name, _no_longer)
    if not hits:
        raise UnknownArea(typed, nearest_names(name) if name else [])
    return _one(typed, _preferred(name, hits))


def chain(code: str) -> list[str]:
    """From which areas does an area inherit its rules? Its own code first, the nation last."""
    if code == NATION:
        return [NATION]
    if outside(code):
        return [code]  # nothing of the nation's rules holds there
    place = divisions().get(code)
    if place is not None and place.level == "province":
        return [code, NATION]
    area = pooling_area(code)
    if area is None:
        raise UnknownArea(code, nearest_codes(code))
    return [area.code, NATION] if area.code == area.province else [area.code, area.province, NATION]


def _hits_of_code(code: str) -> list[_Hit]:
    if code in divisions() or code in own_members():
        return [_Hit(FULL, code)]
    old = division(code)
    if old is None:
        raise UnknownArea(code, nearest_codes(code))
    row = next(row for row in retired()[code] if row.division == old)
    return [_Hit(FULL, successor, row) for successor in row.successors]


def _called(name: str, tail_index: Callable[[], _Index]) -> list[_Hit]:
    """What has this name, be it alone (朝阳) or after the places above it (北京朝阳)?"""
    if name in tail_index():
        return tail_index()[name]
    for cut in range(len(name) - 2, 1, -1):
        above = {hit.code for hit in _heads(name[:cut])}
        if above and (below := _called(name[cut:], tail_index)):
            inside = [hit for hit in below if above.intersection(_ancestors(hit))]
            if inside:
                return inside
    return []


def _heads(name: str) -> list[_Hit]:
    """Provinces and prefectures, former ones too, that may stand before the name of a smaller place."""
    for index in (_in_force(), _no_longer()):
        found = [hit for hit in index.get(name, []) if hit.level < LEVELS["county"]]
        if found:
            return found
    return []


def _ancestors(hit: _Hit) -> Iterator[str]:
    """Codes above a hit; of a retired division also those above its successor."""
    starts = [hit.parent]
    if hit.old and (successor := divisions().get(hit.code)):
        starts += [successor.parent, successor.code if successor.level == "prefecture" else ""]
    for code in starts:
        while code:
            yield code
            place = divisions().get(code)
            code = place.parent if place else ""


def _preferred(name: str, hits: list[_Hit]) -> list[_Hit]:
    """Which of the bearers of a name can be meant?

    A full name beats a short one: 朝阳市 is the city, 吉林省 the province. Among short names the higher level is meant,
    for its name is known further: 合肥, 河北 (not 天津's 河北区). Two exceptions, in which people say the bare name of
    either place: a prefecture named like a province (吉林, 海南), and a district of a municipality, which ranks with
    prefectures, named like a prefecture (朝阳). Counties are never preferred to each other.
    """
    best = min(hit.strength for hit in hits)
    hits = [hit for hit in hits if hit.strength == best]
    highest = min(hit.level for hit in hits)
    if highest < LEVELS["county"]:
        return [hit for hit in hits if hit.level < LEVELS["county"] or (highest == 1 and hit.parent in MUNICIPALITIES)]
    gone = [hit for hit in _no_longer().get(name, []) if hit.strength == best and hit not in hits]
    return hits + [hit for hit in gone if hit.old and hit.old.year >= STILL_SAID_SINCE]


def _one(typed: str, hits: list[_Hit]) -> Place:
    """The one place that all hits lie in; otherwise the person is asked back."""
    ordered = sorted(hits, key=lambda hit: (hit.old is not None, hit.level, hit.code))
    places = {place.code: place for place in (_place(typed, hit) for hit in reversed(ordered))}
    if len(places) > 1:
        raise AmbiguousArea(typed, _candidates(ordered))
    return _place(typed, ordered[0])


def _candidates(hits: Iterable[_Hit]) -> list[Division]:
    """What to ask back with: retired places by their old name, unless they were divided."""
    found: dict[str, Division] = {}
    for hit in hits:
        whole = hit.old is not None and (hit.old.division.successor or pooling_area(hit.old.division.code) is not None)
        place = hit.old.division if hit.old and whole else divisions().get(hit.code)
        if place is not None:
            found.setdefault(path(place), place)
    return list(found.values())


def _place(typed: str, hit: _Hit) -> Place:
    place = divisions().get(hit.code)
    if outside(hit.code) and place is not None:
        return Place("outside", hit.code, place.name, None, f"这里回答的医保规定不适用于{place.name}。")
    area = pooling_area(hit.code)
    kind: Kind = "pooling" if area else "province"
    code, name = (area.code, area.name) if area else (hit.code, place.name if place else "")
    if hit.old and place:
        return Place(kind, code, name, hit.old.division, _note_of_retired(typed, hit.old, name))
    if place is None or place.code == code:
        # That a whole province is one pooling area is what its people expect; anything else is worth saying.
        return Place(kind, code, name, None, area.note if area and area.code != area.province else "")
    return Place(kind, code, name, place, f"{place.name}属于{name}统筹区，按{name}的规定回答。")


def _note_of_retired(typed: str, old: Retired, area: str) -> str:
    """What became of a retired code or name. The year books tell the year of a change, give or take one."""
    when = f"{old.year}年前后变更"
    name = old.division.name
    now = [divisions()[code] for code in old.successors]
    if typed == old.division.code and [place.name for place in now] == [name]:
        return f"{typed}是{name}停用的旧代码（{when}），现用代码{now[0].code}；按{area}的规定回答。"
    places = "、".join(path(place) for place in now)
    return f"{name}已停用（{when}），现为{places}；按{area}的规定回答。"
