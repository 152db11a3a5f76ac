"""How do movements of individual accounts come into the books (`yibao import movements`)?

Each is one entry under `movement/<area>/imported/<person>/<reference>`. They are booked in the order of their days,
what comes in before what goes out: whether a movement overdraws does not depend on the order of the rows, and a repeat
of the file decides as the first time did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from yibao.books.ledger.accounts import AccountKind, EntryKind
from yibao.books.ledger.batch import post_batch
from yibao.books.ledger.posting import Entry, accounts
from yibao.services import clock
from yibao.services.imports.cells import BadRow, certificate, day, fen, tidy, word
from yibao.services.imports.loading import (
    Loaded,
    closed_months,
    fetched,
    month_is_closed,
    people_of,
    unknown_person,
)


class Movement(NamedTuple):
    """A kind of movement: the kind of its entry, the account on its other side, and whether money comes in."""

    entry: EntryKind
    other: AccountKind
    comes_in: bool


MOVEMENTS = (
    (("结转余额", "opening"), Movement(EntryKind.OPENING, AccountKind.BANK, True)),
    (("划入", "allocation"), Movement(EntryKind.ALLOCATION, AccountKind.POOLED_EMPLOYEE, True)),
    (("转入", "transfer_in"), Movement(EntryKind.TRANSFER_IN, AccountKind.IN_TRANSIT, True)),
    (("利息", "interest"), Movement(EntryKind.INTEREST, AccountKind.INTEREST, True)),
    (("退费", "care_refund"), Movement(EntryKind.CARE, AccountKind.PAYABLE, True)),
    (("消费", "care"), Movement(EntryKind.CARE, AccountKind.PAYABLE, False)),
    (("大额扣缴", "large_amount_fee"), Movement(EntryKind.DEDUCTION, AccountKind.LARGE_AMOUNT, False)),
    (("转出", "transfer_out"), Movement(EntryKind.TRANSFER_OUT, AccountKind.IN_TRANSIT, False)),
    (("提取", "withdrawal"), Movement(EntryKind.WITHDRAWAL, AccountKind.BANK, False)),
)
"""The words of the files with what they mean; the place of each is its number."""
WORDS = {word: place for place, (words, _) in enumerate(MOVEMENTS) for word in words}
REFERENCE_MAX = 60

ENROLLED = """
    SELECT DISTINCT person_id FROM enrolment_enrolment
    WHERE person_id = ANY(%(people)s) AND area_id = %(area)s AND scheme = 0
"""
THERE = """
    SELECT key, content FROM ledger_entry WHERE area = %(area)s AND key = ANY(%(keys)s)
"""
BALANCES = """
    SELECT a.id, a.balance, (SELECT max(p.effective_on) FROM ledger_posting p
        WHERE p.area = a.area AND p.account_id = a.id)
    FROM ledger_account a WHERE a.id = ANY(%(ids)s) ORDER BY a.id FOR NO KEY UPDATE
"""
LATER = """
    SELECT effective_on, -sum(amount)::bigint FROM ledger_posting
    WHERE area = %(area)s AND account_id = %(id)s AND effective_on > %(on)s GROUP BY 1 ORDER BY 1 DESC
