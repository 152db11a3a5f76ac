"""Which key was pressed? The telephone events of RFC 4733, each reported once, at its first packet.

A key is a run of packets with one timestamp, and its end is sent three times. One packet of them all is enough: what
is lost on the way loses no key, and speech stops at once and not when the finger leaves the key.
"""

from __future__ import annotations

KEYS = "0123456789*#"
"""Event 0 is the first. The letters A to D of old telephone exchanges are no keys of ours."""
ANEW_S, FORGOTTEN_S = 0.4, 1.5
"""Some senders begin the timestamps of each key anew. A packet with a known one that comes so late is another key:
sooner where its duration has begun anew too, for a network that pauses lets the durations of a key go on."""
REMEMBERED = 8


class KeyReader:
    """Reads the events of one call."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], tuple[float, int]] = {}

    def key(self, timestamp: int, payload: bytes, now: float) -> str | None:
        """The key that begins with this packet; None for a packet of a key already told, and for what is no key."""
        if len(payload) < 4 or payload[0] >= len(KEYS):
            return None
        event, duration = (timestamp, payload[0]), int.from_bytes(payload[2:4], "big")
        before = self._seen.pop(event, None)
        self._seen[event] = now, duration  # the latest stands last
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        if before is not None:
            at, lasted = before
            if now - at <= (ANEW_S if duration < lasted else FORGOTTEN_S):
                return None
        return KEYS[payload[0]]


def key_of_info(content_type: str, body: str) -> str | None:
    """The key of a SIP INFO (`Signal=5`), as some exchanges send where RFC 4733 was not agreed."""
    kind = content_type.split(";")[0].strip().lower()
    if kind == "application/dtmf":
        signal = body.strip()
    elif kind == "application/dtmf-relay":
        pairs = (line.partition("=") for line in body.splitlines())
        signal = next((value.strip() for name, _, value in pairs if name.strip().lower() == "signal"), "")
    else:
        return None
    signal = {"10": "*", "11": "#"}.get(signal, signal)
    return signal if len(signal) == 1 and signal in KEYS else None
