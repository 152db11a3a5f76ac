"""Which rule answers a topic on a day: versions of a rule are functions of the same topic with their days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from yibao.law.values import Gap, Missing

F = TypeVar("F", bound=Callable[..., Any])


class RuleError(Exception):
    """A rule that cannot be read; the message says where and what to write instead."""


@dataclass(frozen=True, slots=True)
class Version:
    """One function with the days on which it is the law (`until` included; None: still)."""

    topic: str
    function: Callable[..., Any]
    clause: str
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether this version is in force on the day."""
        return self.since <= day and (self.until is None or day <= self.until)


VERSIONS: dict[str, list[Version]] = {}
CLAUSES: dict[Callable[..., Any], str] = {}


def rule(clause: str, since: str, until: str | None = None, topic: str = "") -> Callable[[F], F]:
    """Registers a function under its topic and days and returns it unchanged: calling it costs nothing extra.

    `clause` names the article that the function writes out. Two versions in force on one day are refused at import.
    """

    def register(function: F) -> F:
        name = topic or function.__name__
        new = Version(name, function, clause, date.fromisoformat(since), date.fromisoformat(until) if until else None)
        for old in VERSIONS.setdefault(name, []):
            if (new.until is None or old.since <= new.until) and (old.until is None or new.since <= old.until):
                raise RuleError(f"{function.__name__}: in force together with the version of {old.since}")
        VERSIONS[name].append(new)
        CLAUSES[function] = clause
        return function

    return register


def in_force(topic: str, day: date) -> Version:
    """The version of a rule on a day; `Missing` where there is a hole."""
    for version in VERSIONS[topic]:
        if version.covers(day):
            return version
    first = min(version.since for version in VERSIONS[topic])
    when = f"{first.year}年{first.month}月{first.day}日以前" if day < first else "这一天"
    raise Missing(Gap(topic, f"{when}的规定没有收进来"))
