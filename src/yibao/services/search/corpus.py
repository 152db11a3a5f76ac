"""What is there to be found? A guide for every area and topic, the documents of the law, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from yibao.law.areas import division, find
from yibao.law.areas.records import NATION
from yibao.law.formats import day_text
from yibao.law.parameters.loading import tree
from yibao.law.parameters.resolving import begins
from yibao.law.terms import label, terms
from yibao.services.answers.topics import ALL_TOPICS, TOPICS, Heading
from yibao.services.search.values import value_words
from yibao.services.wording import GRADES

Kind = Literal["guide", "document", "rule"]
AREAS_TOLD = 4
WORST_FIRST = tuple(reversed(GRADES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that can be found, as it is shown; `more` is searched and not shown, `boost` makes it count more.

    since: the day from which it holds; is_seen: only known to be in force then. until: the last day, its own or that
    before the next value. path: the address of the page on which it can be read here, url: an official one, or empty.
    """

    kind: Kind
    title: str
    text: str
    code: str
    area: str
    topic: str
    path: str
    document: str = ""
    number: str = ""
    article: str = ""
    issuer: str = ""
    since: str = ""
    is_seen: bool = False
    until: str = ""
    grade: str = ""
    checked: str = ""
    url: str = ""
    more: str = ""
    boost: float = 1.0

    def kept(self) -> dict[str, Any]:
        """What is needed to show it."""
        return {name: value for name, value in asdict(self).items() if name not in ("more", "boost")}


class Cited(NamedTuple):
    """A dated value or statement of a file, with what cites one document in it."""

    code: str
    subject: str
    key: str
    entry: Mapping[str, Any]
    source: Mapping[str, Any]
    cells: tuple[Mapping[str, Any], ...]
    document: Mapping[str, str]
    until: str
    is_newest: bool


@lru_cache(maxsize=1)
def topic_of() -> dict[str, Heading]:
    """The topic that a file of the law is about, by the name of the file."""
    in_words = {topic.name.replace("-", "_"): topic for topic in ALL_TOPICS.values() if topic.name not in TOPICS}
    return {**in_words, **{topic.law.subject: topic for topic in TOPICS.values()}}


def guide_path(code: str, topic: str) -> str:
    """The address of the guide of an area and a topic."""
    return f"/guide/{code}/{topic}/"


@lru_cache(maxsize=1)
def names() -> dict[str, tuple[str, str]]:
    """The full and the short name of every area with law of its own, by its code."""
    found = {}
    for code in tree()["areas"]:
        name, place = find(code).name, division(code)
        found[code] = name, place.short if place else name
    return found


def rows() -> Iterator[Row]:
    """Everything that can be found, in the order in which equals are shown: the nation first, then by code."""
    cited = list(_cited())
    yield from _guides(cited)
    yield from _documents(cited)
    for one in cited:
        yield _rule(one)


def _cited() -> Iterator[Cited]:
    for code in sorted(tree()["areas"]):
        for subject, file in tree()["areas"][code].items():
            for shelf in ("parameters", "statements"):
                for key, history in file.get(shelf, {}).items():
                    for entry, later in zip(history, [*history[1:], None], strict=True):
                        for source, cells in _sources(entry):
                            document = file.get("documents", {}).get(source["cite"], {})
                            until = _until(entry, later)
                            yield Cited(code, subject, key, entry, source, cells, document, until, later is None)


def _until(entry: Mapping[str, Any], later: Mapping[str, Any] | None) -> str:
    """The last day of a dated value: its own, or the day before the next one; empty where there is none."""
    own = str(entry.get("until", ""))
    before = (begins(later) - timedelta(days=1)).isoformat() if later else own
    return min(own, before) if own else before


def _sources(entry: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], tuple[Mapping[str, Any], ...]]]:
    """A dated value, apart for each document that it rests on: cells of a table may have their own."""
    whole = {name: entry.get(name, "") for name in ("cite", "article", "grade", "note")}
    parts: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for cell in entry.get("cells", ()):
        own = {name: cell.get(name, whole[name]) for name in whole}
        parts.setdefault(tuple(own.values()), []).append(cell)
    for values, cells in (parts or {tuple(whole.values()): []}).items():
        yield dict(zip(whole, values, strict=True)), tuple(cells)


def _guides(cited: Iterable[Cited]) -> Iterator[Row]:
    """A guide for every area and topic; what the area itself says of it is searched, not the whole answer."""
    own: dict[tuple[str, str], list[Cited]] = {}
    for one in cited:
        if one.is_newest:
            own.setdefault((one.code, topic_of()[one.subject].name), []).append(one)
    for code in sorted(names()):
        for topic in ALL_TOPICS.values():
            yield _guide(code, topic, own)


