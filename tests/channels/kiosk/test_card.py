"""The card agent: how a card is asked, and a virtual card in a virtual reader of the real pcscd."""

import queue
from typing import Any

import pytest
from tests.channels.kiosk import virtual_card

from yibao.channels.kiosk.terminal import card_agent
from yibao.channels.kiosk.terminal.cards import Cards

NUMBER = "990100196503071011"


def test_a_card_is_asked_for_nothing_but_its_number() -> None:
    asked = []
    card = virtual_card.Card(NUMBER)

    def send(apdu: bytes) -> bytes:
        asked.append(apdu.hex().upper())
        return card.answer(apdu)

    assert card_agent.number_on(send) == NUMBER
    assert asked[:2] == ["00A404000F7378312E73682EC9E7BBE1B1A3D5CF", "00A4020002EF06"]
    assert asked[2:4] == ["00B2080000", "00B2080014"], "18 characters and their two bytes of name and length"
    assert not [apdu for apdu in asked if apdu[2:4] not in ("A4", "B2", "C0")], "no PIN of the card, nothing written"


def test_cards_that_answer_in_other_ways() -> None:
    item = bytes([8, 18]) + NUMBER.encode() + b"\x90\x00"
    by_place = {"00A404": b"\x61\x10", "00C000": b"\x90\x00", "00A402": b"\x6a\x86", "00A400": b"\x90\x00"}
    by_place |= {"00B208": b"\x6a\x83", "00B201": item}
    assert card_agent.number_on(lambda apdu: by_place[apdu.hex().upper()[:6]]) == NUMBER
    empty = {**by_place, "00B201": bytes([8, 18]) + b"\x00" * 18 + b"\x90\x00"}
    with pytest.raises(card_agent.Unusable, match="unreadable"):
        card_agent.number_on(lambda apdu: empty[apdu.hex().upper()[:6]])


@pytest.mark.parametrize(("kind", "why"), [("locked", "locked"), ("other", "not_ours")])
def test_cards_that_cannot_be_used(kind: str, why: str) -> None:
    with pytest.raises(card_agent.Unusable, match=f"^{why}$"):
        card_agent.number_on(virtual_card.Card(NUMBER, kind).answer)


def test_the_agent_tells_of_each_card_through_the_real_pcscd(reader: virtual_card.Reader) -> None:
    heard: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    cards = Cards(heard.put)
    cards.start()

    def until(event: str) -> dict[str, Any]:
        while True:
            told = heard.get(timeout=60)
            if told["event"] == event and told.get("there", True):
                return told

    try:
        until("reader")
        reader.put_in(NUMBER)
        assert until("card") == {"event": "card", "number": NUMBER}
        reader.pull_out()
        until("gone")
        reader.put_in_another("locked")
        assert until("unusable")["why"] == "locked"
        reader.pull_out()
        until("gone")
        reader.put_in_another("other")
        assert until("unusable")["why"] == "not_ours"
    finally:
        cards.stop()
    assert cards.process is not None
    assert cards.process.returncode is not None, "the agent ended with the machine's program"
