"""Which place does a person mean? What cannot be is refused with the nearest names."""

from __future__ import annotations

from yibao.law.areas import AmbiguousArea, Place, UnknownArea, find
from yibao.services.results import Done, Refused, RefusedError


def place_of(area: str) -> Place:
    """The place that a text names; refuses an unknown or ambiguous one with the nearest names."""
    try:
        return find(area)
    except UnknownArea as error:
        raise RefusedError("unknown_area", str(error), tuple(error.nearest), "area") from None
    except AmbiguousArea as error:
        raise RefusedError("ambiguous_area", str(error), tuple(error.names), "area") from None


def area_named(text: str) -> Done[str] | Refused:
    """The full name of the place that a text means."""
    try:
        return Done(place_of(text).name)
    except RefusedError as error:
        return error.refused


def place_with_law(text: str) -> Done[Place] | Refused:
    """The place that a text names, of which the law told here can speak; 香港, 澳门 and 台湾 are refused."""
    try:
        found = place_of(text)
    except RefusedError as error:
        return error.refused
    if found.kind == "outside":
        return Refused("area_outside", f"{found.name}不实行内地的基本医疗保险，这里没有它的规定。", field="area")
    return Done(found)
