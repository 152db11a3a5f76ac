"""Does a call go as SIP says, also where the other side does not keep to it?"""

import asyncio
import random

import pytest
from tests.channels.hotline.telephone.menu import QUIET, Menu, all_over, keys
from tests.sip.raw import SAVP, Raw, packet, sdp
from tests.sip.telephone import Running, hotline, until

from yibao.channels.hotline.prompts import Prompts


def test_a_repeated_invite_is_no_second_call(there: Running, phone: Raw) -> None:
    invite = phone.send("INVITE", sdp(phone.sound_port))
    first = phone.answer()
    phone.again(invite)
    assert phone.answer() == first
    phone.confirm(first[1])
    phone.again(invite)
    assert phone.answer() == first
    assert len(there.scripts) == there.calls() == 1


def test_a_repeated_bye_gets_its_answer_again(there: Running, phone: Raw) -> None:
    phone.call()
    text = phone.send("BYE")
    first = phone.answer()
    phone.again(text)
    assert phone.answer() == first
    assert first[0] == 200


def test_a_cancel_before_the_answer_and_one_after(there: Running, phone: Raw) -> None:
    """RFC 3261, 9: before, the call ends with 487; after, nothing ends but the CANCEL."""
    phone.send("INVITE", sdp(phone.sound_port))
    phone.send("CANCEL", number=1)
    got = [phone.answer(), phone.answer()]
    cancelled = [text for _, text in got if "CSeq: 1 CANCEL" in text]
    assert [status for status, text in got if text in cancelled] == [200]
    (status, text) = next((status, text) for status, text in got if text not in cancelled)
    assert status in (200, 487)
    if status == 200:
        phone.confirm(text)
        assert there.calls() == 1
        phone.send("BYE")
        until(lambda: phone.answer()[0] == 200)
    until(lambda: all_over(there))
    assert phone.nothing(0.3) or status == 200


@pytest.mark.usefixtures("impatient")
def test_hold_stops_the_sound_and_its_end_goes_on_with_it(there: Running, phone: Raw) -> None:
    phone.call()
    phone.hear(10)
    phone.send("INVITE", sdp(phone.sound_port, direction="sendonly"))
    status, text = phone.answer()
    assert (status, "a=recvonly" in text, " 2 IN IP4" in text) == (200, True, True)
    phone.confirm(text)
    assert phone.hears_nothing(0.7), "sound on hold"
    assert keys(there) == [], "silence was counted while the call was held"
    phone.send("INVITE", sdp(phone.sound_port))
    phone.confirm(phone.answer()[1])
    assert phone.hear(20)
    assert phone.to_tag
    assert phone.send("UPDATE", sdp(phone.sound_port, direction="inactive"))
    assert phone.answer()[0] == 200
    assert phone.hears_nothing(0.3)


def test_sound_goes_back_the_way_it_came(there: Running, phone: Raw) -> None:
    """Symmetric RTP: what the offer says is not where packets come from behind a router."""
    with Raw(there.port) as router:
        phone.call()
        router.sound.sendto(packet(8, 1, 0, QUIET), phone.sound_there())
        assert router.hear(5)
        assert phone.hears_nothing(0.2)


