"""Which question comes next: only what the law of the area reads on this person's path is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from yibao.law.areas import Place
from yibao.services.answers.answer import asked
from yibao.services.answers.cases import cases_of, sample
from yibao.services.answers.facts import FACTS, Fact, inputs_of
from yibao.services.answers.topics import Topic, WordTopic
from yibao.services.answers.working import was_read
from yibao.services.results import Refused, RefusedError


@dataclass(frozen=True, slots=True)
class Journey:
    """Where a person stands: the facts that the law reads on this path, in order, and the one to ask next, if any.

    `later` are those that need not be asked: what is assumed of them is told, and may be put right beside the answer.
    """

    answered: list[Fact]
    next: Fact | None
    later: list[Fact] = field(default_factory=list)


def journey(
    topic: str, *, area: str, on: date, facts: Mapping[str, str], skipped: Collection[str]
) -> Journey | Refused:
    """The questions of a topic for this person: those answered or skipped, and the next one.

    A question is asked only if the rule of the area reads its fact after what is already known. One for which the topic
    assumes a value is asked too, or is told with the answer (`later`): nothing is assumed behind anybody's back.
    """
    try:
        chosen, place, on, given = asked(topic, area, on, facts)
    except RefusedError as error:
        return error.refused
    answered = [chosen.fact(name) for name in chosen.facts if name in given or name in skipped]
    if place.kind == "outside" or isinstance(chosen, WordTopic):  # words are told to everybody at once
        return Journey(answered, None)
    read = _read(chosen, place, on, given, skipped)
    following = next((fact for fact in read if fact.name not in chosen.later), None)
    return Journey(answered, following, [fact for fact in read if fact.name in chosen.later])


def _read(topic: Topic, place: Place, on: date, given: Mapping[str, str], skipped: Collection[str]) -> list[Fact]:
    """The facts not told yet that the rules read on this path."""
    known = inputs_of(given, on)
    open_facts = [name for name in topic.facts if name not in skipped and not known.keys() >= set(FACTS[name].inputs)]
    probe = dict(given) | {name: value for name, (value, _) in topic.assumed.items() if name not in given}
    cases = cases_of(topic, place.code, on, probe)
    while needed := next((case.needs for case in cases if case.needs and case.needs not in probe), ""):
        probe[needed] = sample(topic, needed)
        cases = cases_of(topic, place.code, on, probe)
    runs = [run for case in cases for run in (case.low, case.high) if run]
    return [
        topic.fact(name)
        for name in open_facts
        if any(name in case.facts for case in cases)
        or any(name in run.wanted for run in runs)
        or any(was_read(topic, run, on, i) for run in runs for i in FACTS[name].inputs)
    ]
