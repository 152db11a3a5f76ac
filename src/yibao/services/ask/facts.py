"""Which facts does a question tell? The words are data: facts.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from yibao.services.answers import ALL_TOPICS, FACTS
from yibao.services.answers.facts import check_choice, inputs_of
from yibao.services.ask.numbers import READERS, SLOTS
from yibao.services.ask.wordlist import GAP, GAP_MAX, read
from yibao.services.results import RefusedError

SLOT = re.compile(r"\{(\w+)\}")
HOLDER = re.compile(r"^的?(?:医保卡|医保|个人账户|账户|社保卡|个账|卡)")
TURNED = {"parent": "child", "child": "parent", "grandparent": "grandchild", "grandchild": "grandparent"}
"""Whose account it is: of 我爸的医保卡我能用吗 the father is the holder, so a child uses it."""


class Told(NamedTuple):
    """A fact that a question tells: its raw value and where its words stand."""

    fact: str
    value: str
    start: int
    end: int


class Line(NamedTuple):
    """A line of facts.yaml, its words as patterns; `reader` reads the number in them."""

    fact: str
    value: str
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    without: tuple[re.Pattern[str], ...]
    beats: tuple[str, ...]
    example: str


@cache
def lines() -> tuple[Line, ...]:
    """Every line of facts.yaml."""
    return tuple(
        Line(
            row["fact"],
            row.get("value", ""),
            tuple(_pattern(word) for word in _longest_first(row["says"])),
            tuple(_pattern(word)[0] for word in _longest_first(row.get("without", ""))),
            tuple(row["beats"].split("|")) if "beats" in row else (),
            row["example"],
        )
        for row in read("facts.yaml")
    )


def _longest_first(says: str) -> list[str]:
    return sorted((word.strip() for word in says.split("|") if word.strip()), key=lambda word: (-len(word), word))


def _pattern(word: str) -> tuple[re.Pattern[str], str]:
    """The pattern of a word, and the name of the slot in it."""
    slot = SLOT.search(word)
    parts = SLOT.split(word)
    pieces = [SLOTS[part] if place % 2 else _plain(part) for place, part in enumerate(parts)]
    return re.compile("".join(pieces)), slot[1] if slot else ""


def _plain(text: str) -> str:
    return f".{{0,{GAP_MAX}}}?".join(re.escape(part) for part in text.split(GAP))


def told(sentence: str) -> list[Told]:
    """The facts in a sentence, each with one value; what two lines contradict is left out."""
    found: dict[str, list[tuple[Line, Told]]] = {}
    for line in lines():
        if any(pattern.search(sentence) for pattern in line.without):
            continue
        one = _first(line, sentence)
        if one:
            found.setdefault(line.fact, []).append((line, one))
    settled = [one for rows in found.values() if (one := _settled(rows))]
    return sorted((_turned(one, sentence) for one in settled), key=lambda one: (one.start, one.fact))


def _first(line: Line, sentence: str) -> Told | None:
    for pattern, slot in line.patterns:
        match = pattern.search(sentence)
        if not match:
            continue
        try:
            value = READERS[slot](match[1]) if slot else line.value
        except ValueError:
            continue  # characters that only look like a number
        if FACTS[line.fact].kind == "date" and value.count("-") == 1:
            value += "-01"  # only the month is read of it, and its first day will do
        return Told(line.fact, value, match.start(), match.end())
    return None


def _settled(rows: list[tuple[Line, Told]]) -> Told | None:
    """The one value of a fact: without those inside longer words, and those that another one overrules."""
    beaten = {value for line, _ in rows for value in line.beats}
    kept = [told for _, told in rows if told.value not in beaten]
    whole = [
        one
        for one in kept
        if not any(o.start <= one.start and one.end <= o.end and o.end - o.start > one.end - one.start for o in kept)
    ]
    return whole[0] if len({one.value for one in whole}) == 1 else None


def _turned(one: Told, sentence: str) -> Told:
    if one.fact == "relation" and one.value in TURNED and HOLDER.match(sentence[one.end :]):
        return one._replace(value=TURNED[one.value])
    return one


def renamed(found: Iterable[Told], topic: str) -> list[Told]:
    """The facts under the names by which a topic asks for them."""
    asked = ALL_TOPICS[topic].facts
    resident = any(one.fact == "scheme" and one.value == "resident" for one in found)
    out = []
    for one in found:
        if one.fact == "paid_months" and "months" in asked:
            one = one._replace(fact="months")
        elif one.fact == "retired_on" and "retired_on" not in asked:
            one = one._replace(fact="retires")
        elif one.fact == "gap_months" and topic == "gap" and resident and re.fullmatch(r"\d+年", one.value):
            one = one._replace(fact="missed_years")
        out.append(one)
    return out


def refused(name: str, value: str, topic: str, given: Mapping[str, str], on: date) -> str:
    """Why a fact beside others cannot be; empty if it can."""
    try:
        if name in ALL_TOPICS[topic].asks:
            check_choice(ALL_TOPICS[topic].fact(name), value)
        inputs_of({**given, name: value}, on)
    except RefusedError as error:
        return error.refused.message
    return ""


UNITS = {"yuan": "{}元", "age": "{}岁", "count": "第{}次"}


def in_words(name: str, value: str) -> str:
    """A raw value in words.

    >>> in_words("status", "retired"), in_words("cost", "30000")
    ('退休', '30000元')
    """
    told = UNITS.get(FACTS[name].kind, "{}").format(value)
    return {raw: label for raw, label, _ in FACTS[name].options}.get(value, told)
