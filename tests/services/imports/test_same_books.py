"""Do the same rows give the same books, in whatever encoding, however often, and with bad rows among them?"""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.services.imports.files import (
    AREA,
    CONTRIBUTIONS,
    ENROLMENTS,
    MOVEMENTS,
    PEOPLE,
    Rows,
    contributions,
    enrolments,
    months,
    movements,
    numbered,
    people,
    write,
    write_xlsx,
)

Bring = Callable[..., Any]
FILES = (
    ("people", PEOPLE, ()),
    ("enrolments", ENROLMENTS, ()),
    ("contributions", CONTRIBUTIONS, (4, 5, 6)),
    ("movements", MOVEMENTS, (3,)),
)
BOOKS = """
    SELECT (SELECT count(*) FROM people_person), (SELECT count(*) FROM people_phone),
        (SELECT count(*) FROM enrolment_enrolment), (SELECT count(*) FROM enrolment_employer),
        (SELECT (count(*), sum(base), sum(person_paid), sum(employer_paid), min(paid_on), max(paid_on))::text
            FROM contribution_month),
        (SELECT (count(*), sum(balance))::text FROM ledger_account),
        (SELECT array_agg(k ORDER BY k)::text
            FROM (SELECT (kind, count(*))::text FROM ledger_entry GROUP BY kind) t (k)),
        (SELECT array_agg(k ORDER BY k)::text FROM (SELECT (a.kind, p.for_month, sum(p.amount), count(*))::text
            FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id GROUP BY a.kind, p.for_month) t (k))
"""


def books() -> tuple[Any, ...]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BOOKS)
        return tuple(cursor.fetchone())


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves nothing behind."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def agency() -> dict[str, Rows]:
    persons = people(120)
    return {
        "people": persons,
        "enrolments": enrolments(persons),
        "contributions": contributions(persons, months(12)),
        "movements": movements(persons, months(12)),
    }


def test_the_same_books_from_every_encoding(area: str, tmp_path: Path) -> None:
    from yibao.books.ledger.checks import broken
    from yibao.services.imports import import_file

    rows, found = agency(), {}
    for way in ("utf-8", "utf-8-sig", "gbk", "xlsx"):
        with undone():
            for kind, header, amounts in FILES:
                file = tmp_path / f"{kind}.{way}"
                if way == "xlsx":
                    write_xlsx(file, header, rows[kind], amounts)
                else:
                    write(file, header, rows[kind], way)
                report = import_file(kind, file, area).value  # type: ignore[union-attr]
                assert (report.new, report.refused) == (len(rows[kind]), [])
            found[way] = books()
            assert broken(area) == []
    assert set(map(str, found.values())) == {str(found["utf-8"])}
    fen = sum((100 + at) * 100 + (450 + at) * 100 + 50 for at in range(120))
    assert bank_of(found["utf-8"], "2021-06-01") == fen


def bank_of(found: tuple[Any, ...], month: str) -> int:
    """What came into the bank for a month."""
    return int(re.findall(rf"\(9,{month},(-?\d+),", found[-1])[0])


def test_a_repeat_changes_nothing_and_says_so(bring: Bring) -> None:
    rows = agency()
    for kind, header, _ in FILES:
        assert bring(kind, header, rows[kind]).new == len(rows[kind])
    before = books()
    for kind, header, _ in FILES:
        again = bring(kind, header, rows[kind])
        assert (again.new, again.same, again.refused) == (0, len(rows[kind]), [])
    assert books() == before


def test_a_dry_run_tells_all_and_writes_nothing(bring: Bring, tmp_path: Path) -> None:
    rows = agency()
    bring("people", PEOPLE, rows["people"])
    before = books()
    twice = [*rows["enrolments"], [numbered(0), "居民", "成年居民", "", "", "2025-01-01", ""]]
    report = bring("enrolments", ENROLMENTS, twice, dry_run=True)
    assert (report.new, [row.code for row in report.refused]) == (120, ["enrolled_twice"])
    assert (tmp_path / "enrolments.csv.errors.csv").exists()
    assert books() == before


