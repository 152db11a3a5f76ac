"""How is a search by date told (R4, 3.1.1.4.7)? A day, month or year, with a prefix or without: `ge2025-09`."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

TOLD = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb)?([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
EVER = date.max


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that a value of a search stands for, first and last, and how a target is compared with them."""

    prefix: str
    first: date
    last: date

    def fits(self, first: date, last: date | None) -> bool:
        """Whether days, the last of which may be open, fit."""
        end = last or EVER
        within = self.first <= first and end <= self.last
        return {
            "eq": within,
            "ne": not within,
            "gt": end > self.last,
            "lt": first < self.first,
            "ge": end > self.last or within,
            "le": first < self.first or within,
            "sa": first > self.last,
            "eb": end < self.first,
        }[self.prefix]


def dates_of(text: str) -> Dates | None:
    """A value of a search as days; None where it is no date.

    >>> dates_of("ge2025-02").first, dates_of("ge2025-02").last
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    """
    found = TOLD.fullmatch(text) if text.isascii() else None
    if found is None:
        return None
    prefix, year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        last_month = first.month if month else 12
        last_day = first.day if day else calendar.monthrange(first.year, last_month)[1]
        return Dates(prefix or "eq", first, date(first.year, last_month, last_day))
    except ValueError:
        return None
