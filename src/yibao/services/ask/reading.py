"""A question as it was read: its places, topics, facts and the day, before the law is asked."""

from __future__ import annotations

from typing import NamedTuple

from yibao.law.areas import Mention
from yibao.services.ask.days import Day
from yibao.services.ask.facts import Told
from yibao.services.ask.shapes import Part
from yibao.services.ask.vocabulary import Match


class Read(NamedTuple):
    """What stands in a question. `sentence` is the one that was read: simplified, without slips; spans count in it."""

    question: str
    sentence: str
    places: tuple[Mention, ...]
    topics: tuple[Match, ...]
    told: tuple[Told, ...]
    day: Day | None
    notes: tuple[Part, ...]
