"""A whole question typed in pinyin, decoded into the words of the vocabulary and the names of places."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from yibao.services.ask.sounds import cities, counties, our_words, spelled

LETTERS = re.compile(r"[a-z]+")
LONGEST = 24
SHARE = (3, 5)
"""At least this part of the letters must be words of ours: anything else is not pinyin, or not our subject."""
PER_LETTER, PER_WORD, PER_LOST = 10, 12, 5
LITTLE = ("怎么", "怎么办", "多少", "多少钱", "多久", "什么", "什么时候", "可以", "个月", "今年", "去年")
LETTERLIKE = ("我", "在", "的", "了", "吗", "能", "不", "没", "有", "交", "查", "钱", "卡", "年", "月", "岁")
"""Little words that are in no list, but in every sentence."""


class _Path(NamedTuple):
    score: int
    covered: int
    words: tuple[str, ...]


def decoded(sentence: str) -> str:
    """The question in Chinese; unchanged if it is no pinyin about this subject.

    >>> decoded("shaoxing tuixiu yibao fanduoshao")
    '绍兴退休医保返多少'
    """
    out, letters, covered = [], 0, 0
    for piece in re.findall(r"[a-z]+|[^a-z]+", "".join(sentence.lower().replace("'", "").split())):
        if not LETTERS.fullmatch(piece):
            out.append(piece)
            continue
        path = _best(piece)
        letters, covered = letters + len(piece), covered + path.covered
        out += path.words
    share, whole = SHARE
    return "".join(out) if letters and covered * whole >= letters * share else sentence


def _best(letters: str) -> _Path:
    """The words that cover most of some letters, as few as possible."""
    best = [_Path(0, 0, ())]
    for end in range(1, len(letters) + 1):
        lost = best[end - 1]
        found = lost._replace(score=lost.score - PER_LOST)
        for start in range(max(0, end - LONGEST), end - 1):
            word = _lexicon().get(letters[start:end])
            if word is None:
                continue
            before = best[start]
            score = before.score + (end - start) * PER_LETTER - PER_WORD
            if score > found.score:
                found = _Path(score, before.covered + end - start, (*before.words, word))
        best.append(found)
    return best[-1]


@cache
def _lexicon() -> dict[str, str]:
    """One word for each spelling: cities before our words, and these before counties."""
    out: dict[str, str] = {}
    for word in (*LITTLE, *cities(), *our_words(), *counties(), *LETTERLIKE):
        out.setdefault(spelled(word), word)
    return {spelling: word for spelling, word in out.items() if spelling.isascii() and len(spelling) > 1}
