"""Which topic does a question mean? What the vocabulary counts and what was learned are added up.

The vocabulary is exact where a line was written for the words; what was learned knows a little of every wording. What
was learned of other matters counts more than once: no answer is better than one to another question. Cheating is
warned of wherever a line says so.
"""

from __future__ import annotations

from collections import Counter

from yibao.services.ask.learned import points, spoke_for
from yibao.services.ask.vocabulary import FRAUD, LEAST, OUTSIDE, Match, anchored, counted

LEAST_LEARNED = 8
"""What a topic must have that no line of the vocabulary speaks for: a fifth of the points."""
DOUBT_KNOWN = 2
"""What was learned of other matters counts once more, against a topic that a line speaks for by half."""
NEARLY = (4, 5)
"""A second topic is meant too if it counts this share of the first."""


def topics_of(sentence: str) -> list[Match]:
    """The topics that a sentence may mean, best first; none where it is about another matter."""
    lines = {match.topic: match for match in counted(sentence)}
    shown = anchored(sentence)
    sums = Counter({topic: match.score for topic, match in lines.items()})
    learned = points(sentence)
    for topic, count in learned.items():
        if topic in lines or topic == OUTSIDE or (shown and count >= LEAST_LEARNED):
            sums[topic] += count
    outside = sums.pop(OUTSIDE, 0)
    out = []
    for topic, score in sums.items():
        warned = topic == FRAUD and topic in lines
        doubt = learned.get(OUTSIDE, 0) // (DOUBT_KNOWN if topic in lines else 1)
        if warned or (score >= LEAST and score > outside + doubt):
            spans = lines[topic].spans if topic in lines else spoke_for(sentence, topic)
            out.append(Match(topic, score, spans))
    return sorted(out, key=lambda match: (not (match.topic == FRAUD and FRAUD in lines), -match.score))


def meant(found: list[Match]) -> list[Match]:
    """The topics that are answered: the best, and a second one only where it counts nearly as much."""
    if not found:
        return []
    share, whole = NEARLY
    rest = [match for match in found[1:] if match.score * whole >= found[0].score * share]
    return [found[0], *rest[:1]] if found[0].topic != FRAUD else found[:1]
