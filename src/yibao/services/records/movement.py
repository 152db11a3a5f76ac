"""What is one movement of the account: what it was, and the balance before it and after it?

It is asked for by its day and its place among those of the day, so that no address and no log names an entry.
"""

from __future__ import annotations

from datetime import date

from yibao.services.permissions import Actor
from yibao.services.records.movements import account_of, rows_of, sums_of
from yibao.services.records.opening import Record, not_found, opened, told
from yibao.services.records.shapes import MINE, OneMovement, Whose
from yibao.services.results import Done, Refused


def movement(actor: Actor, day: date, number: int, *, whose: Whose = MINE) -> Done[OneMovement] | Refused:
    """The movement of a day that has this number; `not_found` where there is none."""
    return told(lambda: _movement(opened(actor, whose, "movements"), day, number))


def _movement(record: Record, day: date, number: int) -> OneMovement:
    ids, _ = account_of(record)
    before = sum(total for year, total in sums_of(record.area, ids).items() if year < day.year)
    rows = rows_of(record.area, ids, day.year, before) if ids else []
    row = next((row for row in rows if (row.on, row.number) == (day, number)), None)
    if row is None:
        raise not_found()
    return OneMovement(record.area, record.area_name, record.as_of, row, row.balance_after - row.amount)
