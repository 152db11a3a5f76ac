"""What does a caller hear, and are the keys read, in a call that keeps to the rules?"""

from itertools import pairwise
from pathlib import Path

import pytest
from tests.channels.hotline.telephone.menu import QUIET, Menu, all_over, expected, keys
from tests.sip.raw import Raw
from tests.sip.telephone import Running, caller, share_heard, until

from yibao.channels.hotline import talk
from yibao.channels.hotline.g711 import ALAW_SILENCE, alaw


def test_a_call_hears_every_sentence_in_order(there: Running, phone: Raw) -> None:
    assert phone.call()[0] == 200
    said = expected(there, *Menu.says)
    heard = phone.hear_until(said)
    assert heard.replace(said, b"").strip(ALAW_SILENCE) == b""
    phone.send("BYE")
    assert phone.answer()[0] == 200
    until(lambda: all_over(there))


def test_packets_are_as_rtp_says(there: Running, phone: Raw) -> None:
    """RFC 3550 and 3551: version 2, payload type 8, 160 samples each, sequence and time without a gap, one source."""
    phone.call()
    phone.sound.settimeout(5)
    packets = [phone.sound.recv(2048) for _ in range(30)]
    assert {len(one) for one in packets} == {172}
    assert {one[0] for one in packets} == {0x80}
    assert [one[1] for one in packets] == [0x88] + [8] * 29
    numbers = [int.from_bytes(one[2:4], "big") for one in packets]
    times = [int.from_bytes(one[4:8], "big") for one in packets]
    assert all((later - one) % (1 << 16) == 1 for one, later in pairwise(numbers))
    assert all((later - one) % (1 << 32) == 160 for one, later in pairwise(times))
    assert len({one[8:12] for one in packets}) == 1


def test_speech_stops_at_the_first_key(there: Running, phone: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Menu, "says", Menu.says * 20)
    phone.call()
    phone.hear(10)
    phone.press("1")
    heard = phone.hear_until(QUIET * (talk.BETWEEN + 2))  # longer than any pause between the sentences
    assert len(heard) < len(expected(there, *Menu.says)) / 2
    phone.press("2")
    phone.press("#")
    until(lambda: keys(there) == ["12"])


def test_the_most_keys_end_the_collecting_by_themselves(there: Running, phone: Raw) -> None:
    phone.call()
    for key in "1234":
        phone.press(key)
    until(lambda: keys(there) == ["123"])
    phone.press("5")
    phone.press("#")  # the fourth was typed ahead and is not lost
    until(lambda: keys(there) == ["123", "45"])


@pytest.mark.parametrize("place", [0, 3, 7])
def test_a_key_of_which_one_packet_arrived(there: Running, phone: Raw, place: int) -> None:
    phone.call()
    for key in "70#":
        phone.press(key, only=place)
    until(lambda: keys(there) == ["70"])


def test_a_star_first_ends_the_collecting_and_a_later_one_does_not(there: Running, phone: Raw) -> None:
    phone.call()
    phone.press("*")
    until(lambda: keys(there) == ["*"])
    for key in "1*#":
        phone.press(key)
    until(lambda: keys(there) == ["*", "1*"])


@pytest.mark.usefixtures("impatient")
def test_the_end_key_alone_and_silence_are_told_apart(there: Running, phone: Raw) -> None:
    phone.call()
    until(lambda: keys(there) == [""], what="silence")
    phone.press("#")
    until(lambda: keys(there) == ["", "#"])


def test_the_end_of_the_conversation_hangs_up(there: Running, phone: Raw) -> None:
    phone.call()
    phone.press("9")
    phone.press("#")
    status, text = phone.answer()
    assert (status, text.split()[0]) == (0, "BYE")
    first = text
    assert phone.answer()[1] == first, "not repeated although nobody answered"
    until(lambda: all_over(there))


def test_a_conversation_that_breaks_says_so_and_ends(there: Running, phone: Raw) -> None:
    phone.call()
    for key in "666":
        phone.press(key)
    assert phone.hear_until(expected(there, talk.SORRY["zh"]))
    assert phone.answer()[1].startswith("BYE ")
    until(lambda: all_over(there))


def test_somebody_elses_telephone(there: Running, tmp_path: Path) -> None:
    """PJSIP presses keys during the speech, and hears what is said after them."""
    with caller(there.port, tmp_path / "call.wav") as phone:
        phone.wait_for("sound")
        phone.order("press 12#")
        until(lambda: keys(there) == ["12"])
        (on,) = there.hotline.calls.values()
        ends = on.line.sent + len(expected(there, "好。")) // 160 + 25
        until(lambda: on.line.sent >= ends)
        phone.hang_up()
    until(lambda: all_over(there))
    recording = alaw(phone.samples())
    assert share_heard(there.prompts.make("好。", "normal"), recording) > 0.2, "hardly any of it was heard"
    assert share_heard(there.prompts.make("再见。", "normal"), recording) == 0
