"""Apps are told that a record changed: what was news, signed, once for each change, until it is taken."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.utils import timezone
from tests.services.webhooks.receiver import Receiver

from yibao.services import apps, webhooks
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused
from yibao.services.webhooks import sending
from yibao.services.webhooks.signing import new_secret, signature

pytestmark = pytest.mark.django_db
SCOPES = ["openid", "account", "contributions", "enrolment", "coverage"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class There(NamedTuple):
    """The agency's people, an app that the worker allowed to read, and its hook."""

    agency: Any
    people: Any
    client_id: str
    worker: Actor
    hook: Any
    receiver: Receiver


def consent(client_id: str, person: Any, scopes: list[str] = SCOPES) -> Actor:
    users = import_module("yibao.books.access.models").User.objects
    user = users.filter(person=person).first() or users.create_user(person=person)
    actor = Actor("self", user.pk, person.id)
    assert isinstance(apps.allow(actor, client_id, scopes, 90), Done)
    return actor


@pytest.fixture
def there(receiver: Receiver) -> There:
    agency = import_module("tests.services.records.agency")
    people = agency.opened()
    made = apps.add_app("记账本", "演示公司", "看缴费", ["https://app.example/back"], SCOPES)
    assert isinstance(made, Done)
    worker = consent(made.value.client_id, people.worker)
    hook = webhooks.add_hook(made.value.client_id, receiver.url)
    assert isinstance(hook, Done)
    assert webhooks.collect() == 0, "what was there when the person consented is no news"
    return There(agency, people, made.value.client_id, worker, hook.value, receiver)


def pays(there: There, month: date, person: Any = None) -> None:
    """A month is paid: no money of the account moves yet."""
    there.agency.paid(person or there.people.worker, month, there.agency.SECOND_BASE)


def told(there: There) -> list[dict[str, Any]]:
    return [json.loads(one.body) for one in there.receiver.got]


def make_due() -> None:
    """The waits are over."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE webhooks_message SET next_at = clock_timestamp() WHERE next_at IS NOT NULL")


def test_signature_is_that_of_the_public_example() -> None:
    """The example of Standard Webhooks' reference libraries."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_has_256_bits() -> None:
    secret = new_secret()
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 256 // 8
    assert new_secret() != secret


