"""Which days are working days, by the yearly notices of the State Council (国务院办公厅关于部分节假日安排的通知).

One YAML file a year. A year whose notice is not here is not guessed: whatever would count into it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from yibao.law.parameters.loading import tree

DAY = timedelta(days=1)
SATURDAY = 5


class NoCalendarError(Exception):
    """A day of a year whose notice is not here; `later` says that the year comes after the last notice."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the days off of {year} are not known")
        self.year, self.later = year, year > max(years(), default=0)


class Between(NamedTuple):
    """What lies between two days of one year, the first not counted, the last counted."""

    year: int
    weekend_days: int
    holidays: int
    worked_weekends: int

    @property
    def days_off(self) -> int:
        """The days that are no working days."""
        return self.weekend_days + self.holidays - self.worked_weekends


class _Year(NamedTuple):
    days_off: frozenset[date]
    worked: frozenset[date]


def years() -> tuple[int, ...]:
    """The years whose notice is here."""
    return tuple(sorted(int(year) for year in tree()["calendar"]))


def notice(year: int) -> Mapping[str, Any]:
    """The notice of a year as its file has it: document, number, issuer, grade, days."""
    found: Mapping[str, Any] | None = tree()["calendar"].get(str(year))
    if found is None:
        raise NoCalendarError(year)
    return found


@lru_cache(maxsize=64)
def _days(year: int) -> _Year:
    told = notice(year)
    off = set()
    for span in told["days_off"]:
        day, last = date.fromisoformat(span["from"]), date.fromisoformat(span["to"])
        while day <= last:
            off.add(day)
            day += DAY
    return _Year(frozenset(off), frozenset(date.fromisoformat(day) for day in told["worked_weekends"]))


def is_working_day(day: date) -> bool:
    """Whether people work on a day; `NoCalendarError` where the notice of its year is not here.

    >>> is_working_day(date(2026, 2, 28)), is_working_day(date(2026, 2, 16))
    (True, False)
    """
    year = _days(day.year)
    return day in year.worked or (day.weekday() < SATURDAY and day not in year.days_off)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after a day, which itself is not counted; never counts past the last notice.

    >>> add_working_days(date(2026, 2, 9), 10)
    datetime.date(2026, 2, 28)
    """
    is_working_day(day)
    while n > 0:
        day += DAY
        n -= is_working_day(day)
    return day


def between(first: date, last: date) -> list[Between]:
    """What lies after `first` up to `last`, year by year: weekend days, holidays on weekdays, worked weekend days.

    >>> between(date(2026, 2, 9), date(2026, 2, 28))
    [Between(year=2026, weekend_days=5, holidays=6, worked_weekends=2)]
    """
    counts: dict[int, list[int]] = {year: [0, 0, 0] for year in range(first.year, last.year + 1)}
    day = first
    while day < last:
        day += DAY
        year, counted = _days(day.year), counts[day.year]
        if day.weekday() >= SATURDAY:
            counted[0] += 1
            counted[2] += day in year.worked
        else:
            counted[1] += day in year.days_off
    return [Between(year, *counted) for year, counted in counts.items()]
