"""The movements: rows, filters, pages and totals that are the sums of what is shown."""

from dataclasses import replace
from datetime import date

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
    fund,
    moved,
    own,
)

from yibao.books.areas.models import Area
from yibao.books.enrolment.models import Enrolment, Kind
from yibao.books.keys import new_key
from yibao.books.ledger.accounts import AccountKind, EntryKind
from yibao.books.ledger.models import LedgerPosting
from yibao.books.ledger.posting import reverse
from yibao.services.records import movements
from yibao.services.results import Done, Refused

SHARE = SECOND_BASE * 2 // 100
FIVE = 5  # the record, the access log, the account, the years, the rows


def _movements(person, *args):
    found = movements(own(person), *args, whose=NOW)
    assert isinstance(found, Done)
    return found.value


def test_point_22_the_page_opens_on_this_year_and_its_totals_are_the_sums_of_its_rows(people: People) -> None:
    page = _movements(people.worker)
    assert (page.year, page.years) == (2026, (2026, 2025))
    assert len(page.rows) == 9 + 1
    assert page.total_in == sum(row.amount for row in page.rows if row.amount > 0) == 9 * SHARE
    assert page.total_out == CARE
    assert page.closing == page.opening + page.total_in - page.total_out == page.balance


def test_every_balance_is_the_one_before_with_the_movement_and_the_one_that_the_ledger_kept(people: People) -> None:
    for year in (2025, 2026):
        page = _movements(people.worker, year)
        balance = page.opening
        for row in reversed(page.rows):
            balance += row.amount
            assert row.balance_after == balance
            posting = LedgerPosting.objects.get(entry_id=row.entry_id, balance_after__isnull=False)
            assert posting.amount == -row.amount
    assert _movements(people.worker, 2025).opening == 0


def test_point_13_both_signs_are_told_in_words(people: People) -> None:
    rows = _movements(people.retiree).rows
    assert [(row.title, row.direction, row.amount) for row in rows] == [
        ("代扣大额医疗费用补助", "支出", -FEE),
        ("每月划入（返款）", "收入", GROSS),
    ]
    care = _movements(people.worker, 2026, "care").rows[0]
    assert (care.title, care.detail, care.direction) == ("看病买药", "演示医院", "支出")


def test_a_filter_keeps_its_rows_and_the_chart_keeps_the_year(people: People) -> None:
    page = _movements(people.worker, 2026, "out")
    assert [row.amount for row in page.rows] == [-CARE]
    assert (page.total_in, page.total_out, page.count) == (0, CARE, 1)
    assert [month.total_in for month in page.by_month] == [SHARE] * 9 + [0] * 3
    assert [month.total_out for month in page.by_month] == [0] * 9 + [CARE, 0, 0]
    first = _movements(people.worker, 2025)
    assert first.by_month[0].total_in == OPENING + FIRST_BASE * 2 // 100
    assert dict(first.kinds).keys() == {"", "in", "out", "assessment", "opening"}


def test_an_unknown_kind_is_refused_with_those_there_are(people: People) -> None:
    found = movements(own(people.worker), 2026, "lottery", whose=NOW)
    assert isinstance(found, Refused)
    assert (found.code, found.field) == ("unknown_kind", "kind")
    assert "care" in found.next


def test_point_30_nothing_to_show_says_why(people: People) -> None:
    assert "没有个人账户" in _movements(people.resident).empty_words
    assert "换一年" in _movements(people.worker, 2020).empty_words
    assert "全部" in _movements(people.worker, 2026, "interest").empty_words


def test_many_movements_come_in_pages_with_the_same_statements(people: People, django_assert_num_queries) -> None:
    provider = fund(AccountKind.PAYABLE, "演示药房")
    for number in range(40):
        moved(people.worker, f"care/p{number}", EntryKind.CARE, date(2026, 9, 1), -100, provider, date(2026, 9, 30))
    with django_assert_num_queries(FIVE):
        page = _movements(people.worker, 2026, "care", 2)
    assert (page.count, page.pages, page.page, len(page.rows)) == (41, 2, 2, 11)
    assert page.total_out == CARE + 40 * 100
    assert _movements(people.worker, 2026, "care", 99).page == 2


def test_what_was_taken_back_is_called_a_correction(people: People) -> None:
    entry = _movements(people.retiree).rows[-1].entry_id
    fee = _movements(people.retiree).rows[0].entry_id
    reverse(fee, key=f"reversal/110000/{fee}", effective_on=date(2026, 10, 9), reason="重复代扣")
    page = _movements(people.retiree)
    assert (page.rows[0].title, page.rows[0].amount) == ("更正：代扣大额医疗费用补助", FEE)
    assert page.rows[-1].entry_id == entry


def test_the_books_of_another_area_are_shown_when_asked_for(people: People) -> None:
    """Whoever moved sees both areas' books, and nobody a third area's."""
    Area.objects.create(code="500000", is_demo=True)
    Enrolment.objects.filter(person=people.worker, ends=None).update(ends=date(2026, 10, 1))
    Enrolment.objects.create(
        id=new_key(), area_id="500000", person=people.worker, scheme=0, kind=Kind.EMPLOYED, starts=date(2026, 10, 1)
    )
    here = movements(own(people.worker), whose=NOW)
    before = movements(own(people.worker), whose=replace(NOW, area=AREA))
    elsewhere = movements(own(people.worker), whose=replace(NOW, area="310000"))
    assert isinstance(here, Done)
    assert isinstance(before, Done)
    assert isinstance(elsewhere, Refused)
    assert (here.value.area, here.value.balance, here.value.rows) == ("500000", None, ())
    assert (before.value.area, len(before.value.rows)) == (AREA, 9 + 1)
    assert elsewhere.code == "not_found"
