"""The form on which one says that a figure is wrong: what it is about, which figures there are, what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from yibao.channels.portal.query import Asked
from yibao.services import mistakes
from yibao.services import shared as shared_answers
from yibao.services.answers import ALL_TOPICS, WORD_TOPICS, answer
from yibao.services.results import Refused

FIGURES_MAX = 40
WHOLE = "whole"
"""The value of the radio "不是某一个数"."""


class Choice(NamedTuple):
    """One of the figures that may be wrong."""

    value: str
    label: str


@dataclass(frozen=True)
class About:
    """The answer that a report is about: asked again by the address, or one that was saved."""

    answer: Mapping[str, Any]
    carried: list[tuple[str, str]]
    back: str


def about(query: QueryDict) -> About | None:
    """The answer that the address speaks of; None where it speaks of none."""
    code = query.get("code", "")
    if code:
        kept = shared_answers.get(code)
        if isinstance(kept, Refused):
            return None
        plain = kept.value.code.replace("-", "")
        return About(kept.value.answer, [("code", plain)], reverse("portal:shared", args=[plain]))
    topic = query.get("topic", "")
    if topic not in ALL_TOPICS:
        return None
    asked = Asked.read(query, topic)
    on = asked.day()
    if not asked.area or isinstance(on, Refused):
        return None
    result = answer(topic, area=asked.area, on=on, facts=asked.facts)
    if isinstance(result, Refused):
        return None
    return About(result.value.to_json(), [("topic", topic), *asked.pairs()], asked.href(done=True))


def choices(answer_json: Mapping[str, Any]) -> list[Choice]:
    """Every figure of the answer, those of its cases too, and the answer as a whole."""
    names = list(answer_json["figures"])
    for number, case in enumerate(answer_json["cases"], start=1):
        names += [f"{name}.{number}" for name in case["figures"]]
    found = [Choice(name, mistakes.value_shown(answer_json, name)) for name in names[:FIGURES_MAX]]
    found += [Choice(step["name"], step["label"]) for step in answer_json["steps"] if "kind" in step]
    return [*found, Choice(WHOLE, "是别的地方" if answer_json["topic"] in WORD_TOPICS else "不是某一个数，是别的地方")]


def form_href(pairs: list[tuple[str, str]], figure: str = "", case: int = 0) -> str:
    """The address of the form for an answer, with a figure chosen beforehand."""
    chosen = [("figure", f"{figure}.{case}" if case else figure)] if figure else []
    return f"{reverse('portal:mistake')}?{urlencode([*pairs, *chosen])}"


def told(query: QueryDict) -> mistakes.Told:
    """What was typed; much too long texts are cut, so that what is shown again stays a page."""
    return mistakes.Told(**{name: query.get(name, "")[: mistakes.LONGEST * 2] for name in mistakes.LABELS})
