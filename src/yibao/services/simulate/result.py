"""What came out of a simulation: the question, the people, the sums, and what each group gains, as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from yibao import __version__
from yibao.law.areas import find
from yibao.population.comparing import Question
from yibao.population.scenarios import Change
from yibao.population.tally import Tally, average, margins, median


class Described(NamedTuple):
    """On whom it was run.

    made_up: whether they are drawn by chance; seed: of the draw; words: sentences that tell how they came about;
    sources: documents of the statistics that they follow; assumed: what no document gives.
    """

    rows: int
    made_up: bool
    seed: int
    words: tuple[str, ...]
    sources: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


class Group(NamedTuple):
    """The sums of one group: rows compared, better and worse off, the totals, what is won and lost."""

    label: str
    rows: int
    winners: int
    losers: int
    today: int
    changed: int
    won: int
    lost: int

    @property
    def gain(self) -> int:
        """What its people gain together; below zero they lose."""
        return self.won + self.lost

    @property
    def average(self) -> int:
        """What one of them gains on average, half-up."""
        return average(self.gain, self.rows)


@dataclass(frozen=True)
class Simulated:
    """A simulation that was run; `made_on` is the day in China, `command` what gives the same again.

    note: what whoever asked wants to be read beside it.
    """

    question: Question
    people: Described
    tally: Tally
    made_on: date
    command: str = ""
    note: str = ""
    version: str = __version__

    @cached_property
    def changes(self) -> tuple[tuple[str, Change], ...]:
        """What was changed, area by area: the name of the area, and the parameter before and after."""
        found = []
        for area in self.question.areas:
            found += [(find(area).name, change) for change in self.question.scenario.changes(area)]
        return tuple(found)

    @property
    def places(self) -> str:
        """The areas in words."""
        return "、".join(find(area).name for area in self.question.areas)

    @cached_property
    def all(self) -> Group:
        """Everybody who was compared."""
        return Group("合计", *(sum(values) for values in self.tally.sums))

    @cached_property
    def groups(self) -> dict[str, tuple[str, list[Group]]]:
        """By grouping its word and its groups, those without anybody left out."""
        listed = self.question.groupings
        found = margins(self.tally.sums, [len(grouping.groups) for grouping in listed])
        return {
            grouping.name: (
                grouping.word,
                [Group(label, *stats) for label, stats in zip(grouping.groups, rows, strict=True) if stats[0]],
            )
            for grouping, rows in zip(listed, found, strict=True)
        }

    @property
    def affected(self) -> int:
        """How many rows come out otherwise than today."""
        return self.all.winners + self.all.losers

    @cached_property
    def median_all(self) -> int:
        """The middle change of all rows compared."""
        return median(self.tally.changes)

    @cached_property
    def median_affected(self) -> int:
        """The middle change of those rows that come out otherwise."""
        return median(type(self.tally.changes)({gain: count for gain, count in self.tally.changes.items() if gain}))

    @property
    def average_affected(self) -> int:
        """The average change of those rows that come out otherwise, half-up."""
        return average(self.all.gain, self.affected)

    @property
    def least_and_most(self) -> tuple[int, int]:
        """The smallest and the largest change of those that come out otherwise."""
        gains = [gain for gain in self.tally.changes if gain]
        return (min(gains), max(gains)) if gains else (0, 0)

    @property
    def is_without_effect(self) -> bool:
        """Whether the change changes nothing for anybody, the totals included."""
        begun = self.tally.begins or self.tally.stops
        return not self.affected and not begun and all(before == after for before, after in self.tally.parts.values())

    def to_json(self) -> dict[str, Any]:
        """Everything as numbers: fen (or months), people, and the texts of the law before and after."""
        asked, tally, everybody = self.question, self.tally, self.all
        changes = [{"area": name, **_plain(change)} for name, change in self.changes]
        return {
            "simulation_version": 1, "chain": asked.chain, "set": list(asked.texts), "areas": list(asked.areas),
            "on": asked.on.isoformat(), "made_on": self.made_on.isoformat(), "version": self.version, "note": self.note,
            "per": asked.outcome.per, "unit": asked.outcome.unit,
            "people": {**self.people._asdict(), "read": tally.rows, "compared": tally.compared,
                       "elsewhere": tally.elsewhere, "begins": tally.begins, "stops": tally.stops},
            "changes": changes,
            "total": {"today": everybody.today, "changed": everybody.changed},
            "figures": {name: {"today": pair[0], "changed": pair[1]} for name, pair in tally.parts.items()},
            "per_person": {
                "winners": everybody.winners, "losers": everybody.losers,
                "unchanged": everybody.rows - self.affected, "gain": everybody.gain, "average": everybody.average,
                "average_affected": self.average_affected, "median": self.median_all,
                "median_affected": self.median_affected,
                "least": self.least_and_most[0], "most": self.least_and_most[1],
            },
            "groups": {name: [{**group._asdict(), "gain": group.gain, "average": group.average} for group in listed]
                       for name, (_, listed) in self.groups.items()},
            "reasons": [{"today": pair[0], "changed": pair[1], "rows": count} for pair, count in self.reasons],
            "unknown_figures": [{"figure": pair[0], "reason": pair[1], "rows": count}
                                for pair, count in sorted(tally.unknown_parts.items())],
        }  # fmt: skip

    @cached_property
    def reasons(self) -> list[tuple[tuple[str, str], int]]:
        """Rows by the reason under both laws, the most frequent first."""
        return sorted(self.tally.reasons.items(), key=lambda pair: (-pair[1], pair[0]))


def _plain(change: Change) -> dict[str, Any]:
    return {
        "path": change.path,
        "before": [line._asdict() for line in change.before],
        "after": [line._asdict() for line in change.after],
        "cited": [one._asdict() for one in change.before_cited],
        "after_cited": [one._asdict() for one in change.after_cited],
    }
