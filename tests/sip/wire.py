"""What went over the wire? Listens on the loopback and keeps every packet of sound that the hotline sent.

Run as `python -m tests.sip.wire FOLDER` until it is terminated; needs root. The times are the kernel's, so that a
listener that comes late does not make a packet late.
"""

from __future__ import annotations

import itertools
import json
import signal
import socket
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

SOUND_PORTS = range(30000, 32000)
"""Of the hotlines that tests start."""
SO_TIMESTAMPNS, SO_RCVBUFFORCE = 35, 33
OUTGOING = 4
RECORDED = 5


@dataclass
class Stream:
    """The sound of one call, as it was sent."""

    port: int
    """Of ours, from which it came."""
    packets: int
    longest_gap_ms: float
    longest_gap_at: float
    """Seconds after the first packet."""
    lost: int
    speech: int
    """Packets that hold something else than silence."""
    seconds: float
    sound: bytes
    """The payload of all packets; only of the first few streams."""


def read_streams(folder: Path) -> list[Stream]:
    """What a listener has written."""
    rows = json.loads((folder / "streams.json").read_text())
    return [Stream(**row, sound=_sound(folder, place)) for place, row in enumerate(rows)]


def _sound(folder: Path, place: int) -> bytes:
    path = folder / f"{place}.alaw"
    return path.read_bytes() if path.exists() else b""


class Listener:
    """Everything that was heard, by the port it came from and the source it names."""

    def __init__(self) -> None:
        self.flows: dict[tuple[int, int], list[tuple[float, int, bytes]]] = {}

    def take(self, frame: bytes, at: float) -> None:
        """One frame of the loopback: IPv4 and UDP from a port of sound, RTP with G.711."""
        if len(frame) < 54 or frame[12:14] != b"\x08\x00" or frame[23] != 17:
            return
        begins = 14 + (frame[14] & 15) * 4
        port, _, length = struct.unpack_from("!HHH", frame, begins)
        rtp = frame[begins + 8 : begins + length]
        if port not in SOUND_PORTS or len(rtp) < 12 or rtp[1] & 0x7F not in (0, 8):
            return
        sequence, _, source = struct.unpack_from("!HII", rtp, 2)
        self.flows.setdefault((port, source), []).append((at, sequence, rtp[12:]))

    def write(self, folder: Path) -> None:
        """All streams in numbers, the sound of the first few in full."""
        rows = []
        for place, ((port, _), packets) in enumerate(self.flows.items()):
            gaps = [later[0] - one[0] for one, later in itertools.pairwise(packets)]
            steps = [(later[1] - one[1]) & 0xFFFF for one, later in itertools.pairwise(packets)]
            speech = sum(len(set(payload)) > 4 for _, _, payload in packets)
            rows.append(
                {
                    "port": port,
                    "packets": len(packets),
                    "longest_gap_ms": round(max(gaps, default=0.0) * 1000, 2),
                    "longest_gap_at": round(packets[gaps.index(max(gaps))][0] - packets[0][0], 2) if gaps else 0.0,
                    "lost": sum(step - 1 for step in steps),
                    "speech": speech,
                    "seconds": round(packets[-1][0] - packets[0][0], 3),
                }
            )
            if place < RECORDED:
                (folder / f"{place}.alaw").write_bytes(b"".join(payload for _, _, payload in packets))
        (folder / "streams.json").write_text(json.dumps(rows))


def main(folder: Path) -> None:
    """Listen until terminated."""
    folder.mkdir(parents=True, exist_ok=True)
    listener = Listener()
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    wire.bind(("lo", 0))
    wire.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    wire.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 64 << 20)
    wire.settimeout(0.1)
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: stopped.append(number))
    print("listening", flush=True)
    while not stopped:
        try:
            frame, extra, _, sender = wire.recvmsg(2048, 64)
        except TimeoutError:
            continue
        if sender[2] == OUTGOING:  # the loopback shows everything twice
            continue
        seconds, nanoseconds = struct.unpack("qq", extra[0][2])
        listener.take(frame, seconds + nanoseconds / 1e9)
    listener.write(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
