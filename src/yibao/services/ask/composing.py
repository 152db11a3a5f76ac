"""From what was read to what is given back: the law is asked, or one question back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from yibao.law.areas import Mention, Place, path
from yibao.services.answers import ALL_TOPICS
from yibao.services.ask.given import Given, facts_for
from yibao.services.ask.judging import meant
from yibao.services.ask.kept import answered
from yibao.services.ask.nearest import nearest
from yibao.services.ask.places import Places, sorted_out
from yibao.services.ask.reading import Read
from yibao.services.ask.settling import choices, depends_on_area, nation
from yibao.services.ask.shapes import Asked, Back, Part
from yibao.services.ask.vocabulary import FRAUD
from yibao.services.results import Refused

AREAS_MAX = 3
NOT_UNDERSTOOD = (
    "没有看懂您问的是医保的哪一件事，所以没有回答。可以换个说法，写上要办的事，例如“合肥退休人员每月返多少钱”；"
    "也可以从下面选一个最接近的，或者打医保服务热线 12393 问。"
)
WHICH_CITY = "您在哪个城市参保？各地的规定不一样，写上城市或者区县的名字就行。"
BACK_TOLD = "先回答这一个问题，才能按当地的规定回答；不清楚的，可以打医保服务热线 12393 问。"


class Chosen(NamedTuple):
    """What the person chose by a tap: it stands above what the words say."""

    place: Place | None = None
    topic: str = ""
    facts: Mapping[str, str] = {}
    on: date | None = None


def composed(read: Read, chosen: Chosen, today: date) -> Asked:
    """What is given back for a question that was read."""
    on = chosen.on or (read.day.on if read.day else today)
    topics = [chosen.topic] if chosen.topic else [match.topic for match in meant(list(read.topics))]
    places = sorted_out(read.sentence, read.places, topics[0] if topics else "")
    asked = Asked(
        read.question,
        on,
        area=_first_area(places, chosen),
        areas=_areas(places, chosen),
        topics=topics,
        understood=[*read.notes, *_place_parts(places, chosen), *_topic_parts(read, topics), *_day_parts(read, chosen)],
    )
    if not topics:
        return replace(asked, nearest=nearest(read.sentence), message=NOT_UNDERSTOOD)
    return _with_answers(asked, read, chosen, topics, places, today)


def _with_answers(asked: Asked, read: Read, chosen: Chosen, topics: list[str], places: Places, today: date) -> Asked:
    """The same with what the law says, or with the question that must be asked back first."""
    given = facts_for(topics[0], read, chosen.facts, places.to, asked.on)
    asked = replace(asked, facts=given.facts, understood=[*asked.understood, *given.parts])
    unclear = next((one for one in places.insured if one.place is None), None) if not chosen.place else None
    if unclear is not None and topics[0] != FRAUD:
        return replace(asked, back=_which(unclear), message=BACK_TOLD)
    wanted = [chosen.place] if chosen.place else [one.place for one in places.insured if one.place]
    asked_of = [place for place in wanted[:AREAS_MAX] if place]
    if depends_on_area(topics[0], asked_of[0] if asked_of else None, asked.on):
        return replace(asked, back=_back_area(asked_of), message=BACK_TOLD)
    answers, mistakes = _answers(asked, read, chosen, topics, places, asked_of or [nation()], given, today)
    first = answers[0] if answers else None
    return replace(
        asked,
        answers=answers,
        back=_back_fact(first, topics[0]) if first else None,
        warning=_warning(first) if first and topics[0] == FRAUD else "",
        message="" if answers else mistakes[0].message + "还可以打医保服务热线 12393 问。",
    )


def _answers(
    asked: Asked, read: Read, chosen: Chosen, topics: list[str], places: Places, asked_of: list[Place], given: Given,
    today: date,
) -> tuple[list[dict[str, Any]], list[Refused]]:  # fmt: skip
    """The first topic for every area asked about, the others for the first area; none if the first cannot be told."""
    runs = [(topics[0], place, given.facts) for place in asked_of]
    for topic in topics[1:]:
        if not depends_on_area(topic, asked_of[0], asked.on):
            runs.append((topic, asked_of[0], facts_for(topic, read, chosen.facts, places.to, asked.on).facts))
    answers, mistakes = [], []
    for topic, place, facts in runs:
        result = answered(topic, place.code, asked.on, tuple(sorted(facts.items())), today)
        if isinstance(result, Refused):
            mistakes.append(result)
        else:
            answers.append(result.value.to_json())
    told = bool(answers) and answers[0]["topic"] == topics[0]
    return answers if told else [], mistakes


def _which(one: Mention) -> Back:
    names = tuple((division.code, path(division)) for division in one.candidates)
    return Back("which_area", "area", f"叫“{one.name}”的不止一个地方，您说的是哪一个？", names)


def _back_area(asked_of: list[Place]) -> Back:
    inside = choices(asked_of[0] if asked_of else None)
    if inside:
        return Back("area", "area", f"{asked_of[0].name}各个市的规定不一样，您在哪里参保？", inside)
    return Back("area", "area", WHICH_CITY)


def _back_fact(first: dict[str, Any], topic: str) -> Back | None:
    """The one fact without which nothing can be told, if there is just one."""
    needs = first["needs"]
    if first["certainty"] != "unknown" or len(needs) != 1 or first["cases"]:
        return None
    fact = ALL_TOPICS[topic].fact(needs[0]["name"])
    return Back("fact", fact.name, fact.question, tuple((value, label) for value, label, _ in fact.options))


def _warning(first: dict[str, Any]) -> str:
    """What the law says of cheating, without the name of the area before it."""
    return "提醒您：" + str(first["summary"]).partition("：")[2]


def _json(place: Place) -> dict[str, str]:
    return {"code": place.code, "name": place.name}


def _first_area(places: Places, chosen: Chosen) -> dict[str, str] | None:
    if chosen.place:
        return _json(chosen.place)
    place = places.insured[0].place if places.insured else None
    return _json(place) if place else None


def _areas(places: Places, chosen: Chosen) -> list[dict[str, str]]:
    return [_json(chosen.place)] if chosen.place else [_json(one.place) for one in places.named if one.place]


def _place_parts(places: Places, chosen: Chosen) -> list[Part]:
    if chosen.place:
        return [Part("area", "参保地", "", f"您选的是{chosen.place.name}", chosen.place.code)]
    out = []
    for one in places.named:
        if one == places.to or one not in places.insured:
            continue  # where it goes to is a fact; where one is only treated has no say
        told = f"按{one.place.name}的规定回答" if one.place else f"叫“{one.name}”的不止一个地方"
        out.append(Part("area", "参保地", one.name, told, one.place.code if one.place else ""))
    return out


def _topic_parts(read: Read, topics: list[str]) -> list[Part]:
    spans = {match.topic: match.spans for match in read.topics}
    out = []
    for topic in topics:
        typed = "…".join(read.sentence[start:end] for start, end in _outer(spans.get(topic, ())))
        told = "您要问的是" if topic == topics[0] else "也可能是要问"
        out.append(Part("topic", "题目", typed, f"{told}“{ALL_TOPICS[topic].title}”", topic))
    return out


def _outer(spans: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Places that touch or overlap made one, so that no character is shown twice."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _day_parts(read: Read, chosen: Chosen) -> list[Part]:
    if chosen.on:
        return [Part("day", "哪一天", "", f"您选的是{chosen.on.isoformat()}", chosen.on.isoformat())]
    if read.day is None:
        return []
    day = read.day
    return [Part("day", "哪一天", read.sentence[day.start : day.end], day.told, day.on.isoformat())]
