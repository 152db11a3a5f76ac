"""Answers kept for a while: the same question of many people is worked out once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from yibao.services.answers import FACTS, Answer, answer
from yibao.services.results import Done, Refused

KEPT_MAX = 512
Facts = tuple[tuple[str, str], ...]


def answered(topic: str, area: str, on: date, facts: Facts, today: date) -> Done[Answer] | Refused:
    """The answer of `answer`. Only those without anybody's own numbers are kept: choices, and nothing else."""
    if all(FACTS[name].kind == "choice" for name, _ in facts):
        return _kept(topic, area, on, facts, today)
    return answer(topic, area=area, on=on, facts=dict(facts), today=today)


@lru_cache(maxsize=KEPT_MAX)
def _kept(topic: str, area: str, on: date, facts: Facts, today: date) -> Done[Answer] | Refused:
    return answer(topic, area=area, on=on, facts=dict(facts), today=today)
