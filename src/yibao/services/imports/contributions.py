"""How do rows of contribution months come into the books (`yibao import contributions`), with their money?

What was received goes bank → clearing on the day it arrived: one entry for what an employer paid for its people of a
month, one a person for those who pay themselves. A file comes in parts; a further part of an employer's month is an
entry of its own, numbered (`contribution/<area>/<month>/<employer>/2`). A resident's premium goes on to the pooled
fund at once, since no month's run follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from yibao.books.contributions.models import How
from yibao.books.ledger.accounts import AccountKind, EntryKind
from yibao.books.ledger.batch import post_batch
from yibao.books.ledger.posting import Entry, accounts
from yibao.law.values import Scheme
from yibao.services import clock
from yibao.services.imports.cells import BadRow, certificate, day, fen, month, word
from yibao.services.imports.loading import (
    SCHEMES,
    Loaded,
    closed_months,
    copied,
    differs,
    fetched,
    month_is_closed,
    next_month,
    people_of,
    unknown_person,
)

HOWS: dict[str, int] = {label: value for value, label in How.choices} | {
    name.lower(): value for name, value in zip(How.names, How.values, strict=True)
}
DEEMED = 2  # books.contributions How
EMPLOYED = 0  # books.enrolment Kind
THERE = """
    SELECT c.person_id, c.scheme, c.month, c.how, c.base, c.person_paid, c.employer_paid, c.paid_on
    FROM contribution_month c
    JOIN unnest(%(people)s::uuid[], %(schemes)s::smallint[], %(months)s::date[]) AS t (person_id, scheme, month)
        USING (person_id, scheme, month) WHERE c.area = %(area)s
"""
ENROLMENTS = """
    SELECT e.person_id, e.id, e.scheme, e.kind, e.starts, e.ends, coalesce(u.code, '') FROM enrolment_enrolment e
    LEFT JOIN enrolment_employer u ON u.id = e.employer_id
    WHERE e.person_id = ANY(%(people)s) AND e.area_id = %(area)s ORDER BY e.starts
"""
POSTED = "SELECT key FROM ledger_entry WHERE area = %(area)s AND key = ANY(%(keys)s)"


class MonthRow(NamedTuple):
    """A row that was read."""

    line: int
    certificate: bytes
    scheme: int
    month: date
    how: int
    base: int
    person_paid: int
    employer_paid: int
    paid_on: date | None

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.certificate, self.scheme, self.month)


class _Enrolled(NamedTuple):
    id: UUID
    scheme: int
    kind: int
    starts: date
    ends: date | None
    employer: str


class _Payment(NamedTuple):
    """What makes rows one entry: the key without a number, the month, the day, and whether it is a resident's."""

    key: str
    for_month: date
    paid_on: date
    resident: bool


