"""Whose books are kept here? The areas that a caller is offered before any other."""

from __future__ import annotations

from yibao.books.areas.models import Area
from yibao.law.areas import find


def areas_here() -> tuple[tuple[str, str], ...]:
    """Code and name of each area, in the order of the codes."""
    codes = Area.objects.order_by("code").values_list("code", flat=True)
    return tuple((code, find(code).name) for code in codes)
