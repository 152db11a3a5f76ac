"""The one plain sentence of an answer, from its figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import IntEnum

from yibao.law.formats import age_text, fen_text, months_text, tenths_text, value_text
from yibao.law.terms import code_text, terms
from yibao.law.values import UNLIMITED, month_text
from yibao.services.answers.topics import Topic


def unit_of(name: str) -> str:
    """The unit of a figure."""
    return terms()[name].unit


def shown(name: str, value: int) -> int | str:
    """A figure as the answer gives it: a month as YYYY-MM, a day as YYYY-MM-DD, a choice by its name, else a number."""
    if isinstance(value, IntEnum):
        return value.name.lower()
    if unit_of(name) == "day":
        return date.fromordinal(value).isoformat()
    return month_text(value) if unit_of(name) == "month" else value


def words(name: str, value: int) -> str:
    """A figure in a sentence."""
    unit = unit_of(name)
    if isinstance(value, IntEnum):
        return code_text(value)
    if unit in ("day", "working_days"):
        return value_text(value, unit)
    if unit.startswith("fen"):
        return "不设上限" if value == UNLIMITED else f"{fen_text(value)}元"
    if unit == "months":
        return months_text(value)
    if unit == "age_months":
        return age_text(value)
    if unit == "month":
        return f"{value // 12}年{value % 12 + 1}月"
    if unit == "yes_no":
        return "可以" if value else "不可以"
    return tenths_text(value) if unit == "tenth_months" else str(value)


def sentence(topic: Topic, low: Mapping[str, int], high: Mapping[str, int] | None = None) -> str:
    """The sentence of a topic for its figures, or for the two ends of a range."""
    told = {}
    for name, value in low.items():
        other = (high or low).get(name, value)
        small, large = sorted((value, other))
        told[name] = words(name, small) if small == large else f"{words(name, small)}到{words(name, large)}"
    return topic.sentence(told)
