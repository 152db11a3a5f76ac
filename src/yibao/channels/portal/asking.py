"""A question in one's own words: read from the address with what was corrected by a tap, and its answer as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse

from yibao.channels.portal import context, words
from yibao.channels.portal.query import Asked
from yibao.services import clock
from yibao.services.answers import ALL_TOPICS, FACTS
from yibao.services.ask import Asked as Understood
from yibao.services.ask.text import clean
from yibao.services.formats import day_text

NO_PLACE = "没有说"
UNSURE_SAID = "我不清楚"


@dataclass(frozen=True)
class Worded(Asked):
    """What was typed with what was corrected; `topic` is the one understood, `chosen` the one that was tapped."""

    words: str = ""
    chosen: str = ""

    @classmethod
    def read_words(cls, query: QueryDict) -> Worded:
        """What the address says; a day that was emptied is today, whatever the words say."""
        told = Asked.read(query, "")
        return cls(
            topic="",
            area=told.area,
            on=told.on or (clock.today().isoformat() if "on" in query else ""),
            facts=told.facts,
            skipped=told.skipped,
            at=told.at,
            just=told.just,
            words=clean(query.get("q", "")).question,
            chosen=query.get("topic", "").strip()[:60],
        )

    def pairs(self, *, without: str = "") -> list[tuple[str, str]]:
        first = [(name, text) for name, text in (("q", self.words), ("topic", self.chosen)) if text and name != without]
        return [*first, *super().pairs(without=without)]

    def number_of(self, before: Sequence[str]) -> int:
        return 0

    def back_from(self, before: Sequence[str]) -> str:
        return self.href()

    @property
    def scope(self) -> str:
        return "问一问"

    @property
    def back_from_area(self) -> str:
        return self.href(area="")

    @property
    def path(self) -> str:
        return reverse("portal:ask")

    @property
    def corrections(self) -> dict[str, str]:
        """The facts as the service takes them: an empty one is not so."""
        return {**self.facts, **dict.fromkeys(self.skipped, "")}

    def with_choice(self, name: str, value: str) -> str:
        """The address with the choice made that was asked for."""
        return self.href(area=value) if name == "area" else self.href(facts={**self.facts, name: value})


class Chip(NamedTuple):
    """A part of what was understood, and where it is changed; `plain` ones are clear without their label."""

    label: str
    text: str
    href: str
    plain: bool = False


def chips(asked: Worded, found: Understood) -> list[Chip]:
    """What was understood, part by part: the task, the place, every fact, the day if one was said."""
    out = [
        Chip("问的事", words.TASK_OF[part.value].verb, asked.href(at="topic"), plain=True)
        for part in found.understood
        if part.kind == "topic" and part.value == found.topics[0]
    ]
    out += [Chip("参保地", name, asked.href(at="area"), plain=name != NO_PLACE) for name in _places(found)]
    reads = ALL_TOPICS[asked.topic].facts if asked.topic else ()
    out += [
        Chip(FACTS[name].label, context.told(name, text), asked.href(at=name), _is_plain(name))
        for name, text in found.facts.items()
    ]
    unsure = [name for name in asked.skipped if name in reads and name not in found.facts]
    out += [Chip(FACTS[name].label, UNSURE_SAID, asked.href(at=name)) for name in unsure]
    if asked.on or any(part.kind == "day" for part in found.understood):
        out.append(Chip("哪一天", day_text(found.on.isoformat()), asked.href(at="on")))
    return out


def _is_plain(name: str) -> bool:
    """Whether the words of a fact say by themselves what they are about: 退休, 72 岁; not 是, not 3万."""
    values = {value for value, _, _ in FACTS[name].options}
    return FACTS[name].kind == "age" or bool(values - {"yes", "no"})


def _places(found: Understood) -> list[str]:
    names = {area["code"]: area["name"] for area in (*found.areas, *([found.area] if found.area else ()))}
    told = [names[part.value] for part in found.understood if part.kind == "area" and part.value in names]
    asked_back = found.back is not None and found.back.name == "area"
    return told or ([] if asked_back or not found.answers else [NO_PLACE])


def notes(found: Understood) -> list[str]:
    """What has to be said at once: the question was cut or read otherwise, or something in it was left out."""
    return [
        part.told for part in found.understood if part.kind == "question" or (part.kind == "fact" and not part.value)
    ]


def wrong_fact(asked: Worded, found: Understood) -> tuple[str, str] | None:
    """The name of a chosen fact that cannot be, and why."""
    labels = {FACTS[name].label: name for name in asked.facts}
    for part in found.understood:
        if part.kind == "fact" and not part.value and not part.typed and part.name in labels:
            return labels[part.name], part.told.partition("：")[2] or part.told
    return None


def plain_question(asked: Worded, found: Understood, answer_json: Mapping[str, Any]) -> Asked:
    """An answer to the first topic as a question of the ordinary way, with everything that was understood."""
    topic = str(answer_json["topic"])
    said_day = bool(asked.on) or found.on != clock.today()
    skipped = tuple(name for name in asked.skipped if name in ALL_TOPICS[topic].facts)
    return Asked(topic, answer_json["area"]["code"], found.on.isoformat() if said_day else "", found.facts, skipped)
