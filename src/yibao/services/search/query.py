"""What does somebody search? The words typed become groups: each a word with what else it may be written as.

A document's number is understood in any writing, an article in digits or words, a place by any of its names,
traditional characters as simplified ones. What was typed reaches the index only as tokens between quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from yibao.law.areas import Mention, chain
from yibao.services.ask.places import named
from yibao.services.ask.text import simplified
from yibao.services.search.corpus import names
from yibao.services.search.tokens import HAN, NUMERALS, Phrase, article_token, phrase

LONGEST = 200
GROUPS_MAX = 8
_NUMBER = re.compile(  # 国办发〔2021〕14号, 国办发2021 14: brackets, blanks, 年, 第 and 号 may be there or not
    rf"(?P<prefix>[{HAN}]{{1,12}}?)\s*(?P<open>[\[(【〔〖{{<《])?\s*(?P<year>(?:19|20)\d\d)\s*年?\s*[\])】〕〗}}>》]?"
    rf"\s*第?\s*(?P<number>\d{{1,4}})(?!\d)\s*(?P<end>号)?"
)
_ISSUED = tuple("发办函规字令通告知医府保")
"""With what the words before a year end, where it is a document's number although there is neither bracket nor 号."""
_ARTICLE = re.compile(rf"(?:第\s*)?(\d{{1,3}}|[{NUMERALS}]{{1,6}})\s*([条款项])")
_AROUND_NUMBER = re.compile(r"第(?=\d)|(?<=\d)号")
_PIECE = re.compile(rf"[{HAN}A-Za-z0-9.,]+")
_RUN = re.compile(rf"[{HAN}]+|[A-Za-z]+|[0-9.,]+")


@dataclass(frozen=True, slots=True)
class Group:
    """A word that is searched: any of its alternatives, each of which is some phrases that must all be there.

    `code` is that of an area, where the word is the name of a place.
    """

    alternatives: tuple[tuple[Phrase, ...], ...]
    code: str = ""

    @property
    def expression(self) -> str:
        """The group as the index reads it; phrases hold tokens only, so nothing typed can be more than a word."""
        parts = [" AND ".join(f'"{" ".join(one)}"' for one in phrases) for phrases in self.alternatives]
        if self.code:
            parts.append(f'code : "{self.code}"')
        return f"({' OR '.join(f'({part})' for part in parts)})"


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: groups, phrases that count more where they stand as they were typed, and what to say of it."""

    text: str
    groups: tuple[Group, ...]
    whole: tuple[Phrase, ...]
    notes: tuple[str, ...]

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Every phrase to be marked, the longest first."""
        found = {one for group in self.groups for phrases in group.alternatives for one in phrases} | set(self.whole)
        found |= {phrase(name) for group in self.groups if group.code for name in names()[group.code]}
        return tuple(sorted(found, key=len, reverse=True))


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The words of `words.yaml`: dropped, whole, same."""
    import yaml

    file = Path(__file__).parent / "words.yaml"
    found: dict[str, Any] = yaml.load(file.read_bytes(), getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    return {**found, "dropped": frozenset(found["dropped"])}


@lru_cache(maxsize=1)
def _cutter() -> Any:
    """The dictionary that cuts what was typed without blanks, with our own words in it."""
    import rjieba

    cutter = rjieba.Jieba()
    for word in {*words()["whole"], *words()["same"]}:
        cutter.add_word(word, 20000, "n")
    return cutter


def clean(text: str) -> str:
    """What was typed on one line, without control characters, full-width forms made plain, at most 200 characters.

    >>> clean("  北京\\n\\x00退休 ")
    '北京 退休'
    """
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST])
    kept = (" " if unicodedata.category(sign)[0] in "ZC" else sign for sign in plain)
    return " ".join("".join(kept).split())[:LONGEST].strip()


def read(text: str) -> Query:
    """The groups of what was typed."""
    cleaned = clean(text)
    simple = simplified(cleaned)
    groups: list[Group] = []
    rest = _NUMBER.sub(lambda match: _number(match, groups), simple)
    rest = _AROUND_NUMBER.sub(" ", _ARTICLE.sub(lambda match: _article(match, rest, groups), rest))
    notes = []
    for mention in reversed(named(rest)):
        group, note = _place(mention)
        groups.append(group)
        notes += [note] if note else []
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    whole, dropped = _words(rest, groups)
    if not groups:
        groups = [Group(((phrase(word),),)) for word in dropped]
    if len(text) > LONGEST and len(cleaned) > LONGEST - 2:
        notes.append(f"写得太长，只用了前{LONGEST}个字。")
    listed = tuple(dict.fromkeys(group for group in groups if group.alternatives[0][0]))[:GROUPS_MAX]
    return Query(cleaned, listed, tuple(whole), tuple(dict.fromkeys(notes)))


def _number(match: re.Match[str], groups: list[Group]) -> str:
    """A document's number as a group; what only looks like one stays as it is."""
    prefix, year, number = phrase(match["prefix"]), match["year"], str(int(match["number"]))
    if not (match["open"] or match["end"] or match["prefix"].endswith(_ISSUED)):
        return match[0]
    groups.append(Group((((*prefix, year, number),), (prefix, (year,), (number,)))))
    return " "


def _article(match: re.Match[str], text: str, groups: list[Group]) -> str:
    """An article as a group; a number in words without 第 is one only where it stands alone: 五条, not 有一条规定."""
    before, after = text[: match.start()], text[match.end() :]
    alone = not re.search(rf"[{HAN}]$", before) and not re.match(rf"[{HAN}]", after)
    token = article_token(match[1], match[2])
    if match[0].startswith("第"):
        groups.append(Group((((token,),),)))
    elif match[1].isdecimal() or alone:
        groups.append(Group((((token,),), (phrase(match[0]),))))
    else:
        return match[0]
    return " "


def _words(text: str, groups: list[Group]) -> tuple[list[Phrase], list[str]]:
    """The words of a text become groups; what was written without a blank counts as a whole too."""
    whole, dropped = [], []
    for piece in _PIECE.findall(text):
        found = []
        for run in _RUN.findall(piece):
            for word in _cutter().cut(run) if re.match(rf"[{HAN}]", run) else [run]:
                if word in words()["dropped"]:
                    dropped.append(word)
                elif phrase(word):
                    found.append(Group(tuple((phrase(one),) for one in (word, *words()["same"].get(word, ())))))
        groups += found
        if len(found) > 1:
            whole.append(phrase(piece))
    return whole, dropped


def _place(mention: Mention) -> tuple[Group, str]:
    """A place: its area's law is found too, or the law that holds there; and what to say of it."""
    typed = ((phrase(mention.name),),)
    if mention.place is None or mention.place.kind == "outside":
        return Group(typed), ""
    found = mention.place
    code = next(code for code in chain(found.code) if code in names())
    name = names()[code][0]
    if name != found.name:
        return Group(typed, code), f"{found.name}没有单独的规定在这里，找的是{name}的。"
    note = f"{found.asked.name}按{name}的规定，找的是{name}的。" if found.asked else ""
    return Group(typed, code), note
