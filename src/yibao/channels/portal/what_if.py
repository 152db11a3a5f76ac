"""What is asked before it is told what would be: one question a page, what the record knows is never asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict

from yibao.services.answers import FACTS, parsing
from yibao.services.records.shapes import WhatIf
from yibao.services.results import Refused, RefusedError

LONGEST = 30
MONTHS_MAX, YEARS_MAX, MISSED_MAX = 240, 10, 20
UNSURE = "说不准，长的短的都看"


class Change(NamedTuple):
    """A change of life that one may ask about."""

    name: str
    verb: str
    hint: str
    icon: str


CHANGES = {
    one.name: one
    for one in (
        Change("stop", "要是停缴一段时间", "续上以后哪天能报销，断的能不能补", "hourglass"),
        Change("move", "要是换个城市", "年限和账户里的钱怎么办，多久办完", "move"),
        Change("later", "要是晚几年退休", "按规定哪年退休，晚退年限够不够", "calendar"),
    )
}


class Question(NamedTuple):
    """One question: `options` makes it a choice, `skip` is what one does who does not know."""

    name: str
    text: str
    hint: str
    unit: str
    skip: str
    options: tuple[tuple[str, str, str], ...] = ()


QUESTIONS = {
    one.name: one
    for one in (
        Question("months", "打算停缴几个月？", f"填 1 到 {MONTHS_MAX} 的整数，停半年就填 6。", "个月", UNSURE),
        Question("missed", "打算几年不交居民医保？", f"填 1 到 {MISSED_MAX} 的整数。", "年", UNSURE),
        Question("to", "要换到哪个城市？", "缴医保的城市，比如“上海”“合肥”。", "", ""),
        Question(
            "old_age", FACTS["old_age"].question, FACTS["old_age"].hint, "", "我不清楚，两种都看",
            tuple(option for option in FACTS["old_age"].options if option[0] != "60"),
        ),
        Question("years", "想比规定的年龄晚几年退休？", f"填 1 到 {YEARS_MAX} 的整数。", "年", "说不准，先按 2 年看"),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What has been told so far: all of it stands in the address."""

    values: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    at: str = ""
    just: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Told:
        """What the address says; what is no question of ours is dropped."""
        values = {name: query.get(name, "").strip()[:LONGEST] for name in QUESTIONS if name in query}
        skipped = tuple(name for name in query.getlist("skip") if name in QUESTIONS)
        return cls(
            {name: text for name, text in values.items() if text and name not in skipped},
            skipped,
            query.get("at", ""),
            query.get("asked", ""),
        )

    def pairs(self, without: str = "") -> list[tuple[str, str]]:
        """What to carry along."""
        told = [(name, text) for name, text in self.values.items() if name != without]
        return told + [("skip", name) for name in self.skipped if name != without]

    def query(self, **more: str) -> str:
        """Everything told, as the part of an address after its path."""
        pairs = [*self.pairs(), *more.items()]
        return f"?{urlencode(pairs)}" if pairs else ""

    def open_one(self, names: tuple[str, ...]) -> str:
        """The first question that is neither answered nor skipped, or the one that is to be answered anew."""
        if self.at in names:
            return self.at
        return next((name for name in names if name not in self.values and name not in self.skipped), "")

    def arguments(self, names: tuple[str, ...]) -> dict[str, object] | Refused:
        """What was told as the service wants it, or what is wrong with it."""
        try:
            return dict(_read(name, self.values[name]) for name in names if name in self.values)
        except RefusedError as error:
            return error.refused


def _read(name: str, text: str) -> tuple[str, object]:
    if name == "months":
        return name, parsing.whole(text, 1, MONTHS_MAX, name, "停缴的月数", "个月")
    if name == "missed":
        return "months", 12 * parsing.whole(text, 1, MISSED_MAX, name, "不交的年数", "年")
    if name == "years":
        return name, parsing.whole(text, 1, YEARS_MAX, name, "晚退休的年数", "年")
    if name == "old_age" and text not in [value for value, _, _ in QUESTIONS[name].options]:
        raise RefusedError("old_age_unknown", "请在50岁和55岁里选一个；不知道就选“我不清楚”。", field=name)
    return name, text


def asked_of(change: str, before: WhatIf | None) -> tuple[str, ...]:
    """The questions of a change, for who stands where the record says."""
    if change == "move" or before is None:
        return ("to",)
    facts = before.outcomes[0].facts
    if change == "stop":
        return ("missed",) if facts.get("scheme") == "resident" else ("months",)
    is_open = facts.get("sex") == "female" and "old_age" not in facts
    return ("old_age", "years") if is_open else ("years",)


def does_not_apply(found: WhatIf) -> bool:
    """Whether the record says that the question is none of this person's."""
    return len(found.outcomes) == 1 and not found.outcomes[0].answer