def test_a_persons_record_is_not_overwritten_and_the_reason_tells_no_content(bring: Bring) -> None:
    row = people(1)[0]
    bring("people", PEOPLE, [row])
    other = [*row[:2], "欧阳修", row[3], row[4], "10099999999"]
    report = bring("people", PEOPLE, [other])
    (refused,) = report.refused
    assert refused.code == "differs_from_record"
    assert "姓名、手机号" in refused.message
    assert not [cell for cell in (*row, *other) if cell in refused.message]


def test_self_payers_and_residents_pay_under_their_enrolment(bring: Bring) -> None:
    from yibao.books.enrolment.models import Enrolment
    from yibao.books.ledger.models import LedgerEntry

    persons = people(2)
    bring("people", PEOPLE, persons)
    one, two = (row[1] for row in persons)
    bring("enrolments", ENROLMENTS, [
        [one, "职工", "灵活就业", "", "", "2024-01-01", ""],
        [two, "居民", "成年居民", "", "", "2025-03-01", ""],
    ])  # fmt: skip
    report = bring("contributions", CONTRIBUTIONS, [
        [one, "职工", "2025-02", "正常", "6000.00", "420.00", "0.00", "2025-02-10"],
        [two, "居民", "2025-03", "正常", "0.00", "400.00", "670.00", "2025-03-02"],
        [one, "职工", "2019-01", "视同", "0.00", "0.00", "0.00", ""],
    ])  # fmt: skip
    assert (report.new, report.refused) == (3, [])
    flexible = Enrolment.objects.get(scheme=0).id
    resident = Enrolment.objects.get(scheme=1).id
    assert set(LedgerEntry.objects.values_list("key", flat=True)) == {
        f"contribution/{AREA}/2025-02/{flexible}",
        f"contribution/{AREA}/2025/{resident}",
        f"assessment/{AREA}/2025/{resident}",
    }


def test_the_remittance_of_an_employer_in_two_files_is_two_numbered_entries(bring: Bring) -> None:
    from yibao.books.ledger.models import LedgerEntry

    persons = people(4)
    bring("people", PEOPLE, persons)
    bring("enrolments", ENROLMENTS, enrolments(persons))
    rows = contributions(persons, ["2025-01"])
    for part in (rows[:2], rows[2:3], rows):
        bring("contributions", CONTRIBUTIONS, part)
    plain = f"contribution/{AREA}/2025-01/U0"
    assert sorted(LedgerEntry.objects.values_list("key", flat=True)) == [plain, f"{plain}/2", f"{plain}/3"]


def many_with_bad_ones(count: int, bad: int) -> tuple[Rows, set[tuple[int, str]]]:
    """Rows of people of which some, at drawn places, are bad in drawn ways; with what is to be said of them."""
    drawn = random.Random(37)
    rows, expected = people(count), set()
    ways = ((1, "110105194912310021", "certificate_check_digit_wrong"), (2, "", "name_missing"),
            (3, "?", "unknown_word"), (4, "1950-02-31", "impossible_day"), (5, "123", "phone_wrong_form"))  # fmt: skip
    for place in drawn.sample(range(count), bad):
        at, text, code = drawn.choice(ways)
        rows[place][at] = text
        expected.add((place + 2, code))
    return rows, expected


@pytest.mark.parametrize(("count", "bad"), [(20_000, 37)])
def test_many_rows_with_a_few_bad_ones(bring: Bring, count: int, bad: int) -> None:
    """The full number, 300,000 rows, takes minutes: give it here to try."""
    rows, expected = many_with_bad_ones(count, bad)
    for new, same in ((count - bad, 0), (0, count - bad)):
        report = bring("people", PEOPLE, rows)
        assert (report.rows, report.new, report.same) == (count, new, same)
        assert {(row.line, row.code) for row in report.refused} == expected
