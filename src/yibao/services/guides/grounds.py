"""What a guide stands on: the documents of all its answers together, what is doubtful, what was not found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from yibao.services.answers import ALL_TOPICS, Answer, Topic
from yibao.services.guides.shapes import Document
from yibao.services.wording import BEWARE, MISREAD

Cited = dict[str, str]
OTHERS_SAY = "另有说法："
OF_A_PERSON = ("算这个数没有用到您填的", "这里的说明没有用到您填的", "您没有填", "您没有说")
"""Caveats that speak of what somebody told; nobody told anything to a guide."""
FIRST_SEEN = "最早见到是"
SETTLING = "能定下这个数的是"
TELLING = "能说清这件事的是"


@dataclass
class Grounds:
    """Gathers what the answers of one guide rest on, each thing once, in the order in which it is met."""

    rows: dict[str, Cited] = field(default_factory=dict)
    gives: dict[str, dict[str, None]] = field(default_factory=dict)
    caveats: dict[str, None] = field(default_factory=dict)
    settles: dict[str, None] = field(default_factory=dict)

    def add(self, found: Answer, *, doubts: bool = True) -> Answer:
        """Takes in an answer with all that it rests on, and gives it back.

        The doubts of an answer that tells of many areas are left to their own guides.
        """
        for cited in found.citations:
            self.rows.setdefault(cited["id"], cited)
        parts = [found.parameters, *(case.get("parameters", []) for case in found.cases)]
        self._take((str(row["citation"]), str(row["label"])) for part in parts for row in part)
        self._take((row["citation"], row["label"]) for row in found.steps if "kind" in row)
        topic = ALL_TOPICS[found.topic]
        assumed = {text for _, text in topic.assumed.values()} if isinstance(topic, Topic) else set()
        for line in found.caveats if doubts else ():
            if line not in assumed and not line.startswith(OF_A_PERSON):
                self.caveats.setdefault(line)
        for line in found.next:
            if line.startswith((SETTLING, TELLING)):
                self.settles.setdefault(line)
        return found

    def add_steps(self, found: Answer, names: Collection[str]) -> None:
        """Takes in some steps of an answer in words, with what is to be known about their topic besides."""
        cited = {row["citation"]: row["label"] for row in found.steps if row["name"] in names}
        for row in found.citations:
            if row["id"] in cited:
                self.rows.setdefault(row["id"], row)
        self._take(cited.items())
        for line in found.caveats:
            if FIRST_SEEN not in line:  # speaks of steps that may not be shown
                self.caveats.setdefault(line)

    def _take(self, pairs: Iterable[tuple[str, str]]) -> None:
        for cited, label in pairs:
            self.gives.setdefault(cited, {}).setdefault(label)

    def begin_with(self, mark: str) -> tuple[str, ...]:
        """The caveats of one kind, without the words that mark them."""
        return tuple(line.removeprefix(mark) for line in self.caveats if line.startswith(mark))

    def doubts(self) -> tuple[str, ...]:
        """The caveats that are neither a warning nor what somebody else claims."""
        return tuple(line for line in self.caveats if not line.startswith((OTHERS_SAY, BEWARE, MISREAD)))

    def documents(self) -> tuple[Document, ...]:
        """Each document once for every grade, with its articles and what comes from it, as they were met."""
        same: dict[tuple[str, ...], list[Cited]] = {}
        for row in self.rows.values():
            same.setdefault((row["document"], row.get("number", ""), row["grade"]), []).append(row)
        return tuple(self._document(rows) for rows in same.values())

    def _document(self, rows: list[Cited]) -> Document:
        first = rows[0]
        articles = dict.fromkeys(one for row in rows for one in row.get("article", "").split("、") if one)
        parts = (first["document"], first.get("number", ""), "、".join(articles))
        return Document(
            title=" ".join(part for part in parts if part),
            issuer=first["issuer"],
            since=first.get("effective_from", ""),
            checked=min(row["checked_on"] for row in rows),
            grade=first["grade"],
            url=next((row["url"] for row in rows if row.get("url")), ""),
            gives=tuple(dict.fromkeys(label for row in rows for label in self.gives.get(row["id"], {}))),
        )

    def checked(self) -> tuple[str, str]:
        """The oldest and the newest day on which something used was checked; empty where nothing is known."""
        days = [row["checked_on"] for row in self.rows.values()]
        return min(days, default=""), max(days, default="")
