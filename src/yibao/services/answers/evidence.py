"""What an answer rests on: the values of the law that it used, their documents and grades, and what is not certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from yibao.law.parameters.resolving import begins, document
from yibao.law.parameters.shapes import Law, Source
from yibao.law.terms import label, terms
from yibao.services.answers.cases import Case
from yibao.services.answers.topics import Topic
from yibao.services.answers.working import Worked, law_of
from yibao.services.wording import GRADES

Entry = tuple[str, str, dict[str, Any]]
ORDER = tuple(GRADES)


def entries_of(runs: Iterable[Worked]) -> dict[tuple[str, ...], Entry]:
    """The dated values that runs used, in formulas or to choose their way, each once."""
    found: dict[tuple[str, ...], Entry] = {}
    for worked in runs:
        subject, law = worked.law.subject, worked.law
        used = [
            (law.sources[n].area, law.sources[n].field, law.sources[n].entry)
            for n in sorted(worked.names & law.sources.keys())
        ]
        ways = {field for run in worked.official for _, fields in run.because for field in fields}
        used += [
            (law.entries[f][0], f, {**law.entries[f][1], "chosen": True}) for f in sorted(ways & law.entries.keys())
        ]
        for code, key, entry in used:
            place = (code, key, begins(entry).isoformat(), entry.get("cite", ""), entry.get("grade", ""))
            found[place] = (code, subject, {**entry, "key": key})
    return found


def lowest_grade(entries: Iterable[Entry]) -> str:
    """The grade of a computed value: the lowest of its inputs."""
    return max((entry.get("grade", "unverified") for _, _, entry in entries), key=ORDER.index, default="official")


def citation_id(code: str, entry: dict[str, Any]) -> str:
    """The name of a citation within an answer: area, document, article, grade."""
    parts = [code, entry["cite"], entry.get("article", ""), entry["grade"]]
    return "-".join(part for part in parts if part)


def citations(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """The documents, each once for every article and grade."""
    out: dict[str, dict[str, str]] = {}
    for code, subject, entry in entries:
        if "cite" not in entry:
            continue
        cited = entry.get("document") or document(code, subject, entry["cite"])  # the calendar brings its own
        out.setdefault(
            citation_id(code, entry),
            {
                "id": citation_id(code, entry),
                "document": cited["document"],
                "number": cited.get("number", ""),
                "article": entry.get("article", ""),
                "issuer": cited.get("issuer", ""),
                "effective_from": cited.get("effective_from", ""),
                "grade": entry["grade"],
                "checked_on": entry["checked"],
                "url": cited.get("url", ""),
            },
        )
    return list(out.values())


def parameter(name: str, source: Source) -> dict[str, Any]:
    """One value of the law as the answer lists it; `name` is what formulas call it."""
    term = terms().get(source.term)
    owner, own = label(source.field), label(source.term)
    return {
        "path": source.path,
        "name": name,
        "label": own if source.term == source.field else f"{owner}：{own}",
        "value": source.value,
        "unit": term.unit if term else "",
        "from": begins(source.entry).isoformat(),
        "citation": citation_id(source.area, dict(source.entry)),
        "grade": source.entry["grade"],
    }


def is_aged(checked: str, today: date) -> bool:
    """Whether more than a year has gone by since something was last looked at.

    >>> is_aged("2026-11-21", date(2027, 11, 21)), is_aged("2026-11-21", date(2027, 11, 22))
    (False, True)
    """
    day = date.fromisoformat(checked)
    return (today.year - day.year, today.month, today.day) > (1, day.month, day.day)


def aged(cited: Iterable[dict[str, str]], today: date) -> list[str]:
    """Which documents were last looked at more than a year ago; the law may have changed since, and nobody here knows.

    >>> aged([{"document": "某通知", "checked_on": "2026-11-21"}], date(2027, 11, 22))
    ['“某通知”最后一次核对是2026-11-21，已经超过一年，请先向经办机构核实有没有新规定。']
    """
    oldest: dict[str, str] = {}
    for row in cited:
        if is_aged(row["checked_on"], today):
            oldest[row["document"]] = min(row["checked_on"], oldest.get(row["document"], row["checked_on"]))
    return [
        f"“{document}”最后一次核对是{day}，已经超过一年，请先向经办机构核实有没有新规定。"
        for document, day in oldest.items()
    ]


def doubts(entries: Iterable[Entry], on: date) -> list[str]:
    """What is not certain about the values used: their notes, unknown first days, years, and what else is claimed."""
    notes, others = [], []
    for _, _, entry in entries:
        name = label(entry["key"])
        if entry.get("note"):
            notes.append(entry["note"])
        if "for_year" in entry and on.year > int(entry["for_year"]):
            notes.append(f"“{name}”查到的是{entry['for_year']}年的数，以后有没有调整没有查到，请向经办机构核实。")
        if "first_seen" in entry and not entry.get("note") and not entry.get("chosen"):
            notes.append(f"“{name}”从哪天开始实行没有查到，最早见到是{entry['first_seen']}。")
        others += _claims(entry)
    return list(dict.fromkeys([*notes, *others]))


def _claims(entry: Mapping[str, Any]) -> list[str]:
    """What else is claimed of a dated value, and why it is not used."""
    return [f"另有说法：{c['says']}。没有采用，因为{c['why']}。" for c in entry.get("conflicts", [])]


def claims_in_gaps(topic: Topic, area: str, on: date, cases: Sequence[Case], across: bool) -> list[str]:
    """What people have read of figures that are not known here: told too, or they would believe it.

    A rule ends at the first gap, so of a topic that gives no figure the claims beside all its gaps are told. Of a value
    that is known for others they are told if it was met, unless it is one of its cells that is the gap. Without the
    average pension, which nobody can look up, those of the way of reckoning are told.
    """
    ended = [case.missing.gap.path for case in cases if case.missing]
    law = law_of(topic, area, on)
    met = {_key_of(path, law) for path in [*ended, *(gap.path for case in cases if case.low for gap in case.low.gaps)]}
    if any(case.needs == "average_pension" for case in cases):
        met |= {"retired_by", "frame_rate"}
    told = []
    for key, (_, entry) in law.entries.items():
        in_a_cell = any("gap" in cell for cell in entry.get("cells", []))
        if ("gap" in entry and (ended or across or key in met)) or (key in met and not in_a_cell):
            told += _claims(entry)
    return list(dict.fromkeys(told))


def _key_of(path: str, law: Law) -> str:
    """The parameter to which the path of a gap belongs; a row's path is written with `_` for `.`."""
    name = path.replace(".", "_") + "_"
    fitting = [key for key in law.entries if name.startswith(f"{law.subject}_{key}_")]
    return max(fitting, key=len, default="")
