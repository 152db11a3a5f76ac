"""Whoever gets past the triggers is found by `check-books`: each test changes one thing as a superuser could."""

from typing import Any

import pytest
from django.db import connection

AREA = "110000"


def rules_broken() -> set[str]:
    from yibao.services.check_books import check_books

    return {row.rule for row in check_books(AREA).value.differences}  # type: ignore[union-attr]


def tamper(statement: str) -> None:
    """Change something with the triggers switched off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        assert cursor.rowcount >= 1
        cursor.execute("SET LOCAL session_replication_role = origin")


ONE_ASSESSMENT = "(SELECT id FROM ledger_entry WHERE kind = 2 AND key LIKE '%/2025-03/%' ORDER BY key LIMIT 1)"
ONE_MONTH = """(SELECT person_id FROM contribution_month WHERE scheme = 0 AND month = '2025-03-01' ORDER BY 1 LIMIT 1)
    AND scheme = 0 AND month = '2025-03-01'"""


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        (
            "UPDATE ledger_posting SET amount = amount - 1 WHERE ctid IN "
            f"(SELECT ctid FROM ledger_posting WHERE entry_id = {ONE_ASSESSMENT} ORDER BY amount DESC LIMIT 1)",
            {"entry_sums_to_zero", "entry_is_as_it_was_posted", "entry_is_what_the_law_says"},
        ),
        (
            "UPDATE ledger_posting SET amount = amount * 2, balance_after = balance_after "
            f"WHERE entry_id = {ONE_ASSESSMENT}",
            {"balance_is_the_sum_of_postings", "entry_is_as_it_was_posted", "entry_is_what_the_law_says"},
        ),
        (
            "UPDATE ledger_account SET balance = balance + 1 WHERE id = "
            "(SELECT id FROM ledger_account WHERE kind = 1 ORDER BY subject LIMIT 1)",
            {"balance_is_the_sum_of_postings"},
        ),
        (
            f"UPDATE contribution_month SET base = base + 10000 WHERE person_id = {ONE_MONTH}",
            {"entry_is_what_the_law_says"},
        ),
        (
            f"UPDATE contribution_month SET person_paid = person_paid + 1 WHERE person_id = {ONE_MONTH}",
            {"contribution_is_received", "entry_is_what_the_law_says"},
        ),
        (
            f"DELETE FROM contribution_month WHERE person_id = {ONE_MONTH}",
            {"contribution_is_received", "entry_is_what_the_law_says"},
        ),
        (
            "DELETE FROM ledger_posting WHERE entry_id = "
            "(SELECT id FROM ledger_entry WHERE kind = 4 ORDER BY key LIMIT 1)",
            {"entry_has_postings", "entry_is_what_the_law_says", "balance_is_the_sum_of_postings"},
        ),
        (
            "UPDATE people_person SET born = born - 4000 WHERE id = (SELECT e.person_id FROM enrolment_enrolment e "
            "JOIN people_person p ON p.id = e.person_id WHERE e.kind = 2 AND p.born BETWEEN '1959-01-01' AND "
            "'1962-01-01' AND e.starts < '2022-01-01' ORDER BY 1 LIMIT 1)",
            {"entry_is_what_the_law_says"},
        ),
    ],
)
def test_tampering_is_found(demo: Any, statement: str, rules: set[str]) -> None:
    tamper(statement)
    assert rules <= rules_broken()


def test_an_area_without_books_is_refused(demo: Any) -> None:
    from yibao.services.check_books import check_books
    from yibao.services.export import canonical

    assert check_books("120000").code == "area_not_opened"  # type: ignore[union-attr]
    assert canonical(lambda data: None, "120000").code == "area_not_opened"  # type: ignore[union-attr]
