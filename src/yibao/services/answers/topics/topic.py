"""What a topic is: a question that people ask, and everything that is particular to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from yibao.law.parameters import Law

Figures = Mapping[str, str]
"""Figures in words, as a sentence names them: "107.00元", "25年"."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that people ask.

    `verb` and `hint` name it as something one wants to know, `gloss` explains its official words at their first use.
    `rules` are worked out in order, each may read the figures of those before; the first must give a figure, the others
    are told where the facts suffice. `main` is the figure to show first: the first of these that an answer has.
    `assumed` is taken where a fact is not given, and the answer says so; `of_day` are inputs taken from the day asked.
    `office` is who answers by telephone: 12393 for medical insurance, 12333 for pensions.
    """

    name: str
    title: str
    verb: str
    hint: str
    gloss: str
    law: type[Law]
    rules: tuple[str, ...]
    facts: tuple[str, ...]
    main: tuple[str, ...]
    sentence: Callable[[Figures], str]
    assumed: dict[str, tuple[str, str]] = field(default_factory=dict)
    of_day: dict[str, Literal["month", "year"]] = field(default_factory=dict)
    settles: str = ""
    office: Literal["12393", "12333"] = "12393"
