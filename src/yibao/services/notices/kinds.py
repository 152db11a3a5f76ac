"""Which kinds of notices are there, and in which words (通知的种类)? Read from `kinds.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from yibao.services.sign_in import adapter

FIELDS = frozenset({"month", "amount", "at", "reason", "app", "until", "channel", "tail"})
"""What a text may be filled with; nothing else can come into one."""
SHORT_FIELDS = frozenset({"month", "channel", "tail"})
"""Of these, what anybody beside the telephone may read."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice, as `kinds.yaml` tells it."""

    name: str
    title: str
    when: str
    short: str
    full: str
    amount: str = ""
    safety: bool = False

    def told(self, fields: Mapping[str, str], *, amounts: bool) -> dict[str, str]:
        """Its texts filled in: the title, what is sent, what stands in the record."""
        sent = self.amount if amounts and self.amount else self.short
        return {"title": self.title, "sent": sent.format(**fields), "full": self.full.format(**fields)}


def texts() -> list[tuple[str, str]]:
    """Every text that goes out by short message, codes too, with its gaps: what a gateway has to approve."""
    from yibao.services.counter import NEW_PHONE  # which itself tells notices

    own = [(name, text) for name, one in kinds().items() for text in (one.short, one.amount) if text]
    codes = [("sign_in", adapter.CODE), ("sign_in_first", adapter.FIRST), ("counter_phone", NEW_PHONE)]
    return [(name, text.removeprefix("{site}：")) for name, text in [*codes, *own]]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind, those that one may choose first."""
    held = yaml.safe_load((files(__package__) / "kinds.yaml").read_text(encoding="utf-8"))
    return {name: Kind(name, **one) for name, one in held.items()}
