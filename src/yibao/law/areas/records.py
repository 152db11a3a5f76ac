"""What is a division, a pooling area (统筹区), a place that was asked about?"""

from typing import Literal, NamedTuple

NATION = "000000"

Kind = Literal["pooling", "province", "nation", "outside"]


class Division(NamedTuple):
    """An administrative division of GB/T 2260. An empty date means: not known to us."""

    code: str
    name: str
    short: str
    level: str  # province | prefecture | county
    parent: str  # code, "" for a province
    since: str = ""
    until: str = ""
    successor: str = ""  # of a retired division, where there is exactly one


class PoolingArea(NamedTuple):
    """The people who share one fund and one set of local rules."""

    code: str
    name: str
    short: str
    province: str
    note: str


class Place(NamedTuple):
    """Where an answer is about, and what was typed if that was something smaller or older."""

    kind: Kind
    code: str
    name: str
    asked: Division | None
    note: str


class Retired(NamedTuple):
    """A code or a name no longer in force, about when it changed, and what took its place."""

    division: Division
    year: int  # of the change, to within a year
    successors: tuple[str, ...]
