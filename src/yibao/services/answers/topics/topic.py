"""What a topic is: a question that people ask, and everything that is particular to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from yibao.law.parameters import Law
from yibao.law.parameters.resolving import Pick
from yibao.services.answers.fact_table import FACTS, Fact

Figures = Mapping[str, str]
"""Figures in words, as a sentence names them: "107.00元", "25年"."""

Group = Literal["money", "care", "years", "retirement", "errand"]
"""拿钱 · 看病 · 缴费与年限 · 退休 · 查询与办事."""

UNTOLD_OF_BILL = {
    "excluded": ("0", "您没有填目录外的自费，这里按没有自费算；有自费的，要由个人另外负担。"),
    "upfront": ("0", "您没有填乙类先行自付，这里按没有算；有的话个人负担会更多。"),
}
"""What is assumed of a bill of which only the total is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a question that people ask is called, where it is listed, and which facts it may ask.

    `verb` and `hint` name it as something one wants to know, `gloss` explains its official words at their first use.
    `office` is who answers by telephone: 12393 for medical insurance, 12333 for pensions. `group` is the part of life
    under which it is listed, `settles` what would tell where nothing was found. `asks` are facts that the topic asks in
    words of its own, or with fewer values. `main` is the figure to show first: the first of these that an answer has.
    """

    name: str
    title: str
    verb: str
    hint: str
    gloss: str
    facts: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    settles: str = ""
    office: Literal["12393", "12333"] = "12393"
    group: Group = "years"
    asks: dict[str, Fact] = field(default_factory=dict)

    def fact(self, name: str) -> Fact:
        """A fact as this topic asks it."""
        return self.asks.get(name) or FACTS[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTopic(Heading):
    """A question that the law answers with words and steps: what to do, and what the law says of it."""

    facts: tuple[str, ...] = ("scheme",)

    @property
    def subject(self) -> str:
        """The name of its files."""
        return self.name.replace("-", "_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Heading):
    """A question that the law answers with figures.

    `rules` are worked out in order, each may read the figures of those before; the first must give a figure, the others
    are told where the facts suffice. `of_area` is the input that holds the code of the area asked for.
    `complete` adds to the law of the area what this person's facts bring in from elsewhere: another area's law, the
    calendar.
    `before` are worked out first, where they speak of this person, and give what the first rule reads; `untold` are
    those inputs, 0 where no rule before gives them. `instead` names the rule that stands in the place of the first
    where an input is set.
    `assumed` is taken where a fact is not given, and the answer says so; of these, `later` are not asked on the way to
    the answer but offered beside it, with what was assumed. `of_day` are inputs taken from the day asked.
    `published` gives figures the name under which an answer shows them, where the rule knows two of one name: what a
    person pays is a sum a month or a sum a year. `says_why`: the sentence of a topic that is answered with yes or no
    goes on with the note of the value that decides.
    """

    law: type[Law]
    rules: tuple[str, ...]
    sentence: Callable[[Figures], str]
    before: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    instead: dict[str, str] = field(default_factory=dict)
    assumed: dict[str, tuple[str, str]] = field(default_factory=dict)
    later: tuple[str, ...] = ()
    of_day: dict[str, Literal["month", "year"]] = field(default_factory=dict)
    of_area: str = ""
    complete: Callable[[Law, Mapping[str, int], date, Pick], Law] | None = None
    published: dict[str, str] = field(default_factory=dict)
    says_why: bool = False

    def chain(self, inputs: Mapping[str, int]) -> tuple[str, ...]:
        """The rules that are worked out for a person, in order."""
        first = next((rule for name, rule in self.instead.items() if inputs.get(name)), self.rules[0])
        return (*self.before, first, *self.rules[1:])
