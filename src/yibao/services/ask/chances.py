"""How likely is each topic for a question? Two who learned are heard: one adds up characters, one sees the whole."""

from __future__ import annotations

import math

from yibao.services.ask.learned import SCALE, likely
from yibao.services.ask.meaning import meaning

WHOLE, CHARACTERS = 7, 3
"""What the two opinions weigh of ten. Tried on real phrasings in view that both had not learned from."""


def chances(sentence: str) -> dict[str, int]:
    """Logarithms in hundredths, as each of the two tells them. None where no piece of the sentence is known.

    >>> told = chances("医保码怎么激活")
    >>> max(told, key=told.get)
    'credential'
    """
    by_characters = likely(sentence)
    if not by_characters:
        return {}
    as_a_whole = meaning(sentence)
    both = {
        topic: (CHARACTERS * one + WHOLE * as_a_whole[topic]) / ((CHARACTERS + WHOLE) * SCALE)
        for topic, one in by_characters.items()
    }
    whole = math.log(sum(math.exp(one) for one in both.values()))
    return {topic: round(SCALE * (one - whole)) for topic, one in both.items()}
