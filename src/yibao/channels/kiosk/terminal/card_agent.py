"""Which card is in the reader? Run by the system's own Python with Debian's python3-pyscard, as a process of its own.

Says what happens as JSON, one line each, on standard output, and ends when standard input is closed:

    {"event": "reader", "there": true}      {"event": "reading"}       {"event": "card", "number": "…"}
    {"event": "unusable", "why": "unreadable" | "locked" | "not_ours"}    {"event": "gone"}

Of the card only the social security number (社会保障号码) is read: file EF06, data item 08 of the environment
"sx1.sh.社会保障" (LD/T 32, 社会保障卡规范). Name, sex and the rest stay on the card, and nothing is written anywhere.
This file imports nothing of yibao: the system's Python does not know it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any

ENVIRONMENT = b"sx1.sh." + "社会保障".encode("gb2312")
SELECT_ENVIRONMENT = bytes([0x00, 0xA4, 0x04, 0x00, len(ENVIRONMENT)]) + ENVIRONMENT
SELECT_HOLDER = (bytes.fromhex("00A4020002EF06"), bytes.fromhex("00A4000002EF06"))
READ_NUMBER = (bytes.fromhex("00B2080000"), bytes.fromhex("00B2010400"))
"""By the number of the data item, and by its place in the file: cards of different makers answer to one or both."""
TAG = 0x08
TRIES = 3
WAIT_MS = 500


class Unusable(Exception):
    """The card cannot be used; the text says why."""


def say(event: str, **told: Any) -> None:
    """One line to whoever started this."""
    print(json.dumps({"event": event, **told}), flush=True)


def number_on(send: Any) -> str:
    """The number on a card; `send` gives an APDU to it and gives its answer back, status at the end."""
    if not _went_well(_whole(send, SELECT_ENVIRONMENT)):
        raise Unusable("not_ours")
    if not any(_went_well(_whole(send, select)) for select in SELECT_HOLDER):
        raise Unusable("not_ours")
    answers = [_whole(send, read) for read in READ_NUMBER]
    if all(answer[-2:] == b"\x69\x82" for answer in answers):
        raise Unusable("locked")  # this maker's cards want a key that only a licensed reader module (PSAM) has
    for answer in answers:
        if _went_well(answer) and len(answer) > 4 and answer[0] == TAG:
            told = answer[2 : 2 + answer[1]].rstrip(b"\x00\xff ").decode("ascii", "replace").strip()
            if told:
                return told
    raise Unusable("unreadable")


def _went_well(answer: bytes) -> bool:
    return answer[-2:] == b"\x90\x00"


def _whole(send: Any, apdu: bytes) -> bytes:
    """The answer to an APDU, also where the card first says how long it is (6Cxx) or that it waits (61xx)."""
    answer: bytes = send(apdu)
    if len(answer) == 2 and answer[0] == 0x6C:
        answer = send(apdu[:4] + answer[1:2])
    if len(answer) == 2 and answer[0] == 0x61:
        answer = send(bytes([0x00, 0xC0, 0x00, 0x00, answer[1]]))
    return answer


class Readers:
    """Every reader that PC/SC knows, watched until there is none or PC/SC goes away."""

    def __init__(self, pcsc: Any, context: Any) -> None:
        self.pcsc, self.context = pcsc, context
        self.states: dict[str, int] = {}
        self.inside: str | None = None

    def watch(self) -> None:
        """Say what happens, for as long as PC/SC answers."""
        pcsc, was_there = self.pcsc, False
        while True:
            result, names = pcsc.SCardListReaders(self.context, [])
            if bool(names) != was_there:
                was_there = bool(names)
                say("reader", there=was_there)
            if result not in (pcsc.SCARD_S_SUCCESS, pcsc.SCARD_E_NO_READERS_AVAILABLE):
                return self._left()
            self.states = {name: self.states.get(name, pcsc.SCARD_STATE_UNAWARE) for name in names}
            if self.inside not in self.states:
                self._left()
            if not names:
                time.sleep(WAIT_MS / 1000)
                continue
            result, changed = pcsc.SCardGetStatusChange(self.context, WAIT_MS, list(self.states.items()))
            if result == pcsc.SCARD_S_SUCCESS:
                for name, state, _ in changed:
                    self._changed(name, state)
            elif result not in (pcsc.SCARD_E_TIMEOUT, pcsc.SCARD_E_UNKNOWN_READER):
                return self._left()

    def _changed(self, name: str, state: int) -> None:
        pcsc = self.pcsc
        self.states[name] = state & ~pcsc.SCARD_STATE_CHANGED
        if state & pcsc.SCARD_STATE_PRESENT and self.inside is None:
            self.inside = name
            say("reading")
            self._read(name)
        elif state & pcsc.SCARD_STATE_EMPTY and self.inside == name:
            self._left()

    def _left(self) -> None:
        if self.inside is not None:
            self.inside = None
            say("gone")

    def _read(self, name: str) -> None:
        """A card may need a moment to make contact: it is tried three times."""
        why = "unreadable"
        for _ in range(TRIES):
            try:
                return say("card", number=self._number(name))
            except Unusable as problem:
                why = str(problem)
                if why != "unreadable":
                    break
            time.sleep(0.2)
        say("unusable", why=why)

    def _number(self, name: str) -> str:
        pcsc = self.pcsc
        both = pcsc.SCARD_PROTOCOL_T0 | pcsc.SCARD_PROTOCOL_T1
        result, card, protocol = pcsc.SCardConnect(self.context, name, pcsc.SCARD_SHARE_SHARED, both)
        if result != pcsc.SCARD_S_SUCCESS:
            raise Unusable("unreadable")
        header = pcsc.SCARD_PCI_T1 if protocol == pcsc.SCARD_PROTOCOL_T1 else pcsc.SCARD_PCI_T0

        def send(apdu: bytes) -> bytes:
            sent, answer = pcsc.SCardTransmit(card, header, list(apdu))
            if sent != pcsc.SCARD_S_SUCCESS or len(answer) < 2:
                raise Unusable("unreadable")
            return bytes(byte & 0xFF for byte in answer)

        try:
            return number_on(send)
        finally:
            pcsc.SCardDisconnect(card, pcsc.SCARD_RESET_CARD)


def main() -> None:
    """Watch until whoever started this goes away; PC/SC may come and go meanwhile."""
    from smartcard import scard as pcsc  # type: ignore[import-not-found]  # Debian's, not in our environment

    def end_with_parent() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=end_with_parent, daemon=True).start()
    say("reader", there=False)
    while True:
        result, context = pcsc.SCardEstablishContext(pcsc.SCARD_SCOPE_SYSTEM)
        if result == pcsc.SCARD_S_SUCCESS:
            Readers(pcsc, context).watch()
            pcsc.SCardReleaseContext(context)
            say("reader", there=False)
        time.sleep(1)


if __name__ == "__main__":
    main()
