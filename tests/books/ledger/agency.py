"""A small agency: its bank, clearing and pooled fund, and three people."""

from typing import NamedTuple
from uuid import UUID

from yibao.books.areas.models import Area
from yibao.books.ledger.accounts import AccountKind
from yibao.books.ledger.posting import accounts

AREA = "110000"


class Accounts(NamedTuple):
    bank: UUID
    clearing: UUID
    pooled: UUID
    people: list[UUID]


def opened() -> Accounts:
    """The agency, opened."""
    Area.objects.create(code=AREA, is_demo=True)
    funds = (AccountKind.BANK, AccountKind.CLEARING, AccountKind.POOLED_EMPLOYEE)
    individual = accounts(AREA, AccountKind.INDIVIDUAL, ("a", "b", "c"))
    return Accounts(*(accounts(AREA, kind)[""] for kind in funds), [individual[name] for name in "abc"])
