"""What stands on the printed record (参保缴费记录): where insured, what was paid, what counts, the balance?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from yibao.books.people.models import Certificate, Person
from yibao.services.certificates import masked
from yibao.services.permissions import Actor
from yibao.services.records.counted import Counted
from yibao.services.records.enrolments import stays_of
from yibao.services.records.history import DEEMED, RESIDENT, History, history_of
from yibao.services.records.opening import Record, opened, told
from yibao.services.records.shapes import MINE, Stay, Whose
from yibao.services.results import Done, Refused
from yibao.services.sealing import unseal

BALANCE = """
    SELECT sum(balance)::bigint FROM ledger_account WHERE area = %s AND kind = 1 AND subject = %s
"""


@dataclass(frozen=True, slots=True)
class YearPaid:
    """A year's contributions to one scheme; a resident's year is one payment, `months` then 0."""

    year: int
    is_resident: bool
    months: int  # paid, in their month or later
    deemed: int
    person_paid: int
    employer_paid: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A record as it is printed: the name in full, since it goes into the person's hand, the number masked."""

    name: str
    number_masked: str
    area_name: str
    as_of: datetime
    is_demo: bool
    stays: tuple[Stay, ...]  # newest first
    years: tuple[YearPaid, ...]  # newest first
    counted: Counted
    balance: int | None


def statement(actor: Actor, *, whose: Whose = MINE) -> Done[Statement] | Refused:
    """The record for paper; one look, written down as such."""
    return told(lambda: _statement(opened(actor, whose, "printed")))


def _statement(record: Record) -> Statement:
    history = history_of(record)
    person = Person.objects.get(pk=record.person_id)
    number = Certificate.objects.filter(person=person).values_list("number_sealed", flat=True).first()
    with connection.cursor() as cursor:
        cursor.execute(BALANCE, [record.area, str(record.person_id)])
        (balance,) = cursor.fetchone()
    return Statement(
        name=unseal(person.name_sealed, what="name"),
        number_masked="" if number is None else masked(unseal(bytes(number), what="certificate")),
        area_name=record.area_name,
        as_of=record.as_of,
        is_demo=person.is_demo,
        stays=stays_of(record, history),
        years=tuple(_years(history)),
        counted=history.counted(record.area, record.today),
        balance=balance,
    )


def _years(history: History) -> list[YearPaid]:
    keys = sorted({(row.month.year, row.scheme) for row in history.rows}, reverse=True)
    out = []
    for year, scheme in keys:
        rows = [row for row in history.rows if (row.month.year, row.scheme) == (year, scheme)]
        is_resident = scheme == RESIDENT
        out.append(
            YearPaid(
                year=year,
                is_resident=is_resident,
                months=0 if is_resident else len({row.month for row in rows if row.how != DEEMED}),
                deemed=len({row.month for row in rows if row.how == DEEMED}),
                person_paid=sum(row.person_paid for row in rows),
                employer_paid=sum(row.employer_paid for row in rows),
            )
        )
    return out
