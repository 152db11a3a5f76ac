"""The month's run (月度划拨): who is credited what for a month, posted in the books of the area.

Law: each area's own rule, worked out by the same function that answers a person who asks. People in work are credited
of what was paid for them: all of a month's payment leaves clearing, the own part to the individual account, the
large-amount fee to its fund, the rest to the pooled fund. Retirees are credited out of the pooled fund, and each fee
that is deducted is an entry of its own.

The run goes in chunks; each is posted whole or not at all, under keys of its own. Killed and run again, it goes on
where it was: what is posted is found and not posted again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection

from yibao.books.areas.models import AdoptedValue, Area
from yibao.books.ledger.accounts import AccountKind, EntryKind
from yibao.books.ledger.batch import post_batch
from yibao.books.ledger.posting import Entry, LedgerRefused, accounts
from yibao.law.areas import find
from yibao.services.month.amounts import Amounts, age_at_end, amounts_of, last_day_of, text_of
from yibao.services.results import Done, Refused, RefusedError

CHUNK = 5_000
FLEXIBLE = 1  # books.enrolment Kind
T = TypeVar("T")

PAID = """
    SELECT c.person_id, c.month, c.base, c.person_paid, c.employer_paid, p.born, e.kind
    FROM contribution_month c
    JOIN people_person p ON p.id = c.person_id
    LEFT JOIN enrolment_enrolment e ON e.person_id = c.person_id AND e.area_id = c.area AND e.scheme = c.scheme
        AND e.starts < (c.month + interval '1 month') AND (e.ends IS NULL OR e.ends > c.month)
        AND (e.starts <= c.month OR NOT EXISTS (SELECT FROM enrolment_enrolment f WHERE f.person_id = e.person_id
             AND f.area_id = e.area_id AND f.scheme = e.scheme AND f.starts <= c.month AND f.ends > c.month))
    WHERE c.area = %(area)s AND c.scheme = 0 AND c.how <> 2 AND c.paid_on >= %(first)s AND c.paid_on <= %(last)s
    ORDER BY c.person_id, c.month
"""
RETIRED = """
    SELECT e.id, e.person_id, p.born FROM enrolment_enrolment e JOIN people_person p ON p.id = e.person_id
    WHERE e.area_id = %(area)s AND e.scheme = 0 AND e.kind = 2
        AND e.starts <= %(first)s AND (e.ends IS NULL OR e.ends > %(first)s) ORDER BY e.id
"""


@dataclass
class MonthRun:
    """What a run did: people credited, entries that were new, fen credited and deducted."""

    people: int = 0
    new_entries: int = 0
    gross: int = 0
    deducted: int = 0


@dataclass(frozen=True)
class Funds:
    """The accounts of an area on which a month's run posts besides those of the people."""

    clearing: UUID
    pooled: UUID
    large_amount: UUID
    long_term_care: UUID

    @classmethod
    def of(cls, area: str) -> Funds:
        """The funds of an area, opened where they are not there yet."""
        kinds = (
            AccountKind.CLEARING, AccountKind.POOLED_EMPLOYEE, AccountKind.LARGE_AMOUNT, AccountKind.LONG_TERM_CARE,
        )  # fmt: skip
        return cls(*(accounts(area, kind)[""] for kind in kinds))


def allocate(area: str, month: date, progress: Callable[[int], None] = lambda done: None) -> Done[MonthRun] | Refused:
    """Post the allocations of a month (its first day) for everybody in an area; a repeat posts what is new.

    `progress` is told how many people are done. Refused: `area_not_opened`, `value_not_adopted`,
    `allocation_law_has_a_gap`, `month_is_closed`.
    """
    try:
        return Done(_Run(area, month, progress).run())
    except RefusedError as error:
        return error.refused
    except LedgerRefused as error:
        if error.rule != "month_is_closed":
            raise
        return Refused("month_is_closed", f"{area} {month:%Y-%m} 已经关账，不能再记账；迟到的记在还没关账的月份。")


