"""One change of one dated value of the law: which of its numbers a path names, and what they become.

A value is one number, a table of rows, or cells by scheme, level, status … that hold one or the other. A path names as
much as is to be changed: `deductibles` all rows of all cells, `deductibles.employee` those of employees,
`deductibles.employee.2.amount` one number. Where the law does not tell apart what the path does, a cell is split.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Any

from yibao.law.parameters.loading import number
from yibao.law.parameters.shapes import DIMENSIONS, Shape
from yibao.population.amounts import Relative, ScenarioError, bounded, checked, relative, unit_of, written

Holder = dict[str, Any]
NAMED = (
    "scheme", "status", "sex", "level", "category", "aid_group", "away", "disease", "reason", "relation", "purpose",
)  # fmt: skip
"""Dimensions whose values are words, so that a path may give the word alone; of others it says `tier:2`."""
NUMBERED = {"one": "1", "two": "2", "three": "3"}
KEYS = ("lower", "upper")


@dataclass(frozen=True, slots=True)
class Target:
    """What a path names: a holder of a value, the row of its table (0: all), the column (empty: what is given)."""

    holder: Holder
    row: int
    column: str


def columns(shape: Shape) -> tuple[str, ...]:
    """The columns of a table."""
    return tuple(name for name in shape.row._fields if name != "at") if shape.row else ()


def value_columns(shape: Shape) -> tuple[str, ...]:
    """Those columns that hold what is given, not from where on it holds."""
    return tuple(name for name in columns(shape) if name not in KEYS and not name.startswith("from_"))


def table_of(holder: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of a holder; none where it is a gap."""
    listed = holder.get("rows", holder.get("value"))
    return listed if isinstance(listed, list) else []


def names_of(cell: Mapping[str, Any], used: Sequence[str]) -> tuple[str, ...]:
    """What a cell is called in a path, dimension by dimension."""
    return tuple(cell[dim].replace("+", "") for dim in used if dim in cell)


def targets(entry: Holder, shape: Shape, parts: tuple[str, ...], path: str) -> list[Target]:
    """What the rest of a path names in an entry, which may be split for it."""
    for cut in range(len(parts), -1, -1):
        place, rest = parts[:cut], _rest(parts[cut:], shape)
        if rest is None:
            continue
        row, column = rest
        holders = [one for one in _holders(entry, shape, place) if row <= len(table_of(one))]
        found = [Target(one, row, column) for one in holders]
        if found:
            return found
    raise ScenarioError("unknown_parameter", f"没有 {path} 这个参数。")


def known_of(named: list[Target]) -> list[Target]:
    """Those of several targets that are known: a gap is filled only where it alone is named."""
    return [target for target in named if "gap" not in target.holder] or named


def _rest(parts: tuple[str, ...], shape: Shape) -> tuple[int, str] | None:
    """The row and the column that end a path."""
    column = parts[-1] if parts and parts[-1] in columns(shape) else ""
    parts = parts[:-1] if column else parts
    if not parts:
        return 0, column
    whole = len(parts) == 1 and parts[0].isdigit() and parts[0] != "0" and bool(columns(shape))
    return (int(parts[0]), column) if whole else None


def _holders(entry: Holder, shape: Shape, place: tuple[str, ...]) -> list[Holder]:
    """The cells that a place names, or the entry itself where it has none."""
    place = tuple(NUMBERED.get(part, part).replace("+", "") for part in place)
    cells: list[Holder] = entry.get("cells", [])
    if not place:
        return cells or [entry]
    used = entry.get("by", [])
    fitting = [cell for cell in cells if _within(place, names_of(cell, used))]
    return fitting or _split(entry, shape, place)


