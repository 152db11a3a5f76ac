"""What the tests of the notices share: the agency with its people, who wants what, and who was told."""

from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from tests.channels.portal.people import SENT
from tests.services.records.agency import AREA, TODAY, moved, opened, own

from yibao.books.ledger.accounts import AccountKind, EntryKind
from yibao.books.ledger.posting import accounts
from yibao.books.people.models import Phone
from yibao.services import clock, notices
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused
from yibao.services.sealing import blind_index, seal

PHONE, OTHER_PHONE = "10012345678", "10087654321"


class There(NamedTuple):
    """The agency's people; worker and retiree have a phone on file."""

    people: Any
    worker: Actor


def made(settings: Any, monkeypatch: Any) -> There:
    """The agency on its own day, and a sender that keeps what it should send."""
    settings.SMS_SENDER = "tests.channels.portal.people.Recorder"
    SENT.clear()
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    people = opened()
    for person in (people.worker, people.retiree):
        held = {"number_sealed": seal(PHONE, what="phone"), "number_index": blind_index(PHONE, what="phone")}
        Phone.objects.create(person=person, **held)
    return There(people, own(people.worker))


def wants(actor: Actor, *pairs: tuple[str, str], amounts: bool = False) -> None:
    assert notices.choose(actor, pairs, shows_amounts=amounts) == Done(None)


def listed(actor: Actor) -> list[tuple[str, str]]:
    found = notices.mine(actor)
    assert isinstance(found, Done)
    return [(row.title, row.text) for row in found.value.rows]


def credited(person: Any, month: date, gross: int, fee: int = 0) -> None:
    pooled, large = (accounts(AREA, kind)[""] for kind in (AccountKind.POOLED_EMPLOYEE, AccountKind.LARGE_AMOUNT))
    moved(person, f"allocation/{month}", EntryKind.ALLOCATION, month, gross, pooled, TODAY)
    if fee:
        moved(person, f"deduction/{month}", EntryKind.DEDUCTION, month, -fee, large, TODAY)


def make_due() -> None:
    """The waits are over."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notices_sending SET next_at = clock_timestamp() WHERE next_at IS NOT NULL")


def code_of(done: Any) -> str:
    return done.code if isinstance(done, Refused) else "done"
