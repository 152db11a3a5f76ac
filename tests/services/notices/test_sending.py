"""How notices get through: by e-mail to an address that was confirmed, again where they were not taken, never twice."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from tests.services.notices.agency import PHONE, There, code_of, make_due, wants

from yibao.books.notices.models import Choice, Sending
from yibao.services import notices
from yibao.services.notices import sending, ways
from yibao.services.results import Done, Refused

pytestmark = pytest.mark.django_db


def test_an_address_counts_once_its_code_is_told(there: There, settings: Any) -> None:
    settings.MAIL_IS_ON, settings.DEFAULT_FROM_EMAIL = True, "医保明白账 <tongzhi@agency.example>"
    assert code_of(notices.ask_email(there.worker, "zhang@nowhere")) == "email_shape"
    sent = notices.ask_email(there.worker, " Zhang@Example.com ")
    assert isinstance(sent, Done)
    assert (sent.value[0], mail.outbox[0].to) == ("zhang@example.com", ["zhang@example.com"])
    assert sent.value[1] in mail.outbox[0].body
    assert code_of(notices.confirm_email(there.worker, sent.value, "x")) == "email_code_wrong"
    assert notices.confirm_email(there.worker, sent.value, sent.value[1]) == Done(None)
    notices.tell(there.people.worker.id, "looked", "1", {"at": "今天", "reason": "核对缴费"})
    assert notices.send_due() == notices.Sent(1, 0, 0)
    letter = mail.outbox[-1]
    assert (letter.to, letter.subject) == (["zhang@example.com"], "医保明白账：有工作人员看过您的记录")
    assert "核对缴费" not in letter.body
    assert letter.extra_headers["Message-ID"] == f"<{Sending.objects.get().pk}@agency.example>"
    found = notices.wanted(there.worker)
    assert isinstance(found, Done)
    assert found.value.email == "z***@example.com"
    assert notices.end_email(there.worker) == Done(None)
    assert not Choice.objects.filter(way="email").exists()


def test_codes_for_an_address_are_counted(there: There, settings: Any) -> None:
    settings.MAIL_IS_ON = True
    asked = [code_of(notices.ask_email(there.worker, "zhang@example.com")) for _ in range(6)]
    assert asked == ["done"] * 5 + ["email_code_asked_too_often"]
    told = [code_of(notices.confirm_email(there.worker, ("zhang@example.com", "482915"), "000000")) for _ in range(6)]
    assert told == ["email_code_wrong"] * 5 + ["email_code_locked"]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the gateway says, one after the other; `tried` are the numbers it was asked with."""
    said: list[Any] = []

    def by_sms(one: Any) -> Any:
        said.append(one.number)
        answer = said.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    monkeypatch.setitem(ways.WAYS, "sms", by_sms)
    return said


def refused(code: str) -> Refused:
    return Refused(code, "不行。")


def one_waits(there: There, kind: str = "callback_taken") -> None:
    wants(there.worker, (kind, "sms"))
    notices.tell(there.people.worker.id, kind, "1")


def test_what_is_not_taken_is_tried_again_after_growing_waits(there: There, answers: list[Any]) -> None:
    one_waits(there)
    for wait in sending.WAITS:
        answers.insert(0, refused("sms_not_taken"))
        before = datetime.now(UTC)
        assert notices.send_due() == notices.Sent(0, 1, 0)
        assert notices.send_due() == notices.Sent(0, 0, 0), "not before the wait is over"
        row = Sending.objects.get()
        assert timedelta(seconds=wait) <= row.next_at - before <= timedelta(seconds=wait + 60)
        make_due()
    answers.insert(0, refused("sms_not_taken"))
    assert notices.send_due() == notices.Sent(0, 0, 1)
    assert len(set(answers)) == 1, "the same number at every try"
    assert list(sending.WAITS) == sorted(set(sending.WAITS))


def test_what_is_of_no_use_is_not_tried_again(there: There, answers: list[Any]) -> None:
    one_waits(there)
    answers.insert(0, refused("sms_refused"))
    assert notices.send_due() == notices.Sent(0, 0, 1)
    row = notices.mine(there.worker)
    assert isinstance(row, Done)
    assert row.value.rows[0].sent == ("短信没有发成",)


@pytest.mark.parametrize(("kind", "tries"), [("callback_taken", 1), ("pin_reset", 2)])
def test_a_short_message_that_may_have_gone_is_repeated_for_safety_only(
    there: There, answers: list[Any], kind: str, tries: int
) -> None:
    one_waits(there, kind)
    answers.insert(0, SystemExit())  # the sender dies with the message handed over
    with pytest.raises(SystemExit):
        notices.send_due()
    make_due()
    if tries == 2:
        answers.insert(0, Done(None))
    assert notices.send_due() == (notices.Sent(1, 0, 0) if tries == 2 else notices.Sent(0, 0, 1))
    assert (len(answers), len(set(answers))) == (tries, 1)


def test_what_lies_in_the_books_cannot_be_read(there: There) -> None:
    one_waits(there)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(n)::text || row_to_json(s)::text FROM notices_notice n, notices_sending s")
        (whole,) = cursor.fetchone()
    assert PHONE.encode().hex() not in whole
    assert "回电".encode().hex() not in whole
    assert not any(word in json.dumps(json.loads(whole.partition("}{")[0] + "}")) for word in (PHONE, "回电"))
