"""What is answered when a fact with few values is not given: every case, those alike told together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yibao.law.values import Missing, NeedsFact, month_number
from yibao.services.answers.ages import ages_to_try
from yibao.services.answers.facts import FACTS, OF_INPUT, Fact, inputs_of
from yibao.services.answers.topics import Topic
from yibao.services.answers.working import Worked, figures_of, law_of
from yibao.services.results import RefusedError

Given = Mapping[str, str]
SAMPLES = {
    "yuan": "1000", "decimal": "1", "months": "120", "month": "2030-01", "date": "1970-01-01",
    "age": "60", "years": "1", "area": "上海", "day": "2025-06-03",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One answer among several: when it holds, the facts that stand for it, and what the law gives then.

    Exactly one of these says what: `low` (and `high`, another where only a range is known), `missing`, or `needs`.
    """

    when: str
    facts: dict[str, str]
    low: Worked | None = None
    high: Worked | None = None
    missing: Missing | None = None
    needs: str = ""

    @property
    def outcome(self) -> object:
        """What tells this case from another: two cases with the same outcome are told as one."""
        if self.low is not None:
            same = self.high is not None and self.high.figures == self.low.figures
            high = None if same or self.high is None else tuple(self.high.figures.items())
            return self.low.reason, tuple(self.low.figures.items()), high
        return (self.missing.gap.path, self.missing.gap.why) if self.missing else self.needs


def sample(topic: Topic, name: str) -> str:
    """A value to put in the place of a fact, only to see what else the rules would read."""
    assumed, _ = topic.assumed.get(name, ("", ""))
    return assumed or SAMPLES[FACTS[name].kind]


def work(topic: Topic, area: str, on: date, given: Given, fixed: Given) -> Case:
    """The outcome for facts that are all given; raises `NeedsFact` where one is not."""
    inputs = inputs_of({**given, **fixed}, on)
    for name, unit in topic.of_day.items():
        inputs.setdefault(name, on.year if unit == "year" else month_number(on.year, on.month))
    if topic.of_area:
        inputs[topic.of_area] = int(area)
    facts = dict(fixed)
    try:
        return Case("", facts, low=figures_of(topic, law_of(topic, area, on, "", inputs), on, inputs))
    except Missing as error:
        if not error.gap.range_only:
            return Case("", facts, missing=error)
    try:
        low = figures_of(topic, law_of(topic, area, on, "low", inputs), on, inputs)
        high = figures_of(topic, law_of(topic, area, on, "high", inputs), on, inputs)
    except Missing as error:
        return Case("", facts, missing=error)
    return Case("", facts, low=low, high=high if high.figures != low.figures else None)


def cases_of(topic: Topic, area: str, on: date, given: Given, fixed: Given | None = None) -> list[Case]:
    """Every case that the missing facts leave open; a single one without `when` if nothing that matters is missing."""
    fixed = fixed or {}
    try:
        return [work(topic, area, on, given, fixed)]
    except NeedsFact as error:
        fact = topic.fact(OF_INPUT[error.name])
        if error.name == "age_months" or not fact.values:
            tried = cases_of(topic, area, on, {**given, fact.name: sample(topic, fact.name)}, fixed)
            if all(case.missing for case in tried):
                return tried  # the law is not known whatever the fact: no use in asking for it
            return [Case("", dict(fixed), needs=fact.name)]
    found: list[tuple[str, list[Case]]] = []
    values = ages_to_try(topic, area, on, fact.values) if fact.name == "age" else fact.values
    for value in values:
        try:
            found.append((value, cases_of(topic, area, on, given, {**fixed, fact.name: value})))
        except RefusedError:
            continue  # a value that contradicts another fact is no case
    return _grouped(fact, found)


def _grouped(fact: Fact, found: list[tuple[str, list[Case]]]) -> list[Case]:
    """Values side by side with the same outcomes become one; if all are alike, the fact does not matter."""
    groups: list[list[tuple[str, list[Case]]]] = []
    for item in found:
        if groups and [case.outcome for case in groups[-1][-1][1]] == [case.outcome for case in item[1]]:
            groups[-1].append(item)
        else:
            groups.append([item])
    if len(groups) == 1:
        return groups[0][0][1]
    out = []
    for group in groups:
        values, to_the_end = [value for value, _ in group], group[-1] is found[-1]
        words = when(fact, values, to_the_end)
        standing = group[0] if to_the_end or fact.options else group[-1]  # 69 stands for "under 70"
        for case in standing[1]:
            joined = "，".join(part for part in (words, case.when) if part)
            out.append(Case(joined, case.facts, case.low, case.high, case.missing, case.needs))
    return out


def when(fact: Fact, values: list[str], to_the_end: bool) -> str:
    """The words of some values of a fact.

    >>> when(FACTS["age"], [str(n) for n in range(0, 70)], False), when(FACTS["age"], ["70", "71"], True)
    ('不满70周岁', '70周岁及以上')
    """
    if fact.options:
        labels = {raw: label for raw, label, _ in fact.options}
        return "或".join(labels[value] for value in values)
    low, high = int(values[0]), int(values[-1])
    unit, first = ("周岁", 0) if fact.name == "age" else ("次", 1)
    if fact.name == "age":
        if low == first:
            return f"不满{high + 1}周岁"
        return f"{low}周岁及以上" if to_the_end else f"{low}至{high}周岁"
    if to_the_end:
        return f"第{low}{unit}及以后住院"
    return f"第{low}{unit}住院" if low == high else f"第{low}至{high}{unit}住院"
