"""The mapping file: which column of an agency's extract becomes which of ours, and how its cells are read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from yibao.population.columns import declared, lists
from yibao.population.errors import PopulationError

WHOLE = re.compile(r"-?[0-9]{1,18}")
KINDS = {
    "whole": "整数",
    "yuan": "元，最多两位小数",
    "date": "日期，例如 1960-05-31",
    "month": "年月，例如 1998-07",
    "age": "出生日期，算成到那一天的周岁",
    "line": "行号",
}
"""How the cells of a column are read, and what they should look like."""
OWN = ("person_id", "family_id", "claim_id", "area", "on")
"""Columns besides the inputs of the rules."""


@dataclass(frozen=True)
class Reading:
    """How one of our columns is made: from a column of the extract, in a way, by codes; or a value for everybody."""

    name: str
    source: str = ""
    kind: str = "whole"
    codes: Mapping[str, int] = field(default_factory=dict)
    value: int | None = None
    required: bool = False


@dataclass(frozen=True)
class Map:
    """A mapping file: the day on which ages are reckoned, and a reading a column."""

    on: date | None
    readings: tuple[Reading, ...]

    @property
    def sources(self) -> list[str]:
        """The columns of the extract that are read."""
        return list(dict.fromkeys(reading.source for reading in self.readings if reading.source))


def read_map(path: Path, on: date | None = None) -> Map:
    """The mapping in a YAML file; `PopulationError` says what is wrong with it and where.

    on: the day on which ages are reckoned, in place of the file's. Every scalar of the file stays a text: a code
    keeps its zeros, and `on` is a word.
    """
    try:
        told = yaml.load(path.read_bytes(), yaml.BaseLoader)  # noqa: S506  builds text only
    except FileNotFoundError:
        raise PopulationError("file_not_found", f"没有找到对照文件 {path}，请检查路径。") from None
    except (OSError, yaml.YAMLError, UnicodeDecodeError):
        raise PopulationError("map_unreadable", f"对照文件 {path.name} 不是能读的 YAML，请检查缩进和冒号。") from None
    if not isinstance(told, dict) or not isinstance(told.get("columns"), dict):
        raise PopulationError("map_unreadable", f"对照文件 {path.name} 里要有 columns：每行一列。")
    try:
        on = on or (date.fromisoformat(told["on"]) if "on" in told else None)
    except (TypeError, ValueError):
        said = str(told["on"])[:20]
        raise PopulationError("map_wrong", f"对照文件的 on 应是日期，例如 2025-10-31，不是 {said}。") from None
    readings = tuple(_reading(str(name), how) for name, how in told["columns"].items())
    if on is None and any(reading.kind == "age" for reading in readings):
        raise PopulationError("map_wrong", "按出生日期算周岁要知道哪一天：对照文件里请写 on: 2025-10-31 这样一行。")
    return Map(on, readings)


def _reading(name: str, how: Any) -> Reading:
    if name not in declared() and name not in OWN:
        near = "、".join(difflib.get_close_matches(name, [*declared(), *OWN], 3))
        raise PopulationError("map_wrong", f"对照文件里的列 {name} 这里没有{f'，是不是 {near}？' if near else '。'}")
    if isinstance(how, str):
        how = {"from": how}
    if not isinstance(how, dict) or set(how) - {"from", "as", "codes", "value", "required"}:
        raise PopulationError("map_wrong", f"对照文件的列 {name}：只能写 from、as、codes、value、required。")
    kind = str(how.get("as", "date" if name == "on" else "whole"))
    if kind not in KINDS:
        raise PopulationError("map_wrong", f"对照文件的列 {name}：as 只能是 {'、'.join(KINDS)}。")
    if ("value" in how) == ("from" in how or kind == "line"):
        raise PopulationError("map_wrong", f"对照文件的列 {name}：from（哪一列）和 value（所有人一样）要写一个。")
    if "value" in how:
        return Reading(name, value=_value(name, how["value"]))
    codes = {str(code).strip(): _value(name, value) for code, value in (how.get("codes") or {}).items()}
    return Reading(
        name,
        "" if kind == "line" else str(how["from"]),
        kind,
        codes,
        None,
        str(how.get("required", "no")).lower() in ("yes", "true"),
    )


def _value(name: str, value: Any) -> int:
    """A number, or the name of a member of the law's own list (RETIRED, EMPLOYEE …)."""
    if WHOLE.fullmatch(str(value)):
        return int(value)
    members = lists().get(name)
    if members is not None and str(value).upper() in members.__members__:
        return int(members[str(value).upper()])
    allowed = "、".join(members.__members__) if members else "一个整数"
    raise PopulationError("map_wrong", f"对照文件的列 {name}：不认识“{str(value)[:20]}”，可以写 {allowed}。")
