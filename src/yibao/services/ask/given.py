"""The facts with which a topic is asked: those told in the words, and above them those the person chose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from yibao.law.areas import Mention
from yibao.services.answers import ALL_TOPICS, FACTS
from yibao.services.ask.facts import in_words, refused, renamed
from yibao.services.ask.reading import Read
from yibao.services.ask.shapes import Part


class Given(NamedTuple):
    """Raw values by name, and how each was understood; of one that cannot be, why it was left out."""

    facts: dict[str, str]
    parts: list[Part]


def facts_for(topic: str, read: Read, chosen: Mapping[str, str], to: Mention | None, on: date) -> Given:
    """The facts that a topic reads, of all that were told or chosen."""
    asked = ALL_TOPICS[topic].facts
    rows = [(one.fact, one.value, read.sentence[one.start : one.end]) for one in renamed(read.told, topic)]
    if to is not None and to.place is not None and to.place.kind == "pooling":
        rows.append(("to", to.place.name, to.name))
    rows = [(name, value, typed) for name, value, typed in rows if name not in chosen]
    rows += [(name, text, "") for name, text in chosen.items() if text.strip()]
    out = Given({}, [])
    for name, value, typed in rows:
        if not typed or name in asked or (name == "born" and "age" in asked):
            _take(out, topic, name, value, typed, on)
    return out


def _take(out: Given, topic: str, name: str, value: str, typed: str, on: date) -> None:
    label = FACTS[name].label if name in FACTS else name[:20]
    if name in out.facts or (not typed and name in FACTS and name not in (*ALL_TOPICS[topic].facts, "born")):
        return
    why = refused(name, value, topic, out.facts, on)
    if why:
        out.parts.append(Part("fact", label, typed, f"没有用：{why}", ""))
        return
    out.facts[name] = value
    out.parts.append(Part("fact", label, typed, in_words(name, value), value))
