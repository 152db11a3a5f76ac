"""Is an offer of sound answered as RFC 3264 says, and never with a promise that is not kept?"""

import pytest
from aiosipua.sdp import parse_sdp, serialize_sdp
from tests.sip.raw import sdp

from yibao.channels.hotline.offers import Media, OfferRefused, answer_to


def answered(text: str, version: int = 1) -> tuple[Media, list[str]]:
    media = answer_to(parse_sdp(text), "127.0.0.1", 30000, version)
    return media, serialize_sdp(media.answer).splitlines()


def offer(*media: str) -> str:
    return "v=0\r\no=- 1 1 IN IP4 192.0.2.5\r\ns=-\r\nc=IN IP4 192.0.2.5\r\nt=0 0\r\n" + "\r\n".join(media) + "\r\n"


def test_the_first_codec_of_ours_is_taken() -> None:
    assert answered(sdp(4000, formats="18 8 0 101"))[0].codec == 8
    assert answered(sdp(4000, formats="9 0 8 101"))[0].codec == 0


@pytest.mark.parametrize("number", [96, 100, 101, 127])
def test_keys_keep_the_number_of_the_offer(number: int) -> None:
    keys = f"a=rtpmap:{number} telephone-event/8000"
    media, lines = answered(offer(f"m=audio 4000 RTP/AVP 8 {number}", keys))
    assert media.keys == number
    assert f"m=audio 30000 RTP/AVP 8 {number}" in lines
    assert keys in lines
    assert f"a=fmtp:{number} 0-15" in lines


def test_without_keys_in_the_offer_none_are_answered() -> None:
    media, lines = answered(offer("m=audio 4000 RTP/AVP 8"))
    assert media.keys is None
    assert "m=audio 30000 RTP/AVP 8" in lines


def test_we_say_what_we_send() -> None:
    assert "a=ptime:20" in answered(offer("m=audio 4000 RTP/AVP 8", "a=ptime:30"))[1]


def test_every_line_of_the_offer_has_one_in_the_answer() -> None:
    """RFC 3264, 6: in the same order; a port of 0 refuses."""
    lines = ["m=video 5000 RTP/AVP 96", "m=audio 4002 RTP/SAVP 8", "m=audio 4000 RTP/AVP 8 101"]
    media, answer = answered(offer(*lines))
    assert media.remote == ("192.0.2.5", 4000)
    assert [line for line in answer if line.startswith("m=")] == [
        "m=video 0 RTP/AVP 96",
        "m=audio 0 RTP/SAVP 8",
        "m=audio 30000 RTP/AVP 8",
    ]


@pytest.mark.parametrize(
    ("direction", "address", "answer", "sends"),
    [
        ("sendrecv", "127.0.0.1", "sendrecv", True),
        ("sendonly", "127.0.0.1", "recvonly", False),
        ("inactive", "127.0.0.1", "inactive", False),
        ("recvonly", "127.0.0.1", "sendonly", True),
        ("sendrecv", "0.0.0.0", "sendrecv", False),
    ],
)
def test_hold(direction: str, address: str, answer: str, sends: bool) -> None:
    media, lines = answered(sdp(4000, direction=direction, address=address))
    assert media.sends is sends
    assert f"a={answer}" in lines


def test_each_answer_of_a_call_has_its_version() -> None:
    """RFC 3264, 8: the same session, a version that grows by one."""
    for version in (1, 2, 3):
        assert f"o=- 1 {version} IN IP4 127.0.0.1" in answered(sdp(4000), version)[1]


@pytest.mark.parametrize(
    "text",
    [
        offer("m=audio 4000 RTP/SAVP 8", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x"),
        offer("m=audio 4000 UDP/TLS/RTP/SAVPF 8"),
        offer("m=audio 4000 RTP/AVP 18 9"),
        offer("m=audio 0 RTP/AVP 8"),
        offer("m=video 4000 RTP/AVP 96"),
        offer(),
        sdp(4000, address="example.org"),
        sdp(4000, address="224.0.0.1"),
        sdp(4000, address="203.0.113.255"),
        "v=0\r\nm=audio 4000 RTP/AVP 8\r\n",
    ],
)
def test_what_we_cannot_speak_is_refused(text: str) -> None:
    with pytest.raises(OfferRefused):
        answered(text)


def test_no_offer_is_refused() -> None:
    with pytest.raises(OfferRefused):
        answer_to(None, "127.0.0.1", 30000, 1)
