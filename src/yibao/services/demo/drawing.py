"""What is drawn comes from one stream: the same arguments draw the same, on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")
FIRST_MILLISECOND = 1_577_836_800_000  # 2020-01-01: the keys of a demo lie before all others


class Draw:
    """The stream of one demo. Only whole numbers are drawn: they are the same wherever it runs."""

    def __init__(self, area: str, people: int, seed: int) -> None:
        self.random = Random(f"yibao demo {area} {people} {seed}")
        self.keys = 0

    def key(self) -> UUID:
        """A key laid out like a UUIDv7, in the order in which they are drawn."""
        self.keys += 1
        bits = self.random.getrandbits(74)
        time = (FIRST_MILLISECOND + self.keys) << 80
        return UUID(int=time | 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & (1 << 62) - 1)

    def happens(self, percent: int) -> bool:
        """Whether something happens that happens to so many in a hundred."""
        return self.random.randrange(100) < percent

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + self.random.randrange(high - low + 1)

    def one(self, among: Sequence[T]) -> T:
        """One of them."""
        return among[self.random.randrange(len(among))]

    def weighted(self, weights: Sequence[int]) -> int:
        """The place of one of the weights, each as likely as its weight."""
        at = self.random.randrange(sum(weights))
        for place, weight in enumerate(weights):
            at -= weight
            if at < 0:
                return place
        raise AssertionError  # pragma: no cover
