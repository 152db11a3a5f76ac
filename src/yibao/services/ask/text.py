"""What a person typed, made ready to be read: cut, plain characters only, simplified."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, NamedTuple

KEPT_MAX = 500
READ_MAX = 4 * KEPT_MAX
"""Of anything longer the rest is never looked at: cleaning may only take away."""

MARKUP = re.compile(r"<[a-zA-Z/!?][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
DROPPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Control and format characters, halves of pairs, private and unassigned ones."""
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


class Cleaned(NamedTuple):
    """A question as it is kept and shown, and whether something was cut off at its end."""

    question: str
    was_cut: bool


def clean(text: str) -> Cleaned:
    """The question in ordinary characters, with single blanks, at most 500 characters.

    >>> clean("  医保<b>返款</b>\\u0000  ２０２５年 ").question
    '医保返款 2025年'
    """
    head = unicodedata.normalize("NFKC", text[:READ_MAX])[:READ_MAX]
    spaced = "".join(" " if c.isspace() else c for c in head if c.isspace() or unicodedata.category(c) not in DROPPED)
    tidy = " ".join(MARKUP.sub("", spaced).split())
    return Cleaned(tidy[:KEPT_MAX].rstrip(), len(tidy) > KEPT_MAX or len(text) > READ_MAX)


def simplified(question: str) -> str:
    """The question in simplified characters, character for character.

    >>> simplified("醫療保險斷繳了怎麼辦")
    '医疗保险断缴了怎么办'
    """
    if not HAN.search(question) or question.encode("gb2312", "ignore").decode("gb2312") == question:
        return question  # what GB 2312 holds is simplified already
    return str(_converter().convert(question))


def tight(question: str) -> str:
    """The question without the blanks between Chinese words, which some people type and others do not.

    >>> tight("杭州 医保 余额"), tight("hang zhou yibao")
    ('杭州医保余额', 'hang zhou yibao')
    """
    return question.replace(" ", "") if HAN.search(question) else question


@cache
def _converter() -> Any:
    from opencc import OpenCC  # most questions need none

    return OpenCC("t2s")


def whole(text: str) -> str:
    r"""A text without halves of pairs, which no encoding takes and which would break what repeats it.

    >>> whole("\ud9df8000")
    '?8000'
    """
    return text.encode("utf-8", "replace").decode("utf-8")
