"""The answer to a topic in words: one sentence, what to do in order, what the law says, what to beware of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from yibao.law.areas import Place
from yibao.law.parameters.statements import ANSWER, Statement, statements
from yibao.law.terms import code_text
from yibao.law.values import Gap, Scheme
from yibao.services.answers.compose import Answer, grade_sentence, input_row
from yibao.services.answers.evidence import citation_id, citations, lowest_grade
from yibao.services.answers.facts import FACTS, inputs_of
from yibao.services.answers.topics import WordTopic
from yibao.services.wording import ASK, BEWARE, MISREAD

ORDER = {"step": 0, "rule": 1}
"""What is told as a step: first what to do, then what the law says of it."""


def tell(topic: WordTopic, place: Place, on: date, given: Mapping[str, str]) -> Answer:
    """What the law of a place says on a topic, for everybody or for those of one scheme.

    A province or the nation answers with its own statements. Without the sentence that is read first nothing is known.
    """
    found = statements(topic.subject, place.code, on)
    scheme = inputs_of(given, on).get("scheme")
    told_apart = any(isinstance(said, Statement) and said.scheme for said in found)
    wanted = "" if scheme is None else Scheme(scheme).name.lower()
    said = [one for one in found if isinstance(one, Statement) and (not wanted or one.scheme in ("", wanted))]
    gaps = [one for one in found if isinstance(one, Gap)]
    first = next((one for one in said if one.key == ANSWER), None)
    listed = sorted((one for one in said if one.kind in ORDER and one is not first), key=lambda one: ORDER[one.kind])
    warnings = [one for one in said if one.kind not in ORDER]
    shown = [*([first] if first else []), *listed, *warnings]
    entries = [(one.area, topic.subject, dict(one.entry)) for one in shown]
    unread = [FACTS[name].label for name in given if name != "scheme" or not told_apart]
    return Answer(
        topic.name,
        {"code": place.code, "name": place.name},
        on,
        "exact" if first else "unknown",
        _sentence(place, first, gaps),
        inputs=[input_row("scheme", Scheme(scheme), False)] if scheme is not None and told_apart else [],
        steps=[_step(one, number, not wanted) for number, one in enumerate(listed, 1)],
        citations=citations(entries),
        caveats=_caveats(place, warnings, unread, gaps if first else []) + _doubts(shown, on) + _misread(shown),
        next=_next(topic, first, gaps),
        grade=lowest_grade(entries[:1] if first else entries) if entries else "",  # each step tells its own
    )


def _sentence(place: Place, first: Statement | None, gaps: Collection[Gap]) -> str:
    if first is None:
        why = next((gap.why for gap in gaps if gap.path.endswith(f".{ANSWER}")), "资料里没有")
        return f"{place.name}：没有查到能用的规定（{why}）。"
    return f"{place.name}：{first.words}{grade_sentence([(first.area, '', dict(first.entry))])}"


def _step(said: Statement, number: int, mixed: bool) -> dict[str, Any]:
    """A statement as a step of the answer; `mixed`: those of both schemes stand together, so each says for whom."""
    whose = code_text(Scheme[said.scheme.upper()]) if said.scheme else ""
    label = f"{said.title}（{whose}）" if mixed and whose and whose not in said.title else said.title
    return {
        "name": said.key,
        "label": label,
        "plain_label": label,
        "value": number,
        "unit": "",
        "text": "",
        "formula": "",
        "how": said.words,
        "plain": said.words,
        "rounding": "",
        "clause": str(said.entry.get("article", "")),
        "citation": citation_id(said.area, dict(said.entry)),
        "parameters": [],
        "kind": said.kind,
        "scheme": said.scheme,
        "grade": str(said.entry["grade"]),
    }


def _caveats(
    place: Place, warnings: Collection[Statement], unread: Collection[str], gaps: Collection[Gap]
) -> list[str]:
    out = [place.note] if place.note else []
    out += [f"{BEWARE}{one.words}" for one in warnings]
    if unread:
        out.append(f"这里的说明没有用到您填的：{'、'.join(unread)}。")
    return out + [f"还有一项没有查到：{gap.why}。" for gap in gaps]


def _doubts(shown: Collection[Statement], on: date) -> list[str]:
    """What is not certain: notes, years that are over, first days that nobody knows."""
    notes: list[str] = []
    seen: dict[str, list[str]] = {}
    for one in shown:
        if one.entry.get("note"):
            notes.append(str(one.entry["note"]))
        if "for_year" in one.entry and on.year > int(one.entry["for_year"]):
            name = one.title or "开头那句话"
            notes.append(f"“{name}”说的是{one.entry['for_year']}年，以后有没有变没有查到，请向经办机构核实。")
        if "first_seen" in one.entry and one.kind == "rule":
            seen.setdefault(str(one.entry["first_seen"]), []).append(f"“{one.title}”")
    first_days = [f"{'、'.join(names)}从哪天开始实行没有查到，最早见到是{day}。" for day, names in seen.items()]
    return list(dict.fromkeys([*notes, *first_days]))


def _misread(shown: Collection[Statement]) -> list[str]:
    """What people read elsewhere, and what is right instead."""
    others = [other for one in shown for other in one.entry.get("conflicts", [])]
    return [f"{MISREAD}{_bare(other['says'])}。其实{_bare(other['why']).removeprefix('其实')}。" for other in others]


def _bare(text: str) -> str:
    return text.removesuffix("。")


def _next(topic: WordTopic, first: Statement | None, gaps: Collection[Gap]) -> list[str]:
    if first and not gaps:
        return []
    documents = [gap.settles for gap in gaps if gap.settles] or [topic.settles]
    return [*(f"能说清这件事的是：{document}。" for document in dict.fromkeys(documents)), ASK[topic.office]]
