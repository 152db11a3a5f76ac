"""Answers from the law: one service behind command line, API and portal. Needs no Django and no database."""

from yibao.services.answers.answer import answer, areas_with_own_law
from yibao.services.answers.compose import Answer
from yibao.services.answers.facts import FACTS, Fact
from yibao.services.answers.journey import Journey, journey
from yibao.services.answers.places import area_named
from yibao.services.answers.topics import ALL_TOPICS, TOPICS, WORD_TOPICS, Heading, Topic, WordTopic

__all__ = [
    "ALL_TOPICS",
    "FACTS",
    "TOPICS",
    "WORD_TOPICS",
    "Answer",
    "Fact",
    "Heading",
    "Journey",
    "Topic",
    "WordTopic",
    "answer",
    "area_named",
    "areas_with_own_law",
    "journey",
]
