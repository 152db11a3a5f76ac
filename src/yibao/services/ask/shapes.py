"""What asking gives: what was understood, the answers, a question back, or that nothing was found."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from yibao.services.answers import ALL_TOPICS

Kind = Literal["area", "topic", "fact", "day", "question"]
"""`question` is the whole of it, where something has to be said about that: it was cut, or typed in pinyin."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was understood: `name` says what it is, `typed` the words in the question it was taken from.

    `told` says in plain Chinese how it was understood, `value` is what the answer is asked with; an empty one was left
    out, and `told` says why.
    """

    kind: Kind
    name: str
    typed: str
    told: str
    value: str


@dataclass(frozen=True, slots=True)
class Back:
    """The one question that is asked back. `choices` are (value, label), and empty where one has to write."""

    kind: Literal["area", "which_area", "fact"]
    name: str
    question: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """A question with what was understood of it and what the law says to that.

    `area` is where the person is insured, `areas` are all places named, in order. `topics` are those that may be meant,
    best first: one where it is clear, else two or three. `facts` are the raw texts that the
    first topic was asked with. `nearest` are three topics, each with its title, where nothing was understood.
    """

    question: str
    on: date
    area: dict[str, str] | None = None
    areas: list[dict[str, str]] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    answers: list[dict[str, Any]] = field(default_factory=list)
    understood: list[Part] = field(default_factory=list)
    back: Back | None = None
    warning: str = ""
    nearest: list[tuple[str, str]] = field(default_factory=list)
    message: str = ""

    @property
    def also(self) -> list[tuple[str, str]]:
        """What may have been meant instead of the first topic, each with its title."""
        return [(topic, ALL_TOPICS[topic].title) for topic in self.topics[1:]]

    def to_json(self) -> dict[str, Any]:
        """The shape of the interfaces, with what was understood beside it."""
        body = {name: getattr(self, name) for name in self.__dataclass_fields__}
        body |= {
            "on": self.on.isoformat(),
            "understood": [asdict(part) for part in self.understood],
            "back": asdict(self.back) if self.back else None,
            "nearest": [{"topic": topic, "title": title} for topic, title in self.nearest],
        }
        if self.back:
            body["back"]["choices"] = [{"value": value, "label": label} for value, label in self.back.choices]
        return body
