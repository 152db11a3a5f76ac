"""Numbers in a sentence, in digits or Chinese: money, lengths of time, ages, days, as the texts that `answer` reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache

HAN = "零〇一二两三四五六七八九十百千"
NUMBER = rf"(?:\d[\d,]{{0,14}}(?:\.\d{{1,4}})?|[{HAN}]{{1,7}})"
SMALL = rf"(?:\d{{1,3}}|[{HAN}]{{1,4}})"
YEAR = r"(?:19|20|21)\d\d"

SLOTS = {
    "money": rf"(?:人民币|￥|¥)?({NUMBER}万?(?:[{HAN}]{{1,5}}|\d)?(?![\d年月岁%％个次级天]))(?:多块|元|块)?",
    "length": rf"({SMALL}年(?:半|零?{SMALL}个?月)?|{SMALL}个?月|半年)(?![份底初])",
    "age": rf"({SMALL})(?:周岁|岁)",
    "count": rf"({SMALL})",
    "month": rf"({YEAR}[年./-]\d{{1,2}}(?:月|(?!\d)))",
    "date": rf"({YEAR}[年./-]\d{{1,2}}[月./-]\d{{1,2}}[日号]?)",
}
"""What stands for a number in facts.yaml, and how it looks in a sentence."""


def whole(text: str) -> int:
    """A whole number in digits or Chinese.

    >>> whole("12"), whole("十二"), whole("三千五")
    (12, 12, 3500)
    """
    return int(text.replace(",", "")) if text.isascii() else int(_chinese(text))


@cache
def _reader() -> Callable[..., float]:
    from cn2an import cn2an  # type: ignore[import-untyped]  # only where somebody wrote a number in Chinese

    return cn2an  # type: ignore[no-any-return]


def _chinese(text: str) -> str:
    """A number in Chinese as digits; `ValueError` if it is none."""
    return str(_reader()(text.replace("两", "二").replace("〇", "零"), "smart"))


def money(text: str) -> str:
    """An amount in yuan as digits.

    >>> money("3万"), money("三千五"), money("3万5"), money("三万二"), money("1,234.5")
    ('30000', '3500', '35000', '32000', '1234.5')
    """
    plain = text.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return plain
    head, myriad, tail = plain.partition("万")
    if not myriad:
        return _chinese(plain)
    value = _decimal(head) * 10000
    if tail:
        value += _decimal(tail) * (1000 if len(tail) == 1 and tail not in "十百千" else 1)
    return f"{value.normalize():f}"


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text if text.isascii() else _chinese(text))
    except InvalidOperation:
        raise ValueError(text) from None


def length(text: str) -> str:
    """A length of time as `12年6个月`.

    >>> length("十二年半"), length("5个月"), length("半年"), length("12年零3个月")
    ('12年6个月', '5个月', '6个月', '12年3个月')
    """
    if text == "半年":
        return "6个月"
    years, has_years, rest = text.rpartition("年")
    rest = rest.strip("零个月")
    months = 6 if rest == "半" else whole(rest) if rest else 0
    told = [f"{whole(years)}年"] if has_years else []
    return "".join([*told, *([f"{months}个月"] if months or not told else [])])


def month(text: str) -> str:
    """A month as `2025-03`.

    >>> month("2025年3月"), month("2025.11")
    ('2025-03', '2025-11')
    """
    year, number = re.findall(r"\d+", text)
    return f"{year}-{int(number):02d}"


def date(text: str) -> str:
    """A day as `2025-03-01`; of a month its first.

    >>> date("2025年3月1日"), date("1970年6月")
    ('2025-03-01', '1970-06-01')
    """
    year, number, day = (*re.findall(r"\d+", text), "1")[:3]
    return f"{year}-{int(number):02d}-{int(day):02d}"


def _count(text: str) -> str:
    return str(whole(text))


READERS: dict[str, Callable[[str], str]] = {
    "money": money, "length": length, "age": _count, "count": _count, "month": month, "date": date,
}  # fmt: skip
