"""How does a call go: languages, speed, the way back, silence, wrong keys, a person, the end?"""

import logging
import random
from importlib import import_module
from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def waiting() -> list[Any]:
    callbacks = import_module("yibao.services.callbacks")
    staff = import_module("tests.services.records.agency").staff("110000")
    return list(callbacks.queue(staff).value)


def test_who_presses_nothing_hears_mandarin(ring: Any) -> None:
    call = ring()
    assert "For English, press two." in call.turn.say
    assert "没有听到您按键。" in call.press("")
    assert call.turn.language == "zh"
    assert "查您自己的医保，请按一。" in call.heard
    assert call.turn.say[-1] == "找工作人员，请按零。"


def test_english_is_spoken_once_chosen(ring: Any) -> None:
    call = ring()
    assert "For your own account, press one." in call.press("2")
    assert call.turn.language == "en"
    assert not any("一" <= sign <= "鿿" for sign in call.heard)


def test_slowly_from_the_first_key_on_and_fast_when_it_is_wanted(ring: Any) -> None:
    call = ring()
    call.press("3")
    assert (call.turn.speed, call.turn.language) == ("slow", "zh")
    call.press("3", "3")
    assert call.turn.speed == "fast"
    assert "查您自己的医保，请按一。" in call.heard


def test_the_third_silence_ends_the_call(ring: Any) -> None:
    call = ring()
    call.press("1", "", "")
    assert not call.turn.end
    call.press("")
    assert call.turn.end
    assert "先挂了" in call.heard


def test_a_key_between_begins_the_silences_anew(ring: Any) -> None:
    call = ring()
    call.press("1", "", "", "3", "", "")
    assert not call.turn.end


def test_star_goes_back_and_hash_says_it_again(ring: Any) -> None:
    call = ring()
    first = call.press("1")
    second = call.press("3")
    assert second != first
    assert call.press("#") == second
    assert call.press("*") == first
    assert call.press("*") == first, "there is nothing before the first menu"


def test_three_wrong_keys_lead_to_a_person(ring: Any) -> None:
    call = ring()
    assert "没有这一项。" in call.press("1", "8")
    assert "没有这一项。" in call.press("9")
    assert "我请工作人员给您打回去。" in call.press("7")


def test_a_right_key_forgives_the_wrong_ones(ring: Any) -> None:
    call = ring()
    call.press("1", "8", "8", "3", "*", "8")
    assert "没有这一项。" in call.heard


@pytest.mark.parametrize(
    "before", [(), ("1",), ("1", "2"), ("1", "2", "1"), ("1", "2", "1", "1"), ("1", "2", "1", "6")]
)
def test_zero_is_a_person_from_everywhere(ring: Any, before: tuple[str, ...]) -> None:
    call = ring("10044440000")
    assert "打哪个电话？" in call.press(*before, "0")
    assert "记下了。" in call.press("1")
    assert "还要办别的事吗？" in call.heard
    (one,) = waiting()
    assert one.about.startswith("热线来电：")


def test_a_person_calls_another_phone_that_is_keyed_in(ring: Any) -> None:
    call = ring("")
    assert "打哪个电话" not in call.press("1", "0"), "a number that is withheld cannot be called"
    assert call.turn.collect.secret
    assert "手机号应是十一位数字" in call.press("123")
    assert "记下了。" in call.press("01062345678")
    row = import_module("yibao.books.staff.models").Callback.objects.get(pk=waiting()[0].number)
    assert import_module("yibao.services.sealing").unseal(bytes(row.phone_sealed), what="phone") == "01062345678"


def test_what_somebody_asked_about_reaches_the_counter(ring: Any) -> None:
    ring("10044440001").press("1", "2", "1", "4", "0", "1")
    assert waiting()[0].about == "热线来电：问断交以后要等多久"


def test_a_failure_ends_the_call_politely_and_logs_no_words(
    ring: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*args: Any, **told: Any) -> None:
        raise RuntimeError("990100196503071234")

    monkeypatch.setattr(import_module("yibao.channels.hotline.dialogue.law"), "journey", fails)
    call = ring()
    with caplog.at_level(logging.DEBUG):
        call.press("1", "2", "1", "1")
    assert call.turn.end
    assert "现在查不了" in call.heard
    assert "RuntimeError" in caplog.text
    assert "9901" not in caplog.text


def test_who_hangs_up_leaves_nothing(ring: Any) -> None:
    number = import_module("tests.channels.portal.people").LI
    call = ring()
    assert "怎么证明是您本人？" in call.press("1", "1", number.replace("X", "*"))
    call.line.hung_up()
    assert call.line._call.number == ""
    assert call.line._call.stack == []
    assert call.line.pressed("1").end


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_pressed_the_way_back_and_to_a_person_is_said(ring: Any, seed: int) -> None:
    """Keys drawn at random: no call fails, no digit is said, and from everywhere one finds out again."""
    draw = random.Random(seed)
    call = ring(draw.choice(["10044440002", "", "01012345678", "anonymous"]))
    for _ in range(60):
        if call.turn.end:
            break
        most = call.turn.collect.most
        keys = draw.choice(["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#", ""])
        if most > 1 and keys.isdigit():
            keys = "".join(draw.choice("0123456789*") for _ in range(draw.randint(1, most)))
        call.press(keys)
        assert "现在查不了" not in call.heard, keys
        assert "this does not work" not in call.heard, keys
        if not call.turn.end and "For English" not in call.heard:
            ways = (
                "返回，请按星号。",
                "找工作人员，请按零。",
                "To go back, press the star.",
                "For a person, press zero.",
            )
            assert any(way in call.turn.say for way in ways)
