"""Which places does a sentence name, and where in it? Whole names, short ones, old ones, and chains of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache
from typing import NamedTuple

from yibao.law.areas.errors import AmbiguousArea, UnknownArea
from yibao.law.areas.records import NATION, Division, Place
from yibao.law.areas.search import FULL, LEVELS, STILL_SAID_SINCE, _ancestors, _Hit, _in_force, _no_longer, find

WHOLE_NATION = ("全国",)
SUFFIX = re.compile(r"[省市县区州](?![场民级直内辖])|地区|自治[州县]")
"""What people put behind a short name though the place is called otherwise: 昌平县. 市 of 市民 is no such thing."""
CODE = re.compile(r"(?<![\dA-Za-z.])\d{6}(?![\dA-Za-z.])")
AMOUNT_BEFORE, AMOUNT_BEHIND = re.compile(r"[花费共用了基数资金约:：¥￥-]\s*$"), re.compile(r"\s*[元块年月万多]")
BEFORE = re.compile(r"(?:^|[\s,，。.;；:：!！?？、(（在到从去回往至由是我]|[转迁入出])$")
BEHIND = re.compile(
    r"\s*(?:医保|医疗|社保|养老|职工|居民|城乡|城镇|农村|新农合|退休|灵活|大病|生育|门诊|住院|异地|个人|医院|[的人,，。?？、]|$)"
)
"""What stands before or behind the bare name of a county: without it the characters may well be something else."""

Cut = Callable[[str], list[str]]


class Mention(NamedTuple):
    """A place named in a sentence: the characters from `start` to `end`.

    `place` is None where several places bear the name; then `candidates` are those that may be meant.
    """

    start: int
    end: int
    name: str
    place: Place | None
    candidates: tuple[Division, ...] = ()


class _Found(NamedTuple):
    start: int
    end: int
    name: str
    hits: tuple[_Hit, ...]
    sure: bool  # a whole name, or a short one of a province or prefecture


def mentions(sentence: str, *, words: Collection[str] = (), cut: Cut | None = None) -> list[Mention]:
    """The places that a sentence names, in order.

    `words` are short names that are also words of everyday speech: they count only with 市, 县 or 区 behind them or
    right after the place above them. `cut` cuts Chinese into words: the bare name of a county does not count where a
    word runs across its edge.

    >>> [(m.name, m.place.code) for m in mentions("医保从江西南昌转到杭州")]
    [('江西南昌', '360100'), ('杭州', '330100')]
    """
    found: list[_Found] = []
    at = 0
    while at < len(sentence):
        hit = _at(sentence, at, found[-1] if found and _joins(sentence, found[-1].end, at) else None, words, cut)
        if hit:
            found.append(hit)
            at = hit.end
        else:
            at += 1
    return _resolved(sentence, _chains(sentence, found))


@cache
def _names() -> dict[str, list[str]]:
    """All names by their first two characters, the longest first."""
    out: dict[str, list[str]] = {}
    for name in {*_in_force(), *_no_longer(), *WHOLE_NATION}:
        if len(name) > 1:
            out.setdefault(name[:2], []).append(name)
    return {head: sorted(names, key=lambda name: (-len(name), name)) for head, names in out.items()}


def _hits(name: str) -> tuple[_Hit, ...]:
    return tuple(_in_force().get(name) or _no_longer().get(name) or ())


def _at(sentence: str, at: int, above: _Found | None, words: Collection[str], cut: Cut | None) -> _Found | None:
    """The longest name that begins at a place of the sentence and can be meant there."""
    if code := CODE.match(sentence, at):
        return _code(sentence, at, code[0])
    for name in _names().get(sentence[at : at + 2], ()):
        if not sentence.startswith(name, at):
            continue
        if name in WHOLE_NATION:
            return _Found(at, at + len(name), name, (_Hit(FULL, NATION),), True)
        end = at + len(name)
        hits = _hits(name)
        inside = above is not None and bool(_inside(above, hits))
        full = any(hit.strength == FULL for hit in hits)
        suffix = None if full else SUFFIX.match(sentence, end)
        if suffix:
            end = suffix.end()
        if full or inside or suffix or _bare(sentence, at, end, name, hits, words, cut):
            sure = full or bool(suffix) or any(hit.level < LEVELS["county"] for hit in hits)
            return _Found(at, end, name, hits, sure)
    return None


def _code(sentence: str, at: int, code: str) -> _Found | None:
    """Six digits are a code where nothing says that they are an amount of money."""
    if AMOUNT_BEFORE.search(sentence[:at]) or AMOUNT_BEHIND.match(sentence, at + len(code)):
        return None
    try:
        find(code)
    except UnknownArea:
        return None
    except AmbiguousArea:
        pass
    return _Found(at, at + 6, code, (_Hit(FULL, code),), True)


def _bare(
    sentence: str, at: int, end: int, name: str, hits: tuple[_Hit, ...], words: Collection[str], cut: Cut | None
) -> bool:
    """Whether a short name with nothing behind it can be meant as a place."""
    if name in words:
        return False
    if any(hit.level < LEVELS["county"] for hit in hits):
        return True
    if all(hit.old is not None and hit.old.year < STILL_SAID_SINCE for hit in hits):
        return False
    if not BEFORE.search(sentence[:at]) and not BEHIND.match(sentence, end):
        return False
    return cut is None or _whole_words(cut(sentence), at, end)


def _whole_words(pieces: list[str], start: int, end: int) -> bool:
    """Whether no word runs across an edge of a span."""
    edges, at = {0}, 0
    for piece in pieces:
        at += len(piece)
        edges.add(at)
    return start in edges and end in edges


def _joins(sentence: str, end: int, at: int) -> bool:
    """Whether what follows stands right behind a name: 四川巴中, 四川省 巴中."""
    return not sentence[end:at].strip()


def _inside(above: _Found, hits: tuple[_Hit, ...]) -> list[_Hit]:
    """Those of some bearers of a name that lie in the place named before."""
    codes = {hit.code for hit in above.hits if hit.level < LEVELS["county"]}
    return [hit for hit in hits if codes.intersection(_ancestors(hit))]


def _chains(sentence: str, found: list[_Found]) -> list[_Found]:
    """Names of which each lies in the one before it become one."""
    out: list[_Found] = []
    for one in found:
        last = out[-1] if out else None
        inside = _inside(last, one.hits) if last and _joins(sentence, last.end, one.start) else []
        if last and inside:
            out[-1] = _Found(last.start, one.end, last.name + one.name, tuple(inside), True)
        else:
            out.append(one)
    return out


def _resolved(sentence: str, found: list[_Found]) -> list[Mention]:
    """Each name with its place; a name of several places is settled by a place above it elsewhere in the sentence."""
    out = []
    for one in found:
        name = sentence[one.start : one.end].replace(" ", "")
        place: Place | None = None
        candidates: tuple[Division, ...] = ()
        for text in dict.fromkeys((name, one.name)):
            try:
                place = find(text)
            except AmbiguousArea as error:
                candidates = tuple(error.candidates)
            except UnknownArea:
                continue
            break
        if place is None and candidates:
            place = _settled(one, found)
        if place is not None or candidates:
            out.append(Mention(one.start, one.end, name, place, () if place else candidates))
    return _smallest(out)


def _settled(one: _Found, found: list[_Found]) -> Place | None:
    for other in found:
        inside = {hit.code for hit in _inside(other, one.hits)} if other is not one else set()
        if len(inside) == 1:
            return find(inside.pop())
    return None


def _smallest(found: list[Mention]) -> list[Mention]:
    """Without the provinces of which a part is named too: 四川医保，我在巴中 asks about 巴中."""
    provinces = {m.place.code[:2] for m in found if m.place and m.place.kind == "pooling"}
    return [m for m in found if not (m.place and m.place.kind == "province" and m.place.code[:2] in provinces)]
