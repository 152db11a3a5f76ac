"""Does the hotline keep to the rules where it calls: repeats, confirmations, the end of ringing, a late yes?"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from tests.sip.exchange import Exchange, header
from tests.sip.raw import sdp
from tests.sip.telephone import Running, until

from yibao.channels.hotline import dialling, offers
from yibao.channels.hotline.dialling import Dialling, NotAnswered

NUMBER = "10012345678"


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    with Exchange() as made:
        yield made


def dialled(there: Running, exchange: Exchange, kept: list[Dialling] | None = None) -> Future[Any]:
    """A call that begins now."""

    async def call() -> Any:
        one = Dialling(there.hotline.by_udp(), exchange.here, "127.0.0.1", NUMBER)
        if kept is not None:
            kept.append(one)
        return await one.answered(offers.offer_of("127.0.0.1", 30000))

    return asyncio.run_coroutine_threadsafe(call(), there.loop)


def why(call: Future[Any]) -> str:
    with pytest.raises(NotAnswered) as ended:
        call.result(20)
    return ended.value.answer


def test_who_answers_is_confirmed_and_the_offer_is_both_codecs_and_keys(there: Running, exchange: Exchange) -> None:
    kept: list[Dialling] = []
    call = dialled(there, exchange, kept)
    invite = exchange.next()
    assert invite.startswith(f"INVITE sip:{NUMBER}@127.0.0.1:{exchange.here[1]} SIP/2.0\r\n")
    assert "m=audio 30000 RTP/AVP 8 0 101" in invite
    assert "a=rtpmap:101 telephone-event/8000" in invite
    exchange.answer("100 Trying", tag="")
    exchange.answer("180 Ringing", tag="early")
    assert exchange.nothing(1.2), "repeated although the exchange has it"
    exchange.answer("200 OK", body=sdp(40000))
    ack = exchange.asked("ACK")
    assert ack.startswith("ACK sip:phone-there@127.0.0.1")
    assert header(ack, "To").endswith(";tag=there")
    assert header(ack, "CSeq") == "1 ACK"
    assert header(ack, "Via") != header(invite, "Via")
    assert offers.agreed(offers.offer_of("127.0.0.1", 30000), call.result(10)).remote == ("127.0.0.1", 40000)
    exchange.answer("200 OK", body=sdp(40000))
    assert exchange.asked("ACK"), "the yes came again: our ACK was lost"
    assert kept[0].dialog.route_set == []


def test_a_call_is_asked_for_again_until_the_exchange_says_something(there: Running, exchange: Exchange) -> None:
    call = dialled(there, exchange)
    first = exchange.next()
    assert [exchange.next() for _ in range(2)] == [first] * 2
    exchange.answer("486 Busy Here")
    assert header(exchange.asked("ACK"), "Via") == header(first, "Via"), "of the same transaction"
    assert why(call) == "busy"
    exchange.answer("486 Busy Here")
    assert exchange.asked("ACK"), "confirmed again"


def test_an_exchange_that_is_not_there(there: Running, exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialling, "SILENT_S", 0.7)
    call = dialled(there, exchange)
    assert why(call) == "not_taken"
    exchange.next()
    exchange.next()
    assert exchange.nothing(1), "what the exchange never heard of is not cancelled"
    exchange.answer("180 Ringing")
    assert exchange.asked("CANCEL"), "only now"


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("401 Unauthorized", "password_wanted"),
        ("407 Proxy Authentication Required", "password_wanted"),
        ("603 Decline", "declined"),
        ("480 Temporarily Unavailable", "no_answer"),
        ("503 Service Unavailable", "not_taken"),
        ("404 Not Found", "refused_404"),
        ("302 Moved Temporarily", "refused_302"),
    ],
)
def test_every_refusal_has_its_word(
    there: Running, exchange: Exchange, status: str, answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    call = dialled(there, exchange)
    exchange.next()
    exchange.answer(status)
    exchange.asked("ACK")
    assert why(call) == answer
    assert NUMBER not in caplog.text
    assert ("password" in caplog.text) == (answer == "password_wanted")


def test_ringing_ends_and_the_call_is_taken_back(
    there: Running, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialling, "RINGS_S", 0.5)
    call = dialled(there, exchange)
    invite = exchange.next()
    exchange.answer("180 Ringing")
    cancel = exchange.asked("CANCEL")
    assert (header(cancel, "Via"), header(cancel, "CSeq")) == (header(invite, "Via"), "1 CANCEL")
    assert exchange.asked("CANCEL") == cancel, "repeated until it is answered"
    exchange.answer("200 OK", cancel)
    exchange.answer("487 Request Terminated")
    exchange.asked("ACK")
    assert why(call) == "no_answer"
    assert exchange.nothing(1.2)


def test_who_answers_in_the_moment_it_is_taken_back_is_hung_up(
    there: Running, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialling, "RINGS_S", 0.5)
    call = dialled(there, exchange)
    exchange.next()
    exchange.answer("180 Ringing")
    exchange.answer("200 OK", exchange.asked("CANCEL"))
    exchange.answer("200 OK", body=sdp(40000))
    assert exchange.next().startswith("ACK ")
    bye = exchange.next()
    assert bye.startswith("BYE sip:phone-there@")
    exchange.answer("200 OK", bye)
    assert why(call) == "no_answer"


def test_a_second_telephone_that_answers_the_same_call_is_hung_up(there: Running, exchange: Exchange) -> None:
    call = dialled(there, exchange)
    exchange.next()
    exchange.answer("200 OK", body=sdp(40000))
    exchange.next()
    exchange.answer("200 OK", tag="second", body=sdp(40002))
    assert header(exchange.next(), "To").endswith("tag=second")
    bye = exchange.next()
    assert (bye[:3], header(bye, "To")[-6:], header(bye, "CSeq")) == ("BYE", "second", "2 BYE")
    exchange.answer("200 OK", bye)
    assert call.result(10).media[0].port == 40000


def test_who_hangs_up_in_the_moment_of_answering_is_heard(there: Running, exchange: Exchange) -> None:
    kept: list[Dialling] = []
    call = dialled(there, exchange, kept)
    invite = exchange.next()
    exchange.answer("200 OK", body=sdp(40000))
    exchange.hang_up(invite)
    assert exchange.asked("ACK")
    assert exchange.next().startswith("SIP/2.0 200")
    call.result(10)
    until(lambda: kept[0].dialog.state.value == "terminated")


def test_whoever_stops_the_call_lets_it_ring_no_longer(there: Running, exchange: Exchange) -> None:
    call = dialled(there, exchange)
    exchange.next()
    exchange.answer("180 Ringing")
    until(lambda: there.hotline.by_udp().on_responses)
    exchange.nothing(0.3)
    there.loop.call_soon_threadsafe(call.cancel)
    assert exchange.asked("CANCEL")


def test_whoever_stops_the_call_in_the_moment_of_the_first_ring_stops_it(there: Running, exchange: Exchange) -> None:
    kept: list[Dialling] = []
    tasks: list[asyncio.Task[Any]] = []

    async def call() -> None:
        kept.append(Dialling(there.hotline.by_udp(), exchange.here, "127.0.0.1", NUMBER))
        tasks.append(asyncio.ensure_future(kept[0].answered(offers.offer_of("127.0.0.1", 30000))))

    def at_once() -> None:
        kept[0]._rings.set()
        tasks[0].cancel()

    asyncio.run_coroutine_threadsafe(call(), there.loop).result(10)
    exchange.next()
    there.loop.call_soon_threadsafe(at_once)
    assert exchange.asked("CANCEL", 5)
    until(lambda: tasks[0].cancelled())


def test_an_answer_without_sound_that_we_speak() -> None:
    offer = offers.offer_of("127.0.0.1", 30000)
    from aiosipua.sdp import parse_sdp

    for text in (sdp(40000, formats="0 101"), sdp(40000, formats="8")):
        assert offers.agreed(offer, parse_sdp(text)).keys == 101
    for text in (sdp(0), sdp(40000, formats="18"), sdp(40000, address="239.1.1.1"), "v=0\r\n"):
        with pytest.raises(offers.OfferRefused):
            offers.agreed(offer, parse_sdp(text))