class _Run:
    def __init__(self, area: str, month: date, progress: Callable[[int], None]) -> None:
        if not Area.objects.filter(code=area).exists():
            raise RefusedError("area_not_opened", f"{area} 在这里还没有账本，请先建账。")
        self.area, self.month, self.progress = area, month, progress
        self.last = last_day_of(month)
        self.laws: dict[date, Amounts] = {}
        self.adopted = {
            (path, begins) for path, begins in AdoptedValue.objects.filter(area=area).values_list("path", "begins_on")
        }
        self.funds = Funds.of(area)
        self.done = MonthRun()

    def run(self) -> MonthRun:
        """People in work first, then the retired."""
        for query, entries_of in ((PAID, self._in_work), (RETIRED, self._retired)):
            for rows in _chunks(self._rows(query), CHUNK):
                people = accounts(self.area, AccountKind.INDIVIDUAL, {str(person_of(query, row)) for row in rows})
                entries = [entry for row in rows for entry in entries_of(row, people)]
                self.done.new_entries += post_batch(self.area, entries)
                self.done.people += len(rows)
                self.progress(len(rows))
        return self.done

    def law(self, month: date) -> Amounts:
        """The law of a month, once it is sure that the agency has adopted its values."""
        if month not in self.laws:
            amounts = amounts_of(self.area, month)
            strange = sorted(amounts.values - self.adopted)
            if strange:
                path, begins = strange[0]
                raise RefusedError(
                    "value_not_adopted",
                    f"{find(self.area).name}还没有采用 {path}（{begins}起）这个数，采用以后才能记账。",
                )
            self.laws[month] = amounts
        return self.laws[month]

    def _rows(self, query: str) -> Iterator[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, {"area": self.area, "first": self.month, "last": self.last})
            yield from cursor.fetchall()

    def _in_work(self, row: tuple, people: dict[str, UUID]) -> Iterator[Entry]:  # type: ignore[type-arg]
        person, month, base, person_paid, employer_paid, born, kind = row
        paid = person_paid + employer_paid
        if paid == 0:
            return
        law, flexible = self.law(month), kind == FLEXIBLE
        share = law.in_work(base, flexible=flexible, age=age_at_end(born, month))
        large = min(law.large_amount_of(flexible=flexible), paid - share.gross)
        self.done.gross += share.gross
        account = people[str(person)]
        lines = {
            self.funds.clearing: paid,
            account: -share.gross,
            self.funds.large_amount: -large,
            self.funds.pooled: -(paid - share.gross - large),
        }
        subject = f"{text_of(month)}/{person}"
        yield self._entry(EntryKind.ASSESSMENT, f"assessment/{self.area}/{subject}", month, lines)
        yield from self._deductions(subject, month, account, share.large_amount, share.long_term_care)

    def _retired(self, row: tuple, people: dict[str, UUID]) -> Iterator[Entry]:  # type: ignore[type-arg]
        enrolment, person, born = row
        share = self.law(self.month).retired(age_at_end(born, self.month))
        if share.gross == 0:
            return
        self.done.gross += share.gross
        account, subject = people[str(person)], f"{text_of(self.month)}/{enrolment}"
        lines = {self.funds.pooled: share.gross, account: -share.gross}
        yield self._entry(EntryKind.ALLOCATION, f"allocation/{self.area}/{subject}", self.month, lines)
        yield from self._deductions(subject, self.month, account, share.large_amount, share.long_term_care)

    def _deductions(self, subject: str, month: date, account: UUID, large: int, care: int) -> Iterator[Entry]:
        """Each fee that is taken from what is credited, an entry of its own (decision 11)."""
        for name, fund, fee in (
            ("large_amount", self.funds.large_amount, large),
            ("long_term_care", self.funds.long_term_care, care),
        ):
            if fee:
                self.done.deducted += fee
                key = f"deduction/{self.area}/{subject}/{name}"
                yield self._entry(EntryKind.DEDUCTION, key, month, {account: fee, fund: -fee})

    def _entry(self, kind: EntryKind, key: str, month: date, lines: dict[UUID, int]) -> Entry:
        moved = tuple((account, amount) for account, amount in lines.items() if amount)
        return Entry(self.area, key, kind, month, self.last, moved)


def person_of(query: str, row: Sequence[object]) -> object:
    """The person that a row speaks of."""
    return row[0] if query is PAID else row[1]


def _chunks(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    while chunk := list(islice(rows, size)):
        yield chunk
