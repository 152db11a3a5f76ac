"""The topics, one module each. A new one is added to the list below; the channels take it from there."""

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
from yibao.services.answers.topics.topic import Topic

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

__all__ = ["TOPICS", "Topic"]
