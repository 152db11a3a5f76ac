"""How does speech become the eight bits of a telephone (ITU-T G.711)? A-law as in China, mu-law as in America.

Our own, from the tables of the recommendation: the A-law of the RTP library has its sign bit the wrong way round, and
Python's own (`audioop`) left the language with 3.13.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from functools import lru_cache

ALAW_SILENCE, ULAW_SILENCE = b"\xd5", b"\xff"


def alaw(pcm: bytes) -> bytes:
    """16-bit samples (little endian) as A-law, a byte a sample."""
    return _coded(pcm, _alaw_table())


def ulaw(pcm: bytes) -> bytes:
    """16-bit samples (little endian) as mu-law, a byte a sample."""
    return _coded(pcm, _ulaw_table())


def from_alaw(coded: bytes) -> bytes:
    """A-law as 16-bit samples: the middle of each interval of the recommendation's table 1a."""
    return _plain(coded, [alaw_value(code) for code in range(256)])


def from_ulaw(coded: bytes) -> bytes:
    """Mu-law as 16-bit samples."""
    return _plain(coded, [ulaw_value(code) for code in range(256)])


def alaw_value(code: int) -> int:
    """What a byte of A-law stands for, of 16 bits."""
    code ^= 0x55  # even bits travel inverted
    segment, step = (code >> 4) & 7, code & 15
    size = (step << 4) + 8 if not segment else ((step << 4) + 0x108) << (segment - 1)
    return size if code & 0x80 else -size


def ulaw_value(code: int) -> int:
    """What a byte of mu-law stands for, of 16 bits."""
    code = ~code & 0xFF
    size = ((((code & 15) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84
    return -size if code & 0x80 else size


def alaw_code(sample: int) -> int:
    """The byte of A-law for a sample of 16 bits."""
    sign, size = (0x80, sample) if sample >= 0 else (0, -sample - 1)
    size = min(size >> 4, 0x7FF)  # the law has twelve bits besides the sign, of which the last says nothing of ours
    segment = max(size.bit_length() - 4, 0) if size > 15 else 0
    step = (size >> max(segment - 1, 0)) & 15
    return (sign | segment << 4 | step) ^ 0x55


def ulaw_code(sample: int) -> int:
    """The byte of mu-law for a sample of 16 bits."""
    sign, size = (0, sample) if sample >= 0 else (0x80, -sample)
    size = min(size, 32635) + 0x84
    segment = max(size.bit_length() - 8, 0)
    return ~(sign | segment << 4 | (size >> (segment + 3)) & 15) & 0xFF


@lru_cache(maxsize=1)
def _alaw_table() -> bytes:
    return _table(alaw_code)


@lru_cache(maxsize=1)
def _ulaw_table() -> bytes:
    return _table(ulaw_code)


def _table(code: Callable[[int], int]) -> bytes:
    """The byte of each sample, by the sample's sixteen bits read without a sign."""
    return bytes(code(bits - 65536 if bits > 32767 else bits) for bits in range(65536))


def _coded(pcm: bytes, table: bytes) -> bytes:
    samples = array("H")
    samples.frombytes(pcm[: len(pcm) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return bytes(map(table.__getitem__, samples))


def _plain(coded: bytes, values: list[int]) -> bytes:
    samples = array("h", map(values.__getitem__, coded))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()
