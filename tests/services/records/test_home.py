"""The first page: figures that add up, in at most three statements with the access log (decision 20)."""

from datetime import date

import pytest
from tests.services.records.agency import (
    AREA,
    CARE,
    FEE,
    FIRST_BASE,
    GROSS,
    NOW,
    OPENING,
    SECOND_BASE,
    People,
    own,
    staff,
)

from yibao.services.records import Whose, home
from yibao.services.results import Done, Refused

STATEMENTS = 3


def _home(person, actor=None, whose=NOW):
    found = home(actor or own(person), whose=whose)
    assert isinstance(found, Done)
    return found.value


def test_point_48_the_figures_of_somebody_in_work_add_up(people: People) -> None:
    page = _home(people.worker)
    before = OPENING + 6 * FIRST_BASE * 2 // 100 + 3 * SECOND_BASE * 2 // 100  # 2025: September, October, December
    this_year = 9 * SECOND_BASE * 2 // 100
    assert (page.carried_over, page.credited_this_year, page.spent_this_year) == (before, this_year, CARE)
    assert page.balance == before + this_year - CARE
    assert (page.area, page.area_name, page.name_masked) == (AREA, "北京市", "王*国")
    assert page.enrolment_words == "单位职工 · 职工医保"
    assert (page.month, page.month_state) == (date(2026, 10, 1), "due")
    last = page.last_movement
    assert (last.title, last.amount, last.on) == ("看病买药", -CARE, date(2026, 10, 8))
    assert last.balance_after == page.balance
    assert page.is_demo


def test_a_retiree_pays_nothing_and_sees_what_was_credited(people: People) -> None:
    page = _home(people.retiree)
    assert (page.balance, page.credited_this_year, page.spent_this_year) == (GROSS - FEE, GROSS, FEE)
    assert (page.month_state, page.month_words) == ("not_needed", "已经退休，不用再缴医保费")
    assert page.last_movement.title == "代扣大额医疗费用补助"


def test_a_resident_has_no_account_and_an_unpaid_year(people: People) -> None:
    page = _home(people.resident)
    assert (page.balance, page.last_movement, page.month_state) == (None, None, "unpaid")
    assert page.month_words == "2026年度的居民医保费还没有交"
    assert _home(people.resident, whose=Whose(today=date(2025, 5, 1))).month_state == "paid"


@pytest.mark.parametrize("who", ["worker", "retiree", "resident"])
def test_home_takes_at_most_three_statements(people: People, django_assert_max_num_queries, who: str) -> None:
    actor = own(getattr(people, who))
    with django_assert_max_num_queries(STATEMENTS):
        home(actor, whose=NOW)


def test_whoever_is_not_enrolled_is_told_so_and_a_stranger_is_not(people: People) -> None:
    mine = home(own(people.stranger), whose=NOW)
    other = home(staff(AREA), whose=Whose(people.stranger.id, "核对"))
    assert isinstance(mine, Refused)
    assert isinstance(other, Refused)
    assert (mine.code, other.code) == ("not_enrolled", "not_found")
