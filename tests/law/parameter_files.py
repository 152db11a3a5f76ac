"""The parameter files as the tests walk them: every file, every dated value, every number in it."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import yibao.law.parameters as package
from yibao.law.areas import chain

FOLDER = Path(package.__file__).parent
NATION = "000000"


class File(NamedTuple):
    """One subject of the law of one area."""

    code: str
    subject: str
    path: Path
    body: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.subject}"


class Dated(NamedTuple):
    """One dated value of a parameter."""

    file: File
    key: str
    entry: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file} {self.key} {begins(self.entry)}"

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The places that hold something: the value itself, or its cells."""
        return list(self.entry.get("cells", [self.entry]))


class Number(NamedTuple):
    """One scalar, and the term that says what it is."""

    term: str
    text: str


@cache
def files() -> list[File]:
    """Every file, read anew from the disk with every scalar as text."""
    return [
        File(path.parent.name.split("_")[0], path.stem, path, yaml.load(path.read_bytes(), yaml.BaseLoader))
        for path in sorted(FOLDER.glob("*/*.yaml"))
    ]


@cache
def dated() -> list[Dated]:
    """Every dated value of every file."""
    return [
        Dated(file, key, entry)
        for file in files()
        for key, history in file.body.get("parameters", {}).items()
        for entry in history
    ]


def begins(entry: dict[str, Any]) -> date:
    return date.fromisoformat(entry.get("from") or entry["first_seen"])


def numbers(found: Dated) -> Iterator[Number]:
    """Every scalar of a dated value; the two ends of a range apart."""
    for part in found.parts:
        listed = part.get("rows", part.get("value", []))
        for row in listed if isinstance(listed, list) else [{found.key: listed}]:
            for name, text in row.items():
                yield from (Number(name, end) for end in text.split("~"))


def rows_of(found: Dated) -> Iterator[list[dict[str, str]]]:
    """Every table of a dated value."""
    for part in found.parts:
        listed = part.get("rows", part.get("value"))
        if isinstance(listed, list):
            yield listed


@cache
def days_of_change(area: str) -> list[date]:
    """Every day on which a parameter that the area itself has or inherits changes, and the day before the first.

    On any other day of change, in another area, its law is the one of the day before.
    """
    own = [found for found in dated() if found.file.code in chain(area)]
    days = {begins(found.entry) for found in own}
    days |= {date.fromisoformat(found.entry["until"]) + timedelta(1) for found in own if "until" in found.entry}
    return [min(days) - timedelta(1), *sorted(days)]
