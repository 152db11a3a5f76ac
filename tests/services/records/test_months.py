"""The months: every one by word, those not paid among them, and counts that are the law's."""

from datetime import date

import pytest
from tests.services.records.agency import AREA, FIRST_BASE, NOW, SECOND_BASE, People, enrol, own, paid

from yibao.books.contributions.models import CarriedForward, ContributionMonth
from yibao.books.enrolment.models import Enrolment, Kind
from yibao.books.keys import new_key
from yibao.services.records import Whose, months, movements, years
from yibao.services.results import Done, Refused

FOUR = 4  # the record, the access log, the months, what was carried forward


def _months(person, year=None, whose=NOW):
    found = months(own(person), year, whose=whose)
    assert isinstance(found, Done)
    return found.value


def test_point_23_every_month_of_a_year_is_a_row_by_word(people: People) -> None:
    """Checklist 23: unpaid, back-paid and deemed months appear as rows, told by word."""
    page = _months(people.worker, 2025)
    assert [row.state_words for row in page.rows] == [
        "已缴", "已缴", "已缴", "补缴", "已缴", "已缴", "未参保", "未参保", "已缴", "已缴", "未缴", "已缴",
    ]  # fmt: skip
    assert [row.state_words for row in _months(people.worker, 2024).rows] == ["视同", "视同"]
    assert page.rows[3].words == "2025年4月是后来补缴的"


def test_the_page_opens_on_this_year_and_the_month_that_is_not_over_is_due(people: People) -> None:
    page = _months(people.worker)
    assert (page.year, page.years) == (2026, (2026, 2025, 2024))
    assert [row.state for row in page.rows] == ["paid"] * 9 + ["due"]
    assert page.gaps == ()


def test_point_24_totals_are_the_sums_of_the_rows_and_the_count_is_the_laws(people: People) -> None:
    """Checklist 24."""
    page = _months(people.worker, 2025)
    first, second = 6 * FIRST_BASE, 3 * SECOND_BASE
    assert page.total_person == sum(row.person_paid for row in page.rows) == (first + second) * 2 // 100
    assert page.total_employer == sum(row.employer_paid for row in page.rows) == (first + second) * 9 // 100
    assert page.counted_in_year == sum(row.counts for row in page.rows) == 6 + 3
    by_year = [_months(people.worker, year).counted_in_year for year in page.years]
    assert sum(by_year) == page.counted_months == 2 + 9 + 9
    law = years(own(people.worker), whose=NOW)
    assert isinstance(law, Done)
    given = {item["name"]: item["value"] for item in law.value.answer["inputs"]}
    assert given["paid_months"] + given["deemed_months"] == page.counted_months


def test_point_55_a_gap_is_told_with_what_the_law_says_of_it(people: People) -> None:
    """Checklist 55: which months, and when benefits came back. Beijing: a gap of up to 3 months has no waiting."""
    page = _months(people.worker, 2025)
    assert [(gap.first, gap.last, gap.months, gap.is_open) for gap in page.gaps] == [
        (date(2025, 7, 1), date(2025, 8, 31), 2, False),
        (date(2025, 11, 1), date(2025, 11, 30), 1, False),
    ]
    gap = page.gaps[0]
    assert gap.facts == {"scheme": "employee", "first_time": "no", "switched": "no", "gap_months": "2"}
    assert gap.answer["topic"] == "gap"
    assert gap.answer["figures"]["waiting_months"]["value"] == 0
    assert gap.benefits_from == date(2025, 9, 1)
    assert gap.words == "2025年7月到2025年8月，断了2个月。续上以后没有等待期。"


def test_an_open_gap_says_until_when_it_is_a_short_one(people: People) -> None:
    Enrolment.objects.filter(person=people.worker, ends=None).update(ends=date(2026, 8, 1))
    ContributionMonth.objects.filter(person_id=people.worker.id, month__gte=date(2026, 8, 1)).delete()
    (gap,) = _months(people.worker).gaps
    assert (gap.first, gap.months, gap.is_open, gap.benefits_from) == (date(2026, 8, 1), 2, True, None)
    assert gap.pay_by == date(2026, 11, 30)  # August, September and October missing are 3 months
    assert [row.state for row in _months(people.worker).rows[-3:]] == ["not_enrolled"] * 3


