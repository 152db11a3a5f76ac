"""Turns the JSON of an answer into rows for the templates. It formats and arranges; it computes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from yibao.channels.portal import words
from yibao.services.answers import ALL_TOPICS, FACTS, WORD_TOPICS
from yibao.services.charts import Chart, chart_of
from yibao.services.formats import day_text, figure_parts, value_text
from yibao.services.wording import BEWARE, MISREAD

Json = Mapping[str, Any]
Link = Callable[[str, int], str]
"""The address of the reason of a figure: its name, and the number of its case (0 for none)."""

FIGURES_SHOWN = 2
"""A case with more figures than this shows its first one and folds the others."""
OTHERS_SAY = "另有说法："
NOT_FOUND = "这一种的规定没有查到，算不出数"


class Figure(NamedTuple):
    """A figure as it stands on the page; `high` is empty unless it is a range."""

    name: str
    label: str
    number: str
    high: str
    unit: str
    href: str


class Case(NamedTuple):
    """One of the cases of an answer, with figures of its own or why it has none.

    rest: what is folded, where a case has many figures; area: the area that a case stands for, if it is one.
    """

    when: str
    figures: list[Figure]
    rest: list[Figure]
    note: str
    area: str


class Picture(NamedTuple):
    """A chart with its data as rows: a label, its words, and the figure that stands there, if it is one."""

    chart: Chart
    heads: tuple[str, str]
    rows: list[tuple[str, str, Figure | None]]


class Citation(NamedTuple):
    """A document of the law, and what the page takes from it."""

    title: str
    issuer: str
    since: str
    checked: str
    grade: str
    url: str
    gives: list[str]


def figure(name: str, value: Json, href: str = "") -> Figure:
    """A figure in words, one number or two for a range, called by its plain name where there is one."""
    label = str(value.get("plain_label") or value.get("label") or name)
    if "value" in value:
        number, unit = figure_parts(value)
        return Figure(name, label, number, "", unit, href)
    unit = value.get("unit", "")
    low, word = figure_parts({"value": value.get("low"), "unit": unit})
    high, _ = figure_parts({"value": value.get("high"), "unit": unit})
    return Figure(name, label, low, high if high != low else "", word, href)


def _main(topic: str) -> tuple[str, ...]:
    return ALL_TOPICS[topic].main if topic in ALL_TOPICS else ()


def figures(answer: Json, link: Link, case: int = 0) -> list[Figure]:
    """The figures of the answer or of a case, the one of the page first."""
    said = {step["name"]: step.get("plain_label", "") for step in answer.get("steps", ())}
    found = {name: {"plain_label": said.get(name, ""), **value} for name, value in answer["figures"].items()}
    first = next((name for name in _main(answer["topic"]) if name in found), "")
    return [figure(name, found[name], link(name, case)) for name in sorted(found, key=lambda name: name != first)]


def cases(answer: Json, link: Link) -> list[Case]:
    """The cases of the answer, each with its own figures."""
    rows = []
    for number, case in enumerate(answer["cases"], start=1):
        shown = figures({**case, "topic": answer["topic"]}, link, number)
        needs = "、".join(need["label"] for need in case.get("needs", ()))
        note = case.get("reason") or (f"还要知道：{needs}" if needs else "" if shown else NOT_FOUND)
        first = len(shown) if len(shown) <= FIGURES_SHOWN else 1
        rows.append(Case(case["when"], shown[:first], shown[first:], note, case["facts"].get("area", "")))
    return rows


def picture(chart: Chart | None, link: Link) -> Picture | None:
    """A chart for the page; what is a figure of the answer leads to its reason."""
    if chart is None:
        return None
    rows: list[tuple[str, str, Figure | None]] = []
    for label, cell in chart.table.rows:
        piece, found = cell.piece, None
        if piece and piece.name:
            ends = {"low": piece.low, "high": piece.high} if piece.is_range else {"value": piece.low}
            found = figure(piece.name, {**ends, "unit": chart.unit, "label": label}, link(piece.name, piece.case))
        rows.append((label, cell.text, found))
    return Picture(chart, chart.table.heads, rows)


def of_case(answer: Json, number: int) -> Json | None:
    """One of the cases as an answer of its own: its figures and steps, with the documents of the whole."""
    if not 1 <= number <= len(answer["cases"]):
        return None
    case = answer["cases"][number - 1]
    # The fact that makes it this case was not told: its `when` says it, a value standing for the case would mislead.
    told_inputs = [row for row in case["inputs"] if row["name"] not in case["facts"]]
    return {**answer, **case, "inputs": told_inputs, "cases": []}


def told(name: str, text: str) -> str:
    """What a visitor told, in the words in which it was asked."""
    fact = FACTS[name]
    chosen = next((label for value, label, _ in fact.options if value == text), "")
    if chosen or not (text.isascii() and text.isdigit()):
        return chosen or text
    return {"yuan": f"{int(text):,} 元", "age": f"{text} 岁", "months": f"{text} 个月"}.get(fact.kind, text)


def told_rows(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Everything a visitor told, as (label, words)."""
    return [(FACTS[name].label, told(name, text)) for name, text in facts.items() if name in FACTS]


