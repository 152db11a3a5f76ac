"""Books that were brought in may reach back to months before any allocation law is known; nothing there falls over."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest

from yibao.services.results import Done, Refused, RefusedError

AREA = "110000"
LONG_AGO, PAID_ON = date(2000, 1, 1), date(2000, 1, 15)  # the first allocation rule is of 2001


@pytest.fixture
def long_ago(db: None) -> Any:
    """A worker and a resident, paid for in 2000; the resident's premium allotted, no month's run yet."""
    del db
    records = import_module("tests.services.records.agency")  # not before Django is set up
    accounts, posting = (import_module(f"yibao.books.ledger.{name}") for name in ("accounts", "posting"))
    import_module("yibao.books.areas.models").Area.objects.create(code=AREA, is_demo=True)
    enrolment = import_module("yibao.books.enrolment.models")
    worker = records._person("王建国", 1, date(1970, 6, 15))
    resident = records._person("陈明", 0, date(1980, 1, 1))
    records.enrol(worker, enrolment.Kind.EMPLOYED, date(1999, 1, 1), employer="A1")
    stay = records.enrol(resident, enrolment.Kind.ADULT, date(1999, 1, 1))
    records.paid(worker, LONG_AGO, 100_000, on=PAID_ON)
    records.paid(resident, LONG_AGO, 3_000, scheme=1, on=PAID_ON)
    kinds, post = accounts.EntryKind, posting.post
    bank, clearing, residents = (
        records.fund(kind) for kind in (accounts.AccountKind.BANK, accounts.AccountKind.CLEARING,
                                        accounts.AccountKind.POOLED_RESIDENT)
    )  # fmt: skip
    for key, kind, amount, one, other in (
        (f"contribution/{AREA}/2000-01/A1", kinds.CONTRIBUTION_RECEIVED, 11_000, bank, clearing),
        (f"contribution/{AREA}/2000-01/{stay.id}", kinds.CONTRIBUTION_RECEIVED, 3_000, bank, clearing),
        (f"assessment/{AREA}/2000/{stay.id}", kinds.ASSESSMENT, 3_000, clearing, residents),
    ):
        post(posting.Entry(AREA, key, kind, LONG_AGO, PAID_ON, ((one, amount), (other, -amount))))
    return clearing, residents


def test_books_before_the_law_are_checked_without_a_difference(long_ago: Any) -> None:
    from yibao.services.check_books import check_books

    done = check_books(AREA)
    assert isinstance(done, Done)
    assert done.value.differences == []
    assert (done.value.entries, done.value.recomputed) == (3, 1)


def test_a_run_of_a_month_before_the_law_is_refused_and_named(long_ago: Any) -> None:
    from yibao.services.month import allocate
    from yibao.services.month.amounts import amounts_of

    found = allocate(AREA, LONG_AGO)
    assert isinstance(found, Refused)
    assert found.code == "allocation_law_has_a_gap"
    assert "年" in found.message
    with pytest.raises(RefusedError):
        amounts_of(AREA, LONG_AGO)


def test_entries_of_a_run_before_the_law_are_a_difference_not_a_crash(long_ago: Any) -> None:
    from yibao.services.check_books import check_books

    records = import_module("tests.services.records.agency")
    accounts, posting = (import_module(f"yibao.books.ledger.{name}") for name in ("accounts", "posting"))
    pooled = records.fund(accounts.AccountKind.POOLED_EMPLOYEE)
    clearing, _ = long_ago
    key = f"assessment/{AREA}/2000-01/nobody"
    moved = ((clearing, 11_000), (pooled, -11_000))
    posting.post(posting.Entry(AREA, key, accounts.EntryKind.ASSESSMENT, LONG_AGO, PAID_ON, moved))
    done = check_books(AREA)
    assert isinstance(done, Done)
    assert [(row.rule, row.row) for row in done.value.differences] == [("law_decides_every_entry", "2000-01")]
