"""Which columns may people have, and how does one become whole numbers for a kernel, without copies where it can?"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_type_hints

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

import yibao.law.rules  # noqa: F401  registers the rules
from yibao.law.registry import VERSIONS
from yibao.law.values import Range
from yibao.population.errors import PopulationError

Numbers = npt.NDArray[np.signedinteger[Any]]
Marks = npt.NDArray[np.bool_]


class Column(NamedTuple):
    """The numbers of a column, and which of them are missing (None: none are)."""

    values: Numbers
    missing: Marks | None


@lru_cache(maxsize=1)
def declared() -> dict[str, Range]:
    """The range of every input of every rule, by its name: what a column of that name may hold.

    >>> declared()["age"], declared()["scheme"]
    (Range(low=0, high=130), Range(low=0, high=1))
    """
    found: dict[str, Range] = {}
    for version in (version for versions in VERSIONS.values() for version in versions):
        for name, kind in get_type_hints(version.function, include_extras=True).items():
            if name not in ("p", "return"):
                found.setdefault(name, _range(kind))
    return found


def _range(kind: Any) -> Range:
    bounds = next((part for part in get_args(kind) if isinstance(part, Range)), None)
    if bounds is not None:
        return bounds
    if kind is bool:
        return Range(0, 1)
    values = [int(member) for member in kind]
    return Range(min(values), max(values))


@lru_cache(maxsize=1)
def lists() -> dict[str, type[IntEnum]]:
    """The lists of the law (Scheme, Status …) by the inputs of rules that are of them.

    >>> lists()["sex"].MALE.value
    1
    """
    return {
        name: kind
        for versions in VERSIONS.values()
        for version in versions
        for name, kind in get_type_hints(version.function).items()
        if isinstance(kind, type) and issubclass(kind, IntEnum)
    }


def whole(array: pa.Array | pa.ChunkedArray, name: str, dtype: np.dtype[Any]) -> Column:
    """A column as whole numbers of one type; what does not fit the type becomes its largest, so never a wrong figure.

    array: whole numbers or truth values, of any width. Raises `PopulationError` for anything else: a fraction near
    money would be a float, and a text would be guessed at.

    >>> whole(pa.array([1, None, 300], pa.int64()), "age", np.dtype(np.int16))
    Column(values=array([  1,   0, 300], dtype=int16), missing=array([False,  True, False]))
    """
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks == 1 else array.combine_chunks()
    missing = array.is_null().to_numpy(zero_copy_only=False) if array.null_count else None
    if pa.types.is_boolean(array.type):
        array = array.cast(pa.int8())
    if not pa.types.is_integer(array.type):
        told = f"列 {name} 应是整数，文件里是{kind_words(array.type)}。{_advice(array.type)}"
        raise PopulationError("wrong_type", told)
    if missing is not None:
        array = pc.fill_null(array, 0)
    values = array.to_numpy(zero_copy_only=True)
    if values.dtype != dtype:
        if not np.can_cast(values.dtype, dtype):
            limits = np.iinfo(dtype)
            values = np.clip(values, max(limits.min, np.iinfo(values.dtype).min), limits.max)
        values = values.astype(dtype)
    return Column(values, missing)


def kind_words(kind: pa.DataType) -> str:
    """What a type of Arrow is, in Chinese.

    >>> kind_words(pa.float64()), kind_words(pa.string())
    ('小数（double）', '文字（string）')
    """
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return f"小数（{kind}）"
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return f"文字（{kind}）"
    if pa.types.is_temporal(kind):
        return f"日期（{kind}）"
    if pa.types.is_integer(kind):
        return f"整数（{kind}）"
    return f"{kind}"


def _advice(kind: pa.DataType) -> str:
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "金额要用整数分；原始数据请先用 yibao people read 读入。"
    return "原始数据请先用 yibao people read 读入。"
