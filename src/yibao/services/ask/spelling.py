"""Slips of the pen and whole questions in pinyin: what was meant, by the sound of the words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from yibao.services.ask.pinyin import decoded
from yibao.services.ask.sounds import cities, our_words, sounds
from yibao.services.ask.text import HAN

LONGEST, SHORTEST = 4, 2
BEFORE_NAME = re.compile(r"^(?:市|的?医保|的?社保|的?职工|的?居民|退休|住院|门诊|养老|新农合)")


def respelled(sentence: str, *, places: bool, words: bool) -> str:
    """The sentence with the places or the words that were meant; unchanged where nothing is near enough.

    >>> respelled("兰洲医保余额", places=True, words=False), respelled("医宝余鹅", places=False, words=True)
    ('兰州医保余额', '医保余额')
    """
    if not HAN.search(sentence):
        return decoded(sentence) if words else sentence
    if places:
        sentence = _alike(sentence, cities()) or _misspelt_city(sentence) or sentence
    if words:
        sentence = _all_alike(sentence)
    return sentence


@cache
def _by_place(names: tuple[str, ...]) -> dict[tuple[int, int, str], tuple[str, ...]]:
    """Names by their length and by a character at its place: what a slip in one character may have been."""
    out: dict[tuple[int, int, str], list[str]] = {}
    for name in names:
        if SHORTEST <= len(name) <= LONGEST:
            for place, character in enumerate(name):
                out.setdefault((len(name), place, character), []).append(name)
    return {key: tuple(dict.fromkeys(found)) for key, found in out.items()}


def _candidates(piece: str, names: tuple[str, ...]) -> list[str]:
    """Names as long as a piece that share a character with it at the same place."""
    index = _by_place(names)
    found = [name for place, c in enumerate(piece) for name in index.get((len(piece), place, c), ())]
    return list(dict.fromkeys(found))


def _alike(sentence: str, names: tuple[str, ...]) -> str:
    """The sentence with the first piece that sounds like a name made that name; empty if there is none."""
    for at in range(len(sentence)):
        for size in range(LONGEST, SHORTEST - 1, -1):
            piece = sentence[at : at + size]
            if len(piece) == size and (name := _sounding(piece, names)) and _in_pieces(sentence, at, at + size):
                return sentence[:at] + name + sentence[at + size :]
    return ""


def _in_pieces(sentence: str, start: int, end: int) -> bool:
    """Whether the dictionary knows no word in a span, as where something was misspelt: 返宽, but not 保证."""
    at = 0
    for word in _dictionary().cut(sentence, False):
        if len(word) > 1 and at < end and start < at + len(word):
            return False
        at += len(word)
    return True


def _sounding(piece: str, names: tuple[str, ...]) -> str:
    """The one name that sounds like a piece and shares a character with it."""
    candidates = _candidates(piece, names)
    if not candidates or piece in candidates:
        return ""
    heard = sounds(piece)
    return next((name for name in candidates if sounds(name) == heard), "")


def _all_alike(sentence: str) -> str:
    """The sentence with every piece that sounds like a word of the vocabulary made that word."""
    out, at = "", 0
    while at < len(sentence):
        for size in range(LONGEST, SHORTEST - 1, -1):
            piece = sentence[at : at + size]
            word = _sounding(piece, our_words()) if len(piece) == size else ""
            if word and _in_pieces(sentence, at, at + size):
                out, at = out + word, at + size
                break
        else:
            out, at = out + sentence[at], at + 1
    return out


def _misspelt_city(sentence: str) -> str:
    """The sentence with what stands before 市 or 医保, no word but nearly the name of a city, made that name."""
    from rapidfuzz.distance import Levenshtein

    for at in range(min(len(sentence), 60)):
        for size in (2, 3):
            piece = sentence[at : at + size]
            if len(piece) < size or "的" in piece or not BEFORE_NAME.match(sentence[at + size :]):
                continue  # 镇的新农合 is no slip of 镇江新农合
            near = [name for name in _candidates(piece, cities()) if Levenshtein.distance(piece, name) == 1]
            near = [name for name in near if _begins_alike(piece, name)]
            unknown = len(near) == 1 and all(HAN.match(c) for c in piece) and not _dictionary().has_word(piece)
            if unknown and _in_pieces(sentence, at, at + size) and not _ours(sentence, at, at + size):
                return sentence[:at] + near[0] + sentence[at + size :]
    return ""


def _begins_alike(piece: str, name: str) -> bool:
    """Whether each character begins with the same sound: 合服 is a slip of 合肥, 合买 is none."""
    return all(one[:1] == other[:1] for one, other in zip(sounds(piece), sounds(name), strict=True))


def _ours(sentence: str, start: int, end: int) -> bool:
    """Whether a piece cuts through a word of the vocabulary, as 信交 does in 微信交医保."""
    known = _known()
    return any(
        sentence[at : at + size] in known
        for size in range(SHORTEST, LONGEST + 1)
        for at in range(max(0, start - size + 1), end)
    )


@cache
def _known() -> frozenset[str]:
    return frozenset(our_words())


@cache
def _dictionary() -> Any:
    from rjieba import Jieba

    return Jieba()
