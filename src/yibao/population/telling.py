"""A value of the law in words, line by line: who, from where on, how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from yibao.law.parameters.loading import number
from yibao.law.parameters.shapes import DIMENSIONS, Shape
from yibao.law.terms import code_text, label, terms, value_text
from yibao.population.changing import columns, names_of, table_of, value_columns

NOT_FOUND = "没有查到"
PLAIN = {"flexible": {"yes": "灵活就业", "no": "随单位参保"}, "signed": {"yes": "签约家庭医生", "no": "没有签约"},
         "early": {"yes": "早退休", "no": "不是早退休"}}  # fmt: skip


class Line(NamedTuple):
    """One number of a parameter: its path below the parameter, for whom, from where on, and what, in words.

    start: where its row begins and which column it is, as the file writes it: the same line of another version.
    """

    path: str
    whom: str
    where: str
    text: str
    start: str = ""


def lines(entry: Mapping[str, Any] | None, shape: Shape, key: str) -> Iterator[Line]:
    """A dated value, line by line."""
    if entry is None:
        yield Line("", "", "", NOT_FOUND)
        return
    used = entry.get("by", [])
    for cell in entry.get("cells", [entry]):
        path = "".join(f".{name}" for name in names_of(cell, used))
        whom = " ".join(_member(dim, cell[dim]) for dim in used if dim in cell)
        if "gap" in cell:
            yield Line(path, whom, "", NOT_FOUND)
        elif shape.row is None:
            yield Line(path, whom, "", scalar_text(cell["value"], shape.kind, key))
        else:
            yield from _rows(cell, shape, path, whom)


def _rows(cell: Mapping[str, Any], shape: Shape, path: str, whom: str) -> Iterator[Line]:
    table = table_of(cell)
    for place, row in enumerate(table, 1):
        where = _where(row, table[place] if place < len(table) else None, columns(shape))
        for name in value_columns(shape):
            several = len(value_columns(shape)) > 1
            told = f"{label(name)} " if several else ""
            start = f"{row[columns(shape)[0]]} {name}"
            yield Line(f"{path}.{place}.{name}", whom, where, told + scalar_text(row[name], int, name), start)


def _where(row: Mapping[str, str], after: Mapping[str, str] | None, names: tuple[str, ...]) -> str:
    """From where on a row holds, or up to where if it is the first."""
    if "upper" in names:
        low, high = scalar_text(row["lower"], int, "lower"), scalar_text(row["upper"], int, "upper")
        if row["upper"] == "none":
            return "全部" if number(row["lower"])[0] == 0 else f"{low}以上"
        return f"{low}到{high}"
    first, value = names[0], number(row[names[0]])[0]
    if first == "from_stay":
        alone = after is not None and number(after[first])[0] == value + 1
        return f"第{value}次" if alone else f"第{value}次起" if value > 1 else "每次"
    if value:
        return f"{scalar_text(row[first], int, first)}起"
    return f"不满{scalar_text(after[first], int, first)}" if after else ""


def scalar_text(text: str, kind: type, term: str) -> str:
    """One number of a file in words; a range as its two ends."""
    if issubclass(kind, IntEnum):
        return code_text(kind[text.upper()])
    known = terms().get(term)
    return "到".join(value_text(number(end)[0], known.unit if known else "") for end in text.split("~"))


def _member(dim: str, text: str) -> str:
    """A value of a dimension in words."""
    if dim == "age":
        return f"{text.replace('+', '岁以上').replace('-', '到')}{'' if '+' in text else '岁'}"
    if dim in PLAIN:
        return PLAIN[dim][text]
    value = DIMENSIONS[dim](text)
    return code_text(value) if isinstance(value, IntEnum) else f"{label(dim)}{text}"
