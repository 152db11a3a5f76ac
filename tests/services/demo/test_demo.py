"""The demo obeys the law to the fen, is the same twice, and is believable."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from yibao.law.areas import pooling_area
from yibao.services.certificates import checked_certificate, checked_phone
from yibao.services.results import Done, Refused

AREA = "110000"


def asked(query: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


@pytest.mark.parametrize(
    ("people", "area", "month", "code"),
    [
        (300, "天津", (2026, 9), "allocation_law_has_a_gap"),  # no value for what is deducted from those in work
        (300, "000000", (2026, 9), "area_is_no_pooling_area"),
        (300, "河北", (2026, 9), "area_is_no_pooling_area"),
        (300, "朝阳", (2026, 9), "ambiguous_area"),
        (300, "北金", (2026, 9), "unknown_area"),
        (19, "北京", (2026, 9), "people_out_of_range"),
        (100_001, "北京", (2026, 9), "people_out_of_range"),
        (300, "北京", (2999, 1), "month_is_not_over"),
        (300, "北京", (2022, 8), "allocation_law_has_a_gap"),  # the reform's law is known from 2022-09
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_written(
    db: None, people: int, area: str, month: tuple[int, int], code: str
) -> None:
    from yibao.services.demo import make

    done = make(people, 1, area, date(*month, 1))
    assert isinstance(done, Refused)
    assert done.code == code
    assert done.message.endswith("。") or code in ("unknown_area", "ambiguous_area")
    assert asked("SELECT count(*) FROM areas_area") == [(0,)]


def test_the_gap_is_named(db: None) -> None:
    from yibao.services.demo import make

    done = make(300, 1, "天津", date(2026, 9, 1))
    assert isinstance(done, Refused)
    assert "长期护理保险费" in done.message


def test_the_books_are_right(demo: Any) -> None:
    from yibao.services.check_books import check_books

    done = check_books(AREA)
    assert isinstance(done, Done)
    assert done.value.differences == []
    assert done.value.recomputed > 5_000
    assert done.value.entries == asked("SELECT count(*) FROM ledger_entry")[0][0]


def test_a_retiree_over_70_gets_110_less_3_yuan_each_month(demo: Any) -> None:
    rows = asked(
        "SELECT e.kind, -p.amount FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id "
        "JOIN ledger_account a ON a.id = p.account_id AND a.kind = 1 JOIN people_person q ON q.id::text = a.subject "
        "WHERE e.kind IN (3, 4) AND p.for_month = %s AND q.born < %s",
        demo.until,
        date(demo.until.year - 71, 1, 1),
    )
    assert len(rows) >= 4
    assert set(rows) == {(3, 11_000), (4, -300)}


def test_people_in_work_get_2_percent_of_their_base(demo: Any) -> None:
    rows = asked(
        "SELECT c.base, -p.amount FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id AND e.kind = 2 "
        "JOIN ledger_account a ON a.id = p.account_id AND a.kind = 1 "
        "JOIN contribution_month c ON c.person_id::text = a.subject AND c.month = p.for_month AND c.scheme = 0"
    )
    assert len(rows) > 2_000
    assert {credited == (base * 2 + 50) // 100 for base, credited in rows} == {True}


def test_it_is_believable(demo: Any) -> None:
    (in_scheme,) = asked("SELECT count(DISTINCT person_id) FROM enrolment_enrolment WHERE scheme = 0")[0]
    assert 90 <= in_scheme <= 150  # about 40 % of 300
    (retired_in_window,) = asked(
        "SELECT count(*) FROM enrolment_enrolment WHERE kind = 2 AND starts > %s AND starts <= %s",
        demo.first, demo.until,
    )[0]  # fmt: skip
    assert retired_in_window > 0
    (back_paid,) = asked("SELECT count(*) FROM contribution_month WHERE how = 1")[0]
    assert back_paid > 0
    (gaps,) = asked(
        "SELECT count(*) FROM enrolment_enrolment e JOIN enrolment_enrolment f USING (person_id) "
        "WHERE e.kind = 0 AND f.kind = 0 AND f.starts > e.ends"
    )[0]
    assert gaps > 0
    (shared,) = asked("SELECT count(*) - count(DISTINCT number_index) FROM people_phone")[0]
    assert shared > 0
    assert asked("SELECT count(*) FROM enrolment_enrolment WHERE kind = 1") == [(0,)]
    assert asked("SELECT count(*) FROM people_person p WHERE NOT is_demo") == [(0,)]


def test_three_sign_ins_have_numbers_that_nobody_has(demo: Any) -> None:
    from yibao.services.demo import sign_ins, told
    from yibao.services.people import find

    people = sign_ins(AREA)
    assert [one.role for one in people] == ["employee", "retiree", "resident"]
    assert people == sign_ins(AREA)
    for one in people:
        assert one.number.startswith("990100")
        assert checked_certificate("resident_id", one.number, demo=True) == Done(one.number)
        assert checked_phone(one.phone, demo=True) == Done(one.phone)
        assert find(one.number) is not None
    retiree = people[1]
    assert int(retiree.number[6:10]) <= demo.until.year - 70
    lines = "\n".join(told(demo))
    assert all(text in lines for one in people for text in (one.number, one.name, one.phone))
    assert "演示数据，非官方" in lines
    assert sign_ins("120000") == []


def test_a_demo_is_made_once(demo: Any) -> None:
    from yibao.services.demo import make

    before = asked("SELECT count(*) FROM ledger_posting")
    again = make(300, 7, AREA, demo.until)
    assert isinstance(again, Done)
    assert again.value.was_there
    assert asked("SELECT count(*) FROM ledger_posting") == before
    other = make(300, 8, AREA, demo.until)
    assert isinstance(other, Refused)
    assert other.code == "area_has_books"


def test_the_same_is_drawn_twice_and_another_seed_draws_others() -> None:
    from yibao.services.demo.law import DemoLaw
    from yibao.services.demo.made import drawn

    until = 2026 * 12 + 8
    first, second, other = (drawn(DemoLaw(AREA, until - 59, until), 60, seed) for seed in (1, 1, 2))
    assert first == second
    assert first[0] != other[0]


def test_chongqing_too(db: None) -> None:
    from yibao.services.check_books import check_books
    from yibao.services.demo import make

    made = make(60, 1, "重庆", date(2026, 9, 1))
    assert isinstance(made, Done)
    assert made.value.opens == date(2024, 1, 1)  # the first month whose allocation law is known
    assert check_books("500000").value.differences == []  # type: ignore[union-attr]
    assert pooling_area("500000") is not None
    (care_fee,) = asked("SELECT count(*) FROM ledger_entry WHERE key LIKE 'deduction/500000/%%/long_term_care'")[0]
    assert care_fee > 0
