"""What is posted for the demo besides the month's run, which is the one of every agency?

Each month in this order, so that what is spent was there: contributions received, care, what is paid to hospitals and
pharmacies, then the allocations. Every entry has its key, so a month half posted is simply posted again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from uuid import UUID

from yibao.books.ledger.accounts import AccountKind, EntryKind
from yibao.books.ledger.batch import post_batch
from yibao.books.ledger.posting import Entry, accounts
from yibao.law.values import Scheme
from yibao.services.demo.history import History, MonthPaid
from yibao.services.demo.months import first_day
from yibao.services.demo.tables import PROVIDERS
from yibao.services.month import allocate
from yibao.services.results import Refused, RefusedError

CHUNK = 5_000
PAID_TO_PROVIDERS_ON = 10


@dataclass
class Posting:
    """Posts the months of one demo area."""

    area: str
    history: History
    opens: int
    received: dict[int, list[MonthPaid]] = field(init=False)

    def __post_init__(self) -> None:
        self.received = self.history.by_month_of_payment()
        single = (AccountKind.BANK, AccountKind.CLEARING, AccountKind.POOLED_RESIDENT)
        self.bank, self.clearing, self.residents = (accounts(self.area, kind)[""] for kind in single)
        self.providers = accounts(self.area, AccountKind.PAYABLE, PROVIDERS)
        self.people = accounts(self.area, AccountKind.INDIVIDUAL, map(str, self._holders()))

    def _holders(self) -> list[UUID]:
        """Everybody who has an account, in the order of the history."""
        found = dict.fromkeys(row.person for row in self.history.enrolments if row.scheme == Scheme.EMPLOYEE)
        return list(found)

    def month(self, month: int) -> None:
        """Post a month whole; what is posted already is left as it is."""
        for entries in (self._opening(month), self._received(month), self._care(month), self._paid_out(month)):
            self._post(entries)
        done = allocate(self.area, first_day(month))
        if isinstance(done, Refused):
            raise RefusedError(done.code, done.message)

    def _post(self, entries: Iterable[Entry]) -> None:
        pending = iter(entries)
        while chunk := list(islice(pending, CHUNK)):
            post_batch(self.area, chunk)

    def _entry(self, kind: EntryKind, key: str, month: int, on: date, lines: dict[UUID, int]) -> Entry:
        return Entry(self.area, key, kind, first_day(month), on, tuple(lines.items()))

    def _opening(self, month: int) -> Iterator[Entry]:
        """What another system kept until now: bank → individual."""
        if month != self.opens:
            return
        on = first_day(month)
        for person, amount in self.history.opening.items():
            key = f"opening/{self.area}/{on:%Y-%m}/{person}"
            lines = {self.bank: amount, self.people[str(person)]: -amount}
            yield self._entry(EntryKind.OPENING, key, month, on, lines)

    def _received(self, month: int) -> Iterator[Entry]:
        """What employers remit for their people and what residents pay: bank → clearing, and on to their fund."""
        remitted: dict[tuple[str, date], int] = defaultdict(int)
        for row in self.received.get(month, ()):
            if row.scheme == Scheme.EMPLOYEE:
                remitted[row.payer, row.paid_on] += row.person_paid + row.employer_paid
            else:
                yield from self._premium(row)
        for (payer, on), amount in sorted(remitted.items()):
            key = f"contribution/{self.area}/{first_day(month):%Y-%m}/{payer}"
            lines = {self.bank: amount, self.clearing: -amount}
            yield self._entry(EntryKind.CONTRIBUTION_RECEIVED, key, month, on, lines)

    def _premium(self, row: MonthPaid) -> Iterator[Entry]:
        subject = f"{self.area}/{row.month // 12}/{row.payer}"
        lines = {self.bank: row.person_paid, self.clearing: -row.person_paid}
        yield self._entry(EntryKind.CONTRIBUTION_RECEIVED, f"contribution/{subject}", row.month, row.paid_on, lines)
        lines = {self.clearing: row.person_paid, self.residents: -row.person_paid}
        yield self._entry(EntryKind.ASSESSMENT, f"assessment/{subject}", row.month, row.paid_on, lines)

    def _care(self, month: int) -> Iterator[Entry]:
        """What was paid with the individual account: individual → payable."""
        for row in self.history.care.get(month, ()):
            key = f"care/{self.area}/{first_day(month):%Y-%m}/{row.person}/{row.number}"
            lines = {self.people[str(row.person)]: row.amount, self.providers[row.provider]: -row.amount}
            yield self._entry(EntryKind.CARE, key, month, row.on, lines)

    def _paid_out(self, month: int) -> Iterator[Entry]:
        """What the providers earned last month: payable → bank."""
        owed: dict[str, int] = defaultdict(int)
        for row in self.history.care.get(month - 1, ()):
            owed[row.provider] += row.amount
        on = first_day(month).replace(day=PAID_TO_PROVIDERS_ON)
        for provider, amount in sorted(owed.items()):
            key = f"payment/{self.area}/{first_day(month - 1):%Y-%m}/{provider}"
            lines = {self.providers[provider]: amount, self.bank: -amount}
            yield self._entry(EntryKind.PAYMENT, key, month - 1, on, lines)