class ContributionLoader:
    """Enters contribution months and what was received for them."""

    by_day = False

    def __init__(self, area: str, *, demo: bool) -> None:
        self.area, self.today = area, clock.today()

    def read(self, line: int, cells: Mapping[str, str]) -> MonthRow:
        index = certificate(cells["certificate_number"])
        how = word(cells["kind"], HOWS, "kind", "类型")
        paid_on = day(cells["paid_on"], "paid_on", "到账日") if cells["paid_on"].strip() else None
        row = MonthRow(
            line,
            index,
            word(cells["scheme"], SCHEMES, "scheme", "险种"),
            month(cells["month"], "month", "费款所属月"),
            how,
            fen(cells["base"], "base", "缴费基数"),
            fen(cells["person_paid"], "person_paid", "个人缴费"),
            fen(cells["employer_paid"], "employer_paid", "单位缴费"),
            paid_on,
        )
        if how == DEEMED:
            if row.person_paid or row.employer_paid or paid_on:
                raise BadRow("deemed_month_costs_nothing", "视同缴费的月份不写缴费金额和到账日。", "kind")
        elif paid_on is None:
            raise BadRow("paid_month_has_a_day", "没有写到账日；没有到账的月份不要导入。", "paid_on")
        elif paid_on > self.today:
            raise BadRow("day_in_the_future", "到账日还没有到，请核对。", "paid_on")
        return row

    def load(self, rows: Sequence[MonthRow]) -> Loaded:
        people, closed = people_of(rows), closed_months(self.area)
        enrolled = self._enrolled(people.values())
        there = self._there(rows, people)
        out, fresh = Loaded(), []
        for row in rows:
            try:
                person = people.get(row.certificate)
                if person is None:
                    raise unknown_person()
                known = there.get((person, row.scheme, row.month))
                if known:
                    _check_same(row, known)
                    out.same += 1
                    continue
                if row.paid_on and row.paid_on.replace(day=1) in closed:
                    raise month_is_closed(row.paid_on, "paid_on")
                fresh.append((person, row, self._payer(row, enrolled[person])))
            except BadRow as error:
                out.refuse(row.line, error)
        copied(
            "contribution_month (area, person_id, scheme, month, how, base, person_paid, employer_paid, paid_on)",
            ((self.area, person, row.scheme, *row[3:]) for person, row, _ in fresh),
        )
        self._post(fresh)
        out.new = len(fresh)
        return out

    def _enrolled(self, people: Any) -> dict[UUID, list[_Enrolled]]:
        found: dict[UUID, list[_Enrolled]] = defaultdict(list)
        for person, *rest in fetched(ENROLMENTS, {"people": list(people), "area": self.area}):
            found[person].append(_Enrolled(*rest))
        return found

    def _there(self, rows: Sequence[MonthRow], people: dict[bytes, UUID]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        named = [row for row in rows if row.certificate in people]
        values = {
            "area": self.area,
            "people": [people[row.certificate] for row in named],
            "schemes": [row.scheme for row in named],
            "months": [row.month for row in named],
        }
        return {found[:3]: found[3:] for found in fetched(THERE, values)}

    def _payer(self, row: MonthRow, enrolled: Sequence[_Enrolled]) -> _Payment | None:
        """Who paid for a month, by the enrolment in which it lies; None where nothing was paid."""
        first, end = row.month, next_month(row.month)
        ours = [
            one
            for one in enrolled
            if one.scheme == row.scheme and one.starts < end and (one.ends is None or one.ends > first)
        ]
        if not ours and row.how != DEEMED:
            message = f"这个人{row.month:%Y年%m月}在这里没有这个险种的参保，请核对，或者先导入参保关系。"
            raise BadRow("not_enrolled_then", message, "month")
        if row.paid_on is None or row.person_paid + row.employer_paid == 0:
            return None
        one = ours[0]  # of two in a month, the one of its first day
        if row.scheme == Scheme.RESIDENT:
            return _Payment(f"contribution/{self.area}/{row.month:%Y}/{one.id}", first, row.paid_on, True)
        payer = one.employer if one.kind == EMPLOYED and one.employer else str(one.id)
        return _Payment(f"contribution/{self.area}/{row.month:%Y-%m}/{payer}", first, row.paid_on, False)

    def _post(self, fresh: Sequence[tuple[UUID, MonthRow, _Payment | None]]) -> None:
        received: dict[_Payment, int] = defaultdict(int)
        for _, row, payment in fresh:
            if payment:
                received[payment] += row.person_paid + row.employer_paid
        if not received:
            return
        kinds = (AccountKind.BANK, AccountKind.CLEARING, AccountKind.POOLED_RESIDENT)
        bank, clearing, pooled = (accounts(self.area, kind)[""] for kind in kinds)
        entries = []
        for payment, key in zip(received, self._keys(list(received)), strict=True):
            paid = received[payment]
            days = (payment.for_month, payment.paid_on)
            lines = ((bank, paid), (clearing, -paid))
            entries.append(Entry(self.area, key, EntryKind.CONTRIBUTION_RECEIVED, *days, lines))
            if payment.resident:
                key = key.replace("contribution/", "assessment/", 1)
                lines = ((clearing, paid), (pooled, -paid))
                entries.append(Entry(self.area, key, EntryKind.ASSESSMENT, *days, lines))
        post_batch(self.area, entries)

    def _keys(self, payments: Sequence[_Payment]) -> list[str]:
        """A free business key for each: the first is plain, further ones are numbered."""
        out = [payment.key for payment in payments]
        open_ = list(range(len(out)))
        number, used = 1, set[str]()
        while open_:
            taken = {key for (key,) in fetched(POSTED, {"area": self.area, "keys": [out[at] for at in open_]})}
            again = []
            for at in open_:
                if out[at] in taken or out[at] in used:
                    again.append(at)
                used.add(out[at])
            number += 1
            for at in again:
                out[at] = f"{payments[at].key}/{number}"
            open_ = again
        return out


def _check_same(row: MonthRow, known: tuple[Any, ...]) -> None:
    labels = ("类型", "缴费基数", "个人缴费", "单位缴费", "到账日")
    if what := "、".join(label for label, ours, theirs in zip(labels, row[4:], known, strict=True) if ours != theirs):
        raise differs(what)
