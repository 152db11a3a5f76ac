"""Enrolments, a month's allocation, the years and what would be: from the record, with the law's answer."""

from datetime import date

import pytest
from tests.services.records.agency import AREA, FEE, FIRST_BASE, GROSS, NOW, SECOND_BASE, People, own

from yibao.books.enrolment.models import Enrolment, Kind
from yibao.books.keys import new_key
from yibao.services.records import allocation, enrolments, facts_of, what_if, years
from yibao.services.results import Done, Refused


def _done(found):
    assert isinstance(found, Done), found
    return found.value


def test_enrolments_are_told_newest_first_with_the_history_of_the_base(people: People) -> None:
    now, before = _done(enrolments(own(people.worker), whose=NOW)).rows
    assert (now.employer, now.starts, now.ends, now.is_current) == ("B2", date(2025, 9, 1), None, True)
    assert (before.employer, before.ends, before.is_current) == ("A1", date(2025, 6, 30), False)
    assert [(base.first, base.last, base.base) for base in now.bases] == [
        (date(2025, 12, 1), date(2026, 9, 1), SECOND_BASE),
        (date(2025, 9, 1), date(2025, 10, 1), SECOND_BASE),
    ]
    assert (now.counted_months, before.counted_months) == (2 + 10, 6)


def test_point_11_the_retirees_allocation_is_the_laws_to_the_fen(people: People) -> None:
    """Checklist 10 and 11: the person's own facts, the steps, the law; equal to what was posted."""
    found = _done(allocation(own(people.retiree), whose=NOW))
    assert (found.month, found.posted_gross, found.posted) == (date(2026, 9, 1), GROSS, GROSS - FEE)
    assert [(one.title, one.amount) for one in found.deductions] == [("代扣大额医疗费用补助", FEE)]
    assert found.facts == {"born": "1955-03-01", "scheme": "employee", "status": "retired"}
    assert found.law_figure == GROSS - FEE
    assert found.equal
    assert found.words == "2026年9月划入107.00元，和按规定算出来的一样。"
    assert found.answer["steps"]


