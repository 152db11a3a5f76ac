"""A sender that is killed in the middle, really: what waits goes out afterwards, and nobody gets a message twice."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.channels.portal.people import PHONE, insured, number_of
from tests.gateways.sms import Gateway

from yibao.books.notices.models import Notice, Sending
from yibao.services import notices
from yibao.services.permissions import Actor

PEOPLE = 5


@pytest.fixture
def gateway(settings: Any, tmp_path: Path) -> Iterator[Gateway]:
    """Tencent's gateway, which a sender in its own process is set to."""
    pytest.importorskip("tencentcloud.sms")
    file = tmp_path / "approved.json"
    file.write_text(json.dumps({"7": notices.kinds()["callback_taken"].short}), encoding="utf-8")
    with Gateway("tencent") as there:
        settings.SMS_SENDER = "yibao.services.short_messages.tencent.Tencent"
        settings.SMS_GATEWAY = there.settings(str(file))
        yield there


def start(gateway: Gateway, settings: Any) -> subprocess.Popen[bytes]:
    """A sender in a process of its own, on the database of the test."""
    held = connection.get_connection_params()
    code = f"""
import os
from django.conf import settings
from yibao.site import settings as site
site.DATABASES["default"]["NAME"] = {held["dbname"]!r}
site.SMS_SENDER, site.SMS_GATEWAY = {settings.SMS_SENDER!r}, {settings.SMS_GATEWAY!r}
import django
django.setup()
from yibao.services import notices
notices.send_due()
"""
    return subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "YIBAO_SMS": settings.SMS_SENDER})


@pytest.mark.django_db(transaction=True)
def test_killed_and_started_again_everybody_is_told_once(gateway: Gateway, settings: Any) -> None:
    for at in range(PEOPLE):
        person = insured(number_of("19650307", 200 + at), phone=f"1001234567{at}")
        notices.choose(Actor("self", person, person), [("callback_taken", "sms")], shows_amounts=False)
        notices.tell(person, "callback_taken", "1")
    gateway.holds = True
    sender = start(gateway, settings)
    assert gateway.arrived.wait(60), "the first message is with the gateway, and the sender waits for its answer"
    os.kill(sender.pid, signal.SIGKILL)
    assert sender.wait(30) == -signal.SIGKILL
    gateway.holds = False
    gateway.released.set()
    with connection.cursor() as cursor:  # the waits are over
        cursor.execute("UPDATE notices_sending SET next_at = clock_timestamp() WHERE next_at IS NOT NULL")
    assert start(gateway, settings).wait(60) == 0
    phones = sorted(one.phone for one in gateway.asked)
    assert phones == [f"+86{PHONE[:-1]}{at}" for at in range(PEOPLE)], "each phone once"
    assert len({one.number for one in gateway.asked}) == PEOPLE
    assert (Notice.objects.count(), Sending.objects.filter(next_at__isnull=False).count()) == (PEOPLE, 0)
    assert sorted(Sending.objects.values_list("answer", flat=True)) == ["outcome_unknown", *["taken"] * (PEOPLE - 1)]
