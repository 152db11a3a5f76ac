"""The made-up people who are asked about in every area, to see what is answered where.

One question a column of the coverage. A topic that has none here is asked with a usual value for each of its facts, so
that a new topic is never left out; write a question for it as soon as its areas tell people apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from yibao.services.answers.cases import sample
from yibao.services.answers.facts import FACTS
from yibao.services.answers.topics import TOPICS, WORD_TOPICS, Topic


class Question(NamedTuple):
    """One column: a topic as one person would ask it.

    `title` and `asked` are for the document, `who` tells the people apart on the pages where a topic has several.
    """

    title: str
    asked: str
    topic: str
    facts: Mapping[str, str]
    who: str = ""


STAY = {"level": "3", "cost": "50000", "stay": "1", "tier": "1", "age": "40", "continuous_months": "120"}
VISIT = {"level": "2", "cost": "3000", "tier": "1", "age": "40", "signed_doctor": "no"}
QUESTIONS: tuple[Question, ...] = (
    Question(
        "`allocation`, retired", "retired, 72, average pension of the reform year 3,500 yuan", "allocation",
        {"status": "retired", "age": "72", "average_pension": "3500"}, "退休",
    ),
    Question(
        "`allocation`, in work", "employed, base 8,000 yuan, tier 1", "allocation",
        {"status": "active", "base": "8000", "tier": "1", "age": "40"}, "在职",
    ),
    Question(
        "`contribution-years`",
        "a man who retires in the month asked for, joined in 2000, 25 years paid, all of them there, base 8,000 yuan",
        "contribution-years",
        {"sex": "male", "paid_months": "25y", "deemed_months": "0", "local_months": "25y", "joined": "2000-01-01",
         "tier": "1", "base": "8000"},
    ),
    Question(
        "`retirement-age`", "a man born on 1970-06-15", "retirement-age", {"sex": "male", "born": "1970-06-15"}
    ),
    Question(
        "`pension`", "60, wage base 8,000, index 1, 25 years, 100,000 yuan in the account, none before it", "pension",
        {"age": "60", "wage": "8000", "index": "1", "months": "25y", "balance": "100000", "months_before_account": "0"},
    ),
    Question(
        "`inpatient`, employee", "in work, 40, first stay, level 3, 50,000 yuan, 10 years without a gap", "inpatient",
        {**STAY, "scheme": "employee", "status": "active"}, "职工医保",
    ),
    Question(
        "`inpatient`, resident", "the same in the resident scheme", "inpatient",
        {**STAY, "scheme": "resident", "status": "active"}, "居民医保",
    ),
    Question(
        "`outpatient`, employee", "in work, 40, tier 1, level 2, 3,000 yuan at one visit, no family doctor",
        "outpatient",
        {**VISIT, "scheme": "employee", "status": "active"}, "职工医保",
    ),
    Question(
        "`outpatient`, resident", "the same in the resident scheme", "outpatient",
        {**VISIT, "scheme": "resident", "status": "active"}, "居民医保",
    ),
    Question(
        "`gap`, employee", "employed, a gap of 5 months, no switch", "gap",
        {"scheme": "employee", "switched": "no", "gap_months": "5"}, "职工医保",
    ),
    Question(
        "`gap`, self-employed", "self-employed, a gap of 5 months, no switch", "gap",
        {"scheme": "flexible", "switched": "no", "gap_months": "5"}, "自己交职工医保",
    ),
    Question(
        "`gap`, resident", "2 missed years, none paid up", "gap",
        {"scheme": "resident", "switched": "no", "missed_years": "2", "repaid_years": "0"}, "居民医保",
    ),
    Question(
        "`transfer`", "in work, employee scheme, to 西宁, accepted on 2026-03-02", "transfer",
        {"to": "西宁", "scheme": "employee", "switched": "no", "status": "active", "applied": "2026-03-02"},
    ),
    Question(
        "`premium`, employee", "in work, base 8,000 yuan, tier 1", "premium",
        {"scheme": "employee", "status": "active", "base": "8000", "tier": "1"}, "职工医保",
    ),
    Question(
        "`premium`, self-employed", "base 8,000 yuan, tier 1", "premium",
        {"scheme": "flexible", "status": "active", "base": "8000", "tier": "1"}, "自己交职工医保",
    ),
    Question(
        "`premium`, resident", "an adult of 40, tier 1, insured in the year of the day", "premium",
        {"scheme": "resident", "category": "adult", "tier": "1", "age": "40"}, "居民医保",
    ),
    Question("`withdrawal`", "for cash", "withdrawal", {"reason": "cash"}),
    Question(
        "`family-sharing`", "a sister's premium", "family-sharing", {"relation": "sibling", "purpose": "premium"}
    ),
)  # fmt: skip


def usual_value(topic: Topic, name: str) -> str:
    """A value for a fact about which nothing is said: what the topic assumes, else the first or a plain one."""
    values = FACTS[name].values
    if name in topic.assumed or not values:
        return sample(topic, name)
    return "60" if name == "age" else values[0]


def questions() -> tuple[Question, ...]:
    """Every column, in the order of the topics."""
    out: list[Question] = []
    for topic in TOPICS.values():
        own = [question for question in QUESTIONS if question.topic == topic.name]
        facts = {name: topic.assumed[name][0] for name in topic.facts if name in topic.assumed}
        out += own or [Question(f"`{topic.name}`", "a usual value for each fact that is read", topic.name, facts)]
    out += [Question(f"`{topic.name}`", "nothing is asked", topic.name, {}) for topic in WORD_TOPICS.values()]
    return tuple(out)


def apart(question: Question) -> dict[str, str]:
    """The facts by which a question differs from the others of its topic: what its link tells beforehand."""
    others = [one.facts for one in questions() if one.topic == question.topic and one is not question]
    return {
        name: text
        for name, text in question.facts.items()
        if FACTS[name].options and any(facts.get(name, text) != text for facts in others)
    }