def test_the_allocation_of_somebody_in_work_is_two_percent_of_the_base(people: People) -> None:
    found = _done(allocation(own(people.worker), date(2025, 4, 1), whose=NOW))
    assert found.facts == {"scheme": "employee", "status": "active", "base": "10000.00"}
    assert (found.posted, found.law_figure, found.equal) == (FIRST_BASE * 2 // 100, FIRST_BASE * 2 // 100, True)
    assert len(found.months) == 6 + 12


def test_a_month_that_was_not_paid_has_no_allocation_and_says_so(people: People) -> None:
    found = _done(allocation(own(people.worker), date(2025, 11, 1), whose=NOW))
    assert (found.posted, found.equal) == (None, True)
    assert "没有缴费记录" in found.words


def test_a_wrong_figure_is_not_called_right(people: People) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET born = '1957-03-01' WHERE id = %s", [people.retiree.id])
    found = _done(allocation(own(people.retiree), whose=NOW))
    assert not found.equal  # 69: 100 yuan less 3
    assert found.words == "2026年9月划入107.00元，按规定算是97.00元，两个数不一样，请拨打 12393 核对。"


def test_a_resident_is_told_why_there_is_no_allocation(people: People) -> None:
    found = _done(allocation(own(people.resident), whose=NOW))
    assert (found.posted, found.equal, found.answer["certainty"]) == (None, True, "not_applicable")
    assert "不建个人账户" in found.words


def test_the_years_are_those_of_the_record(people: People) -> None:
    found = _done(years(own(people.worker), whose=NOW))
    retires = f"{1980 + 63}-06"  # 60 and 36 months more, in the month of birth
    assert found.facts == {"sex": "male", "paid_months": "18", "deemed_months": "2", "retires": retires}
    assert (found.counted.paid, found.counted.back_paid, found.counted.deemed) == (5 + 12, 1, 2)
    assert found.counted.total == 20
    required = found.answer["figures"]["required_months"]["value"]
    assert required == 25 * 12
    assert found.answer["figures"]["missing_months"]["value"] == required - 20


def test_the_month_of_retirement_is_told_where_the_books_saw_it(people: People) -> None:
    assert "retired_on" not in facts_of(people.retiree.id, AREA, NOW.today)
    Enrolment.objects.create(
        id=new_key(), area_id=AREA, person=people.retiree, scheme=0, kind=Kind.EMPLOYED,
        starts=date(2015, 1, 1), ends=date(2020, 1, 1),
    )  # fmt: skip
    assert facts_of(people.retiree.id, AREA, NOW.today)["retired_on"] == "2019-12"
    found = _done(years(own(people.retiree), whose=NOW))
    assert found.answer["figures"]["required_months"]["value"] == 20 * 12


def test_facts_are_those_that_a_person_would_type(people: People) -> None:
    facts = facts_of(people.worker.id, AREA, date(2025, 6, 1))
    assert facts["base"] == "10000.00"
    assert (facts["scheme"], facts["status"], facts["paid_months"], facts["deemed_months"]) == (
        "employee", "active", "6", "2",
    )  # fmt: skip
    assert facts_of(people.stranger.id, AREA, date(2025, 6, 1)) == {}


def test_stopping_tells_the_waiting_of_a_short_and_of_a_long_gap(people: People) -> None:
    found = _done(what_if(own(people.worker), "stop", whose=NOW))
    short, long = found.outcomes
    assert (short.facts["gap_months"], long.facts["gap_months"]) == ("3", "4")
    assert short.answer["figures"]["waiting_months"]["value"] == 0
    assert short.words == "从2026年11月起停3个月，2027年2月再续上：没有等待期，续上的那个月就能报销。"
    assert long.answer["certainty"] == "range"
    (asked,) = _done(what_if(own(people.worker), "stop", months=7, whose=NOW)).outcomes
    assert asked.facts["gap_months"] == "7"


def test_moving_is_the_transfer_from_today(people: People) -> None:
    (move,) = _done(what_if(own(people.worker), "move", to="上海", whose=NOW)).outcomes
    assert move.answer["topic"] == "transfer"
    assert move.facts["to"] == "上海"
    assert move.answer["figures"]["working_days_out"]["value"] == 10


def test_retiring_later_adds_the_months_until_then(people: People) -> None:
    age, then, later = _done(what_if(own(people.worker), "later", years=2, whose=NOW)).outcomes
    retires = age.answer["figures"]["retires_on"]["value"]
    year, month = map(int, retires.split("-"))
    more = (year - 2026) * 12 + month - 10
    assert then.facts["paid_months"] == str(18 + more)
    assert later.facts["paid_months"] == str(18 + more + 24)


def test_who_is_retired_neither_stops_nor_retires_later(people: People) -> None:
    for change in ("stop", "later"):
        (only,) = _done(what_if(own(people.retiree), change, whose=NOW)).outcomes
        assert "已经退休" in only.words
        assert only.answer == {}


@pytest.mark.parametrize(
    ("change", "more", "code"),
    [
        ("marry", {}, "unknown_change"),
        ("move", {}, "to_needed"),
        ("move", {"to": "亚特兰蒂斯"}, "unknown_area"),
        ("stop", {"months": 0}, "months_out_of_range"),
        ("later", {"years": 99}, "years_out_of_range"),
    ],
)
def test_what_is_impossible_is_refused(people: People, change: str, more: dict, code: str) -> None:
    found = what_if(own(people.worker), change, **more, whose=NOW)
    assert isinstance(found, Refused)
    assert found.code == code


@pytest.mark.parametrize(
    ("call", "statements"),
    [
        (lambda actor: enrolments(actor, whose=NOW), 4),
        (lambda actor: allocation(actor, whose=NOW), 7),
        (lambda actor: years(actor, whose=NOW), 4),
        (lambda actor: what_if(actor, "stop", whose=NOW), 4),
        (lambda actor: what_if(actor, "later", whose=NOW), 4),
    ],
)
def test_the_number_of_statements_does_not_grow(
    people: People, django_assert_max_num_queries, call, statements: int
) -> None:
    for person in (people.worker, people.retiree, people.resident):
        with django_assert_max_num_queries(statements):
            call(own(person))