def test_a_change_is_told_once_and_can_be_verified(there: There) -> None:
    pays(there, date(2026, 10, 1))
    assert webhooks.collect() == 1
    assert webhooks.send_due() == webhooks.Sent(1, 0, 0)
    (got,) = there.receiver.got
    signed = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    key = base64.b64decode(there.hook.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert got.headers["webhook-signature"] == f"v1,{expected}"
    body = json.loads(got.body)
    assert (body["type"], body["data"]["read"]) == ("contributions.changed", "/api/v1/me/months")
    assert webhooks.collect() == 0
    assert webhooks.send_due() == webhooks.Sent(0, 0, 0)


def test_each_part_is_told_by_its_name(there: There) -> None:
    kinds = import_module("yibao.books.ledger.accounts").EntryKind
    provider = there.agency.fund(import_module("yibao.books.ledger.accounts").AccountKind.PAYABLE, "演示医院")
    month, on = date(2026, 10, 1), date(2026, 10, 9)
    there.agency.moved(there.people.worker, "care/2", kinds.CARE, month, -100, provider, on)
    there.agency.moved(there.people.worker, "care/3", kinds.CARE, month, 100, provider, on)  # the same sum again
    enrolments = import_module("yibao.books.enrolment.models").Enrolment.objects
    enrolments.filter(person=there.people.worker, ends=None).update(ends=date(2026, 10, 15))
    assert webhooks.collect() == 3
    webhooks.send_due()
    assert sorted(body["type"] for body in told(there)) == [
        "account.changed", "coverage.changed", "enrolment.changed"
    ]  # fmt: skip


def test_nothing_of_the_record_is_in_a_message(there: There) -> None:
    pays(there, date(2026, 10, 1))
    webhooks.collect()
    webhooks.send_due()
    (body,) = told(there)
    assert set(body) == {"type", "timestamp", "data"}
    assert set(body["data"]) == {"subject", "read"}
    words = there.receiver.got[0].body.decode()
    person = there.people.worker
    assert not any(str(word) in words for word in (person.id, there.worker.user_id, "王", "2026-10-01", 1_200_000))


def test_of_others_and_of_other_parts_nothing_is_told(there: There) -> None:
    pays(there, date(2026, 10, 1), there.people.retiree)
    assert webhooks.collect() == 0
    consent(there.client_id, there.people.retiree, ["account"])
    assert webhooks.collect() == 0
    pays(there, date(2026, 11, 1), there.people.retiree)
    assert webhooks.collect() == 0, "the retiree allowed the account, not the contributions"


def test_the_end_of_a_consent_is_told_and_then_nothing_more(there: There) -> None:
    (open_one,) = apps.allowed(there.worker)
    assert isinstance(apps.end_consent(there.worker, open_one.id), Done)
    pays(there, date(2026, 10, 1))
    assert webhooks.collect() == 1
    webhooks.send_due()
    assert [body["type"] for body in told(there)] == ["consent.ended"]
    assert webhooks.collect() == 0


def test_a_consent_that_has_run_out_has_ended(there: There) -> None:
    rows = import_module("yibao.books.consents.models").Consent.objects
    day = timezone.now() - timedelta(days=1)
    rows.update(given_at=day - timedelta(days=90), until=day)
    assert webhooks.collect() == 1
    webhooks.send_due()
    assert [body["type"] for body in told(there)] == ["consent.ended"]


def test_another_consent_in_its_place_is_no_end(there: There) -> None:
    consent(there.client_id, there.people.worker)
    assert webhooks.collect() == 0
    pays(there, date(2026, 10, 1))
    assert webhooks.collect() == 1


@pytest.mark.parametrize("status", [500, 404, 302, 429])
def test_what_is_not_taken_is_sent_again_after_growing_waits(there: There, status: int) -> None:
    there.receiver.answers = [status, status, 200]
    pays(there, date(2026, 10, 1))
    webhooks.collect()
    assert webhooks.send_due() == webhooks.Sent(0, 1, 0)
    assert webhooks.send_due() == webhooks.Sent(0, 0, 0), "not before the wait is over"
    make_due()
    assert webhooks.send_due() == webhooks.Sent(0, 1, 0)
    make_due()
    assert webhooks.send_due() == webhooks.Sent(1, 0, 0)
    assert len({got.headers["webhook-id"] for got in there.receiver.got}) == 1
    assert len({got.body for got in there.receiver.got}) == 1
    assert len(there.receiver.got) == 3, "a redirect is not followed"


def test_the_waits_grow_and_then_it_is_given_up(there: There) -> None:
    there.receiver.answers = [503]
    messages = import_module("yibao.books.webhooks.models").Message.objects
    pays(there, date(2026, 10, 1))
    webhooks.collect()
    for wait in sending.WAITS:
        before = timezone.now()
        assert webhooks.send_due() == webhooks.Sent(0, 1, 0)
        (message,) = messages.all()
        assert wait <= (message.next_at - before).total_seconds() <= wait + 60
        make_due()
    assert webhooks.send_due() == webhooks.Sent(0, 0, 1)
    assert list(messages.values_list("next_at", "told_at", "answer")) == [(None, None, "503")]
    assert len(there.receiver.got) == len(sending.WAITS) + 1
    assert list(sending.WAITS) == sorted(set(sending.WAITS))


def test_nobody_listening_is_a_failure_like_another(there: There) -> None:
    rows = import_module("yibao.books.webhooks.models").Hook.objects
    rows.update(url="http://127.0.0.1:9/changes")  # the discard port: nothing listens
    pays(there, date(2026, 10, 1))
    webhooks.collect()
    assert webhooks.send_due() == webhooks.Sent(0, 1, 0)
    message = import_module("yibao.books.webhooks.models").Message.objects.get()
    assert message.answer == "ConnectionRefusedError"


def test_a_sender_that_dies_loses_nothing(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    pays(there, date(2026, 10, 1))
    webhooks.collect()
    with monkeypatch.context() as patched:

        def dies(message: Any) -> str:
            raise SystemExit

        patched.setattr(sending, "post", dies)
        with pytest.raises(SystemExit):
            webhooks.send_due()
    assert webhooks.send_due() == webhooks.Sent(0, 0, 0)
    make_due()
    assert webhooks.send_due() == webhooks.Sent(1, 0, 0)


def test_gone_ends_the_hook(there: There) -> None:
    there.receiver.answers = [410]
    pays(there, date(2026, 10, 1))
    webhooks.collect()
    assert webhooks.send_due() == webhooks.Sent(0, 0, 1)
    pays(there, date(2026, 11, 1))
    assert webhooks.collect() == 0
    assert webhooks.hooks()[0].ended_at


def test_an_ended_hook_and_an_ended_app_are_told_nothing(there: There) -> None:
    pays(there, date(2026, 10, 1))
    assert webhooks.collect() == 1
    assert webhooks.end_hook(str(there.hook.id)) == Done(None)
    assert webhooks.send_due() == webhooks.Sent(0, 0, 0)
    assert isinstance(webhooks.end_hook(str(there.hook.id)), Refused)
    assert isinstance(webhooks.add_hook(there.client_id, there.receiver.url), Done)
    apps.end_app(there.client_id)
    assert webhooks.collect() == 0


@pytest.mark.parametrize(
    "url",
    ["http://app.example/x", "ftp://127.0.0.1/x", "https://", "https://user@app.example/", "https://app.example/#x",
     "https://app.example:99999/", "https://app.example/\nx", "https://应用.example/",
     "https://a.example/" + "x" * 500],
)  # fmt: skip
def test_an_address_on_which_others_could_read_is_refused(there: There, url: str) -> None:
    refused = webhooks.add_hook(there.client_id, url)
    assert isinstance(refused, Refused)
    assert refused.code == "hook_not_https"


def test_other_refusals(there: There) -> None:
    cases = [
        (webhooks.add_hook("nobody", "https://app.example/"), "hook_app_unknown"),
        (webhooks.add_hook(there.client_id, there.receiver.url), "hook_known_already"),
        (webhooks.end_hook("no number"), "hook_unknown"),
    ]
    for refused, code in cases:
        assert isinstance(refused, Refused)
        assert refused.code == code


def test_the_secret_lies_sealed(there: There) -> None:
    (row,) = import_module("yibao.books.webhooks.models").Hook.objects.all()
    assert there.hook.secret.encode() not in bytes(row.secret_sealed)
    assert base64.b64decode(there.hook.secret.removeprefix("whsec_")) not in bytes(row.secret_sealed)
