"""Into which groups are people put, so that a comparison tells who wins and loses: age, sex, income, hospital, area?

Each grouping gives every row a small number; together they are one cell of a cube, so that one pass gives all sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from yibao.law.areas import AreaError, find
from yibao.law.terms import code_text
from yibao.law.values import Level, Scheme, Sex, Status

Codes = npt.NDArray[np.integer]
Columns = Mapping[str, Codes]
AGES = (0, 18, 35, 50, 60, 70, 80)
INCOMES = (0, 300_000, 500_000, 800_000, 1_200_000, 2_000_000)
"""Bounds of the bands of monthly income in fen: only a way of looking at the result, no figure of the law."""
UNKNOWN = "没有这一项"


class Grouping(NamedTuple):
    """One way of grouping: its name, its word, and its groups in order, the last one for those who have none."""

    name: str
    word: str
    groups: tuple[str, ...]


def bands(bounds: Sequence[int], unit: str, scale: int = 1) -> tuple[str, ...]:
    """The words of bands that begin at some bounds.

    >>> bands((0, 18, 35), "岁")
    ('不满18岁', '18岁到不满35岁', '35岁以上')
    """
    told = [f"{bound // scale:,}" for bound in bounds]
    middle = [f"{low}{unit}到不满{high}{unit}" for low, high in pairwise(told[1:])]
    return (f"不满{told[1]}{unit}", *middle, f"{told[-1]}{unit}以上")


def groupings(areas: Sequence[str], with_level: bool) -> tuple[Grouping, ...]:
    """How the rows of some areas are grouped; the level of the hospital only where a row is a bill."""
    by_level = (Grouping("level", "医院级别", (*(code_text(one) for one in Level), UNKNOWN)),)
    return (
        Grouping("status", "在职、退休、居民", ("职工医保在职", "职工医保退休", "居民医保", UNKNOWN)),
        Grouping("age", "年龄", (*bands(AGES, "岁"), UNKNOWN)),
        Grouping("sex", "性别", (*(code_text(one) for one in Sex), UNKNOWN)),
        Grouping("income", "月收入", (*bands(INCOMES, "元", 100), "没有收入数据")),
        *(by_level if with_level else ()),
        Grouping("area", "统筹区", (*(_name(code) for code in areas), UNKNOWN)),
    )


def _name(code: str) -> str:
    try:
        return find(code).name
    except AreaError:
        return code


def cell_of(rows: int, listed: Sequence[Grouping], columns: Columns, areas: Sequence[str]) -> npt.NDArray[np.int64]:
    """The cell of each row: its numbers in all groupings as one number, the last grouping running fastest."""
    cells = np.zeros(rows, np.int64)
    for grouping in listed:
        size = len(grouping.groups)
        cells = cells * size + _codes(grouping.name, rows, columns, areas, size - 1)
    return cells


def _codes(name: str, rows: int, columns: Columns, areas: Sequence[str], none: int) -> Codes:
    """The group of each row in one grouping; `none` where the row does not say, or says what cannot be."""
    if name == "status":
        return _status(rows, columns)
    if name == "income":
        return _income(rows, columns, none)
    if name not in columns:
        return np.full(rows, none)
    values = columns[name]
    if name == "age":
        found = np.searchsorted(np.array(AGES), values, side="right") - 1
    elif name == "area":
        codes = np.array([int(code) for code in areas])
        order = np.argsort(codes)
        place = np.minimum(np.searchsorted(codes[order], values), len(codes) - 1)
        found = np.where(codes[order][place] == values, order[place], none)
    else:
        found = np.asarray(values, np.int64)
    found = np.where((found < 0) | (found > none), none, found)
    return found if f"{name}__missing" not in columns else np.where(columns[f"{name}__missing"], none, found)


def _status(rows: int, columns: Columns) -> Codes:
    if "status" not in columns or "scheme" not in columns:
        return np.full(rows, 3)
    resident, retired = columns["scheme"] == Scheme.RESIDENT, columns["status"] == Status.RETIRED
    return np.where(resident, 2, np.where(retired, 1, 0))


def _income(rows: int, columns: Columns, none: int) -> Codes:
    """The band of the contribution base of who works, of the pension of who is retired; a resident has neither."""
    place = _status(rows, columns)
    found = np.full(rows, none)
    for code, name in ((0, "base"), (1, "pension")):
        if name in columns:
            band = np.searchsorted(np.array(INCOMES), columns[name], side="right") - 1
            known = (place == code) & (columns[name] > 0) & ~columns.get(f"{name}__missing", np.zeros(rows, bool))
            found = np.where(known, np.minimum(band, none - 1), found)
    return found
