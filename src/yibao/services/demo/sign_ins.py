"""With whose numbers does one sign in to the demo? An employee, a retiree and a resident, the same ones each time."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import connection

from yibao.services.sealing import unseal

OLD = 70
EMPLOYEE = """
    e.kind = 0 AND EXISTS (SELECT FROM contribution_month c
    WHERE c.area = %(area)s AND c.person_id = p.id AND c.how = 1)
"""
WITH_GAP = """
    AND EXISTS (SELECT FROM enrolment_enrolment f JOIN enrolment_enrolment g ON g.person_id = f.person_id
    WHERE f.person_id = p.id AND f.kind = 0 AND g.kind = 0 AND g.starts > f.ends AND NOT EXISTS
    (SELECT FROM enrolment_enrolment h WHERE h.person_id = p.id AND h.starts <= f.ends AND h.ends > f.ends))
"""
RETIREE = """
    e.kind = 2 AND p.born <= %(old)s AND EXISTS (SELECT FROM ledger_account a JOIN ledger_posting l
    ON l.area = a.area AND l.account_id = a.id JOIN ledger_entry n ON n.id = l.entry_id
    WHERE a.area = %(area)s AND a.kind = 1 AND a.subject = p.id::text AND n.kind = 4)
"""
RESIDENT = """
    e.kind = 3 AND EXISTS (SELECT FROM contribution_month c WHERE c.area = %(area)s AND c.person_id = p.id)
"""
ROLES = {
    "employee": ("在职职工", (EMPLOYEE + WITH_GAP, EMPLOYEE, "e.kind = 0")),
    "retiree": ("退休人员", (RETIREE, "e.kind = 2")),
    "resident": ("城乡居民", (RESIDENT, "e.kind IN (3, 4, 5, 6)")),
}
PERSON = """
    SELECT p.name_sealed, c.number_sealed, h.number_sealed FROM enrolment_enrolment e
    JOIN areas_demomade d ON d.area_id = e.area_id AND d.is_finished
    JOIN people_person p ON p.id = e.person_id AND p.is_demo
    JOIN people_certificate c ON c.person_id = p.id JOIN people_phone h ON h.person_id = p.id
    WHERE e.area_id = %(area)s AND e.starts <= d.until AND (e.ends IS NULL OR e.ends > d.until) AND {role}
    ORDER BY p.id LIMIT 1
"""


class SignIn(NamedTuple):
    """Somebody made up with whose numbers one may sign in."""

    role: str
    words: str
    number: str
    name: str
    phone: str


def sign_ins(area: str) -> list[SignIn]:
    """The people to try the demo with; none where the area has no finished demo."""
    out = []
    for role, (words, conditions) in ROLES.items():
        found = next(filter(None, (_first(area, condition) for condition in conditions)), None)
        if found:
            name, number, phone = found
            out.append(
                SignIn(
                    role, words, unseal(number, what="certificate"), unseal(name, what="name"),
                    unseal(phone, what="phone"),
                )
            )  # fmt: skip
    return out


def _first(area: str, condition: str) -> tuple[bytes, bytes, bytes] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT until FROM areas_demomade WHERE area_id = %s", [area])
        row = cursor.fetchone()
        if row is None:
            return None
        until: date = row[0]
        old = until.replace(year=until.year - OLD)
        cursor.execute(PERSON.format(role=condition), {"area": area, "old": old})
        return cursor.fetchone()  # type: ignore[no-any-return]
