"""The language of the word lists: words side by side, `|` between those of one sense, `+` between those all needed.

`…` within a word stands for up to six other characters, `{place}` for the name of a place. A word that has a line in
fold.yaml stands for all the words of that line, unless `=` stands before it. A word that begins with a digit is not
found inside a longer number, and 不能用 is not found in 能不能用.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent
GAP, GAP_MAX = "…", 6
ONLY = "="
NOT = "不没"
PLACE, MASK = "{place}", "\ue000"

Spans = dict[str, list[tuple[int, int]]]


class Word(NamedTuple):
    """One word of a list, and how it is looked for: as it stands, or with a gap."""

    text: str
    pattern: re.Pattern[str] | None

    def spans(self, sentence: str) -> list[tuple[int, int]]:
        """Where the word stands in a sentence."""
        if self.pattern is not None:
            return [match.span() for match in self.pattern.finditer(sentence)]
        found, at = [], sentence.find(self.text)
        while at >= 0:
            if not (at and ((self.text[0].isdigit() and sentence[at - 1].isdigit()) or _is_asked(sentence, at))):
                found.append((at, at + len(self.text)))
            at = sentence.find(self.text, at + 1)
        return found


def _is_asked(sentence: str, at: int) -> bool:
    """Whether a no stands between the same characters, as in 能不能用, 有没有交: it asks and does not deny."""
    return sentence[at] in NOT and sentence[at - 1] == sentence[at + 1 : at + 2]


@cache
def read(name: str) -> Any:
    """A file of word lists; every value is text."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(FOLDER.joinpath(name).read_bytes(), loader)  # noqa: S506 builds text only


@cache
def fold() -> dict[str, tuple[str, ...]]:
    """The words that are said for one word of the lists, itself among them."""
    lines = read("fold.yaml").items()
    return {word: tuple(dict.fromkeys([word, *(one.strip() for one in said.split("|"))])) for word, said in lines}


def alternatives(text: str) -> tuple[str, ...]:
    """The words of one place of an entry, with all that is said for each."""
    words = [word.strip() for word in text.split("|") if word.strip()]
    return tuple(dict.fromkeys(one for word in words for one in fold().get(word, (word.removeprefix(ONLY),))))


def groups(says: str) -> tuple[tuple[str, ...], ...]:
    """What an entry needs: of each of these one word."""
    return tuple(alternatives(group) for group in says.split("+"))


@cache
def word(text: str) -> Word:
    """A word ready to be looked for."""
    if GAP not in text and PLACE not in text:
        return Word(text, None)
    inner = f".{{0,{GAP_MAX}}}?".join(re.escape(part) for part in text.split(GAP))
    inner = inner.replace(re.escape(PLACE), f"{MASK}+")
    return Word(text, re.compile(inner))


def present(words: tuple[str, ...], sentence: str) -> Spans:
    """Which of some words stand in a sentence, and where."""
    found = {}
    index = _by_first(words)
    for first in ("", *dict.fromkeys(sentence)):
        for text in index.get(first, ()):
            one = word(text)
            if one.pattern is not None or text in sentence:
                spans = one.spans(sentence)
                if spans:
                    found[text] = spans
    return found


@cache
def _by_first(words: tuple[str, ...]) -> dict[str, list[str]]:
    """Words by their first character, so that few are looked for; under nothing those that begin with anything."""
    out: dict[str, list[str]] = {}
    for text in words:
        out.setdefault("" if text.startswith((GAP, PLACE)) else text[0], []).append(text)
    return out
