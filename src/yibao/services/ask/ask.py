"""A question in one's own words: what it means is found out, and the law is asked as everywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from yibao.services import clock
from yibao.services.answers import ALL_TOPICS
from yibao.services.answers.places import place_of
from yibao.services.ask import facts as facts_told
from yibao.services.ask.composing import Chosen, composed
from yibao.services.ask.days import day_in
from yibao.services.ask.inexact import inexact, parts, without
from yibao.services.ask.judging import topics_of
from yibao.services.ask.places import masked, named
from yibao.services.ask.reading import Read
from yibao.services.ask.shapes import Asked, Part
from yibao.services.ask.spelling import respelled
from yibao.services.ask.text import KEPT_MAX, clean, simplified, tight, whole
from yibao.services.ask.vocabulary import counted
from yibao.services.results import Done, Refused, RefusedError


def ask(
    question: str,
    *,
    area: str = "",
    topic: str = "",
    facts: Mapping[str, str] | None = None,
    on: date | None = None,
    today: date | None = None,
) -> Done[Asked] | Refused:
    """What a question means, and what the law says to it.

    `area`, `topic`, `facts` and `on` are what the person chose: they stand above what the words say, and an empty fact
    means that it is not so. Nothing is made up: a question that no topic fits gets the three nearest and no answer.

    >>> found = ask("北京退休人员每月返多少钱").value
    >>> found.topics, found.area["code"], found.facts["status"]
    (['allocation'], '110000', 'retired')
    """
    today = today or clock.today()
    cleaned = clean(question)
    notes = [Part("question", "问题", "", f"问题太长，只读了前{KEPT_MAX}个字", "")] if cleaned.was_cut else []
    try:
        place = place_of(whole(area)) if area.strip() else None
        if topic and topic not in ALL_TOPICS:
            raise RefusedError("unknown_topic", "没有这个题目，请从已有的题目里选。", tuple(ALL_TOPICS), "topic")
        told = {whole(name): whole(text) for name, text in (facts or {}).items()}
        chosen = Chosen(place, topic, told, on)
        return Done(composed(_read(cleaned.question, today, notes, chosen), chosen, today))
    except RefusedError as error:
        return error.refused


def _read(question: str, today: date, notes: list[Part], chosen: Chosen) -> Read:
    """The places, topics, facts and the day of a question; slips are looked for only where nothing else was found."""
    sentence = tight(simplified(question))
    places = named(sentence)
    found = topics_of(masked(sentence, places))
    slipped = not chosen.topic and not counted(masked(sentence, places))
    if slipped or (not places and chosen.place is None):
        corrected = respelled(sentence, places=not places, words=slipped)
        if corrected != sentence:
            notes.append(Part("question", "问题", question, f"按“{corrected}”理解", corrected))
            sentence, places = corrected, named(corrected)
            found = topics_of(masked(sentence, places))
    rest = masked(sentence, places)
    vague = inexact(rest)
    notes += parts(rest, vague)
    rest = without(rest, vague)
    told = facts_told.told(rest)
    day = day_in(rest, [(one.start, one.end) for one in told], today)
    return Read(question, sentence, places, tuple(found), tuple(told), day, tuple(notes))
