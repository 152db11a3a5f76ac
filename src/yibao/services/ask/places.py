"""Which places does a question name, and which of them is where the person is insured?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from yibao.law.areas import Mention, mentions
from yibao.services.ask.wordlist import MASK, read

TO = re.compile(r"(?:转|迁|换|改|入|移)[到至往去入回进]?的?(?:了)?$|[到至往回]$")
TO_BEHIND = re.compile(r"^(?:的?(?:医保|社保)?转入|转进|接收)")
MOVES = re.compile(r"转|迁|换|移")
INSURED = re.compile(r"^(?:市|省)?的?(?:职工|居民|城乡居民|退休)?(?:医保|社保|医疗保险|参保|新农合|户口|人)")
AT = re.compile(r"[在到去往来]$")
NO_BEGINNING = re.compile(r"(?<=[医社参投农低])保(?=[定山亭康靖德])|大(?=城市)")
"""Characters that would make the name of a place with those behind them: 医保定点, 医保山东, 大城市."""

EVERYWHERE = re.compile(r"^(?:联网|通用|统一|统筹|漫游|范围|各|都|所有|人大|政协|两会|\d+省|\d+个省)")
"""What stands behind 全国 where no place is meant: 全国联网, 全国各地, 全国人大."""
NO_PLACES = ("市区", "郊区", "城区", "矿区", "新区")
"""Full names of districts, most of them former ones, that everybody says of the own town: 跨市区看病."""


class Places(NamedTuple):
    """The places of a question: those insured in, where the insurance moves to, and all in order."""

    insured: tuple[Mention, ...]
    to: Mention | None
    named: tuple[Mention, ...]


@cache
def not_places() -> frozenset[str]:
    """Short names that are also words of everyday speech."""
    return frozenset(name for line in read("not_places.yaml") for name in line.split("|"))


@cache
def _cutter() -> Callable[[str], list[str]]:
    from rjieba import Jieba  # only where the bare name of a county was found

    return Jieba().cut


def named(sentence: str) -> tuple[Mention, ...]:
    """The places that a sentence names, each once."""
    apart = NO_BEGINNING.sub(MASK, sentence)
    found = mentions(apart, words=not_places(), cut=lambda text: _cutter()(text))
    seen: dict[object, Mention] = {}
    for one in found:
        if one.name in NO_PLACES or (one.name == "全国" and EVERYWHERE.search(sentence[one.end :])):
            continue
        seen.setdefault(one.place.code if one.place else one.name, one)
    return tuple(seen.values())


def masked(sentence: str, found: Sequence[Mention]) -> str:
    """The sentence with a blank for every character of a place, so that what is left keeps its place."""
    out = list(sentence)
    for one in found:
        out[one.start : one.end] = MASK * (one.end - one.start)
    return "".join(out)


def sorted_out(sentence: str, found: tuple[Mention, ...], topic: str) -> Places:
    """Where the person is insured: where a transfer comes from, or the place beside 医保, not where one is treated."""
    if topic in ("transfer", "enrolment") and len(found) > 1 and MOVES.search(sentence):
        to = next((one for one in found if _is_target(sentence, one)), found[1])
        return Places(tuple(one for one in found if one is not to)[:1], to, found)
    if topic in ("inpatient", "outpatient", "out-of-area", "chronic", "claim-progress", "maternity") and len(found) > 1:
        own = [one for one in found if INSURED.search(sentence[one.end :])]
        away = [one for one in found if AT.search(sentence[: one.start])]
        insured = own[:1] if len(own) < len(found) and own else [one for one in found if one not in away][:1]
        return Places(tuple(insured or found[:1]), None, found)
    return Places(found, None, found)


def _is_target(sentence: str, one: Mention) -> bool:
    return bool(TO.search(sentence[: one.start]) or TO_BEHIND.search(sentence[one.end :]))
