"""Which published figure is the population made after, of which year, and what is merely assumed?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from yibao.law.values import MILLION

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def _told() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((FOLDER / "statistics.yaml").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Cited:
    """A figure that was used, of which year, from which document."""

    name: str
    what: str
    year: int
    document: str
    issuer: str
    url: str
    grade: str


@dataclass
class Statistics:
    """The figures for a year: the latest not after it, else the earliest; `used` keeps those that were asked for.

    >>> found = Statistics(2025)
    >>> found.figure("residents"), found.used[0].year
    (942132700, 2025)
    """

    year: int
    used: list[Cited] = field(default_factory=list)
    supposed: dict[str, str] = field(default_factory=dict)

    def _cited(self, name: str, told: Mapping[str, Any], year: int) -> None:
        source = _told()["documents"][told["cite"]]
        what = _told()["figures"][name]["what"]
        cited = Cited(name, what, year, source["document"], source["issuer"], source["url"], told["grade"])
        if cited not in self.used:
            self.used.append(cited)

    def figure(self, name: str) -> Any:
        """A figure of the year: people, yuan or parts per million, as the file says."""
        years = _told()["figures"][name]["years"]
        year = max((y for y in years if y <= self.year), default=min(years))
        self._cited(name, years[year], year)
        return years[year]["value"]

    def rows(self, name: str) -> list[list[int]]:
        """A table by age: first and last year of a group, and its figure."""
        told = _told()["figures"][name]
        self._cited(name, told, 2020)
        return [list(row) for row in told["rows"]]

    def assumed(self, name: str) -> Any:
        """An assumption: its value, if it has one."""
        told = _told()["assumed"][name]
        self.supposed[name] = told["why"]
        return told.get("value")

    def share(self, name: str) -> Fraction:
        """An assumption that is a share, as a part of one."""
        return Fraction(self.assumed(name), MILLION)
