"""What is coming that somebody should get ready for: the retirement, where the law's month of it is near."""

from __future__ import annotations

from datetime import date

from yibao.law.values import Sex
from yibao.services.records.facts import asked
from yibao.services.records.words import first_day, next_month
from yibao.services.records.years import figure_month

NEAR = 12
OLD_AGES = {Sex.MALE: ("60",), Sex.FEMALE: ("50", "55")}
AGES = {"60": (59, 63), "50": (49, 55), "55": (54, 58)}
"""Years of age between which the month of retirement may be near; nobody else's is worked out."""


def retires_soon(born: date, sex: int, area: str, today: date) -> date | None:
    """The next month of retirement by law within a year, this one included; a woman's may be either of two."""
    this_month = first_day(today)
    for old_age in OLD_AGES[Sex(sex)]:
        first, last = AGES[old_age]
        if not first <= today.year - born.year <= last:
            continue
        facts = {"sex": Sex(sex).name.lower(), "old_age": old_age, "born": born.isoformat()}
        _, answered = asked("retirement-age", area, today, facts, today)
        month = figure_month(answered)
        if month is not None and this_month <= month <= next_month(this_month, NEAR):
            return month
    return None
