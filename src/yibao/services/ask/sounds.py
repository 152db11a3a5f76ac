"""How do words sound? Syllables without tones, of single characters and of whole words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from yibao.law.areas.tables import divisions
from yibao.services.ask.text import HAN
from yibao.services.ask.vocabulary import anchors, entries

SOUNDS_KEPT = 8192


@lru_cache(maxsize=SOUNDS_KEPT)
def sound(character: str) -> str:
    """The syllable of one character, whatever stands beside it; nothing for what is no Chinese character."""
    from pypinyin import lazy_pinyin  # only where something was misspelled

    return "".join(lazy_pinyin(character)) if HAN.match(character) else ""


def sounds(word: str) -> tuple[str, ...]:
    """The syllables of a word, character by character, so that 兰洲 sounds like 兰州."""
    return tuple(sound(character) for character in word)


def spelled(word: str) -> str:
    """How a word is written in pinyin as one piece: 重庆 is chongqing.

    >>> spelled("重庆"), spelled("绍兴")
    ('chongqing', 'shaoxing')
    """
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(word)).replace("ü", "v")


@cache
def cities() -> tuple[str, ...]:
    """The short names of provinces and prefectures, by code."""
    return tuple(place.short for place in divisions().values() if place.level != "county" and len(place.short) > 1)


@cache
def counties() -> tuple[str, ...]:
    """The short names of districts and counties, by code."""
    return tuple(place.short for place in divisions().values() if place.level == "county" and len(place.short) > 1)


@cache
def our_words() -> tuple[str, ...]:
    """The words of the vocabulary that are all Chinese, those that show the subject first."""
    return tuple(word for word in dict.fromkeys(_in_order()) if all(HAN.match(c) for c in word))


def _in_order() -> Iterator[str]:
    yield from anchors()
    for entry in entries():
        if entry.topic != "outside":
            for group in entry.groups:
                yield from group
