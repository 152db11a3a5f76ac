"""What a guide is made of: plain records, which a page, a file or a search reads alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One outcome in a cell: `when` it holds, if it is one of several; the figures by name, or a note why none.

    `case` is the number of the case in its answer, 0 where there is none, as the way to the reason wants it.
    """

    when: str
    figures: Mapping[str, Any]
    note: str
    case: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """The answer to one question of a table: its facts, how certain it is, and what it gives."""

    facts: Mapping[str, str]
    certainty: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; `code` is that of the area where each line is an area.

    `same` is the reason why none of its cells has a figure, where all have the same.
    """

    label: str
    cells: tuple[Cell, ...]
    code: str = ""

    @property
    def same(self) -> str:
        """The one reason of all cells; empty where they differ or have figures."""
        lines = [line for cell in self.cells for line in cell.lines]
        bare = not any(line.figures or line.when for line in lines)
        return lines[0].note if bare and len({line.note for line in lines}) == 1 else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of common cases: `told` are the facts that hold for all of it besides those it names."""

    topic: str
    title: str
    told: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """The answer in a sentence: of whom it speaks, what it says, how well that is proven."""

    who: str
    words: str
    grade: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do or one thing that the law says, with its grade."""

    key: str
    title: str
    words: str
    grade: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where something is looked up: a topic in words, its sentence, its steps in this area, and who may be helped."""

    topic: str
    title: str
    words: str
    steps: tuple[Step, ...]
    alongside: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """What to bring, how long, how much: the statements that tell it; none where it is not known."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the law behind a guide, and what comes from it."""

    title: str
    issuer: str
    since: str
    checked: str
    grade: str
    url: str
    gives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The page of a topic in an area: what is asked, the answer in a sentence, and everything around it.

    `lead` is the sentence (several where people differ); `steps` and `rules` are those of a topic in words.
    `misread` is what people were told elsewhere, `others_say` what else is claimed of a figure, `unknown` what was not
    found, `settles` what would tell. `oldest` and `newest` are the days on which what was used was checked.
    """

    topic: str
    code: str
    name: str
    on: date
    title: str
    gloss: str
    office: str
    certainty: str
    lead: tuple[Lead, ...]
    tables: tuple[Table, ...]
    steps: tuple[Step, ...]
    rules: tuple[Step, ...]
    ways: tuple[Way, ...]
    asks: tuple[Ask, ...]
    warnings: tuple[str, ...]
    misread: tuple[str, ...]
    doubts: tuple[str, ...]
    others_say: tuple[str, ...]
    unknown: tuple[str, ...]
    settles: tuple[str, ...]
    documents: tuple[Document, ...]
    oldest: str
    newest: str
    related: tuple[tuple[str, str], ...]
