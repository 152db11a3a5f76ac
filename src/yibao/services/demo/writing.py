"""How do the people of a demo and their history get into the books? By COPY, in one transaction with the area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from yibao.books.areas.models import AdoptedValue, Area, DemoMade
from yibao.books.keys import new_key
from yibao.law.parameters import Law
from yibao.law.parameters.resolving import begins, document
from yibao.services.answers.topics import TOPICS
from yibao.services.answers.working import law_of
from yibao.services.demo.history import History
from yibao.services.demo.law import DemoLaw
from yibao.services.demo.months import first_day
from yibao.services.people import NewPerson, register_all

ADOPTED_BY = "演示"
PEOPLE = "people_person", "people_certificate", "enrolment_enrolment", "contribution_month", "ledger_account"
LEDGER = "ledger_account", "ledger_entry", "ledger_posting"


def write_history(made: DemoMade, law: DemoLaw, people: list[NewPerson], history: History) -> None:
    """Open the area, adopt its law and write down everybody: all or nothing."""
    with transaction.atomic():
        Area.objects.create(code=law.area, is_demo=True)
        made.save(force_insert=True)
        AdoptedValue.objects.bulk_create(_adopted(law))
        register_all(people)
        _copy_employers(law.area, history)
        _copy_enrolments(law.area, history)
        _copy_months(law, history)
    analyse(PEOPLE)


def analyse(tables: Iterable[str]) -> None:
    """Let the database know how large its tables have become; its own rounds come too late for a demo."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


def _adopted(law: DemoLaw) -> list[AdoptedValue]:
    """Every value in force in the months of the demo, with its document."""
    found: dict[tuple[str, Any], str] = {}
    for month in range(law.first, law.until + 1):
        for topic in (TOPICS["allocation"], TOPICS["premium"]):
            of_month: Law = law_of(topic, law.area, first_day(month))
            for name, (code, entry) in of_month.entries.items():
                if "gap" not in entry:
                    rests_on = document(code, of_month.subject, entry["cite"])["document"]
                    found.setdefault((f"{of_month.subject}.{name}", begins(entry)), rests_on)
    return [
        AdoptedValue(
            id=new_key(), area_id=law.area, path=path, begins_on=day, document=rests_on, adopted_by=ADOPTED_BY
        )
        for (path, day), rests_on in found.items()
    ]


def _copy(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _copy_employers(area: str, history: History) -> None:
    rows = ((one.id, area, one.code, one.name) for one in history.employers)
    _copy("enrolment_employer", "id, area_id, code, name", rows)


def _copy_enrolments(area: str, history: History) -> None:
    rows = (
        (
            row.id, area, row.person, int(row.scheme), int(row.kind), row.tier, row.employer and row.employer.id,
            first_day(row.starts), None if row.ends is None else first_day(row.ends),
        )
        for row in history.enrolments
    )  # fmt: skip
    columns = "id, area_id, person_id, scheme, kind, tier, employer_id, starts, ends"
    _copy("enrolment_enrolment", columns, rows)


def _copy_months(law: DemoLaw, history: History) -> None:
    rows = (
        (
            law.area, row.person, int(row.scheme), first_day(row.month), int(row.how), row.base, row.person_paid,
            row.employer_paid, row.paid_on,
        )
        for row in history.paid
    )  # fmt: skip
    columns = "area, person_id, scheme, month, how, base, person_paid, employer_paid, paid_on"
    _copy("contribution_month", columns, rows)
    carried = (
        (row.id, law.area, row.person, 0, row.paid_months, row.deemed_months, first_day(law.first))
        for row in history.carried
    )
    columns = "id, area_id, person_id, scheme, paid_months, deemed_months, as_of"
    _copy("contributions_carriedforward", columns, carried)
