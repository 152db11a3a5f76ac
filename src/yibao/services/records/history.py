"""Which months of contributions stand on record, and how many of them does the law count?

The law counts the months of the employees' scheme: those paid, paid up later, and deemed, each calendar month once,
and besides what was counted before the books begin (结转). Every page that tells a number of months takes it from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from yibao.books.contributions.models import CarriedForward
from yibao.services.records.counted import Counted
from yibao.services.records.opening import Record

EMPLOYEE, RESIDENT = 0, 1
NORMAL, BACK_PAID, DEEMED = 0, 1, 2
ROWS = """
    SELECT area, scheme, month, how, base, person_paid, employer_paid, paid_on FROM contribution_month
    WHERE area = ANY(%s) AND person_id = %s ORDER BY month, how
"""


@dataclass(frozen=True, slots=True)
class Paid:
    """A contribution month as it stands in the books."""

    area: str
    scheme: int
    month: date
    how: int
    base: int
    person_paid: int
    employer_paid: int
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Carried:
    """Months that were counted before the books begin; `as_of` is the first day that they do not reach."""

    area: str
    scheme: int
    paid_months: int
    deemed_months: int
    as_of: date


@dataclass(frozen=True, slots=True)
class History:
    """Every contribution month, oldest first, and what was carried forward."""

    rows: tuple[Paid, ...]
    carried: tuple[Carried, ...]

    def counting(self, today: date) -> dict[date, Paid]:
        """The months that count, up to today: paid before deemed where two areas tell of one month."""
        begins = {(one.area, one.scheme): one.as_of for one in self.carried}
        found: dict[date, Paid] = {}
        for row in self.rows:
            begin = begins.get((row.area, row.scheme))
            if row.scheme != EMPLOYEE or row.month > today or (begin and row.month < begin):
                continue
            found.setdefault(row.month, row)
        return found

    def counted(self, area: str, today: date) -> Counted:
        """How many months count, by how they came to count; `local` are those really paid in an area."""
        rows = self.counting(today).values()
        carried = [one for one in self.carried if one.scheme == EMPLOYEE]
        return Counted(
            paid=sum(row.how == NORMAL for row in rows),
            back_paid=sum(row.how == BACK_PAID for row in rows),
            deemed=sum(row.how == DEEMED for row in rows),
            carried_paid=sum(one.paid_months for one in carried),
            carried_deemed=sum(one.deemed_months for one in carried),
            local=sum(row.how != DEEMED and row.area == area for row in rows)
            + sum(one.paid_months for one in carried if one.area == area),
        )


def history_of(record: Record) -> History:
    """The contribution months of a record: two statements."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [list(record.areas), record.person_id])
        rows = tuple(Paid(*row) for row in cursor.fetchall())
    return History(rows, _carried(record))


def _carried(record: Record) -> tuple[Carried, ...]:
    found = CarriedForward.objects.filter(area__in=record.areas, person_id=record.person_id)
    return tuple(Carried(*row) for row in found.values_list("area", "scheme", "paid_months", "deemed_months", "as_of"))
