"""Working out a topic for one person in one area on one day: figures with their steps, or what is in the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yibao.law.rules  # noqa: F401  registers the rules
from yibao.law.parameters import Law
from yibao.law.parameters.resolving import Pick, resolve
from yibao.law.registry import Version, in_force
from yibao.law.values import Gap, Missing, NeedsFact, NotApplicable, Unset
from yibao.services.answers.facts import OF_INPUT, Inputs
from yibao.services.answers.topics import Topic

if TYPE_CHECKING:
    from yibao.law.explanation import Explained

NAME = re.compile(r"[a-z]\w*")


@dataclass
class Worked:
    """What one run of a topic's rules gave."""

    law: Law
    figures: dict[str, int] = field(default_factory=dict)
    official: list[Explained] = field(default_factory=list)
    plain: list[Explained] = field(default_factory=list)
    reason: str = ""
    gaps: list[Gap] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    inputs: Inputs = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """Every name that stands in a formula."""
        return {name for run in self.official for step in run.steps for name in NAME.findall(step.formula)}

    @property
    def areas(self) -> set[str]:
        """The codes of the areas whose files gave the values in the formulas."""
        return {self.law.sources[name].area for name in self.names if name in self.law.sources}


@lru_cache(maxsize=64)
def arguments_of(version: Version) -> tuple[str, ...]:
    """The inputs of a rule, in order, without its law."""
    code = version.function.__code__
    return code.co_varnames[1 : code.co_argcount]


def run_rule(version: Version, law: Law, given: Mapping[str, int]) -> Any:
    """The plain figure of a rule; `NeedsFact` and `Missing` say what is in the way."""
    from yibao.law.explanation import plain  # reading and printing rules is met by the first figure, not at import

    result = plain(version.function)(law, *(given.get(name, Unset(name)) for name in arguments_of(version)))
    if not isinstance(result, NotApplicable):
        for value in result:
            if isinstance(value, Gap):
                raise Missing(value)
            if isinstance(value, Unset):
                raise NeedsFact(value.name)
    return result


def figures_of(topic: Topic, law: Law, on: date, inputs: Inputs) -> Worked:
    """The figures of a topic, without words. The first rule must give one, the others may lack facts or law.

    Whether the topic applies is said by the first rule alone.
    """
    worked = Worked(law, inputs=dict.fromkeys(topic.untold, 0) | dict(inputs))
    for place, name in enumerate(topic.chain(inputs), -len(topic.before)):
        version = in_force(name, on)
        try:
            result = run_rule(version, law, worked.inputs)
        except NeedsFact as error:
            if place <= 0 and error.name in OF_INPUT:
                raise
            if error.name not in OF_INPUT:
                continue  # a figure that the rules before did not give
            missing = [OF_INPUT[a] for a in arguments_of(version) if a in OF_INPUT and a not in worked.inputs]
            worked.wanted += [fact for fact in dict.fromkeys(missing) if fact not in worked.wanted]
            continue
        except Missing as error:
            if place <= 0 or error.gap.range_only:
                raise
            worked.gaps.append(error.gap)
            continue
        if isinstance(result, NotApplicable):
            if place == 0:
                worked.reason, worked.figures = result.reason, {}
                break
            continue  # a later rule that does not speak of this person gives no figure, and takes none away
        found = result._asdict()
        worked.figures |= found
        worked.inputs |= found
    return worked


def explained(topic: Topic, worked: Worked, on: date) -> Worked:
    """The same with every step in official and in plain words."""
    from yibao.law.explanation import explain

    for place, name in enumerate(topic.chain(worked.inputs), -len(topic.before)):
        version = in_force(name, on)
        given = [worked.inputs.get(a, Unset(a)) for a in arguments_of(version)]
        try:
            official = explain(version.function, worked.law, *given)
            told = explain(version.function, worked.law, *given, register="plain")
        except (NeedsFact, Missing):
            continue
        applies = not isinstance(official.value, NotApplicable)
        if applies or place == 0:
            worked.official.append(official)
            worked.plain.append(told)
        if not applies and place == 0:
            break
    return worked


def law_of(topic: Topic, area: str, on: date, pick: Pick = "", inputs: Mapping[str, int] | None = None) -> Law:
    """The topic's parameters for an area on a day, with what a person's facts bring in from elsewhere."""
    found: Law = resolve(topic.law, area, on, pick)  # type: ignore[arg-type]  # a class is hashable
    return topic.complete(found, inputs or {}, on, pick) if topic.complete else found


def was_read(topic: Topic, worked: Worked, on: date, name: str) -> bool:
    """Whether the rules read an input on this person's path: taking it away is noticed."""
    if name in topic.instead:
        return True
    without = {key: value for key, value in worked.inputs.items() if key != name}
    for place, rule in enumerate(topic.chain(worked.inputs), -len(topic.before)):
        try:
            if isinstance(run_rule(in_force(rule, on), worked.law, without), NotApplicable) and place == 0:
                return False
        except NeedsFact as error:
            if error.name == name:
                return True
        except Missing:
            continue
    return False