def inputs(answer: Json, *, assumed_only: bool = False) -> list[tuple[str, str]]:
    """What the law read about the person, in words; what nobody told is marked as assumed."""
    rows = []
    for row in answer["inputs"]:
        assumed = bool(row.get("assumed"))
        if assumed or not assumed_only:
            text = row.get("text") or value_text(row["value"], row["unit"])
            label = FACTS[row["name"]].label if row["name"] in FACTS else row["label"]
            rows.append((label, f"{text}（没有填，按这个算）" if assumed else text))
    return rows


def citations(answer: Json, only: set[str] | None = None) -> list[Citation]:
    """The documents the answer stands on, each with the values that come from it."""
    rows = []
    for row in answer["citations"]:
        if only is not None and row["id"] not in only:
            continue
        gives = [
            f"{value['label']} {value_text(value['value'], value['unit'])}".strip()
            for value in answer["parameters"]
            if value.get("citation") == row["id"] and not isinstance(value["value"], list | dict)
        ]
        gives += [step["label"] for step in answer["steps"] if "kind" in step and step["citation"] == row["id"]]
        title = " ".join(part for part in (row["document"], row.get("number", ""), row.get("article", "")) if part)
        since, checked = day_text(row.get("effective_from", "")), day_text(row.get("checked_on", ""))
        rows.append(
            Citation(title, row["issuer"], since, checked, row["grade"], row.get("url", ""), list(dict.fromkeys(gives)))
        )
    return rows


def surroundings(answer: Json) -> dict[str, Any]:
    """What stands around every figure: the area, the day, the task, words explained at first use, doubts."""
    topic = ALL_TOPICS.get(answer["topic"])
    return {
        "answer": answer,
        "doubts": [line for line in answer["caveats"] if not line.startswith((OTHERS_SAY, BEWARE, MISREAD))],
        "others_say": [line.removeprefix(OTHERS_SAY) for line in answer["caveats"] if line.startswith(OTHERS_SAY)],
        "on": day_text(answer["on"]),
        "place": answer["area"]["name"],
        "task": words.TASK_OF.get(answer["topic"]),
        "gloss": topic.gloss if topic else "",
        "pension_office": topic is not None and topic.office == words.PENSION_HOTLINE,
    }


def _heading(answer: Json) -> str:
    """What stands where the figure would stand."""
    if answer["certainty"] == "not_applicable":
        return "您没有这一项"
    if answer["cases"]:
        return "看您是哪一种"
    if answer["topic"] in WORD_TOPICS:
        return "这一项的规定没有查到"
    return "还差一点，就能算" if answer["needs"] else "这个数没有查到"


def words_page(answer: Json, facts: Mapping[str, str]) -> dict[str, Any]:
    """What the page of an answer in words shows besides: what to do, what the law says, what to beware of."""
    known = answer["certainty"] == "exact"
    listed = {"steps": "step", "rules": "rule"}
    marked = {"warnings": BEWARE, "misread": MISREAD}
    return {
        "heading": ALL_TOPICS[answer["topic"]].title if known else _heading(answer),
        "mixed": "scheme" not in facts and any(step["scheme"] for step in answer["steps"]),
        **{name: [step for step in answer["steps"] if step["kind"] == kind] for name, kind in listed.items()},
        **{
            name: [line.removeprefix(mark) for line in answer["caveats"] if line.startswith(mark)]
            for name, mark in marked.items()
        },
    }


def answer_page(answer: Json, link: Link, facts: Mapping[str, str]) -> dict[str, Any]:
    """Everything the page of an answer shows; needs and wanted are (label, address for the view to fill)."""
    shown = figures(answer, link)
    in_words = answer["topic"] in WORD_TOPICS
    if shown:
        # Two different answers have two different titles, so that a row of open pages can be told apart.
        heading = f"{shown[0].label} {shown[0].number}{f' 到 {shown[0].high}' if shown[0].high else ''} {shown[0].unit}"
    else:
        heading = _heading(answer)
    return surroundings(answer) | {
        "heading": heading.strip(),
        "told": heading.strip() if shown else f"{heading}。{answer['summary']}",
        "main": shown[0] if shown else None,
        "others": shown[1:],
        "cases": cases(answer, link),
        "picture": picture(chart_of(answer), link),
        "unknown": answer["certainty"] == "unknown" and not shown,
        "inputs": told_rows(facts) + inputs(answer, assumed_only=True),
        "needs": [(need["label"], "") for need in answer["needs"]],
        "wanted": [(need["label"], "") for need in answer.get("wanted", ())],
        "citations": citations(answer),
        "grade": answer.get("grade", ""),
        "in_words": in_words,
        **(words_page(answer, facts) if in_words else {}),
    }
