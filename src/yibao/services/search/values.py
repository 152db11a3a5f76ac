"""How does a value of the law read in a result: the sum itself, the cases of a table, its rows?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import IntEnum
from functools import lru_cache
from typing import Any

from yibao.law.parameters.loading import ParameterError, number
from yibao.law.parameters.shapes import DIMENSIONS, Law
from yibao.law.terms import code_text, label, terms, value_text

ROWS_MAX = 8
CELLS_MAX = 12
YES_NO = {
    "flexible": ("灵活就业", "单位参保"),
    "early": ("提前退休", "不是提前退休"),
    "signed": ("签约", "没有签约"),
}
NOTHING = ("0", "0yuan", "0m")
COUNTED = {"tier": "档", "old_age": "岁退休"}

Cell = Mapping[str, Any]


@lru_cache(maxsize=1)
def _choices() -> dict[tuple[str, str], type[IntEnum]]:
    """The ways of reckoning among which a value of a subject chooses, by subject and key."""
    shapes = {
        (law.subject, field.name): field.metadata["shape"].kind
        for law in Law.__subclasses__()
        for field in fields(law)
        if "shape" in field.metadata
    }
    return {place: kind for place, kind in shapes.items() if issubclass(kind, IntEnum)}


def value_words(entry: Mapping[str, Any], subject: str, key: str, cells: Iterable[Cell] = ()) -> str:
    """A dated value in words: one sum, or a line for each case of those that are told apart.

    >>> value_words({"value": "2.8%"}, "allocation", "frame_rate")
    '2.8%'
    >>> value_words({"by": ["sex"]}, "pension", "minimum_months", [{"sex": "male", "value": "20y"}])
    '男：20年'
    """
    listed = list(cells)
    choice = _choices().get((subject, key))
    if choice and "value" in entry:
        return code_text(choice[str(entry["value"]).upper()])
    if not listed:
        return _content(entry, key)
    told = []
    for cell in listed[:CELLS_MAX]:
        who = "、".join(_dimension(name, str(cell[name])) for name in entry.get("by", ()) if name in cell)
        words = _content(cell, key)
        if words:
            told.append(f"{who}：{words}" if who else words)
    return "；".join(told)


def _content(holder: Cell, key: str) -> str:
    rows = holder.get("rows", holder.get("value"))
    if isinstance(rows, list):
        return "，".join(_row(row) for row in rows[:ROWS_MAX])
    return _scalar(str(rows), key) if rows is not None else ""


def _row(row: Cell) -> str:
    """A row of a table; that it begins at nothing or has no end goes without saying."""
    parts = []
    for place, (name, text) in enumerate(row.items()):
        if not (place == 0 and text in NOTHING) and text != "none":
            parts.append(f"{label(name)} {_scalar(str(text), name)}")
    return " ".join(parts)


def _scalar(text: str, key: str) -> str:
    """A scalar of a parameter file in words; what is no number says nothing to a reader."""
    if "~" in text:
        low, _, high = text.partition("~")
        return f"{_scalar(low, key)} 到 {_scalar(high, key)}"
    if text == "none":
        return "不设上限"
    try:
        value, written = number(text)
    except ParameterError:
        return ""
    term = terms().get(key)
    fits = term is not None and (not written or term.unit.startswith(written) or written == "code")
    return value_text(value, term.unit if term and fits else written)


def _dimension(name: str, text: str) -> str:
    """For whom a cell holds, in words."""
    if name == "age":
        return f"{text.replace('-', '到').replace('+', '岁以上')}{'' if text.endswith('+') else '岁'}"
    value = DIMENSIONS[name](text)
    if name in YES_NO:
        return YES_NO[name][0 if value else 1]
    if isinstance(value, IntEnum):
        return code_text(value)
    return f"{value}{COUNTED.get(name, '')}"
