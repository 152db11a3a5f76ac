"""The e-credential: activated once, a PIN that is not guessed, a code that holds a minute and only as the newest."""

import re
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

from yibao.services.results import Done, Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


@pytest.fixture
def credential() -> Any:
    return import_module("yibao.services.credential")


@pytest.fixture
def people() -> Any:
    return import_module("tests.channels.portal.people")


@pytest.fixture
def holder(credential: Any, people: Any) -> Any:
    """A person whose e-credential is active."""
    person = people.insured(people.ZHOU)
    assert credential.activate(person, people.PIN, people.PIN) == Done(None)
    return person


def shown(credential: Any, person: Any, at: datetime = NOW) -> str:
    done = credential.show(person, at=at)
    assert isinstance(done, Done)
    return str(done.value.token)


def refusal(result: Any) -> str:
    assert isinstance(result, Refused), result
    return result.code


def test_54_a_code_names_person_and_area_for_a_minute(credential: Any, holder: Any) -> None:
    token = shown(credential, holder)
    for seconds in (0, 59):
        done = credential.verify(token, at=NOW + timedelta(seconds=seconds))
        assert done == Done(credential.Holder(holder, "110000"))
    assert refusal(credential.verify(token, at=NOW + timedelta(seconds=60))) == "expired"


def test_54_a_newer_code_voids_the_older_one(credential: Any, holder: Any) -> None:
    older = shown(credential, holder)
    newer = shown(credential, holder, NOW + timedelta(seconds=5))
    at = NOW + timedelta(seconds=6)
    assert refusal(credential.verify(older, at=at)) == "superseded"
    assert isinstance(credential.verify(newer, at=at), Done)


def test_54_a_forged_code_is_refused(credential: Any, holder: Any, settings: Any) -> None:
    token = shown(credential, holder)
    middle = len(token) // 2
    changed = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :]
    for forged in (
        changed,
        token[3:],
        token.lower(),
        "",
        "YB1",
        "YB1" + "A" * 90,
        "https://x.example/",
        token + "AAAA",
        "医保码",
    ):
        assert refusal(credential.verify(forged, at=NOW)) == "forged", forged
    sealing = import_module("yibao.services.sealing")
    plain = f"{holder.hex}.1.{int(NOW.timestamp()) + 60}"
    elsewhere = import_module("base64").b32encode(sealing.seal(plain, what="name")).decode().rstrip("=")
    assert refusal(credential.verify("YB1" + elsewhere, at=NOW)) == "forged", "sealed here, but as something else"
    key = settings.SEALING_KEYS[-1]
    settings.SEALING_KEYS = (key._replace(key=bytes(32)),)
    assert refusal(credential.verify(token, at=NOW)) == "forged", "of another installation"


def test_54_a_code_tells_a_stranger_nothing(credential: Any, people: Any, holder: Any) -> None:
    tokens = {shown(credential, holder) for _ in range(3)}
    assert len({token[:12] for token in tokens}) == 3
    for token in tokens:
        assert re.fullmatch("[0-9A-Z]+", token), "what a QR code holds most densely"
        assert holder.hex not in token.lower()


def test_54_the_picture_is_black_on_white_with_its_margin(credential: Any, holder: Any) -> None:
    svg = credential.show(holder, at=NOW).value.svg
    assert re.findall(r'(?:fill|stroke)="(#\w+)"', svg) == ["#fff", "#000"]
    (size,) = re.findall(r'viewBox="0 0 (\d+) \d+"', svg)
    assert 240 / (int(size) - 2 * credential.MARGIN) >= 4, "a module is at least 4 CSS pixels"


def test_it_is_activated_once(credential: Any, people: Any, holder: Any) -> None:
    assert refusal(credential.activate(holder, "739150", "739150")) == "credential_activated_already"
    assert isinstance(credential.check_pin(holder, people.PIN), Done)


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("", "pin_shape"), ("12345", "pin_shape"), ("48291a", "pin_shape"), ("4829155", "pin_shape"),
        ("٤٨٢٩١٥", "pin_shape"),
        ("123456", "pin_too_simple"), ("654321", "pin_too_simple"), ("000000", "pin_too_simple"),
        ("123123", "pin_too_simple"), ("121212", "pin_too_simple"), ("890123", "pin_too_simple"),
        ("112233", "pin_too_simple"), ("650307", "pin_is_known_of_person"), ("070365", "pin_is_known_of_person"),
        ("196503", "pin_is_known_of_person"), ("345678", "pin_too_simple"), ("012345", "pin_too_simple"),
        ("990100", "pin_is_known_of_person"), ("100123", "pin_is_known_of_person"),
    ],
)  # fmt: skip
def test_a_pin_that_others_guess_is_refused(credential: Any, people: Any, pin: str, code: str) -> None:
    person = people.insured(people.ZHOU)
    assert refusal(credential.activate(person, pin, pin)) == code
    assert not credential.activated(person)


def test_a_pin_is_told_twice_and_in_any_way_of_writing(credential: Any, people: Any) -> None:
    person = people.insured(people.ZHOU)
    assert refusal(credential.activate(person, "482915", "482916")) == "pins_differ"
    assert isinstance(credential.activate(person, " 482 915", "４８２９１５"), Done)
    assert isinstance(credential.check_pin(person, "482-915"), Done)


def test_five_wrong_pins_lock_for_a_quarter_of_an_hour(credential: Any, people: Any, holder: Any) -> None:
    answers = [credential.check_pin(holder, "739150") for _ in range(5)]
    assert [refusal(answer) for answer in answers] == ["wrong_pin"] * 4 + ["pin_locked"]
    assert "还可以试 1 次" in answers[3].message
    assert re.search(r"\d\d:\d\d 以后可以再填.*社保卡", answers[4].message)
    assert refusal(credential.check_pin(holder, people.PIN)) == "pin_locked", "the right one too"
    tally = import_module("yibao.books.access.models").Tally
    (row,) = tally.objects.all()
    assert timedelta(minutes=14) < row.until - datetime.now(UTC) <= timedelta(minutes=15)
    tally.objects.update(until="2020-01-01T00:00:00Z")
    assert isinstance(credential.check_pin(holder, people.PIN), Done)
    assert refusal(credential.check_pin(holder, "739150")) == "wrong_pin", "and counting begins anew"


def test_a_copy_of_the_tables_tells_no_pin(credential: Any, people: Any, holder: Any) -> None:
    row = import_module("yibao.books.access.models").Credential.objects.get()
    hashers = import_module("django.contrib.auth.hashers")
    assert people.PIN not in row.pin
    assert not hashers.check_password(people.PIN, row.pin), "a million tries without the key find nothing"


def test_the_counter_takes_it_back_and_the_code_shown_ends(credential: Any, people: Any, holder: Any) -> None:
    token = shown(credential, holder)
    assert isinstance(credential.reset(holder), Done)
    assert refusal(credential.verify(token, at=NOW)) == "superseded"
    assert refusal(credential.show(holder, at=NOW)) == "credential_not_activated"
    assert isinstance(credential.activate(holder, "739150", "739150"), Done)


def test_who_is_not_insured_today_has_no_code(credential: Any, people: Any) -> None:
    person = people.insured(people.LI, "李明", enrolled=False)
    credential.activate(person, people.PIN, people.PIN)
    assert refusal(credential.show(person, at=NOW)) == "not_enrolled_today"
