"""The topics: those with figures one module each, those in words in one list. The channels take them from here."""

from yibao.services.answers.topics import (
    allocation,
    contribution_years,
    family_sharing,
    gap,
    inpatient,
    outpatient,
    pension,
    premium,
    retirement_age,
    transfer,
    withdrawal,
)
from yibao.services.answers.topics.in_words import IN_WORDS
from yibao.services.answers.topics.topic import Heading, Topic, WordTopic

TOPICS: dict[str, Topic] = {
    module.TOPIC.name: module.TOPIC
    for module in (
        allocation,
        contribution_years,
        retirement_age,
        pension,
        inpatient,
        outpatient,
        premium,
        withdrawal,
        family_sharing,
        gap,
        transfer,
    )
}

"""The topics that are answered with figures."""
WORD_TOPICS: dict[str, WordTopic] = {topic.name: topic for topic in IN_WORDS}
"""The topics that are answered with words and steps."""
ALL_TOPICS: dict[str, Topic | WordTopic] = {**TOPICS, **WORD_TOPICS}

__all__ = ["ALL_TOPICS", "TOPICS", "WORD_TOPICS", "Heading", "Topic", "WordTopic"]
