"""Chance that can be made again: what a person draws depends on the seed and the person's number, on nothing else.

So any part of a population can be made alone, in any order and on any machine, and is the same to the byte. No draw
uses floating point; a distribution is a table of whole numbers, made once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from yibao.law.values import MILLION

Words = npt.NDArray[np.unsignedinteger[Any]]
Table = npt.NDArray[np.signedinteger[Any]]

GOLDEN = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
MASK = (1 << 64) - 1
SIZE = 1 << 16
FINE = 1 << 20


def _mixed(number: int) -> int:
    number = (number ^ (number >> 30)) * FIRST & MASK
    number = (number ^ (number >> 27)) * SECOND & MASK
    return number ^ (number >> 31)


def words(seed: int, stream: int, start: int, count: int) -> Words:
    """64 bits of chance for each of `count` numbers from `start` on; another stream is other chance (uint64).

    SplitMix64 with the number as its counter.

    >>> bool((words(1, 0, 5, 3) == words(1, 0, 0, 8)[5:]).all())
    True
    """
    return words_at(seed, stream, np.arange(start, start + count, dtype=np.uint64))


def words_at(seed: int, stream: int, places: Words) -> Words:
    """64 bits of chance for each number of a column (uint64)."""
    key = _mixed(_mixed(seed & MASK) + stream * GOLDEN & MASK)
    z = places * np.uint64(GOLDEN)
    z += np.uint64(key)
    for shift, factor in ((30, FIRST), (27, SECOND)):
        z ^= z >> np.uint64(shift)
        z *= np.uint64(factor)
    z ^= z >> np.uint64(31)
    return z


def quarters(word: Words) -> tuple[Words, Words, Words, Words]:
    """Four independent draws of 16 bits out of each 64 (uint16)."""
    parts = word.astype("<u8", copy=False).view("<u2").reshape(-1, 4)
    return tuple(np.ascontiguousarray(parts[:, place]) for place in range(4))  # type: ignore[return-value]


def threshold(share: Fraction, size: int = SIZE) -> int:
    """Below which number a draw falls with a share, to the nearest part of `size`.

    >>> threshold(Fraction(1, 4))
    16384
    """
    return int((2 * share.numerator * size + share.denominator) // (2 * share.denominator))


def shares(weights: Sequence[int | Fraction], size: int = SIZE) -> Table:
    """A table in which each place stands as often as its weight asks, largest rests up (int16).

    >>> shares([1, 2, 1], 8).tolist()
    [0, 0, 1, 1, 1, 1, 2, 2]
    """
    total = sum(Fraction(weight) for weight in weights)
    exact = [Fraction(weight) * size / total for weight in weights]
    counts = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda place: (counts[place] - exact[place], place))
    for place in order[: size - sum(counts)]:
        counts[place] += 1
    return np.repeat(np.arange(len(counts), dtype=np.int16), counts)


@lru_cache(maxsize=8)
def log_normal(spread: Fraction) -> Table:
    """Parts per million of the mean, in equally likely steps least to most; they average a million exactly (int64).

    spread: the standard deviation of the logarithm. The table is the only place with floats; what leaves it is whole.

    >>> table = log_normal(Fraction(1, 2))
    >>> len(table), int(table.sum()) == 65536 * 1_000_000
    (65536, True)
    """
    normal = NormalDist()
    raw = [math.exp(float(spread) * normal.inv_cdf((place + 0.5) / SIZE)) for place in range(SIZE)]
    mean = math.fsum(raw) / SIZE
    table = np.array([round(value / mean * MILLION) for value in raw], np.int64)
    table[-1] += SIZE * MILLION - int(table.sum())
    table.flags.writeable = False  # it is kept, and the same for everybody
    return table


def between(draw: Words, low: int, high: int) -> npt.NDArray[np.int64]:
    """Whole numbers from low to high, both included, all alike, of draws of 16 bits (int64)."""
    return low + ((draw.astype(np.int64) * (high - low + 1)) >> 16)
