"""Into which pieces is a text cut to be searched? Each with the place where it stands, so that a hit can be marked.

Every Chinese character is a token, and a word is searched as the row of its characters: 住院 is found wherever it
stands, also inside a longer word, whatever a dictionary would have made of it. One function cuts what is kept, what is
asked and what is marked, so the three always agree. Brackets, blanks and 号 are no tokens: 国办发〔2021〕14号 and
国办发2021 14 are the same row.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
NUMERALS = "".join(DIGITS) + "十百"
HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # one character for one: places stay the same
_TOKEN = re.compile(
    rf"第\s?(?P<article>\d{{1,3}}|[{NUMERALS}]{{1,6}})\s?(?P<unit>[条款项章])"
    r"|第?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)号?"
    r"|(?P<word>[A-Za-z]+)"
    rf"|(?P<han>[{HAN}])"
)


class Token(NamedTuple):
    """A piece of a text as it is compared, and where it stands in the text."""

    word: str
    start: int
    end: int


Phrase = tuple[str, ...]
"""A word as the row of its tokens."""


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order.

    >>> [token.word for token in tokens("国办发〔2021〕14号 第五条")]
    ['国', '办', '发', '2021', '14', '第5条']
    """
    found = []
    for match in _TOKEN.finditer(text.translate(_FULL_WIDTH)):
        kind = match.lastgroup
        if kind == "unit":
            word = article_token(match["article"], match["unit"])
        elif kind == "number":
            word = _plain(match["number"])
        else:
            word = match[0].lower()
        found.append(Token(word, match.start(), match.end()))
    return found


def phrase(text: str) -> Phrase:
    """A word as the row of its tokens."""
    return tuple(token.word for token in tokens(text))


def _plain(number: str) -> str:
    """A number without commas and idle decimals: 1,800.00 is found by 1800."""
    whole, _, decimals = number.replace(",", "").partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


@lru_cache(maxsize=1024)
def article_token(number: str, unit: str) -> str:
    """An article as one token, however its number is written, so that 第五条 is not found in 第十五条.

    >>> article_token("四十一", "条"), article_token("41", "条")
    ('第41条', '第41条')
    """
    return f"第{_whole(number)}{unit}"


def _whole(number: str) -> int:
    """A number below a thousand, in digits or in words; what is no number is 0, an article that nothing has."""
    if number.isdecimal():
        return int(number)
    if not set(number) & set("十百"):
        return int("".join(str(DIGITS[sign]) for sign in number))
    whole = rest = 0
    for sign in number:
        if sign in "十百":
            whole += (rest or 1) * (10 if sign == "十" else 100)
            rest = 0
        else:
            rest = DIGITS[sign]
    return whole + rest


_RANGE = re.compile(rf"第([{NUMERALS}]+|\d+)条至第([{NUMERALS}]+|\d+)条")


def articles_between(article: str) -> str:
    """The articles that a range leaves out, so that each of them is found.

    >>> articles_between("第七条至第九条")
    '第8条'
    """
    ends = [(_whole(low), _whole(high)) for low, high in _RANGE.findall(article)]
    return " ".join(f"第{number}条" for low, high in ends for number in range(low + 1, high))