def test_a_strangers_packets_are_dropped(there: Running, phone: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    phone.call()
    on = next(iter(there.hotline.calls.values()))
    event = packet(101, 1, 99, bytes([1, 0x8A, 0, 160]))
    on.line.datagram_received(event, ("203.0.113.9", 4000))
    assert on.line._to == ("127.0.0.1", phone.sound_port)
    for broken in (b"", b"\x80", b"\0" * 12, b"\x80\xe5" + b"\0" * 9, b"\x9f\xe5" + b"\0" * 20):
        phone.sound.sendto(broken, phone.sound_there())
    phone.press("3")
    phone.press("#")
    until(lambda: keys(there) == ["3"])


def test_a_key_by_info(there: Running, phone: Raw) -> None:
    phone.call()
    for key in "42":
        phone.send("INFO", f"Signal={key}\r\n", kind="application/dtmf-relay")
        assert phone.answer()[0] == 200
    phone.send("INFO", "#", kind="application/dtmf")
    until(lambda: keys(there) == ["42"])


def test_what_is_asked_of_a_call_that_is_not_there(there: Running, phone: Raw) -> None:
    for method in ("BYE", "INFO", "UPDATE", "CANCEL"):
        phone.send(method)
        assert phone.answer()[0] == 481, method
    for method in ("REFER", "SUBSCRIBE", "REGISTER", "MESSAGE"):
        phone.send(method)
        assert phone.answer()[0] == 405, method


def test_another_tag_is_another_call(there: Running, phone: Raw) -> None:
    phone.call()
    phone.send("BYE", tag="guessed")
    assert phone.answer()[0] == 481
    assert there.calls() == 1


def test_options_are_answered(there: Running, phone: Raw) -> None:
    phone.send("OPTIONS")
    status, text = phone.answer()
    assert status == 200
    assert "INVITE" in text.split("Allow: ")[1]
    phone.again(b"\r\n\r\n")  # keeps a way open; draws nothing
    assert phone.nothing(0.2)


def test_what_we_cannot_speak_is_refused_and_forgotten(there: Running, phone: Raw) -> None:
    srtp = sdp(phone.sound_port).replace(f"m=audio {phone.sound_port} RTP/AVP 8 0 101\r\n", SAVP.format(port=4000))
    assert phone.call(srtp)[0] == 488
    phone.send("INVITE")
    assert phone.answer()[0] == 488
    phone.send("INVITE", "v=zero\r\nm=audio x RTP/AVP 8\r\n")
    assert phone.answer()[0] in (400, 488)
    assert there.calls() == 0
    assert not there.hotline._signalling[0].active_calls


def test_broken_messages_stop_nothing(there: Running, phone: Raw) -> None:
    """A real INVITE with pieces cut out, doubled and changed, and plain noise; then a real call."""
    drawn = random.Random(5060)
    with Raw(there.port) as other:
        whole = other.send("INVITE", sdp(other.sound_port)).encode()
        other.answer()
    with Raw(there.port) as honest:
        for place in range(400):
            text = bytearray(whole)
            for _ in range(drawn.randrange(1, 4)):
                begin = drawn.randrange(len(text))
                end = min(len(text), begin + drawn.randrange(1, 60))
                twice = bytes(text[begin:end]) * 2
                text[begin:end] = drawn.choice([b"", twice, drawn.randbytes(5), b"\r\n", b"99999999999"])
            phone.again(bytes(text))
            phone.again(drawn.randbytes(drawn.choice([0, 1, 100, 2000, 60_000])))
            if place % 40 == 0:
                honest.send("OPTIONS")
                assert honest.answer()[0] == 200
    with Raw(there.port) as honest:
        assert honest.call()[0] == 200
        assert honest.hear(5)


def test_more_calls_than_one_source_may_have(prompts: Prompts) -> None:
    with hotline(Menu, prompts, trunks=()) as there:
        phones = [Raw(there.port) for _ in range(5)]
        assert [phone.call()[0] for phone in phones] == [200, 200, 200, 200, 486]
        phones[0].send("BYE")
        assert phones[0].answer()[0] == 200
        with Raw(there.port) as sixth:
            assert sixth.call()[0] == 200
        for phone in phones:
            phone.__exit__()


def test_only_the_trunks_may_call_and_only_so_many(prompts: Prompts) -> None:
    with hotline(Menu, prompts, trunks=("203.0.113.0/28",)) as there, Raw(there.port) as phone:
        assert phone.call()[0] == 403
    with hotline(Menu, prompts, at_once=1) as there, Raw(there.port) as one, Raw(there.port) as two:
        assert [one.call()[0], two.call()[0]] == [200, 503]


def test_the_stop_hangs_up_and_leaves_nothing(prompts: Prompts) -> None:
    with hotline(Menu, prompts) as there, Raw(there.port) as phone:
        phone.call()
        stopping = asyncio.run_coroutine_threadsafe(there.hotline.stop(0), there.loop)
        assert phone.answer()[1].startswith("BYE ")
        phone.again(answer_of(phone, "BYE"))
        stopping.result(10)
        assert all_over(there)
        assert there.hotline._admission._now.total() == 0


def answer_of(phone: Raw, method: str) -> str:
    lines = ["SIP/2.0 200 OK", "Via: SIP/2.0/UDP 127.0.0.1;branch=z9", f"Call-ID: {phone.call_id}", f"CSeq: 1 {method}"]
    return "\r\n".join(lines) + "\r\n\r\n"
