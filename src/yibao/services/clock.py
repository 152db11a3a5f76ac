"""What day is it where the insured live? The law itself has no clock: every day is handed down to it from here."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""One hour everywhere, and no summer time since 1991: no table of time zones is read for a day of now."""


def today() -> date:
    """The day in China, whatever the clock of the machine says."""
    return datetime.now(CHINA).date()
