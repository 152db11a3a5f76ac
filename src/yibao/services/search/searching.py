"""What do guides and law hold on some words? The best first, in pages of twenty, each hit with its words marked."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from yibao.services import clock
from yibao.services.results import Done, Refused
from yibao.services.search.index import Index, index
from yibao.services.search.marking import Piece, marked, snippet
from yibao.services.search.query import Query, read
from yibao.services.wording import HOTLINE

PAGE = 20
COMMON_SHARE = 3
"""A word in more than one of so many rows tells little: alone it makes no hit where a rarer one is searched too."""
PARTLY_MAX = 100
"""How many are shown that have some of the words only."""
ENDED = 0.6
"""How much of its weight a value keeps that no longer holds."""
TITLES = {"guide": "指南", "document": "文件", "rule": "规定"}
"""What a hit is, in a word."""
EVERYWHERE = "这个词差不多每一条里都有，只列出标题里有的；再加一两个词，比如地名，会更准。"
NOTHING = "没有找到。可以少写一两个词，或者换个说法；也可以只写地名，看那里有哪些指南。"
PARTLY = "没有一条把这几个词都写上的，下面是写了其中一部分的。"
ASK = f"还是找不到，打医保热线 {HOTLINE} 问。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found. title, text, document, number and article come in pieces, marked where they were searched.

    kind: `guide`, `document` or `rule`. since: the day from which it holds; is_seen: only known to be in force then.
    ended: whether it no longer holds. path: where it can be read here; url: an official address, or empty.
    """

    kind: str
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    code: str
    area: str
    topic: str
    path: str
    document: tuple[Piece, ...]
    number: tuple[Piece, ...]
    article: tuple[Piece, ...]
    issuer: str
    since: str
    is_seen: bool
    until: str
    ended: bool
    grade: str
    checked: str
    url: str

    def to_json(self) -> dict[str, Any]:
        """The hit for programs: texts whole, and beside them their pieces."""
        pieces = ("title", "text", "document", "number", "article")
        plain = {name: "".join(piece.text for piece in getattr(self, name)) for name in pieces}
        cut = {name: [piece._asdict() for piece in getattr(self, name)] for name in pieces}
        area = {"code": self.code, "name": self.area}
        rest = {name: value for name, value in asdict(self).items() if name not in (*pieces, "code")}
        return {**rest, **plain, "area": area, "marked": cut}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of hits. `total` counts all, `whole` those with every word; `notes` say how the words were understood."""

    query: str
    page: int
    pages: int
    total: int
    whole: int
    hits: tuple[Hit, ...]
    notes: tuple[str, ...]
    message: str
    next: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The page for programs."""
        names = ("query", "page", "pages", "total", "whole", "notes", "message", "next")
        listed = {name: getattr(self, name) for name in names}
        return {**listed, "hits": [hit.to_json() for hit in self.hits]}


def search(words: str, page: int = 1, today: date | None = None) -> Done[Found] | Refused:
    """What guides and law hold on some words: what has all of them first, then what has most.

    >>> search("巴中 住院").value.hits[0].path
    '/guide/511900/inpatient/'
    """
    asked = read(words)
    if not asked.text:
        return Refused("empty_search", "请写要找的词，例如“北京 退休”，或者文件的文号。", (), "q")
    on = (today or clock.today()).isoformat()
    opened = index()
    ids, whole, is_everywhere = _in_order(asked, opened, on)
    pages = max(1, -(-len(ids) // PAGE))
    if not 1 <= page <= pages:
        return Refused("page_out_of_range", f"一共只有{pages}页，请看第1页到第{pages}页。", ("1", str(pages)), "page")
    bodies = opened.bodies(ids[(page - 1) * PAGE : page * PAGE])
    return Done(
        Found(
            query=asked.text,
            page=page,
            pages=pages,
            total=len(ids),
            whole=whole,
            hits=tuple(_hit(body, asked, on) for body in bodies),
            notes=(*asked.notes, EVERYWHERE) if is_everywhere else asked.notes,
            message=NOTHING if not ids else PARTLY if not whole else "",
            next=() if ids else (ASK,),
        )
    )


def _in_order(asked: Query, opened: Index, on: str) -> tuple[list[int], int, bool]:
    """The rows found, the best first; how many of them have every word; whether only titles were looked at."""
    if not asked.groups:
        return [], 0, False
    matching = {group: opened.matching(group.expression) for group in asked.groups}
    met = Counter(id_ for ids in matching.values() for id_ in ids)
    rare = [group for group, ids in matching.items() if 0 < len(ids) * COMMON_SHARE <= len(opened.standing)]
    phrases = [f'"{" ".join(one)}"' for one in asked.whole]
    ranked = opened.ranked(" OR ".join([*(group.expression for group in rare or matching), *phrases]), titles=not rare)

    def order(row: tuple[int, float]) -> tuple[int, float, int]:
        boost, until = opened.standing[row[0]]
        return -met[row[0]], row[1] * boost * (ENDED if until and until < on else 1), row[0]

    ids = [id_ for id_, _ in sorted(ranked, key=order)]
    whole = sum(met[id_] == len(matching) for id_ in ids)
    return ids[: max(whole, PARTLY_MAX)], whole, not rare


def _hit(body: dict[str, Any], asked: Query, on: str) -> Hit:
    """A row as it is shown to this question."""
    phrases = asked.phrases
    cut = {name: marked(body[name], phrases) for name in ("title", "document", "number", "article")}
    ended = bool(body["until"]) and body["until"] < on
    return Hit(**{**body, **cut, "text": snippet(body["text"], phrases), "ended": ended})


def warm() -> None:
    """Open what the first search needs: the index, the words, the characters."""
    index()
    search("上海市浦东新区嘉定医保断缴怎么办")