"""


class MovementRow(NamedTuple):
    """A row that was read."""

    line: int
    certificate: bytes
    on: date
    kind: int
    amount: int
    reference: str

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.certificate, self.reference)

    @property
    def order(self) -> tuple[Any, ...]:
        """By day; of a day, what comes in first."""
        return (self.on, not MOVEMENTS[self.kind][1].comes_in, self.line)


class _Account:
    """An individual account while a chunk is booked: its balance, and the last day on which it moved."""

    def __init__(self, id_: UUID, balance: int, last: date | None) -> None:
        self.id, self.balance, self.last = id_, balance, last or date.min

    def least_from(self, area: str, on: date) -> int:
        """The lowest balance on a day and after it: what may go out on that day."""
        if on >= self.last:
            return self.balance
        at = least = self.balance
        for _, moved in fetched(LATER, {"area": area, "id": self.id, "on": on}):
            at -= moved
            least = min(least, at)
        return least


class MovementLoader:
    """Books movements of individual accounts."""

    by_day = True

    def __init__(self, area: str, *, demo: bool) -> None:
        self.area, self.today = area, clock.today()
        self.others: dict[AccountKind, UUID] = {}

    def read(self, line: int, cells: Mapping[str, str]) -> MovementRow:
        index = certificate(cells["certificate_number"])
        on = day(cells["on"], "on", "日期")
        if on > self.today:
            raise BadRow("day_in_the_future", "日期还没有到，请核对。", "on")
        amount = fen(cells["amount"], "amount", "金额")
        if amount == 0:
            raise BadRow("amount_is_zero", "金额是0，没有钱动，不用导入。", "amount")
        reference = tidy(cells["reference"])
        if not reference:
            raise BadRow("reference_missing", "没有写流水号；同一笔钱靠它认出来，请补上。", "reference")
        if len(reference) > REFERENCE_MAX or "/" in reference or not reference.isprintable():
            raise BadRow("reference_wrong_form", "流水号最多60个字，里面不能有斜线。", "reference")
        return MovementRow(line, index, on, word(cells["kind"], WORDS, "kind", "类型"), amount, reference)

    def load(self, rows: Sequence[MovementRow]) -> Loaded:
        self.others = {kind: accounts(self.area, kind)[""] for kind in {told.other for _, told in MOVEMENTS}}
        people, closed = people_of(rows), closed_months(self.area)
        values = {"area": self.area, "people": list(people.values())}
        enrolled = {person for (person,) in fetched(ENROLLED, values)}
        ours = self._accounts(people, enrolled)
        keys = [self._key(people[row.certificate], row) for row in rows if row.certificate in people]
        there = {key: bytes(content) for key, content in fetched(THERE, {"area": self.area, "keys": keys})}
        out, fresh = Loaded(), []
        for row in rows:
            try:
                person = people.get(row.certificate)
                if person is None:
                    raise unknown_person()
                if person not in ours:
                    message = "这个人在这里没有参加过职工医保，没有个人账户；请核对，或者先导入参保关系。"
                    raise BadRow("no_individual_account", message, "certificate_number")
                entry = self._entry(person, row, ours[person].id)
                if entry.key in there:
                    if there[entry.key] != entry.content():
                        message = "这个流水号已经记过另一笔账，日期、类型或金额不一样，没有改动。"
                        raise BadRow("key_reused", message, "reference")
                    out.same += 1
                    continue
                if row.on.replace(day=1) in closed:
                    raise month_is_closed(row.on, "on")
                self._move(row, ours[person])
                fresh.append(entry)
            except BadRow as error:
                out.refuse(row.line, error)
        post_batch(self.area, fresh)
        out.new = len(fresh)
        return out

    def _accounts(self, people: Mapping[bytes, UUID], enrolled: set[UUID]) -> dict[UUID, _Account]:
        """The individual accounts of those enrolled, opened where needed, locked until the chunk is in the books."""
        named = {str(person): person for person in people.values() if person in enrolled}
        if not named:
            return {}
        found = accounts(self.area, AccountKind.INDIVIDUAL, named)
        states = {id_: (balance, last) for id_, balance, last in fetched(BALANCES, {"ids": list(found.values())})}
        return {named[subject]: _Account(id_, *states[id_]) for subject, id_ in found.items()}

    def _move(self, row: MovementRow, account: _Account) -> None:
        comes_in = MOVEMENTS[row.kind][1].comes_in
        if not comes_in and account.least_from(self.area, row.on) < row.amount:
            message = "个人账户的余额不够这一笔，账户不能成为负数；请核对金额，或者先导入结转余额。"
            raise BadRow("individual_account_not_overdrawn", message, "amount")
        account.balance += row.amount if comes_in else -row.amount
        account.last = max(account.last, row.on)

    def _key(self, person: UUID, row: MovementRow) -> str:
        return f"movement/{self.area}/imported/{person}/{row.reference}"

    def _entry(self, person: UUID, row: MovementRow, account: UUID) -> Entry:
        told = MOVEMENTS[row.kind][1]
        amount = row.amount if told.comes_in else -row.amount
        lines = ((self.others[told.other], amount), (account, -amount))
        key = self._key(person, row)
        return Entry(self.area, key, told.entry, row.on.replace(day=1), row.on, lines)
