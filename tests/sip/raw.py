"""A telephone made of sockets, which also does what no honest one does."""

from __future__ import annotations

import itertools
import re
import socket
import struct
import time

_numbers = itertools.count(1)
SAVP = "m=audio {port} RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + "A" * 40 + "\r\n"


def packet(payload_type: int, sequence: int, timestamp: int, payload: bytes, *, marker: bool = False) -> bytes:
    """A packet of RTP."""
    return struct.pack("!BBHII", 0x80, payload_type | marker << 7, sequence, timestamp, 0x1234) + payload


def sdp(port: int, *, direction: str = "sendrecv", formats: str = "8 0 101", address: str = "127.0.0.1") -> str:
    """An offer of G.711 with keys as payload type 101."""
    return (
        f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio {port} RTP/AVP {formats}\r\n"
        f"a=rtpmap:101 telephone-event/8000\r\na={direction}\r\n"
    )


class Raw:
    """One telephone: a socket for SIP, one for sound."""

    def __init__(self, port: int) -> None:
        self.there = ("127.0.0.1", port)
        self.sip = self._socket()
        self.sound = self._socket()
        self.here: tuple[str, int] = self.sip.getsockname()
        self.sound_port: int = self.sound.getsockname()[1]
        self.call_id = f"raw-{next(_numbers)}-{self.here[1]}"
        self.to_tag, self.number, self.sequence = "", 0, 0
        self.answered = ""
        self.last = ""

    def __enter__(self) -> Raw:
        return self

    def __exit__(self, *_: object) -> None:
        self.sip.close()
        self.sound.close()

    def send(
        self, method: str, body: str = "", *, kind: str = "application/sdp", number: int = 0, tag: str = ""
    ) -> str:
        """Send a request of this call; its text."""
        if not number:
            self.number += 1
            number = self.number
        to = f"<sip:12393@127.0.0.1>{';tag=' + (tag or self.to_tag) if tag or self.to_tag else ''}"
        branch = f"z9hG4bK{self.call_id}-{number}"
        lines = [
            f"{method} sip:12393@127.0.0.1:{self.there[1]} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self.here[1]};branch={branch}",
            f"From: <sip:10012345678@127.0.0.1>;tag=raw{self.here[1]}",
            f"To: {to}",
            f"Call-ID: {self.call_id}",
            f"CSeq: {number} {method}",
            f"Contact: <sip:raw@127.0.0.1:{self.here[1]}>",
            "Max-Forwards: 70",
            f"Content-Length: {len(body)}",
        ]
        lines += [f"Content-Type: {kind}"] if body else []
        self.last = "\r\n".join(lines) + "\r\n\r\n" + body
        self.again(self.last)
        return self.last

    def again(self, text: str | bytes) -> None:
        """Send these very bytes."""
        self.sip.sendto(text.encode() if isinstance(text, str) else text, self.there)

    def answer(self, seconds: float = 30.0) -> tuple[int, str]:
        """The next final answer, or request, that comes: its status (0 for a request) and its text."""
        self.sip.settimeout(seconds)
        while True:
            text = self.sip.recv(65536).decode()
            found = re.match(r"SIP/2\.0 (\d+)", text)
            status = int(found[1]) if found else 0
            if status != 100:
                return status, text

    def nothing(self, seconds: float) -> bool:
        """Does nothing come for so long?"""
        try:
            self.answer(seconds)
        except TimeoutError:
            return True
        return False

    def call(self, offer: str | None = None) -> tuple[int, str]:
        """INVITE, and ACK of the answer."""
        self.send("INVITE", offer or sdp(self.sound_port))
        status, text = self.answer()
        if status == 200:
            self.confirm(text)
        return status, text

    def confirm(self, text: str) -> None:
        """ACK."""
        found = re.search(r"^To:.*;tag=(\w+)", text, re.MULTILINE)
        assert found
        self.to_tag, self.answered = found[1], text
        self.send("ACK", number=int(re.search(r"CSeq: (\d+)", text)[1]))  # type: ignore[index]

    def sound_there(self) -> tuple[str, int]:
        """Where the hotline said it wants our sound."""
        found = re.search(r"m=audio (\d+)", self.answered)
        assert found
        return "127.0.0.1", int(found[1])

    def press(self, key: str, *, only: int | None = None, events: int = 101, ends: int = 3) -> None:
        """A key as a telephone sends it; with `only`, nothing but the packet of that place arrives."""
        event = "0123456789*#ABCD".index(key)
        timestamp = int(time.monotonic() * 8000) & 0xFFFFFFFF
        for place, end in enumerate([False] * 5 + [True] * ends):
            self.sequence += 1
            if only is None or place == only:
                body = struct.pack("!BBH", event, 0x8A if end else 0x0A, 160 * min(place + 1, 6))
                self.sound.sendto(packet(events, self.sequence, timestamp, body, marker=not place), self.sound_there())
        time.sleep(0.002)  # the next key has another timestamp

    def hear(self, packets: int, seconds: float = 30.0) -> bytes:
        """The payload of the next packets of sound."""
        self.sound.settimeout(seconds)
        return b"".join(self.sound.recv(2048)[12:] for _ in range(packets))

    def hear_until(self, wanted: bytes) -> bytes:
        """The payload of what comes, up to and with what is waited for."""
        heard = b""
        while wanted not in heard:
            heard += self.hear(1)
        return heard

    def hears_nothing(self, seconds: float) -> bool:
        """Is there no packet of sound for so long? What is under way is let pass first."""
        time.sleep(0.1)
        self.sound.setblocking(False)
        try:
            while True:
                self.sound.recv(2048)
        except BlockingIOError:
            pass
        self.sound.settimeout(seconds)
        try:
            self.sound.recv(2048)
        except TimeoutError:
            return True
        return False

    @staticmethod
    def _socket() -> socket.socket:
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.bind(("127.0.0.1", 0))
        return made
