"""What does a cell of an extract say? A column of texts becomes whole numbers, and the cells that are wrong are marked.

Yuan become fen by their decimal text, never through a float. A text that comes often (a code, a date) is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from yibao.law.values import month_number
from yibao.population.columns import Marks
from yibao.population.people.mapping import Reading

WHOLE = r"^-?[0-9]{1,18}$"
YUAN = r"^-?[0-9]{1,15}(\.[0-9]{1,2}0*)?$"
GROUPED = r"^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$"
CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))" + CLOCK)
MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|(\d\d))")
EPOCH = date(1970, 1, 1).toordinal()


class Cells(NamedTuple):
    """A column that was read. values: int64, NULL where the cell is empty; wrong: the cells that are neither."""

    values: pa.Array
    wrong: Marks


def texts(column: pa.Array) -> pa.Array:
    """The cells without blanks around them; an empty one is NULL."""
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, trimmed.type), trimmed)


def read(column: pa.Array, reading: Reading, on: date | None) -> Cells:
    """A column of texts as a reading asks for it.

    >>> told = read(pa.array(["12.5", " 7 ", "", "1.005", "x"]), Reading("base", "b", "yuan"), None)
    >>> told.values.to_pylist(), told.wrong.tolist()
    ([1250, 700, None, None, None], [False, False, False, True, True])
    """
    if pa.types.is_integer(column.type) and reading.kind == "whole" and not reading.codes:
        return Cells(column.cast(pa.int64(), safe=False), np.zeros(len(column), bool))
    column = texts(as_text(column))
    if reading.codes:
        return _each(column, lambda text: reading.codes.get(text))
    if reading.kind in ("date", "month", "age"):
        read_one = {"date": _day, "month": _month, "age": _age(on)}[reading.kind]
        return _each(column, read_one)
    if reading.kind == "yuan":
        plain = pc.if_else(pc.match_substring_regex(column, GROUPED), pc.replace_substring(column, ",", ""), column)
        good = pc.match_substring_regex(plain, YUAN)
        return Cells(_fen(pc.if_else(good, plain, pa.scalar(None, plain.type))), _wrong(column, good))
    good = pc.match_substring_regex(column, WHOLE)
    return Cells(pc.if_else(good, column, pa.scalar(None, column.type)).cast(pa.int64()), _wrong(column, good))


def _fen(column: pa.Array) -> pa.Array:
    """Fen of decimal texts with at most two places that are not 0."""
    whole = pc.replace_substring_regex(column, r"\..*$", "")
    places = pc.replace_substring_regex(column, r"^-?[0-9]+\.?", "")
    places = pc.utf8_slice_codeunits(pc.binary_join_element_wise(places, "00", ""), 0, 2)
    return pc.binary_join_element_wise(whole, places, "").cast(pa.int64())


def _wrong(column: pa.Array, good: pa.Array) -> Marks:
    marks: Marks = pc.and_(pc.is_valid(column), pc.invert(pc.fill_null(good, False))).to_numpy(zero_copy_only=False)
    return marks


def _each(column: pa.Array, read_one: Callable[[str], int | None]) -> Cells:
    """A column whose different texts are read once each."""
    coded = column.dictionary_encode()
    numbers = pa.array([read_one(text) for text in coded.dictionary.to_pylist()], pa.int64())
    values = numbers.take(coded.indices)
    return Cells(values, pc.and_(pc.is_valid(column), pc.is_null(values)).to_numpy(zero_copy_only=False))


def _date(text: str) -> date | None:
    found = DAY.fullmatch(text)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
    except ValueError:
        return None


def _day(text: str) -> int | None:
    """Days since 1970-01-01."""
    found = _date(text)
    return None if found is None else found.toordinal() - EPOCH


def _month(text: str) -> int | None:
    found = MONTH.fullmatch(text)
    day = _date(text) if found is None else None
    if day is not None:
        return month_number(day.year, day.month)
    month = int(found[2] or found[3]) if found else 0
    return month_number(int(found[1]), month) if found and 1 <= month <= 12 else None


def _age(on: date | None) -> Callable[[str], int | None]:
    def years(text: str) -> int | None:
        born = _date(text)
        if born is None or on is None or born > on:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    return years


def as_text(column: pa.Array) -> pa.Array | None:
    """The cells of a column as texts; nothing for floats, of which nobody knows which decimals were meant."""
    if pa.types.is_floating(column.type):
        return None
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column.cast(pa.string())
