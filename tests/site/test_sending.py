"""A server with its own database sends what is due by itself, and a round that fails ends nothing."""

import threading
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from tests.channels.portal.people import SENT

pytestmark = pytest.mark.django_db(transaction=True)
STILL = threading.Event()


def test_a_round_sends_what_somebody_wished_for(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    agency = import_module("tests.services.notices.agency")  # not before Django is set up
    from tests.services.records.agency import FEE, GROSS, own

    from yibao.site.sending import send_round

    person = agency.made(settings, monkeypatch).people.retiree
    agency.wants(own(person), ("credited", "sms"))
    agency.credited(person, date(2026, 10, 1), GROSS, FEE)
    send_round(STILL)
    assert [phone for phone, _ in SENT] == [agency.PHONE]
    send_round(STILL)
    assert len(SENT) == 1, "once"


def test_what_fails_is_logged_and_the_next_round_comes(
    settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    agency = import_module("tests.services.notices.agency")
    from tests.services.records.agency import FEE, GROSS, own

    from yibao.site.sending import send_round

    person = agency.made(settings, monkeypatch).people.retiree
    agency.wants(own(person), ("credited", "sms"))
    agency.credited(person, date(2026, 10, 1), GROSS, FEE)
    with monkeypatch.context() as broken:
        broken.setattr("yibao.services.notices.collect", lambda: 1 // 0)
        send_round(STILL)
    assert "a round of sending failed" in caplog.text
    assert SENT == []
    send_round(STILL)
    assert len(SENT) == 1