def _guide(code: str, topic: Heading, own: Mapping[tuple[str, str], list[Cited]]) -> Row:
    name, short = names()[code]
    said = own.get((code, topic.name), [])
    above = next((own[at, topic.name] for at in (code, f"{code[:2]}0000", NATION) if (at, topic.name) in own), [])
    told = [str(one.entry.get("words") or one.source["note"]) for one in said]
    labels = [_label(one) for one in said]
    return Row(
        kind="guide",
        title=f"{short}：{topic.title}",
        text=" ".join(filter(None, dict.fromkeys([f"{topic.hint}。", topic.gloss, *told]))),
        code=code,
        area=name,
        topic=topic.name,
        path=guide_path(code, topic.name),
        grade=_worst(one.source["grade"] for one in above),
        checked=min((one.entry["checked"] for one in above if "checked" in one.entry), default=""),
        more=" ".join(dict.fromkeys([topic.verb, *labels])),
        boost=3.0 if code == NATION else 2.4 if said else 2.0,
    )


def _documents(cited: Iterable[Cited]) -> Iterator[Row]:
    """Every document once, with what rests on it."""
    found: dict[tuple[str, str, str], list[Cited]] = {}
    for one in cited:
        if one.document:
            key = (one.document["document"], one.document["number"], one.document["issuer"])
            found.setdefault(key, []).append(one)
    for (title, number, issuer), uses in found.items():
        first = uses[0]
        areas = list(dict.fromkeys(names()[one.code][0] for one in uses))
        told = "、".join(areas[:AREAS_TOLD]) + (f"等{len(areas)}处" if len(areas) > AREAS_TOLD else "")
        labels = list(dict.fromkeys(_label(one) for one in uses))
        topic = topic_of()[first.subject].name
        yield Row(
            kind="document",
            title=title,
            text=f"{told}用到它的：{'、'.join(labels)}。",
            code=first.code,
            area=areas[0],
            topic=topic,
            path=guide_path(first.code, topic),
            number=number,
            issuer=issuer,
            since=first.document.get("effective_from", ""),
            grade=_worst(one.source["grade"] for one in uses),
            checked=min((one.entry["checked"] for one in uses if "checked" in one.entry), default=""),
            url=next((one.document["url"] for one in uses if one.document.get("url")), ""),
            more=" ".join(areas[1:]),
            boost=1.6,
        )


def _rule(one: Cited) -> Row:
    """One dated value or statement: what it says, from when on, and where that is written."""
    name, short = names()[one.code]
    topic = topic_of()[one.subject]
    entry = one.entry
    return Row(
        kind="rule",
        title=f"{short}：{_label(one)}",
        text=_told(one),
        code=one.code,
        area=name,
        topic=topic.name,
        path=guide_path(one.code, topic.name),
        document=one.document.get("document", ""),
        number=one.document.get("number", ""),
        article=one.source["article"],
        issuer=one.document.get("issuer", ""),
        since="" if "gap" in entry else begins(entry).isoformat(),
        is_seen="from" not in entry,
        until=one.until,
        grade=one.source["grade"],
        checked=str(entry.get("checked", "")),
        url=one.document.get("url", ""),
        more=f"{topic.verb} {_plain(one)} {day_text(begins(entry).isoformat())}",
        boost=0.8 if "gap" in entry else 1.0,
    )


def _told(one: Cited) -> str:
    """What a dated value or statement says."""
    entry = one.entry
    if "gap" in entry:
        return f"没有查到：{entry['gap']}。能定下来的是：{entry['settles']}。"
    said = str(entry.get("words", "")) or value_words(entry, one.subject, one.key, one.cells)
    gaps = [f"{cell['gap']}。" for cell in one.cells if "gap" in cell]
    return " ".join(part for part in dict.fromkeys([said and _ended(said), one.source["note"], *gaps]) if part)


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


def _label(one: Cited) -> str:
    """What a value or a statement is called."""
    if "words" in one.entry or one.subject not in {topic.law.subject for topic in TOPICS.values()}:
        return str(one.entry.get("title") or topic_of()[one.subject].title)
    return label(one.key)


def _plain(one: Cited) -> str:
    """The plain word for a value."""
    return terms()[one.key].plain if one.key in terms() else ""


def _worst(grades: Iterable[str]) -> str:
    found = set(grades)
    return next((grade for grade in WORST_FIRST if grade in found), "")
