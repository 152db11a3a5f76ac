"""What goes over the wire of one call: speech out every 20 ms without a break, keys in.

The packets are aiortp's; the session is ours. Its own would send speech to whoever last sent it a packet, so that a
stranger could have somebody's balance spoken to himself; and it tells a key at the end of the key, not at its start.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import time
from collections.abc import Callable, Iterator

from aiortp import RtpPacket
from aiortp.clock import current_ntp_time
from aiortp.packet import RtcpByePacket, RtcpSdesPacket, RtcpSenderInfo, RtcpSourceInfo, RtcpSrPacket

from yibao.channels.hotline.dtmf import KeyReader
from yibao.channels.hotline.g711 import ALAW_SILENCE, ULAW_SILENCE
from yibao.channels.hotline.offers import Media

FRAME, FRAME_S = 160, 0.02
SILENCE = {8: ALAW_SILENCE * FRAME, 0: ULAW_SILENCE * FRAME}
REPORT_EVERY = round(5 / FRAME_S)
LATE_FRAMES = 10
"""Frames sent at once to make up for a pause of ours; what is older is let go."""
Address = tuple[str, int]


class Line(asyncio.DatagramProtocol):
    """The sound of one call. `pacer` calls `send_next` every 20 ms; everything happens in the loop's thread."""

    def __init__(self, media: Media, signalling: str) -> None:
        self.media = media
        self.on_key: Callable[[str], None] = lambda key: None
        self._signalling = signalling
        self._to: Address = media.remote
        self._heard_from_told = False
        self._rtp: asyncio.DatagramTransport | None = None
        self._reports: asyncio.DatagramTransport | None = None
        self._speech, self._at = b"", 0
        self._keys = KeyReader()
        self._sequence, self._time = secrets.randbelow(1 << 16), secrets.randbelow(1 << 32)
        self._source = secrets.randbelow(1 << 32)
        self.sent = 0
        self.silent = asyncio.Event()
        """Set while nothing is being said."""
        self.silent.set()

    async def open(self, host: str, ports: Iterator[int]) -> int:
        """Take the next two free ports, for sound and for its reports; the first of them is told to the other side."""
        loop = asyncio.get_running_loop()
        for port in ports:
            pair = _pair(host, port)
            if pair is not None:
                self._rtp, _ = await loop.create_datagram_endpoint(lambda: self, sock=pair[0])
                self._reports, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, sock=pair[1])
                return port
        raise OSError("no free port for sound")

    def agreed(self, media: Media) -> None:
        """What was agreed anew: another address, another codec, hold or its end."""
        if media.remote != self.media.remote:
            self._to, self._heard_from_told = media.remote, False
        self.media = media

    def say(self, speech: bytes) -> None:
        """Say this after what is still being said; in the codec that was agreed."""
        self._speech, self._at = self._speech[self._at :] + speech, 0
        if self._speech:
            self.silent.clear()

    def hush(self) -> None:
        """Stop speaking at once; the silence after it goes on."""
        self._speech, self._at = b"", 0
        self.silent.set()

    def send_next(self) -> None:
        """Send the next 20 ms of speech, or of silence: the other side never wonders whether we are still there."""
        self._time = (self._time + FRAME) & 0xFFFFFFFF
        if self._rtp is None or not self.media.sends:  # on hold the speech waits where it is
            return
        quiet = SILENCE[self.media.codec]
        frame = self._speech[self._at : self._at + FRAME]
        if frame:
            self._at += FRAME
            if self._at >= len(self._speech):
                self.hush()
        packet = RtpPacket(
            self.media.codec, int(not self.sent), self._sequence, self._time, self._source, frame + quiet[len(frame) :]
        )
        self._sequence = (self._sequence + 1) & 0xFFFF
        self.sent += 1
        self._rtp.sendto(packet.serialize(), self._to)
        if self.sent % REPORT_EVERY == 0:
            self._report()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is open."""

    def datagram_received(self, data: bytes, addr: Address) -> None:
        """A packet for us: only from where the other side said it is, or where its signalling comes from."""
        if addr[0] not in (self.media.remote[0], self._signalling) or len(data) < 12 or data[0] >> 6 != 2:
            return
        told = addr[0] == self.media.remote[0]
        if told or not self._heard_from_told:
            self._to = (addr[0], addr[1])  # symmetric RTP: back through the hole that the packet came by
        self._heard_from_told |= told
        if data[1] & 0x7F != self.media.keys:
            return
        try:
            packet = RtpPacket.parse(data)
        except ValueError:
            return
        key = self._keys.key(packet.timestamp, packet.payload, time.monotonic())
        if key is not None:
            self.on_key(key)

    def close(self) -> None:
        """The call is over."""
        if self._reports is not None:
            if self.sent:
                self._reports.sendto(bytes(RtcpByePacket(sources=[self._source])), (self._to[0], self._to[1] + 1))
            self._reports.close()
        if self._rtp is not None:
            self._rtp.close()
            self._rtp = None
        self.hush()

    def _report(self) -> None:
        """A sender's report: exchanges watch for them to see whether a call still lives."""
        if self._reports is None:
            return
        sent = RtcpSenderInfo(current_ntp_time(), self._time, self.sent, self.sent * FRAME)
        name = RtcpSdesPacket(chunks=[RtcpSourceInfo(ssrc=self._source, items=[(1, b"hotline")])])
        report = bytes(RtcpSrPacket(ssrc=self._source, sender_info=sent, reports=[])) + bytes(name)
        self._reports.sendto(report, (self._to[0], self._to[1] + 1))


def _pair(host: str, port: int) -> tuple[socket.socket, socket.socket] | None:
    """Two neighbouring sockets, if both can be had."""
    taken: list[socket.socket] = []
    for number in (port, port + 1):
        one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        one.setblocking(False)
        taken.append(one)
        try:
            one.bind((host, number))
        except OSError:
            for other in taken:
                other.close()
            return None
    return taken[0], taken[1]


async def pace(lines: Callable[[], list[Line]]) -> None:
    """Send the next frame of every line each 20 ms, by absolute time: a late frame does not make the next one late."""
    loop = asyncio.get_running_loop()
    due = loop.time()
    while True:
        due = max(due + FRAME_S, loop.time() - LATE_FRAMES * FRAME_S)
        await asyncio.sleep(max(0.0, due - loop.time()))
        for line in lines():
            line.send_next()
