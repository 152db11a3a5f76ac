"""Which topic does a question mean? What the vocabulary counts and what was learned are added up.

The vocabulary is exact where a line was written for the words; what was learned knows a little of every wording. Both
count as evidence does: a point of the vocabulary makes a topic a tenth more likely. No topic is meant that is much
less likely than another matter. Cheating is warned of wherever a line says so. The numbers here were chosen by real
phrasings in view that had been left out of the learning.
"""

from __future__ import annotations

import re

from yibao.services.ask.chances import chances
from yibao.services.ask.learned import spoke_for
from yibao.services.ask.numbers import SLOTS
from yibao.services.ask.vocabulary import FRAUD, OUTSIDE, Match, anchored, counted

WORTH = 10
"""What a point of the vocabulary adds, in hundredths of a natural logarithm as `chances` tells them."""
LEAST_LEARNED = -230
"""What a topic must have that no line of the vocabulary speaks for: one chance in ten."""
OURS_FIRST = 70
"""Where a word shows the subject, a topic is told unless another matter is twice as likely."""
NO_SIGN = 150
"""How much such a topic must be above another matter where no word shows the subject either: four times as likely."""
NEARLY = 230
"""Another topic may be meant too if it is a tenth as likely as the first."""
TOLD_MAX = 3
BARE = re.compile("|".join(SLOTS.values()))
"""Figures and their units alone ask nothing; somebody answers with them what was asked back."""


def topics_of(sentence: str) -> list[Match]:
    """The topics that a sentence may mean, best first; none where it is about another matter, or only a figure."""
    if BARE.fullmatch(sentence):
        return []
    lines = {match.topic: match for match in counted(sentence)}
    learned = chances(sentence)
    if not lines and not learned:
        return []
    shown = anchored(sentence)
    scores = {topic: learned.get(topic, 0) for topic in {*lines, *learned, OUTSIDE}}
    for topic, match in lines.items():
        scores[topic] += WORTH * match.score
    other = scores.pop(OUTSIDE) - (OURS_FIRST if shown else 0)
    out = []
    for topic, score in scores.items():
        if topic in lines:
            if score > other or topic == FRAUD:
                out.append(Match(topic, score, lines[topic].spans))
        elif learned[topic] >= LEAST_LEARNED and score > other + (0 if shown else NO_SIGN):
            out.append(Match(topic, score, spoke_for(sentence, topic)))
    return sorted(out, key=lambda match: (match.topic != FRAUD or FRAUD not in lines, -match.score, match.topic))


def meant(found: list[Match]) -> list[Match]:
    """The topics that are told: the best, and others only where they are nearly as likely. Mostly it is one."""
    if not found or found[0].topic == FRAUD:
        return found[:1]
    return [match for match in found[:TOLD_MAX] if match.score >= found[0].score - NEARLY]
