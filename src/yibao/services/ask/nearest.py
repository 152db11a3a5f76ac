"""Which topics are nearest to a question that none of them fits?"""

from __future__ import annotations

from functools import cache

from yibao.services.answers import ALL_TOPICS
from yibao.services.ask.vocabulary import FRAUD, entries

SHOWN = 3


def nearest(sentence: str) -> list[tuple[str, str]]:
    """Three topics with their titles, by how alike their titles and examples are to what was typed."""
    from rapidfuzz import fuzz, process

    texts, owners = _texts()
    best: dict[str, float] = {}
    for _, score, at in process.extract(sentence[:60], texts, scorer=fuzz.ratio, limit=None):
        best[owners[at]] = max(best.get(owners[at], 0), score)
    order = {topic: place for place, topic in enumerate(ALL_TOPICS)}
    names = sorted((name for name in ALL_TOPICS if name != FRAUD), key=lambda name: (-best.get(name, 0), order[name]))
    return [(name, ALL_TOPICS[name].title) for name in names[:SHOWN]]


@cache
def _texts() -> tuple[list[str], list[str]]:
    """What is said for each topic, and the topic of each."""
    said = [(text, topic.name) for topic in ALL_TOPICS.values() for text in (topic.title, topic.verb, topic.hint)]
    said += [(entry.example, entry.topic) for entry in entries() if entry.topic in ALL_TOPICS]
    return [text for text, _ in said], [topic for _, topic in said]
