"""What are the forty questions, and what did a channel say to one: figures by name, documents, day?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from tests.outside.recompute import compute

from yibao.law.terms import terms
from yibao.services.answers import TOPICS

HERE = Path(__file__).resolve().parent
TODAY = date(2026, 10, 20)
"""The day on which everything is asked, unless a question names another: the day of the tests' agency."""

Value = int | str
Figures = dict[str, tuple[Value, ...]]
"""Fen, months or 1 for yes; a month of the calendar or a day is text. A range has its two ends, cases all of them."""


@dataclass(frozen=True)
class Reading:
    """What somebody saw or heard. `told` is all of it as text; `day` is the day of the law, where it was said."""

    figures: Figures = field(default_factory=dict)
    told: str = ""
    documents: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True)
class Law:
    """A question to the law."""

    id: str
    asks: str
    topic: str
    area: str
    on: date
    words: str
    facts: dict[str, str]
    told: tuple[str, ...]
    law: Figures
    silent: dict[str, str]
    """Where it gets no answer, and what happens there instead."""


@dataclass(frozen=True)
class Own:
    """A question to the own record. `channels` are those that tell it."""

    id: str
    asks: str
    who: str
    part: str
    told: tuple[str, ...]
    law: Figures
    says: tuple[str, ...]
    """Where no figure is the answer: one of these is said."""
    channels: tuple[str, ...]


@cache
def law_questions() -> tuple[Law, ...]:
    """The questions to the law."""
    return tuple(
        Law(
            row["id"], row["asks"], row["topic"], row["area"], date.fromisoformat(row.get("on", TODAY.isoformat())),
            row["words"], dict(row["facts"] or {}), tuple(row["told"] or ()), _law(row), dict(row.get("silent", {})),
        )
        for row in _rows("questions.yaml")
    )  # fmt: skip


@cache
def own_questions() -> tuple[Own, ...]:
    """The questions to the own record."""
    return tuple(
        Own(
            row["id"], row["asks"], row["who"], row["part"], tuple(row["told"]), _law(row), tuple(row.get("says", ())),
            tuple(row["channels"]),
        )
        for row in _rows("own.yaml")
    )  # fmt: skip


def labels_of(topic: str) -> dict[str, str]:
    """The figures of a topic by the words that a person reads: those of the glossary."""
    published = TOPICS[topic].published if topic in TOPICS else {}
    return {term.zh: published.get(name, name) for name, term in terms().items()}


def _rows(name: str) -> list[dict[str, Any]]:
    return list(yaml.load((HERE / name).read_bytes(), yaml.BaseLoader))


def _law(row: dict[str, Any]) -> Figures:
    found = row.get("law") or {}
    return {
        name: tuple(_worked_out(one) for one in (told if isinstance(told, list) else [told]))
        for name, told in found.items()
    }


def _worked_out(formula: str) -> Value:
    """Arithmetic; months and days stand as they are."""
    is_date = len(formula) > 4 and formula[4] == "-" and formula.replace("-", "").isdigit()
    return formula if is_date else compute(formula, {})
