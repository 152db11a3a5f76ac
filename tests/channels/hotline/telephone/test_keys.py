"""Is every key read once, whatever gets lost on the way?"""

import itertools
import struct

import pytest

from yibao.channels.hotline.dtmf import KEYS, KeyReader, key_of_info


def events(key: str, timestamp: int) -> list[tuple[int, bytes]]:
    """The packets of a key as RFC 4733 has them sent: five while it is down, its end three times."""
    event = KEYS.index(key)
    return [(timestamp, struct.pack("!BBH", event, 0x0A, 160 * n)) for n in range(1, 6)] + [
        (timestamp, struct.pack("!BBH", event, 0x8A, 800))
    ] * 3


def read(packets: list[tuple[int, bytes]]) -> str:
    reader, clock = KeyReader(), itertools.count()
    return "".join(reader.key(time, payload, next(clock) * 0.02) or "" for time, payload in packets)


def test_each_key_is_read_once() -> None:
    assert read([one for n, key in enumerate(KEYS) for one in events(key, 1000 + n * 800)]) == KEYS


def test_the_same_key_twice_is_two() -> None:
    assert read(events("7", 1000) + events("7", 3000)) == "77"


@pytest.mark.parametrize("place", range(8))
def test_one_packet_of_a_key_is_enough(place: int) -> None:
    assert read([events("1", 1000)[place], events("2", 3000)[place]]) == "12"


def test_packets_in_another_order_make_no_other_keys() -> None:
    first, second = events("1", 1000), events("2", 3000)
    assert read([*first[:6], second[0], first[6], second[1], first[7], *second[2:]]) == "12"


def test_a_sender_that_begins_its_timestamps_anew() -> None:
    reader = KeyReader()
    payload = struct.pack("!BBH", 5, 0x8A, 800)
    assert [reader.key(1000, payload, now) for now in (0.0, 0.02, 0.04, 2.0, 2.02)] == ["5", None, None, "5", None]


def test_a_network_that_pauses_in_the_middle_of_a_key() -> None:
    """A second between two packets of one key, and half a second between two keys with the same timestamp."""
    reader, packets = KeyReader(), [payload for _, payload in events("5", 1000)]
    assert [reader.key(1000, one, now) for one, now in zip(packets[:3], (0.0, 1.0, 2.0), strict=True)] == [
        "5",
        None,
        None,
    ]
    assert [reader.key(1000, one, 2.5 + n / 50) for n, one in enumerate(packets[:3])] == ["5", None, None]


@pytest.mark.parametrize("payload", [b"", b"\x01", b"\x01\x8a\x00", bytes([12, 0x8A, 0, 160]), bytes([255, 0, 0, 0])])
def test_what_is_no_key_is_none(payload: bytes) -> None:
    assert KeyReader().key(1000, payload, 0.0) is None


@pytest.mark.parametrize(
    ("kind", "body", "key"),
    [
        ("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", "5"),
        ("application/dtmf-relay", "Duration=160\r\nSignal= #\r\n", "#"),
        ("Application/DTMF-relay; charset=utf-8", "signal=10", "*"),
        ("application/dtmf", "7", "7"),
        ("application/dtmf", "77", None),
        ("application/dtmf-relay", "nothing", None),
        ("text/plain", "5", None),
    ],
)
def test_keys_by_info(kind: str, body: str, key: str | None) -> None:
    assert key_of_info(kind, body) == key
