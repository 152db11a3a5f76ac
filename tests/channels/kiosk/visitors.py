"""The people of the small agency as they come to a terminal: with a card and a PIN of their own."""

from typing import Any, NamedTuple

from tests.channels.portal.people import number_of
from tests.services.records.agency import AREA, TODAY, People, opened

from yibao.books.keys import new_key
from yibao.books.people.models import Certificate
from yibao.services import clock, credential
from yibao.services.people import certificate_index
from yibao.services.sealing import seal

PIN = "482915"
WORKER, RETIREE, RESIDENT = number_of("19800615", 201), number_of("19550301", 202), number_of("19900101", 203)


class Agency(NamedTuple):
    """The people, the area, and by which numbers they are known."""

    people: People
    area: str = AREA
    worker: str = WORKER
    retiree: str = RETIREE
    resident: str = RESIDENT
    pin: str = PIN


def agency(monkeypatch: Any) -> Agency:
    """The agency opened on its own day."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    people = opened()
    for person, number in ((people.worker, WORKER), (people.retiree, RETIREE), (people.resident, RESIDENT)):
        Certificate.objects.create(
            id=new_key(), person=person, type="resident_id", number_sealed=seal(number, what="certificate"),
            number_index=certificate_index(number),
        )  # fmt: skip
        credential.activate(person.id, PIN, PIN)
    return Agency(people)
