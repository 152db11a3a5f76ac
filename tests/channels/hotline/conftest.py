"""The small agency with callers, and a gateway that keeps the short messages."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

PHONES = "10011110000", "10022220000", "10033330000"


@pytest.fixture
def messages(settings: Any) -> Iterator[list[tuple[str, str]]]:
    """What was sent by short message: phone and text."""
    people = import_module("tests.channels.portal.people")
    settings.SMS_SENDER = "tests.channels.portal.people.Recorder"
    people.SENT.clear()
    yield people.SENT
    people.SENT.clear()


@pytest.fixture
def quick_hashes(settings: Any) -> None:
    """PINs are hashed quickly here: that they are hashed slowly is the e-credential's own matter."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ring(db: None, messages: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Ring up where the books of 北京 are kept, and nobody is in them."""
    agency = import_module("tests.services.records.agency")
    monkeypatch.setattr(import_module("yibao.services.clock"), "today", lambda: agency.TODAY)
    import_module("yibao.books.areas.models").Area.objects.create(code=agency.AREA, is_demo=True)
    return import_module("tests.channels.hotline.callers").Caller


@pytest.fixture
def agency(db: None, messages: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Worker, retiree and resident on the agency's own day, with certificate and phone; the worker has a PIN too."""
    agency = import_module("tests.services.records.agency")
    callers = import_module("tests.channels.hotline.callers")
    monkeypatch.setattr(import_module("yibao.services.clock"), "today", lambda: agency.TODAY)
    people = agency.opened()
    told = zip((people.worker, people.retiree, people.resident), (201, 202, 203), PHONES, strict=True)
    return [callers.known(person, serial, phone, pin=person is people.worker) for person, serial, phone in told]
