"""What stands in the books, in one fixed order, so that two of them can be compared?

Left out is what differs between two books that hold the same: ciphertext and the keys of its indexes, the keys that the
database row got when it was written, and when that was. Accounts and entries are told by their business keys.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from yibao.books.areas.models import Area
from yibao.services.results import Done, Refused

PARTS = {
    "area": "SELECT code, is_demo FROM areas_area WHERE code = {area}",
    "adopted": """
        SELECT path, begins_on, document, adopted_by FROM areas_adoptedvalue WHERE area_id = {area}
        ORDER BY path COLLATE "C", begins_on""",
    "person": """
        SELECT p.id, sex, born, is_demo, (SELECT count(*) FROM people_certificate c WHERE c.person_id = p.id),
        (SELECT string_agg(type, ' ' ORDER BY type COLLATE "C") FROM people_certificate c WHERE c.person_id = p.id),
        EXISTS (SELECT FROM people_phone h WHERE h.person_id = p.id) FROM people_person p
        WHERE id IN (SELECT person_id FROM enrolment_enrolment WHERE area_id = {area}) ORDER BY p.id""",
    "employer": 'SELECT code, name FROM enrolment_employer WHERE area_id = {area} ORDER BY code COLLATE "C"',
    "enrolment": """
        SELECT e.id, person_id, scheme, kind, tier, r.code, starts, ends FROM enrolment_enrolment e
        LEFT JOIN enrolment_employer r ON r.id = e.employer_id WHERE e.area_id = {area}
        ORDER BY person_id, scheme, starts""",
    "carried_forward": """
        SELECT person_id, scheme, paid_months, deemed_months, as_of FROM contributions_carriedforward
        WHERE area_id = {area} ORDER BY person_id, scheme""",
    "contribution": """
        SELECT person_id, scheme, month, how, base, person_paid, employer_paid, paid_on FROM contribution_month
        WHERE area = {area} ORDER BY person_id, scheme, month""",
    "account": """
        SELECT kind, subject, pocket, balance FROM ledger_account WHERE area = {area}
        ORDER BY kind, subject COLLATE "C", pocket COLLATE "C" """,
    "posting": """
        SELECT e.key, e.kind, e.reason, v.key, a.kind, a.subject, a.pocket, p.amount, p.balance_after, p.for_month,
        p.effective_on FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id
        JOIN ledger_account a ON a.id = p.account_id LEFT JOIN ledger_entry v ON v.id = e.reverses
        WHERE p.area = {area} ORDER BY e.key COLLATE "C", a.kind, a.subject COLLATE "C", a.pocket COLLATE "C" """,
    "closed_month": "SELECT month FROM ledger_month WHERE area = {area} ORDER BY month",
}


def canonical(write: Callable[[bytes], Any], area: str = "") -> Done[int] | Refused:
    """Write the books of an area, or of all, as lines of CSV; how many areas they were. Refused: `area_not_opened`."""
    opened = Area.objects.filter(**({"code": area} if area else {})).order_by("code")
    codes = list(opened.values_list("code", flat=True))
    if area and not codes:
        return Refused("area_not_opened", f"{area} 在这里还没有账本。")
    is_first = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_first:  # all parts as of one moment, whatever is posted meanwhile
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL datestyle = 'ISO, YMD'")
        for code in codes:
            for name, query in PARTS.items():
                write(f"# {code} {name}\n".encode())
                rows = sql.SQL(query).format(area=sql.Literal(code))
                with cursor.copy(sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(rows)) as copy:
                    for data in copy:
                        write(bytes(data))
    return Done(len(codes))