def test_a_residents_year_is_one_row_and_a_missed_year_a_gap(people: People) -> None:
    (row,) = _months(people.resident, 2025).rows
    assert (row.span, row.state, row.person_paid, row.month) == ("year", "paid", 38_000, date(2025, 1, 1))
    assert "整年" in row.words
    page = _months(people.resident)
    assert [(row.span, row.state) for row in page.rows] == [("year", "unpaid")]
    assert (page.total_person, page.counted_months) == (0, 0)
    (gap,) = page.gaps
    assert gap.facts["missed_years"] == "1"
    assert gap.answer["figures"]["waiting_months"]["value"] == 3 + 1  # 3 months, one more for the year missed


def test_whoever_went_from_resident_to_work_has_the_year_and_the_months(people: People) -> None:
    Enrolment.objects.filter(person=people.resident).update(ends=date(2025, 9, 1))
    enrol(people.resident, Kind.EMPLOYED, date(2025, 11, 1), employer="C3")
    paid(people.resident, date(2025, 11, 1), FIRST_BASE)
    page = _months(people.resident, 2025)
    assert [(row.span, row.state) for row in page.rows] == [
        ("year", "paid"), ("month", "not_enrolled"), ("month", "not_enrolled"), ("month", "paid"), ("month", "unpaid"),
    ]  # fmt: skip
    assert page.gaps[0].facts["switched"] == "yes"
    assert (page.gaps[0].first, page.gaps[0].months) == (date(2025, 9, 1), 2)


def test_a_retiree_need_not_pay(people: People) -> None:
    page = _months(people.retiree)
    assert {row.state for row in page.rows} == {"not_needed"}
    assert page.gaps == ()


def test_a_year_before_everything_says_why_it_is_empty(people: People) -> None:
    assert "没有参保记录" in _months(people.worker, 1999).empty_words


@pytest.mark.parametrize("who", ["worker", "retiree", "resident"])
def test_the_number_of_statements_does_not_grow(people: People, django_assert_max_num_queries, who: str) -> None:
    with django_assert_max_num_queries(FOUR):
        _months(getattr(people, who), 2025)


def test_another_day_is_another_record(people: People) -> None:
    page = _months(people.worker, 2025, Whose(today=date(2025, 5, 20)))
    assert page.rows[-1].month == date(2025, 12, 1)  # what is on record is shown
    assert page.counted_months == 2 + 5


def test_months_of_an_older_system_count_once(people: People) -> None:
    """Carried forward up to March 2025: the deemed months before and two of the paid ones are in it already."""
    CarriedForward.objects.create(
        id=new_key(), area_id=AREA, person_id=people.worker.id, scheme=0, paid_months=100, deemed_months=24,
        as_of=date(2025, 3, 1),
    )  # fmt: skip
    page = _months(people.worker)
    counted = page.counted
    assert (counted.paid, counted.back_paid, counted.deemed) == (3 + 12, 1, 0)
    assert (counted.paid_months, counted.deemed_months, counted.local) == (100 + 15 + 1, 24, 100 + 15 + 1)
    assert page.counted_months == 124 + 16
    assert [row.counts for row in _months(people.worker, 2025).rows[:3]] == [False, False, True]
    assert sum(_months(people.worker, year).counted_in_year for year in page.years) + 124 == page.counted_months


@pytest.mark.parametrize("year", [0, -1, 99999])
def test_an_impossible_year_is_refused(people: People, year: int) -> None:
    for page in (months, movements):
        found = page(own(people.worker), year, whose=NOW)
        assert isinstance(found, Refused)
        assert (found.code, found.field) == ("year_out_of_range", "year")


def test_a_retiree_who_is_here_no_more_has_no_gap(people: People) -> None:
    Enrolment.objects.filter(person=people.retiree).update(ends=date(2026, 3, 1))
    page = _months(people.retiree)
    assert [row.state for row in page.rows] == ["not_needed"] * 2 + ["not_enrolled"] * 8
    assert page.gaps == ()
