"""The same person under several laws side by side: in other areas, or retiring two years later.

Each side is an ordinary answer; what is added is how far its figures are from those of the first side, in words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yibao.law.areas import chain
from yibao.law.formats import value_text
from yibao.law.parameters.loading import tree
from yibao.law.values import UNLIMITED, month_number
from yibao.services.answers import parsing
from yibao.services.answers.answer import NATION, answer
from yibao.services.answers.compose import Answer
from yibao.services.answers.facts import FACTS, Fact
from yibao.services.answers.journey import journey
from yibao.services.answers.places import place_of
from yibao.services.answers.topics import TOPICS
from yibao.services.results import Done, Refused, RefusedError

FEWEST, MOST = 2, 4
LATER = 24
"""Months by which the second way of comparing moves the retirement."""
LATER_TOPIC = "contribution-years"
LENGTHS = {"month", "age_months"}
PLAIN = {"code", "yes_no", "year", "table", "date", "day"}
"""Units whose values are told apart but not subtracted."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: what it is called, the area and the facts asked with, the answer.

    `own_law` says whether the area or its province has law of its own for the topic.
    """

    label: str
    area: str
    facts: Mapping[str, str]
    answer: Answer
    own_law: bool


def areas_of(names: Collection[str]) -> Done[tuple[str, ...]] | Refused:
    """The areas to compare, as they were called; `field` of a refusal is `area1` … `area4`, the name at fault."""
    found: list[str] = []
    try:
        for number, name in enumerate(names, 1):
            try:
                place = place_of(name)
            except RefusedError as error:
                told = error.refused
                return Refused(told.code, told.message, told.next, f"area{number}")
            if place.code in found:
                message = f"第{number}个和第{found.index(place.code) + 1}个都是{place.name}，请换一个，或把它空着。"
                raise RefusedError("same_area_twice", message, field=f"area{number}")
            found.append(place.code)
        if len(found) < FEWEST:
            raise RefusedError("too_few_areas", "要比，至少得有两个地方，请再填一个。", field=f"area{len(found) + 1}")
        if len(found) > MOST:
            raise RefusedError("too_many_areas", f"一次最多比{MOST}个地方，请去掉几个。", field=f"area{MOST}")
    except RefusedError as error:
        return error.refused
    return Done(tuple(names))


def next_question(
    topic: str, areas: Collection[str], on: date, facts: Mapping[str, str], skipped: Collection[str]
) -> Done[Fact | None] | Refused:
    """The next fact that the law of any of the areas reads, in the order of the topic; None when all is told."""
    wanted: list[str] = []
    for area in areas:
        path = journey(topic, area=area, on=on, facts=facts, skipped=skipped)
        if isinstance(path, Refused):
            return path
        wanted += [path.next.name] if path.next else []
    order = TOPICS[topic].facts
    return Done(FACTS[min(wanted, key=order.index)] if wanted else None)


def across_areas(
    topic: str, areas: Collection[str], on: date, facts: Mapping[str, str]
) -> Done[tuple[Side, ...]] | Refused:
    """One person in several areas."""
    return _sides(topic, [("", area, facts) for area in areas], on)


def two_years_later(area: str, on: date, facts: Mapping[str, str]) -> Done[tuple[Side, ...]] | Refused:
    """One person in one area, retiring as planned, and two years later with and without paying on."""
    asked = [("按现在的打算退休", area, facts)]
    try:
        retires = facts.get("retires", "")
        month = (
            parsing.month(retires, "retires", FACTS["retires"].label) if retires else month_number(on.year, on.month)
        )
        later = {**facts, "retires": _month(month + LATER)}
        asked.append(("晚两年，这两年不再缴", area, later))
        paid = {
            name: str(parsing.months(facts[name], name, FACTS[name].label) + LATER)
            for name in ("paid_months", "local_months")
            if facts.get(name)
        }
    except RefusedError as error:
        return error.refused
    if paid:
        asked.append(("晚两年，这两年在本地照样缴", area, {**later, **paid}))
    return _sides(LATER_TOPIC, asked, on)


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"


def _sides(topic: str, asked: list[tuple[str, str, Mapping[str, str]]], on: date) -> Done[tuple[Side, ...]] | Refused:
    sides = []
    for label, area, facts in asked:
        result = answer(topic, area=area, on=on, facts=facts)
        if isinstance(result, Refused):
            return result
        found = result.value
        sides.append(Side(label or found.area["name"], found.area["code"], facts, found, _own_law(topic, area)))
    return Done(tuple(sides))


def _own_law(topic: str, area: str) -> bool:
    """Whether an area or its province has a file on the topic's subject."""
    code = place_of(area).code
    areas, subject = tree()["areas"], TOPICS[topic].law.subject
    return any(subject in areas.get(above, {}) for above in chain(code) if above != NATION)


def difference(first: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """How far a figure is from that of the first side, in words; empty where either has none.

    >>> difference({"value": 10700, "unit": "fen/month"}, {"value": 9000, "unit": "fen/month"})
    '少 17.00 元/月'
    >>> difference({"value": "2030-12", "unit": "month"}, {"value": "2031-02", "unit": "month"})
    '晚 2个月'
    """
    if not first or not other:
        return ""
    unit = str(first["unit"])
    if other["unit"] != unit:
        return "单位不同，不能直接相减"
    if "value" not in first or "value" not in other:
        return "有一边只是范围，差多少说不准" if first != other else "一样，都是范围"
    if first["value"] == other["value"]:
        return "一样"
    one, two = (_amount(figure["value"], unit) for figure in (first, other))
    if one is None or two is None or UNLIMITED in (one, two) or unit in PLAIN:
        return "不一样"
    more, less = ("晚", "早") if unit == "month" else ("多", "少")
    size = value_text(abs(two - one), "months" if unit in LENGTHS else unit)
    return f"{more if two > one else less} {size}"


def _amount(value: object, unit: str) -> int | None:
    """The whole number of a figure, None for one that is a word."""
    if isinstance(value, int):
        return int(value)
    return parsing.month(value, "", "") if unit == "month" and isinstance(value, str) else None


def figure_names(sides: Collection[Side]) -> list[str]:
    """The figures that any side has, the main one of the topic first."""
    names = list(dict.fromkeys(name for side in sides for name in side.answer.figures))
    main = [name for side in sides for name in TOPICS[side.answer.topic].main if name in names]
    return list(dict.fromkeys([*main[:1], *names]))
