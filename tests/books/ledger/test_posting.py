"""Does the ledger take what balances, once, and refuse the rest by the name of its rule?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from tests.books.ledger.agency import AREA, Accounts

from yibao.books.areas.models import Area
from yibao.books.ledger.accounts import GROWS_ON, AccountKind, EntryKind, Side
from yibao.books.ledger.batch import post_batch
from yibao.books.ledger.models import LedgerAccount, LedgerEntry, LedgerPosting
from yibao.books.ledger.posting import Entry, LedgerRefused, accounts, post, reverse

pytestmark = pytest.mark.django_db
JUNE = date(2025, 6, 1)
AMOUNT = 110_00


def allocation(books: Accounts, number: int = 1, amount: int = AMOUNT, person: int = 0) -> Entry:
    """北京 credits a retiree from 70 on with 110 yuan a month: out of the pooled fund, into the individual account."""
    lines = ((books.pooled, amount), (books.people[person], -amount))
    return Entry(AREA, f"allocation/{AREA}/2025-06/{number}", EntryKind.ALLOCATION, JUNE, JUNE, lines)


def one_by_one(entries: list[Entry]) -> int:
    return sum(post(entry).is_new for entry in entries)


def as_a_batch(entries: list[Entry]) -> int:
    return post_batch(AREA, entries)


both_ways = pytest.mark.parametrize("posted", [one_by_one, as_a_batch])
Way = Callable[[list[Entry]], int]


def balance(account: UUID) -> int | None:
    return LedgerAccount.objects.get(id=account).balance


def sums() -> dict[UUID, int]:
    return dict(LedgerPosting.objects.values_list("entry_id").annotate(total=Sum("amount")))


def refused(rule: str) -> Any:
    return pytest.raises(LedgerRefused, match=f"^{rule}$")


@both_ways
def test_money_moves_and_the_balance_after_is_written(books: Accounts, posted: Way) -> None:
    assert posted([allocation(books, 1), allocation(books, 2), allocation(books, 3, person=1)]) == 3
    assert [balance(person) for person in books.people] == [2 * AMOUNT, AMOUNT, 0]
    after = LedgerPosting.objects.filter(account=books.people[0]).order_by("entry_id")
    assert [row.balance_after for row in after] == [AMOUNT, 2 * AMOUNT]
    assert balance(books.pooled) is None, "funds are summed, not locked"


@both_ways
def test_a_repeat_changes_nothing(books: Accounts, posted: Way) -> None:
    entry = allocation(books)
    assert (posted([entry]), posted([entry])) == (1, 0)
    assert balance(books.people[0]) == AMOUNT
    assert post(entry).entry_id == LedgerEntry.objects.get().id


@both_ways
@pytest.mark.parametrize("changed", ["amount", "person", "for_month", "reason"])
def test_the_same_key_with_another_body_is_refused(books: Accounts, posted: Way, changed: str) -> None:
    entry = allocation(books)
    posted([entry])
    other = {
        "amount": allocation(books, amount=AMOUNT + 1),
        "person": allocation(books, person=1),
        "for_month": replace(entry, for_month=date(2025, 5, 1)),
        "reason": replace(entry, reason="another"),
    }[changed]
    with refused("key_reused"):
        posted([other])
    assert balance(books.people[0]) == AMOUNT


@both_ways
def test_an_entry_that_does_not_sum_to_zero_is_refused(books: Accounts, posted: Way) -> None:
    lines = ((books.pooled, AMOUNT), (books.people[0], -AMOUNT + 1))
    with refused("entry_sums_to_zero"):
        posted([replace(allocation(books), lines=lines)])
    assert LedgerEntry.objects.count() == 0
    assert balance(books.people[0]) == 0


@both_ways
def test_an_account_is_not_overdrawn(books: Accounts, posted: Way) -> None:
    posted([allocation(books)])
    lines = ((books.people[0], AMOUNT + 1), (books.bank, -AMOUNT - 1))
    with refused("individual_account_not_overdrawn"):
        posted([replace(allocation(books, 2), lines=lines)])
    assert balance(books.people[0]) == AMOUNT


@both_ways
def test_an_account_of_another_area_is_refused(books: Accounts, posted: Way) -> None:
    Area.objects.create(code="500000")
    foreign = accounts("500000", AccountKind.BANK)[""]
    lines = ((foreign, AMOUNT), (books.people[0], -AMOUNT))
    with refused("posting_touches_an_account_of_its_area"):
        posted([replace(allocation(books), lines=lines)])


@both_ways
def test_a_key_names_its_own_area(books: Accounts, posted: Way) -> None:
    with refused("entry_key_names_its_area"):
        posted([replace(allocation(books), key="allocation/500000/2025-06/1")])


@both_ways
def test_a_closed_month_takes_nothing_more(books: Accounts, posted: Way) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_close_month(%s, %s)", [AREA, JUNE])
    with refused("month_is_closed"):
        posted([allocation(books)])
    late = replace(allocation(books, 2), effective_on=date(2025, 7, 1))
    assert posted([late]) == 1, "a late fact posts in the open month, for the month of its origin"
    assert LedgerPosting.objects.first().for_month == JUNE


def test_a_correction_is_the_opposite_entry(books: Accounts) -> None:
    wrong = post(allocation(books))
    told = {"key": f"reversal/{AREA}/2025-07/1", "effective_on": date(2025, 7, 1)}
    back = reverse(wrong.entry_id, reason="年龄录错", **told)
    assert balance(books.people[0]) == 0
    assert LedgerEntry.objects.get(id=back.entry_id).reverses_id == wrong.entry_id
    assert not reverse(wrong.entry_id, reason="年龄录错", **told).is_new
    with refused("entry_reversed_once"):
        reverse(wrong.entry_id, key=f"reversal/{AREA}/2025-07/2", effective_on=date(2025, 7, 1), reason="再来一次")
    with refused("reversal_says_why"):
        reverse(back.entry_id, key=f"reversal/{AREA}/2025-07/3", effective_on=date(2025, 7, 1), reason="")


TABLES = ["ledger_entry", "ledger_posting", f"ledger_posting_{AREA}"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE {} SET area = area", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nothing_that_was_written_is_changed_or_goes(books: Accounts, table: str, change: str) -> None:
    post(allocation(books))
    with (
        pytest.raises(IntegrityError, match=r"ledger_is_insert_only|write_to_the_whole_table"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))
    assert LedgerPosting.objects.count() == 2


def test_a_part_is_not_written_to(books: Accounts) -> None:
    """The rules are triggers on the whole table: whoever names a part would pass them by."""
    posted = post(allocation(books))
    with (
        pytest.raises(IntegrityError, match="write_to_the_whole_table"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT INTO ledger_posting_{AREA} (area, entry_id, account_id, amount, for_month, effective_on) "
            "VALUES (%s, %s, %s, 5, %s, %s)",
            [AREA, posted.entry_id, books.bank, JUNE, JUNE],
        )


def test_postings_need_an_entry(books: Accounts) -> None:
    with (
        pytest.raises(IntegrityError, match="posting_belongs_to_an_entry"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO ledger_posting (area, entry_id, account_id, amount, for_month, effective_on) VALUES "
            "(%s, %s, %s, 5, %s, %s), (%s, %s, %s, -5, %s, %s)",
            [AREA, UUID(int=1), books.bank, JUNE, JUNE, AREA, UUID(int=1), books.pooled, JUNE, JUNE],
        )


def test_each_kind_grows_on_one_side() -> None:
    """Decision 11's table: what the agency holds grows by debits, what it owes or keeps for others by credits."""
    debit = {AccountKind.BANK, AccountKind.RECEIVABLE, AccountKind.INTEREST}
    print("\n".join(f"{kind.name:20} {side}" for kind, side in GROWS_ON.items()))
    assert {kind for kind, side in GROWS_ON.items() if side == Side.DEBIT} == debit
    assert set(GROWS_ON) == set(AccountKind)
