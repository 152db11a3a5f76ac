"""Who may call, and how many at once? The trunks that are named; without a name everybody, a few calls each."""

from __future__ import annotations

import ipaddress
from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

PER_SOURCE = 4
ATTEMPTS_A_MINUTE = 20
SOURCES = 10_000
"""As many strangers are remembered at most; who comes back after so many others begins anew."""
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass
class Admission:
    """Counts the calls of each source. Trunks (a carrier's gateway, one's own exchange) bring everybody's calls."""

    at_once: int
    trunks: tuple[Network, ...] = ()
    _now: Counter[str] = field(default_factory=Counter)
    _tries: OrderedDict[str, tuple[int, int]] = field(default_factory=OrderedDict)

    def refusal(self, source: str, now: float) -> tuple[int, str] | None:
        """The SIP status for a new call from this address, or None: it may come."""
        if self.trunks and not self.is_trunk(source):
            return 403, "Forbidden"
        if self._now.total() >= self.at_once:
            return 503, "Service Unavailable"
        if not self.trunks and (self._now[source] >= PER_SOURCE or self._too_often(source, int(now // 60))):
            return 486, "Busy Here"
        return None

    def is_trunk(self, source: str) -> bool:
        """Is this address one of the trunks?"""
        return any(ipaddress.ip_address(source) in network for network in self.trunks)

    def begin(self, source: str) -> None:
        """A call of this source has begun."""
        self._now[source] += 1

    def end(self, source: str) -> None:
        """A call of this source is over."""
        self._now[source] -= 1
        if self._now[source] <= 0:
            del self._now[source]

    def _too_often(self, source: str, minute: int) -> bool:
        since, tries = self._tries.pop(source, (minute, 0))
        tries = tries + 1 if since == minute else 1
        self._tries[source] = (minute, tries)
        while len(self._tries) > SOURCES:
            self._tries.popitem(last=False)
        return tries > ATTEMPTS_A_MINUTE


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """The trunks as they are written: an address, or a net such as 203.0.113.0/28. ValueError for anything else."""
    return tuple(ipaddress.ip_network(text) for text in texts)
