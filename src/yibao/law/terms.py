"""The glossary: label, plain words and unit of every name that a rule uses."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from yibao.law import formats
from yibao.law.areas import division, pooling_area
from yibao.law.parameters.loading import tree


class Term(NamedTuple):
    """A name of the law: its official word, its plain word, how its number is written, its English."""

    name: str
    zh: str
    plain: str
    unit: str
    en: str


@lru_cache(maxsize=1)
def terms() -> dict[str, Term]:
    """Every term by its name."""
    return {name: Term(name, t["zh"], t["plain"], t["unit"], t["en"]) for name, t in tree()["terms"]["terms"].items()}


def label(name: str) -> str:
    """The official word of a name; the name itself where it is not a term."""
    term = terms().get(name)
    return term.zh if term else name


def code_text(value: IntEnum) -> str:
    """A member of an enum in Chinese.

    >>> from yibao.law.values import Status
    >>> code_text(Status.RETIRED)
    '退休'
    """
    codes = tree()["terms"]["codes"].get(type(value).__name__, {})
    return str(codes.get(value.name, value.name))


def value_text(value: int, unit: str) -> str:
    """A number of a rule in Chinese: an enum by its word, everything else by its unit."""
    if isinstance(value, IntEnum):
        return code_text(value)
    if unit == "code":
        return "是" if value else "否"
    if unit == "area":
        place = pooling_area(f"{value:06d}") or division(f"{value:06d}")
        return place.name if place else f"{value:06d}"
    return formats.value_text(value, unit)
