"""Whatever is done to the ledger, in whatever order: does it still hold what a plain model of it says?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.books.ledger.agency import AREA, Accounts, opened

from yibao.books.ledger.accounts import EntryKind
from yibao.books.ledger.batch import post_batch
from yibao.books.ledger.checks import broken
from yibao.books.ledger.models import LedgerAccount, LedgerEntry
from yibao.books.ledger.posting import Entry, LedgerRefused, post, reverse

pytestmark = pytest.mark.django_db
MONTHS = [date(2025, month, 1) for month in range(1, 7)]
AMOUNTS = st.integers(1, 50_000)
PEOPLE = st.integers(0, 2)


class Ledger(RuleBasedStateMachine):
    """The model: what each person has, which keys stand for which entry, which months are closed."""

    books: Accounts

    @initialize()
    def open_the_agency(self) -> None:
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.books = opened()
        self.has = [0, 0, 0]
        self.posted: dict[str, Entry] = {}
        self.reversed: set[str] = set()
        self.closed: set[date] = set()
        self.number = 0

    def teardown(self) -> None:
        if hasattr(self, "rollback"):
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)

    def entry(self, person: int, amount: int, month: date) -> Entry:
        self.number += 1
        lines = ((self.books.pooled, amount), (self.books.people[person], -amount))
        return Entry(AREA, f"allocation/{AREA}/{month}/{self.number}", EntryKind.ALLOCATION, month, month, lines)

    def took(self, entry: Entry) -> None:
        self.posted[entry.key] = entry
        for account, amount in entry.lines:
            if account in self.books.people:
                self.has[self.books.people.index(account)] -= amount

    def expected(self, entry: Entry) -> str:
        """The rule that an entry breaks by the model, if any; a balance is looked at before the month."""
        owned = dict(zip(self.books.people, self.has, strict=True))
        if any(account in owned and owned[account] < amount for account, amount in entry.lines):
            return "individual_account_not_overdrawn"
        return "month_is_closed" if entry.effective_on in self.closed else ""

    def try_to_post(self, entry: Entry) -> None:
        expected = self.expected(entry)
        assert refusal(lambda: post(entry)) == expected
        if not expected:
            self.took(entry)

    @rule(person=PEOPLE, amount=AMOUNTS, month=st.sampled_from(MONTHS))
    def allocate(self, person: int, amount: int, month: date) -> None:
        self.try_to_post(self.entry(person, amount, month))

    @rule(person=PEOPLE, amount=AMOUNTS, month=st.sampled_from(MONTHS))
    def spend(self, person: int, amount: int, month: date) -> None:
        entry = self.entry(person, -amount, month)
        self.try_to_post(replace(entry, kind=EntryKind.CARE))

    @rule(data=st.lists(st.tuples(PEOPLE, AMOUNTS), max_size=5), month=st.sampled_from(MONTHS))
    def allocate_many(self, data: list[tuple[int, int]], month: date) -> None:
        entries = [self.entry(person, amount, month) for person, amount in data]
        expected = "month_is_closed" if entries and month in self.closed else ""
        assert refusal(lambda: post_batch(AREA, entries)) == expected
        for entry in entries if not expected else []:
            self.took(entry)

    @precondition(lambda self: self.posted)
    @rule(data=st.data(), more=st.integers(1, 9))
    def repeat_and_reuse(self, data: st.DataObject, more: int) -> None:
        entry = self.posted[data.draw(st.sampled_from(sorted(self.posted)))]
        assert not post(entry).is_new
        assert post_batch(AREA, [entry]) == 0
        other = replace(entry, lines=tuple((account, amount * (1 + more)) for account, amount in entry.lines))
        assert refusal(lambda: post(other)) == "key_reused"
        assert refusal(lambda: post_batch(AREA, [other])) == "key_reused"

    @precondition(lambda self: self.posted)
    @rule(data=st.data(), month=st.sampled_from(MONTHS))
    def take_back(self, data: st.DataObject, month: date) -> None:
        entry = self.posted[data.draw(st.sampled_from(sorted(self.posted)))]
        if entry.key in self.reversed or entry.kind == EntryKind.REVERSAL:
            return
        self.number += 1
        key = f"reversal/{AREA}/{month}/{self.number}"
        back = replace(entry, key=key, kind=EntryKind.REVERSAL, effective_on=month, lines=opposite(entry))
        origin = LedgerEntry.objects.get(key=entry.key).id
        expected = self.expected(back)
        assert refusal(lambda: reverse(origin, key=key, effective_on=month, reason="录错")) == expected
        if not expected:
            self.reversed.add(entry.key)
            self.took(replace(back, reverses=origin, reason="录错"))

    @rule(month=st.sampled_from(MONTHS[:2]))
    def close(self, month: date) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger_close_month(%s, %s)", [AREA, month])
        self.closed.add(month)

    @invariant()
    def the_books_say_what_the_model_says(self) -> None:
        if not hasattr(self, "books"):
            return
        found = dict(LedgerAccount.objects.filter(id__in=self.books.people).values_list("id", "balance"))
        assert [found[person] for person in self.books.people] == self.has
        assert broken(AREA) == []
        assert LedgerEntry.objects.count() == len(self.posted)


def opposite(entry: Entry) -> tuple[tuple[UUID, int], ...]:
    return tuple((account, -amount) for account, amount in entry.lines)


def refusal(call: Callable[[], object]) -> str:
    """The rule by which the ledger refuses, none if it does not."""
    try:
        call()
    except LedgerRefused as refused:
        return refused.rule
    return ""


def test_the_ledger_keeps_to_its_model() -> None:
    checks = settings(max_examples=20, stateful_step_count=25, deadline=None,
                      suppress_health_check=list(HealthCheck))  # fmt: skip
    run_state_machine_as_test(Ledger, settings=checks)
