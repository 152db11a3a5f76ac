"""Which topic do the words of a question mean? The vocabulary is data: vocabulary/*.yaml, one file a topic.

An entry counts if of each of its groups a word stands in the question. Entries that need another sign of the subject
(all without `alone`) count only beside a word such as 医保. `judging` says which topic is meant: the one that counts
most, unless the words of another matter (outside.yaml) count as much.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from yibao.services.answers import ALL_TOPICS
from yibao.services.ask.wordlist import Spans, alternatives, groups, present, read

OUTSIDE = "outside"
FRAUD = "fraud-warning"
AT_END = 2
"""What a topic counts more if its words end the question: what is asked stands after what it is about."""


class Entry(NamedTuple):
    """A line of the vocabulary: words that together mean a topic."""

    topic: str
    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    counts: int
    alone: bool
    example: str


class Match(NamedTuple):
    """A topic that a question may mean, what its entries count, and the places of their words."""

    topic: str
    score: int
    spans: tuple[tuple[int, int], ...]

    @property
    def end(self) -> int:
        """Where the last of its words ends."""
        return max((end for _, end in self.spans), default=0)


def file_of(topic: str) -> str:
    """The file that holds the words of a topic."""
    return f"vocabulary/{topic.replace('-', '_')}.yaml"


@cache
def entries() -> tuple[Entry, ...]:
    """Every line of the vocabulary, with what means another matter."""
    files = {topic: file_of(topic) for topic in ALL_TOPICS} | {OUTSIDE: "outside.yaml"}
    return tuple(_entry(topic, row) for topic, file in files.items() for row in read(file))


def _entry(topic: str, row: dict[str, Any]) -> Entry:
    without = alternatives(row["without"]) if "without" in row else ()
    alone = row.get("alone", "false") == "true" or topic == OUTSIDE
    return Entry(topic, groups(row["says"]), without, int(row["counts"]), alone, row["example"])


@cache
def anchors() -> tuple[str, ...]:
    """Words of which one shows that the question is about this insurance."""
    return tuple(word for line in read("anchors.yaml") for word in alternatives(line))


@cache
def words() -> tuple[str, ...]:
    """Every word of the vocabulary once."""
    found = [word for entry in entries() for group in (*entry.groups, entry.without) for word in group]
    return tuple(dict.fromkeys([*found, *anchors()]))


def anchored(sentence: str) -> bool:
    """Whether a word shows that the sentence is about this insurance."""
    return bool(present(anchors(), sentence))


def counted(sentence: str) -> list[Match]:
    """What the lines of the vocabulary count for each topic, and for other matters; in no order."""
    found = present(words(), sentence)
    if not found:
        return []
    shown = any(anchor in found for anchor in anchors())
    scored: dict[str, list[tuple[int, tuple[tuple[int, int], ...]]]] = {}
    for entry in entries():
        if (entry.alone or shown) and (spans := _spans(entry, found)) is not None:
            scored.setdefault(entry.topic, []).append((entry.counts, spans))
    out = [_sum(topic, rows) for topic, rows in scored.items()]
    end = max((match.end for match in out if match.topic != OUTSIDE), default=0)
    return [match._replace(score=match.score + AT_END) if match.end == end else match for match in out]


def _spans(entry: Entry, found: Spans) -> tuple[tuple[int, int], ...] | None:
    """Where the words of an entry stand; None if one is missing, or one stands there that must not."""
    spans = []
    for group in entry.groups:
        here = [word for word in group if word in found]
        if not here:
            return None
        spans.append(found[max(here, key=len)][0])
    return None if any(word in found for word in entry.without) else tuple(spans)


def _sum(topic: str, rows: list[tuple[int, tuple[tuple[int, int], ...]]]) -> Match:
    """What the entries of a topic count together: an entry adds nothing if others have counted all its characters."""
    score, covered, spans = 0, set[int](), []
    for counts, places in sorted(rows, key=lambda row: -row[0]):
        characters = {at for start, end in places for at in range(start, end)}
        if not characters <= covered:
            score += counts
            covered |= characters
            spans += [place for place in places if place not in spans]
    return Match(topic, score, tuple(sorted(spans)))
