"""Amounts that are not exact: 一万多, 二十来年, 三四个月. Nothing is worked out with them, and it is said so."""

from __future__ import annotations

import re

from yibao.services.ask.numbers import NUMBER
from yibao.services.ask.shapes import Part

UNIT = r"(?:块钱|块|元|年|个月|岁)"
BIG = "十百千万"
PAIRS = "一二|一两|二三|两三|三四|四五|五六|六七|七八|八九"
ABOUT = re.compile(
    rf"{NUMBER}[{BIG}]*(?:多(?![少久长大次])|余)(?:[{BIG}]+)?{UNIT}?"  # 二十多年, 一万多, 3000余元
    rf"|{NUMBER}[{BIG}]*来(?:[{BIG}]+{UNIT}?|{UNIT})"  # 二十来年
    rf"|{NUMBER}(?:年|个月)多(?![少久长大次交])"  # 12年多
    rf"|十几{UNIT}|好几(?:[{BIG}]+{UNIT}?|{UNIT})|几[{BIG}]+{UNIT}?"
    rf"|[{BIG}]?(?:{PAIRS})(?:[{BIG}]+{UNIT}?|{UNIT})"  # 三四年, 五六万
)
BLANK = "\ue001"
TOLD = "不是确切的数，没有用来算；写上确切的数，才算得准"


def inexact(sentence: str) -> list[tuple[int, int]]:
    """Where amounts that are not exact stand in a sentence.

    >>> inexact("交了二十多年"), inexact("一年交多少"), inexact("花了一万多")
    ([(2, 6)], [], [(2, 5)])
    """
    return [found.span() for found in ABOUT.finditer(sentence)]


def without(sentence: str, spans: list[tuple[int, int]]) -> str:
    """The sentence with nothing that can be read as a number in some places."""
    out = list(sentence)
    for start, end in spans:
        out[start:end] = BLANK * (end - start)
    return "".join(out)


def parts(sentence: str, spans: list[tuple[int, int]]) -> list[Part]:
    """What is said of such amounts."""
    return [Part("fact", "数目", sentence[start:end], f"“{sentence[start:end]}”{TOLD}", "") for start, end in spans]