def _within(place: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether the parts of a place stand among the names of a cell, in this order."""
    left = iter(names)
    return all(part in left for part in place)


def _split(entry: Holder, shape: Shape, place: tuple[str, ...]) -> list[Holder]:
    """Cells for those whom the law does not tell apart yet; each stands before the one that it is taken out of."""
    wanted = dict(_dimension(part, shape) or ("", "") for part in place)
    if "" in wanted or len(wanted) < len(place):
        return []
    used = entry.get("by", [])
    cells: list[Holder] = entry.get("cells") or [
        {name: entry.pop(name) for name in ("value", "rows", "gap", "settles") if name in entry}
    ]
    entry["by"] = [dim for dim in shape.dims if dim in used or dim in wanted]
    entry["cells"], made = [], []
    for cell in cells:
        if wanted.items() <= cell.items():
            made.append(cell)
        elif all(cell.get(dim, text) == text for dim, text in wanted.items()):
            new = {**wanted, **copy.deepcopy(cell)}
            made.append(new)
            entry["cells"].append(new)
        entry["cells"].append(cell)
    return made


def _dimension(part: str, shape: Shape) -> tuple[str, str] | None:
    """The dimension and the value that a part of a path names, if it names one of this parameter."""
    dim, colon, text = part.partition(":")
    if colon:
        text = NUMBERED.get(text, text)
        return (dim, text) if dim in shape.dims and _is_value(dim, text) else None
    found = [dim for dim in shape.dims if dim in NAMED and _is_value(dim, part)]
    return (found[0], part) if len(found) == 1 else None


def _is_value(dim: str, text: str) -> bool:
    if dim == "age":
        low, _, high = text.replace("+", "-130").partition("-")
        return low.isdigit() and (high or "0").isdigit()
    if dim in ("flexible", "early", "signed"):
        return text in ("yes", "no")
    try:
        DIMENSIONS[dim](text)
    except (KeyError, ValueError):
        return False
    return not (dim == "level" and text.isdigit() and int(text) > 4)


def put(target: Target, text: str, shape: Shape, term: str, path: str) -> None:
    """Changes what a target names to a value, or in proportion."""
    change = relative(text)
    if shape.row is None:
        target.holder["value"] = _scalar(target.holder.get("value"), text, change, shape, term, path)
        target.holder.pop("gap", None)
        return
    if not table_of(target.holder):
        _first_row(target, text, change, shape, path)
        return
    for row in table_of(target.holder)[slice(target.row - 1, target.row) if target.row else slice(None)]:
        named = (target.column,) if target.column else value_columns(shape)
        if len(named) > 1:
            raise ScenarioError("unknown_parameter", f"{path} 里有几种数，请写明是哪一种：" + "、".join(named) + "。")
        row[named[0]] = _scalar(row[named[0]], text, change, shape, named[0], path)


def _first_row(target: Target, text: str, change: Relative | None, shape: Shape, path: str) -> None:
    """A table of one row for everybody, where the law has a gap."""
    named = (target.column,) if target.column else value_columns(shape)
    if change or target.row or len(named) > 1 or target.column in KEYS:
        raise ScenarioError("nothing_there", f"{path} 今天的值没有查到，不能按它加减，只能直接给一个数。")
    row = {name: {"from_stay": "1", "lower": "0yuan", "upper": "none"}.get(name, "0") for name in columns(shape)}
    row[named[0]] = checked(text, named[0], path)
    target.holder.pop("gap", None)
    target.holder.pop("value", None)
    target.holder["rows"] = [row]


def _scalar(old: str | None, text: str, change: Relative | None, shape: Shape, term: str, path: str) -> str:
    """The text of the changed value."""
    if shape.row is None and issubclass(shape.kind, IntEnum):
        if text.upper() not in shape.kind.__members__:
            members = "、".join(name.lower() for name in shape.kind.__members__)
            raise ScenarioError("bad_value", f"{path} 只能是这几种：{members}，没有“{text[:40]}”。")
        return text.lower()
    if shape.row is None and shape.kind is bool:
        if text not in ("yes", "no"):
            raise ScenarioError("bad_value", f"{path} 只能写 yes 或 no，不能写“{text[:40]}”。")
        return text
    if change is None:
        return checked(text, term, path)
    if old is None:
        raise ScenarioError("nothing_there", f"{path} 今天的值没有查到，不能按它加减，只能直接给一个数。")
    if change.plus and change.unit != unit_of(term):
        checked(text[1:], term, path)
    ends = [written(bounded(change.of(number(end)[0]), term, path), term) for end in old.split("~")]
    return "~".join(ends)


def add_row(holder: Holder, text: str, shape: Shape, path: str) -> None:
    """A new row `80:120yuan`: from where on, and what; it stands where its order puts it."""
    named = columns(shape)
    values = text.split(":")
    if not named or len(values) != len(named):
        how = ":".join(named) or "（这个参数不是表，不能加行）"
        raise ScenarioError("bad_value", f"{path} 加一行要写 {how}，例如 80:120yuan，不能写“{text[:40]}”。")
    row = {name: checked(value, name, path) for name, value in zip(named, values, strict=True)}
    kept = [one for one in table_of(holder) if number(one[named[0]]) != number(row[named[0]])]
    holder["rows"] = sorted([*kept, row], key=lambda one: number(one[named[0]])[0])
    for old in ("gap", "value"):
        holder.pop(old, None)


def drop_row(holder: Holder, text: str, shape: Shape, path: str) -> None:
    """Takes the row out that begins at `80`."""
    named = columns(shape)
    first = number(checked(text, named[0], path)) if named else None
    kept = [one for one in table_of(holder) if number(one[named[0]]) != first]
    if not kept or len(kept) == len(table_of(holder)):
        raise ScenarioError("nothing_there", f"{path} 里没有从 {text} 起的一行可以去掉，或者它是最后一行。")
    holder.pop("value", None)
    holder["rows"] = kept


def tables(entry: Mapping[str, Any]) -> Iterator[list[dict[str, str]]]:
    """Every table of an entry."""
    yield from (table_of(one) for one in entry.get("cells", [entry]))


def in_order(entry: Mapping[str, Any], shape: Shape, path: str) -> None:
    """Refuses tables whose rows no longer follow one another."""
    named = columns(shape)
    for table in tables(entry):
        firsts = [number(row[named[0]])[0] for row in table] if named else []
        if firsts != sorted(set(firsts)) or not _follow(table):
            raise ScenarioError("bad_value", f"{path} 改了以后，各档接不上了：后一档要从前一档结束的地方开始。")


def _follow(table: list[dict[str, str]]) -> bool:
    """Whether segments begin where the one before ends; a table of another kind has none."""
    ends = [(number(row["lower"])[0], number(row["upper"])[0]) for row in table if "upper" in row]
    return all(low < high for low, high in ends) and all(a[1] == b[0] for a, b in pairwise(ends))
