"""What to say when the name of an area is not understood, or is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from yibao.services.answers import area_named
from yibao.services.results import Refused


class Named(NamedTuple):
    """How a name was understood: the area's full name, or a sentence with the nearest names."""

    name: str
    message: str
    choices: Sequence[str]
    several: bool


def refused_area(refused: Refused) -> Named:
    """Why a name was not understood, with what may have been meant."""
    return Named("", refused.message, refused.next, "ambiguous" in refused.code)


def place_named(text: str) -> Named:
    """How a name is understood."""
    found = area_named(text)
    return refused_area(found) if isinstance(found, Refused) else Named(found.value, "", (), False)
