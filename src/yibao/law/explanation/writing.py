"""How the values in the words of a step are written: one short function for each unit that rules use often."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache
from typing import Any

from yibao.law.formats import months_text, ppm_text
from yibao.law.terms import code_text, value_text
from yibao.law.values import UNLIMITED, Gap, Missing, Unset

CENTS = tuple(f".{cents:02d} 元" for cents in range(100))
THOUSANDS = tuple(f",{yuan:03d}" for yuan in range(1000))
_enum = lru_cache(maxsize=256, typed=True)(code_text)
_rate = lru_cache(maxsize=1024)(ppm_text)
_length = lru_cache(maxsize=1024)(months_text)


def _fen(value: int) -> str:
    if type(value) is int:
        if 100_000 <= value < 100_000_000:  # most amounts; formatting by hand takes half the time
            return f"{value // 100_000}{THOUSANDS[value // 100 % 1000]}{CENTS[value % 100]}"
        if 0 <= value < UNLIMITED:
            return f"{value // 100:,}{CENTS[value % 100]}"
    return _value(value, "fen")


def _ppm(value: int) -> str:
    return _rate(value) if type(value) is int and value != UNLIMITED else _value(value, "ppm")


def _months(value: int) -> str:
    return _length(value) if type(value) is int and value != UNLIMITED else _value(value, "months")


def _value(value: int, unit: str) -> str:
    if isinstance(value, IntEnum):
        return _enum(value)
    if isinstance(value, Gap):
        raise Missing(value)
    if isinstance(value, Unset):
        return "不影响"  # told, but never looked at: the table has one row for everybody
    return "不设上限" if value == UNLIMITED else value_text(value, unit)


WRITERS: dict[str, Callable[..., Any]] = {"_fen": _fen, "_ppm": _ppm, "_months": _months, "_value": _value}


def writer(value: str, unit: str) -> str:
    """The Python that writes a value of a unit."""
    short = unit.split("/")[0]
    return f"_{short}({value})" if f"_{short}" in WRITERS else f"_value({value}, {unit!r})"
