"""An answer as every channel shows it: the fixed JSON of the interfaces, built from one case or several."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any

from yibao.law.registry import in_force
from yibao.law.terms import code_text, label, terms, value_text
from yibao.services.answers.cases import Case
from yibao.services.answers.evidence import Entry, citation_id, lowest_grade, parameter
from yibao.services.answers.facts import FACTS
from yibao.services.answers.summary import shown, unit_of
from yibao.services.answers.topics import Topic
from yibao.services.answers.working import NAME, Worked, arguments_of, explained, was_read

Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """One answer with everything it rests on; `to_json` is what every channel shows."""

    topic: str
    area: Json
    on: date
    certainty: str
    summary: str
    figures: Json = field(default_factory=dict)
    needs: list[Json] = field(default_factory=list)
    wanted: list[Json] = field(default_factory=list)
    cases: list[Json] = field(default_factory=list)
    inputs: list[Json] = field(default_factory=list)
    parameters: list[Json] = field(default_factory=list)
    steps: list[Json] = field(default_factory=list)
    because: list[str] = field(default_factory=list)
    citations: list[Json] = field(default_factory=list)
    caveats: list[str] = field(default_factory=list)
    next: list[str] = field(default_factory=list)
    reason: str = ""
    grade: str = ""

    def to_json(self) -> Json:
        """The answer in the shape of the interfaces, version 1."""
        body = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {"answer_version": 1, **body, "on": self.on.isoformat()}


def need(name: str) -> Json:
    """A missing fact as an answer names it."""
    return {"name": name, "label": FACTS[name].label, "question": FACTS[name].question}


def figures(topic: Topic, low: Worked, high: Worked | None) -> Json:
    """The figures of a run, or of the two ends of a range, as whole numbers with their units."""
    out: Json = {}
    for name, value in low.figures.items():
        other = high.figures.get(name, value) if high else value
        public = topic.published.get(name, name)
        if other == value:
            out[public] = {"value": shown(name, value), "unit": unit_of(name), "label": label(name), **_chosen(value)}
        else:
            small, large = sorted((value, other))
            out[public] = {"low": small, "high": large, "unit": unit_of(name), "label": label(name)}
    return out


def _chosen(value: int) -> Json:
    """The word and the number of a figure that is a choice."""
    return {"text": code_text(value), "code": int(value)} if isinstance(value, IntEnum) else {}


def input_row(name: str, value: int, assumed: bool) -> Json:
    unit = terms()[name].unit
    is_choice = unit == "area" or isinstance(value, IntEnum | bool)
    text = value_text(value, unit) if is_choice else ""
    out = {"name": name, "label": label(name), "value": int(value), "unit": unit, "text": text}
    return {**out, "assumed": True} if assumed else out


def _steps(topic: Topic, worked: Worked, suffix: str, renamed: set[str]) -> list[Json]:
    def rename(text: str) -> str:
        if not suffix and not topic.published:
            return text
        return NAME.sub(lambda m: topic.published.get(m[0], m[0]) + (suffix if m[0] in renamed else ""), text)

    out = []
    for official, plain in zip(worked.official, worked.plain, strict=True):
        for step, told in zip(official.steps, plain.steps, strict=True):
            used = [n for n in NAME.findall(step.formula) if n in worked.law.sources]
            cites = [citation_id(worked.law.sources[n].area, dict(worked.law.sources[n].entry)) for n in used]
            term = terms()[step.name]
            out.append(
                {
                    "name": rename(step.name),
                    "label": term.zh,
                    "plain_label": term.plain,
                    "value": int(step.value),
                    "unit": term.unit,
                    "text": code_text(step.value) if isinstance(step.value, IntEnum) else "",
                    "formula": rename(step.formula),
                    "how": step.how,
                    "plain": told.how,
                    "rounding": step.rounding,
                    "clause": step.clause or official.clause,
                    "citation": cites[0] if cites else "",
                    "parameters": [worked.law.sources[n].path for n in dict.fromkeys(used)],
                }
            )
    return out


def reasons(topic: Topic, case: Case, on: date, assumed: Collection[str]) -> Json:
    """The inputs, values of the law, steps and conditions of one case.

    Of a range both ends are worked out; what differs between them is named `…_low` and `…_high`.
    """
    if case.low is None:
        return {"inputs": [], "parameters": [], "steps": [], "because": []}
    low = explained(topic, case.low, on)
    made = {step.name for run in low.official for step in run.steps}
    order = dict.fromkeys(name for rule in topic.chain(low.inputs) for name in arguments_of(in_force(rule, on)))
    inputs = [
        input_row(name, low.inputs[name], name in assumed)
        for name in order
        if name in low.inputs and name not in {*made, *topic.untold}
        if name in low.names or was_read(topic, low, on, name)
    ]
    names = sorted(name for name in low.names if name in low.law.sources)
    because = list(dict.fromkeys(words for run in low.plain for words, _ in run.because))
    if case.high is None:
        parameters = [parameter(name, low.law.sources[name]) for name in names]
        return {"inputs": inputs, "parameters": parameters, "steps": _steps(topic, low, "", set()), "because": because}
    high = explained(topic, case.high, on)
    names = sorted(name for name in low.names | high.names if name in low.law.sources)
    changed = {name for name in names if high.law.sources[name].value != low.law.sources[name].value}
    parameters = [parameter(name, low.law.sources[name]) for name in names if name not in changed]
    for suffix, run in (("_low", low), ("_high", high)):
        parameters += [{**parameter(name, run.law.sources[name]), "name": name + suffix} for name in sorted(changed)]
    steps = _steps(topic, low, "_low", changed | made) + _steps(topic, high, "_high", changed | made)
    return {"inputs": inputs, "parameters": parameters, "steps": steps, "because": because}


def grade_sentence(entries: Iterable[Entry]) -> str:
    """What the sentence says of the proof when it is not an official text."""
    grade = lowest_grade(entries)
    return {
        "official": "",
        "reported": "（依据是新闻等报道，没有看到文件原文）",
        "unverified": "（依据里有没核实的数，请向当地经办机构核对）",
    }[grade]
