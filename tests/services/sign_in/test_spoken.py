"""Codes told by a call: one call a phone, two tries, five minutes, nothing left; and a stranger learns nothing."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.channels.portal.people import LI, NOBODY, PHONE, SENT, ZHOU, first_time, insured, number_of, signs_in

from yibao.books.access.models import SpokenCode
from yibao.services import outbox
from yibao.services.results import Done, Refused
from yibao.services.sign_in import spoken

pytestmark = pytest.mark.django_db
CODE = "170203"


@pytest.fixture(autouse=True)
def _on(settings: Any) -> None:
    settings.VOICE_CODES = True
    settings.SMS_SENDER = "tests.channels.portal.people.Recorder"
    SENT.clear()


def due_again(**more: Any) -> None:
    """As if the wait were over."""
    SpokenCode.objects.filter(next_at__isnull=False).update(next_at=timezone.now(), **more)


def row(call: UUID) -> SpokenCode:
    return SpokenCode.objects.get(pk=call)


def claimed() -> spoken.Due:
    due = spoken.claim()
    assert due is not None
    return due


def main_of(response: Any) -> str:
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", main)


def test_a_call_is_claimed_told_and_forgotten() -> None:
    call = spoken.put(PHONE, CODE)
    assert claimed() == spoken.Due(call, PHONE)
    assert spoken.claim() is None
    assert spoken.answered(call) == CODE
    spoken.note(call, "told")
    kept = row(call)
    assert (kept.told_sealed, kept.next_at, kept.answer, kept.tries) == (None, None, "told", 1)
    assert kept.told_at is not None
    assert spoken.answered(call) is None


def test_neither_phone_nor_code_can_be_read_in_the_table() -> None:
    call = spoken.put(PHONE, CODE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text, told_sealed FROM access_spokencode s")
        text, sealed = cursor.fetchone()
    assert CODE not in text + str(bytes(sealed))
    assert PHONE not in text + str(bytes(sealed))
    assert str(row(call)) == str(call)


@pytest.mark.parametrize("answer", sorted(spoken.AGAIN))
def test_what_did_not_get_through_is_tried_once_more(answer: str) -> None:
    call = spoken.put(PHONE, CODE)
    before = timezone.now()
    claimed()
    spoken.note(call, answer)
    wait = row(call).next_at - before
    assert timedelta(seconds=spoken.WAITS[0] - 5) < wait < timedelta(seconds=spoken.WAITS[0] + 5)
    assert row(call).answer == answer
    due_again()
    assert claimed().call == call
    spoken.note(call, answer)
    assert (row(call).next_at, row(call).told_sealed, row(call).answer, row(call).tries) == (None, None, answer, 2)


def test_what_the_exchange_refuses_is_not_tried_again() -> None:
    call = spoken.put(PHONE, CODE)
    claimed()
    spoken.note(call, "password_wanted")
    assert (row(call).next_at, row(call).told_sealed, row(call).answer) == (None, None, "password_wanted")


def test_a_try_that_was_cut_off_is_made_once_more_and_then_given_up() -> None:
    call = spoken.put(PHONE, CODE)
    for _ in range(spoken.TRIES):
        assert claimed().call == call
        due_again()
    assert spoken.claim() is None
    assert (row(call).told_sealed, row(call).answer) == (None, spoken.CUT_OFF)


def test_no_second_call_to_a_phone_that_is_being_called() -> None:
    first, second = spoken.put(PHONE, CODE), spoken.put(PHONE, "482915")
    other = spoken.put("10099990000", "739164")
    assert [claimed().call, claimed().call] == [first, other]
    assert spoken.claim() is None
    spoken.note(first, "busy")
    assert claimed().call == second
    with pytest.raises(IntegrityError), transaction.atomic():
        SpokenCode.objects.filter(pk=first).update(answer=outbox.TRYING)


@pytest.mark.django_db(transaction=True)
def test_of_many_hotlines_at_once_one_calls_a_phone() -> None:
    calls = [spoken.put(PHONE, f"{number:06}") for number in range(5)]

    def look(_: int) -> spoken.Due | None:
        try:
            return spoken.claim()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        found = [due for due in threads.map(look, range(16)) if due]
    assert len(found) == 1
    assert found[0].call in calls


def test_a_code_is_told_for_five_minutes_and_then_it_is_gone() -> None:
    late, old, ringing = (spoken.put(f"1001234567{n}", CODE) for n in range(3))
    SpokenCode.objects.filter(pk=late).update(until=timezone.now() + spoken.LEAST - timedelta(seconds=1))
    SpokenCode.objects.filter(pk=old).update(until=timezone.now() - spoken.KEPT - timedelta(seconds=1))
    assert claimed().call == ringing
    assert (row(late).told_sealed, row(late).answer) == (None, spoken.TOO_LATE)
    SpokenCode.objects.filter(pk=ringing).update(until=timezone.now() - timedelta(seconds=1))
    assert spoken.answered(ringing) is None, "answered too late"
    spoken.tidy()
    assert row(ringing).told_sealed is None
    assert not SpokenCode.objects.filter(pk=old).exists()


def test_what_is_taken_back_is_not_told_also_while_it_rings() -> None:
    waiting, ringing = spoken.put("10099990000", CODE), spoken.put(PHONE, CODE)
    SpokenCode.objects.filter(pk=waiting).update(next_at=timezone.now() + timedelta(seconds=60))
    assert claimed().call == ringing
    for call in (waiting, ringing):
        spoken.take_back(call)
    assert spoken.answered(ringing) is None
    due_again()
    assert spoken.claim() is None
    assert row(waiting).answer == spoken.TAKEN_BACK


def test_calls_are_counted_by_number_and_by_address_for_everybody_alike() -> None:
    for number in (ZHOU, NOBODY):
        asked = [spoken.may_ask_for_call(number, f"192.0.2.{n}") for n in range(5)]
        assert [isinstance(one, Done) for one in asked] == [True] * spoken.CALLS_MAX + [False]
        assert isinstance(asked[-1], Refused)
        assert asked[-1].code == "call_asked_too_often"
    drawn = [number_of("19600101", serial) for serial in range(spoken.ADDRESS_MAX + 1)]
    asked = [spoken.may_ask_for_call(number, "192.0.2.99") for number in drawn]
    assert [isinstance(one, Done) for one in asked][-2:] == [True, False]


def test_one_phone_is_called_so_often_and_nobody_is_told() -> None:
    calls = [spoken.put(PHONE, CODE) for _ in range(spoken.PHONE_MAX + 1)]
    assert row(calls[-2]).next_at is not None
    assert (row(calls[-1]).next_at, row(calls[-1]).told_sealed, row(calls[-1]).answer) == (None, None, spoken.TOO_MANY)


def entered(number: str) -> tuple[Client, Any]:
    """Somebody at the code page who asked for a call."""
    client = Client()
    client.post("/sign-in/", {"number": number})
    return client, client.post("/sign-in/call/")


def test_65_the_code_of_the_call_opens_and_the_one_before_does_not() -> None:
    insured(ZHOU)
    signs_in(Client())
    SENT.clear()
    client, answer = entered(ZHOU)
    assert answer.headers["Location"] == "/sign-in/code/"
    ((_, message),) = SENT
    due = claimed()
    code = spoken.answered(due.call) or ""
    assert (due.phone, len(code)) == (PHONE, 6)
    older = re.findall(r"\d{6}", message)[0]
    if older != code:
        assert client.post("/sign-in/code/", {"code": older}).status_code == 200
    assert client.post("/sign-in/code/", {"code": code}).status_code == 302
    assert "_auth_user_id" in client.session
    assert row(due.call).told_sealed is None, "used: nothing is left to be told"


def test_a_newer_code_takes_the_call_back() -> None:
    insured(ZHOU)
    signs_in(Client())
    client, _ = entered(ZHOU)
    client.post("/sign-in/call/")
    client.post("/sign-in/again/")
    assert spoken.claim() is None
    assert {one.answer for one in SpokenCode.objects.all()} == {spoken.TAKEN_BACK}


def test_a_number_that_nobody_has_looks_the_same_and_costs_the_same() -> None:
    insured(ZHOU)
    insured(LI, "李明", phone="")
    signs_in(Client())
    seen, statements = [], []
    for number in (ZHOU, NOBODY, LI):
        client = Client()
        client.post("/sign-in/", {"number": number})
        client.get("/sign-in/code/")
        with CaptureQueriesContext(connection) as asked:
            answer = client.post("/sign-in/call/")
        statements.append(len(asked))
        pages = [client.get("/sign-in/code/"), client.post("/sign-in/code/", {"code": "000000"})]
        seen.append((answer.status_code, answer.headers["Location"], [main_of(page) for page in pages]))
    assert seen[0] == seen[1] == seen[2]
    assert statements[0] == statements[1] == statements[2]
    assert claimed().phone == PHONE
    assert spoken.claim() is None


def test_who_was_never_in_is_told_what_to_do_and_no_code() -> None:
    insured(ZHOU)
    entered(ZHOU)
    assert spoken.answered(claimed().call) == ""


def test_what_does_not_fit_the_first_time_is_called_nowhere() -> None:
    insured(ZHOU)
    client = Client()
    first_time(client, ZHOU, "某某")
    client.post("/sign-in/call/")
    assert spoken.claim() is None


def test_calls_count_as_codes_and_have_a_limit_of_their_own() -> None:
    insured(ZHOU)
    signs_in(Client())
    for number in (ZHOU, NOBODY):
        client, _ = entered(number)
        answers = [client.post("/sign-in/call/").status_code for _ in range(4)]
        # The one that signed in asked for a code before.
        assert answers == ([302] * 2 + [429] * 2 if number == ZHOU else [302] * 3 + [429]), number
    assert "现在不能登录" in main_of(client.post("/sign-in/again/"))
    other = Client(REMOTE_ADDR="192.0.2.7")
    other.post("/sign-in/", {"number": LI})
    for _ in range(spoken.CALLS_MAX):
        spoken.may_ask_for_call(LI, "192.0.2.8")
    page = other.post("/sign-in/call/")
    assert page.status_code == 429
    assert "现在不能再打电话" in main_of(page)
    assert "改用短信" in main_of(page)
    assert 'href="/sign-in/code/"' in main_of(page)
    assert other.get("/sign-in/code/").status_code == 200, "the code that was sent still holds"


def test_nobody_comes_out_of_turn_and_without_the_setting_there_is_no_button(settings: Any) -> None:
    client = Client()
    assert client.post("/sign-in/call/").headers["Location"] == "/sign-in/"
    assert client.get("/sign-in/call/").status_code == 405
    insured(ZHOU)
    first_time(client)
    assert "打电话告诉我验证码" in main_of(client.get("/sign-in/code/"))
    settings.VOICE_CODES = False
    assert "打电话" not in main_of(client.get("/sign-in/code/"))
    assert client.post("/sign-in/call/").headers["Location"] == "/sign-in/"
    assert not SpokenCode.objects.exists()
