"""Which pooling area does a name or a code mean?"""

from __future__ import annotations

from yibao.law.areas import AreaError, find
from yibao.population.errors import PopulationError


def code_of(area: str) -> str:
    """The six-digit code of a pooling area; `PopulationError` where the name is unknown, shared, or a province's.

    >>> code_of("北京")
    '110000'
    """
    try:
        found = find(area)
    except AreaError as error:
        raise PopulationError("unknown_area", str(error)) from None
    if found.kind != "pooling":
        raise PopulationError("area_is_no_pooling_area", f"{found.name}不是统筹区，请写一个市，例如 北京、重庆、合肥。")
    return found.code
