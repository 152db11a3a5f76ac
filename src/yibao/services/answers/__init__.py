"""Answers from the law: one service behind command line, API and portal. Needs no Django and no database."""

from yibao.services.answers.answer import answer, area_named, areas_with_own_law
from yibao.services.answers.compose import Answer
from yibao.services.answers.facts import FACTS, Fact
from yibao.services.answers.journey import Journey, journey
from yibao.services.answers.topics import TOPICS, Topic

__all__ = [
    "FACTS",
    "TOPICS",
    "Answer",
    "Fact",
    "Journey",
    "Topic",
    "answer",
    "area_named",
    "areas_with_own_law",
    "journey",
]
