"""A small agency in Beijing with four people, whose records fit on a page.

    worker    man, born 1980-06-15; employed 2025-01 to 2025-06, on 10,000 yuan, and again from 2025-09 on, on 12,000
              April 2025 was paid up in June; November 2025 was never paid; November and December 2024 are deemed
    retiree   woman, born 1955-03-01, retired since 2020-01; September 2026 credited: 110.00, of which 3.00 go
    resident  woman, born 1990-01-01, adult resident since 2025; 2025 paid, 2026 not
    stranger  nobody knows of an enrolment

Today is 2026-10-20.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from yibao.books.areas.models import Area
from yibao.books.contributions.models import ContributionMonth, How
from yibao.books.enrolment.models import Employer, Enrolment, Kind
from yibao.books.keys import new_key
from yibao.books.ledger.accounts import AccountKind, EntryKind
from yibao.books.ledger.posting import Entry, accounts, post
from yibao.books.people.models import Person
from yibao.services.permissions import Actor
from yibao.services.records import Whose
from yibao.services.sealing import seal

AREA = "110000"
TODAY = date(2026, 10, 20)
NOW = Whose(today=TODAY)
FIRST_BASE, SECOND_BASE = 1_000_000, 1_200_000  # fen a month
OPENING, CARE = 500_000, 8_800
GROSS, FEE = 11_000, 300  # 北京, 70 and older: 110 yuan, of which 3 go to the large-amount insurance


class People(NamedTuple):
    worker: Person
    retiree: Person
    resident: Person
    stranger: Person


def own(person: Person) -> Actor:
    """The person, signed in."""
    return Actor("self", new_key(), person.id)


def staff(*areas: str) -> Actor:
    """Somebody of the agency."""
    return Actor("staff", new_key(), None, areas)


def opened() -> People:
    """The agency with its people and their books."""
    Area.objects.create(code=AREA, is_demo=True)
    people = People(
        _person("王建国", 1, date(1980, 6, 15)),
        _person("李秀英", 0, date(1955, 3, 1)),
        _person("陈明", 0, date(1990, 1, 1)),
        _person("赵大", 1, date(1970, 1, 1)),
    )
    _worker(people.worker)
    _retiree(people.retiree)
    _resident(people.resident)
    return people


def months(first: date, last: date) -> Iterable[date]:
    """The months from one to another."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(number // 12, number % 12 + 1, 1)


def _person(name: str, sex: int, born: date) -> Person:
    return Person.objects.create(id=new_key(), name_sealed=seal(name, what="name"), sex=sex, born=born, is_demo=True)


def enrol(person: Person, kind: Kind, starts: date, ends: date | None = None, employer: str = "") -> Enrolment:
    """An enrolment in the agency's area."""
    unit = Employer.objects.create(id=new_key(), area_id=AREA, code=employer, name=employer) if employer else None
    scheme = 0 if kind in (Kind.EMPLOYED, Kind.FLEXIBLE, Kind.RETIRED) else 1
    return Enrolment.objects.create(
        id=new_key(), area_id=AREA, person=person, scheme=scheme, kind=kind, employer=unit, starts=starts, ends=ends
    )


def paid(person: Person, month: date, base: int, *, scheme: int = 0, how: How = How.NORMAL, on: date | None = None):
    """A contribution month: the person pays 2 %, the employer 9 %; a resident the whole base."""
    deemed = how == How.DEEMED
    ContributionMonth.objects.create(
        area=AREA, person_id=person.id, scheme=scheme, month=month, how=how, base=base,
        person_paid=0 if deemed else base if scheme else base * 2 // 100,
        employer_paid=0 if deemed or scheme else base * 9 // 100,
        paid_on=None if deemed else on or month.replace(day=15),
    )  # fmt: skip


def moved(person: Person, key: str, kind: EntryKind, month: date, amount: int, other: UUID, on: date | None = None):
    """An entry of the individual account: `amount` came in, or went out where it is negative."""
    account = accounts(AREA, AccountKind.INDIVIDUAL, [str(person.id)])[str(person.id)]
    lines = ((account, -amount), (other, amount))
    return post(Entry(AREA, f"{key.split('/')[0]}/{AREA}/{key}", kind, month, on or month.replace(day=28), lines))


def fund(kind: AccountKind, subject: str = "") -> UUID:
    """A fund of the area."""
    return accounts(AREA, kind, [subject])[subject]


def _worker(person: Person) -> None:
    enrol(person, Kind.EMPLOYED, date(2025, 1, 1), date(2025, 7, 1), "A1")
    enrol(person, Kind.EMPLOYED, date(2025, 9, 1), employer="B2")
    for month in (date(2024, 11, 1), date(2024, 12, 1)):
        paid(person, month, 0, how=How.DEEMED)
    clearing = fund(AccountKind.CLEARING)
    moved(person, "opening/0", EntryKind.OPENING, date(2025, 1, 1), OPENING, fund(AccountKind.BANK), date(2025, 1, 1))
    for month in months(date(2025, 1, 1), date(2025, 6, 1)):
        late = month == date(2025, 4, 1)
        day = date(2025, 6, 10) if late else None
        paid(person, month, FIRST_BASE, how=How.BACK_PAID if late else How.NORMAL, on=day)
        share = FIRST_BASE * 2 // 100
        moved(person, f"assessment/{month}", EntryKind.ASSESSMENT, month, share, clearing, day)
    for month in months(date(2025, 9, 1), date(2026, 9, 1)):
        if month != date(2025, 11, 1):
            paid(person, month, SECOND_BASE)
            share = SECOND_BASE * 2 // 100
            moved(person, f"assessment/{month}", EntryKind.ASSESSMENT, month, share, clearing)
    provider = fund(AccountKind.PAYABLE, "演示医院")
    moved(person, "care/1", EntryKind.CARE, date(2026, 10, 1), -CARE, provider, date(2026, 10, 8))


def _retiree(person: Person) -> None:
    enrol(person, Kind.RETIRED, date(2020, 1, 1))
    month = date(2026, 9, 1)
    moved(person, "allocation/r", EntryKind.ALLOCATION, month, GROSS, fund(AccountKind.POOLED_EMPLOYEE))
    moved(person, "deduction/r", EntryKind.DEDUCTION, month, -FEE, fund(AccountKind.LARGE_AMOUNT))


def _resident(person: Person) -> None:
    enrol(person, Kind.ADULT, date(2025, 1, 1))
    paid(person, date(2025, 1, 1), 38_000, scheme=1, on=date(2024, 12, 10))
