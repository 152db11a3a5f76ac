"""How do calendar months, as the law numbers them, become days?"""

from datetime import date, timedelta
from functools import lru_cache


def number_of(day: date) -> int:
    """The number of a day's month: year * 12 + month - 1."""
    return day.year * 12 + day.month - 1


@lru_cache(maxsize=4000)
def first_day(month: int) -> date:
    """The first day of a month.

    >>> first_day(number_of(date(2025, 6, 30)))
    datetime.date(2025, 6, 1)
    """
    return date(month // 12, month % 12 + 1, 1)


@lru_cache(maxsize=4000)
def last_day(month: int) -> date:
    """The last day of a month."""
    return first_day(month + 1) - timedelta(1)
