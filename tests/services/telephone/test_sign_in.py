"""Who gets in by telephone: a PIN or a code that is right, in time, and not tried too often."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

from yibao.services.results import Done, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings: Any) -> Any:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # as slow as it is elsewhere tested
    settings.SMS_SENDER = "tests.channels.portal.people.Recorder"
    found = import_module("tests.channels.portal.people")
    found.SENT.clear()
    return found


@pytest.fixture
def telephone() -> Any:
    return import_module("yibao.services.telephone")


@pytest.fixture
def holder(people: Any) -> Any:
    """Somebody who signed in before, with a PIN."""
    person = people.insured(people.ZHOU)
    user = import_module("yibao.books.access.models").User.objects
    user.create_user(import_module("yibao.books.people.models").Person.objects.get(pk=person))
    assert import_module("yibao.services.credential").activate(person, people.PIN, people.PIN) == Done(None)
    return person


def refusal(result: Any) -> str:
    assert isinstance(result, Refused), result
    return result.code


def test_number_and_pin_open_the_own_record(telephone: Any, people: Any, holder: Any) -> None:
    done = telephone.by_pin(people.ZHOU, people.PIN)
    assert isinstance(done, Done)
    actor = done.value.actor
    assert (actor.kind, actor.person_id, done.value.area) == ("self", holder, "110000")


def test_wrong_pins_at_the_telephone_count_for_the_e_credential_too(telephone: Any, people: Any, holder: Any) -> None:
    for _ in range(4):
        assert refusal(telephone.by_pin(people.ZHOU, "739152")) == "telephone_sign_in_wrong"
    assert refusal(telephone.by_pin(people.ZHOU, "739152")) == "telephone_sign_in_locked"
    assert refusal(import_module("yibao.services.credential").check_pin(holder, people.PIN)) == "pin_locked"


def test_a_right_pin_takes_the_wrong_ones_back(telephone: Any, people: Any, holder: Any) -> None:
    for _ in range(2):
        for _ in range(4):
            telephone.by_pin(people.ZHOU, "739152")
        assert isinstance(telephone.by_pin(people.ZHOU, people.PIN), Done)


def test_who_may_not_sign_in_is_refused_like_a_stranger(telephone: Any, people: Any, holder: Any) -> None:
    users = import_module("yibao.books.access.models").User.objects
    users.filter(person_id=holder).update(is_active=False)
    assert telephone.by_pin(people.ZHOU, people.PIN) == telephone.by_pin(people.NOBODY, people.PIN)


def test_one_telephone_cannot_try_everybody(telephone: Any, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("yibao.services.telephone.sign_in"), "ADDRESS_MAX", 3)
    for serial in range(3):
        number = people.number_of("19700101", 300 + serial)
        assert refusal(telephone.by_pin(number, "739152", "10011112222")) == "telephone_sign_in_wrong"
    assert refusal(telephone.by_pin(people.NOBODY, "739152", "10011112222")) == "caller_tries_too_often"
    assert refusal(telephone.by_pin(people.NOBODY, "739152", "10011113333")) == "telephone_sign_in_wrong"


def test_a_sent_code_opens_once_it_is_told_and_not_later(telephone: Any, people: Any, holder: Any) -> None:
    sent = telephone.send_code(people.ZHOU).value
    assert people.SENT[-1][0] == people.PHONE
    code = people.code_sent()
    late = import_module("dataclasses").replace(sent, until=sent.until - timedelta(minutes=6))
    assert refusal(telephone.by_code(late, code)) == "wrong_code"
    assert telephone.by_code(sent, code).value.actor.person_id == holder


def test_a_code_for_a_number_that_nobody_has_is_sent_to_nobody(telephone: Any, people: Any) -> None:
    sent = telephone.send_code(people.NOBODY)
    assert isinstance(sent, Done)
    assert people.SENT == []
    assert refusal(telephone.by_code(sent.value, "123456")) == "wrong_code"


def test_the_tenth_wrong_code_locks_the_number(telephone: Any, people: Any, holder: Any) -> None:
    sent = telephone.send_code(people.ZHOU).value
    code = people.code_sent()
    wrong = "111111" if code != "111111" else "222222"
    for _ in range(9):
        assert refusal(telephone.by_code(sent, wrong)) == "wrong_code"
    assert refusal(telephone.by_code(sent, wrong)) == "tenth_wrong_code"
    assert refusal(telephone.by_code(sent, code)) == "locked"
    assert refusal(telephone.send_code(people.ZHOU)) == "locked"


def test_the_code_of_the_counter_opens_too_and_once(telephone: Any, people: Any, holder: Any) -> None:
    code = import_module("yibao.services.sign_in").issue_counter_code(holder).value
    sent = telephone.send_code(people.ZHOU).value
    assert telephone.by_code(sent, code).value.actor.person_id == holder
    if code != people.code_sent():
        assert refusal(telephone.by_code(sent, code)) == "wrong_code"


def test_an_answer_of_the_record_needs_a_phone_on_file(telephone: Any, people: Any) -> None:
    person = people.insured(people.LI, phone="")
    actor = import_module("yibao.services.permissions").Actor("self", person, person)
    assert refusal(telephone.answer_to_registered(actor, "您的个人账户里有1.00元。")) == "no_phone_on_file"
    staff = import_module("yibao.services.permissions").Actor("staff", person, None, ("110000",))
    assert refusal(telephone.answer_to_registered(staff, "")) == "no_phone_on_file"
