"""What the kill tests do in a process of their own, on the books of `YIBAO_DATA`; started by its path.

open MONTHS   an area with people in work and retirees, and so many months that were paid and not yet run
pay NUMBER    post single entries, one after another, and print the key of each once `post` has come back
broken        print the rows of the ledger that break an invariant
"""

import sys
from datetime import date, timedelta
from itertools import count

from yibao.site.at_hand import books_at_hand

AREA, EMPLOYER = "110000", "A1"
FIRST = date(2025, 1, 1)
IN_WORK, RETIRED = 11_000, 6_000  # three chunks of the run, and two
BASE, PERSON_PAID, EMPLOYER_PAID = 1_000_000, 20_300, 90_000  # fen; 3 yuan of it for the large-amount insurance
PEOPLE = """
    INSERT INTO people_person (id, name_sealed, sex, born, is_demo)
    SELECT md5('person ' || n)::uuid, ''::bytea, 0, date '1945-01-01' + CASE WHEN n <= %(work)s THEN 15000 ELSE 0 END
        + n %% 3000, true FROM generate_series(1, %(all)s) n
"""
ENROLMENTS = """
    INSERT INTO enrolment_enrolment (id, area_id, person_id, scheme, kind, tier, employer_id, starts)
    SELECT md5('enrolment ' || n)::uuid, %(area)s, md5('person ' || n)::uuid, 0,
        CASE WHEN n <= %(work)s THEN 0 ELSE 2 END, '',
        CASE WHEN n <= %(work)s THEN %(employer)s::uuid END, date '2020-01-01' FROM generate_series(1, %(all)s) n
"""
PAID = """
    INSERT INTO contribution_month (area, person_id, scheme, month, how, base, person_paid, employer_paid, paid_on)
    SELECT %(area)s, md5('person ' || n)::uuid, 0, %(month)s, 0, %(base)s, %(person)s, %(unit)s, %(day)s
    FROM generate_series(1, %(work)s) n
"""


def months(number: int) -> list[date]:
    return [FIRST.replace(year=FIRST.year + place // 12, month=place % 12 + 1) for place in range(number)]


def last_day(month: date) -> date:
    return (month + timedelta(31)).replace(day=1) - timedelta(1)


def open_books(number: int) -> None:
    """People by one statement each; what their employer paid each month, as an import posts it."""
    from django.db import connection

    from yibao.books.areas.models import AdoptedValue, Area
    from yibao.books.enrolment.models import Employer
    from yibao.books.keys import new_key
    from yibao.books.ledger.accounts import AccountKind, EntryKind
    from yibao.books.ledger.posting import Entry, accounts, post
    from yibao.services.month.amounts import amounts_of

    Area.objects.create(code=AREA, is_demo=True)
    employer = Employer.objects.create(id=new_key(), area_id=AREA, code=EMPLOYER, name=EMPLOYER)
    given = {"area": AREA, "work": IN_WORK, "all": IN_WORK + RETIRED, "employer": employer.id, "base": BASE}
    given |= {"person": PERSON_PAID, "unit": EMPLOYER_PAID}
    bank, clearing = (accounts(AREA, kind)[""] for kind in (AccountKind.BANK, AccountKind.CLEARING))
    values = set()
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, given)
        cursor.execute(ENROLMENTS, given)
        for month in months(number):
            cursor.execute(PAID, given | {"month": month, "day": last_day(month)})
            paid = (PERSON_PAID + EMPLOYER_PAID) * IN_WORK
            key = f"contribution/{AREA}/{month:%Y-%m}/{EMPLOYER}"
            kind, moved = EntryKind.CONTRIBUTION_RECEIVED, ((bank, paid), (clearing, -paid))
            post(Entry(AREA, key, kind, month, last_day(month), moved))
            values |= amounts_of(AREA, month).values
    AdoptedValue.objects.bulk_create(
        AdoptedValue(id=new_key(), area_id=AREA, path=path, begins_on=begins, document="", adopted_by="test")
        for path, begins in values
    )


def pay(number: int) -> None:
    """Single entries on individual accounts, until this process is ended; each key is printed after it was posted."""
    from yibao.books.ledger.accounts import AccountKind, EntryKind
    from yibao.books.ledger.posting import Entry, accounts, post

    bank = accounts(AREA, AccountKind.BANK)[""]
    subjects = [f"single {place}" for place in range(5)]
    individual = accounts(AREA, AccountKind.INDIVIDUAL, subjects)
    for place in count():
        lines = ((bank, 100 + place), (individual[subjects[place % 5]], -100 - place))
        entry = Entry(AREA, f"opening/{AREA}/{number}/{place}", EntryKind.OPENING, FIRST, FIRST, lines)
        post(entry)
        print(entry.key, flush=True)


def show_broken() -> None:
    from yibao.books.ledger.checks import broken

    for row in broken(AREA):
        print(*row)


if __name__ == "__main__":
    with books_at_hand():
        match sys.argv[1:]:
            case ["open", number]:
                open_books(int(number))
            case ["pay", number]:
                pay(int(number))
            case ["broken"]:
                show_broken()
