"""Which day does a question ask about?"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

FULL = re.compile(r"((?:19|20|21)\d\d)[年./-](\d{1,2})[月./-](\d{1,2})[日号]?")
MONTH = re.compile(r"((?:19|20|21)\d\d)(?:年|[./-])(\d{1,2})(?:月|(?![\d元]))")
YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?:年度?|最新|新|医保|城乡|居民)|(?<!\d)(20[12]\d)(?![\d元块万个.％%])")
SPOKEN = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}


class Day(NamedTuple):
    """The day asked for, where its words stand, and how it came from them."""

    on: date
    start: int
    end: int
    told: str


def day_in(sentence: str, taken: Iterable[tuple[int, int]], today: date) -> Day | None:
    """The day that a sentence asks about. Of a year or month that is over it is the last day.

    `taken` are the places of other facts: the year in 2000年12月退休 is not the year asked for.

    >>> day_in("2025年返多少", [], date(2026, 11, 22)).on, day_in("2026年返多少", [], date(2026, 11, 22)).on
    (datetime.date(2025, 12, 31), datetime.date(2026, 11, 22))
    """
    spans = list(taken)
    for pattern in (FULL, MONTH, YEAR):
        for match in pattern.finditer(sentence):
            numbers = [int(number) for number in match.groups() if number]
            free = all(match.end() <= start or end <= match.start() for start, end in spans)
            if free and (found := _day(numbers, today)):
                return Day(found[0], match.start(), match.end(), found[1])
    for word, years in SPOKEN.items():
        at = sentence.find(word)
        if at >= 0 and years:
            on, words = _day([today.year + years], today) or (today, "")
            return Day(on, at, at + len(word), words)
    return None


def _day(numbers: list[int], today: date) -> tuple[date, str] | None:
    """The day of a year, a month or a date; None if the calendar has no such day."""
    year = numbers[0]
    if len(numbers) == 1:
        first, last, whole = date(year, 1, 1), date(year, 12, 31), f"{year}年"
    elif not 1 <= numbers[1] <= 12:
        return None
    else:
        month = numbers[1]
        first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        whole = f"{year}年{month}月"
    if len(numbers) == 3:
        if not 1 <= numbers[2] <= last.day:
            return None
        found = first.replace(day=numbers[2])
        return found, f"按{found.year}年{found.month}月{found.day}日的规定回答"
    if last < today:
        return last, f"{whole}已经过去，按它最后一天的规定回答"
    if first > today:
        return first, f"{whole}还没有到，按它第一天的规定回答；以后可能改"
    return today, f"按今天（{today.isoformat()}）的规定回答"
