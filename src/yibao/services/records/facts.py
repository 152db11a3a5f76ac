"""Which facts of a person does the record know, as an answer of the law asks for them?

What a person would have to type is read from the books: the answer is the same, the work is not. A fact that the books
do not know is left out, so that the answer asks for it or tells every case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from yibao.law.values import LawError, Sex
from yibao.services import clock
from yibao.services.answers import FACTS, TOPICS, answer
from yibao.services.answers.cases import work
from yibao.services.answers.working import was_read
from yibao.services.records.history import DEEMED, History, history_of
from yibao.services.records.opening import Enrolled, Record, now_of, record_of
from yibao.services.records.shapes import Whose
from yibao.services.records.words import first_day, next_month, yuan_fact
from yibao.services.results import Refused, RefusedError

CATEGORY = {3: "adult", 4: "child", 5: "student", 6: "elderly"}  # books.enrolment Kind
ALSO = {"born": ("age",), "sex": ("old_age",)}  # inputs that a fact gives besides its own


def facts_of(person_id: UUID, area: str, on: date) -> dict[str, str]:
    """The facts of a person in an area on a day; empty where the books do not know the person.

    For services: it asks nobody's leave and writes no access log. A page opens the record first.
    """
    today, as_of = now_of(Whose())
    record = record_of(person_id, today, as_of)
    return facts_at(record, history_of(record), area, on) if record else {}


def facts_at(record: Record, history: History, area: str, on: date) -> dict[str, str]:
    """The facts of an open record in an area on a day."""
    stay = stay_of(record, on) or record.latest(on)
    counted = history.counted(area, min(on, record.today))
    facts = {
        "born": record.born.isoformat(),
        "sex": Sex(record.sex).name.lower(),
        "scheme": stay.scheme_fact,
        "status": "retired" if stay.is_retired else "active",
        "paid_months": str(counted.paid_months),
        "deemed_months": str(counted.deemed_months),
        "local_months": str(counted.local),
    }
    if record.sex == Sex.MALE:
        facts["old_age"] = "60"
    if stay.tier in FACTS["tier"].values:
        facts["tier"] = stay.tier
    if stay.kind in CATEGORY:
        facts["category"] = CATEGORY[stay.kind]
    retired = retired_in(record)
    if stay.is_retired and retired is not None:
        facts["retired_on"] = f"{retired:%Y-%m}"
    base = base_at(history, stay, on)
    if base is not None and not stay.is_retired:
        facts["base"] = yuan_fact(base)
    return facts


def retired_in(record: Record) -> date | None:
    """The month in which somebody retired, where the books saw it: retirement begins on the first of the next month."""
    stays = record.enrolments
    seen = [stay for before, stay in pairwise(stays) if stay.is_retired and not before.is_retired]
    return next_month(first_day(seen[0].starts), -1) if seen else None


def stay_of(record: Record, day: date) -> Enrolled | None:
    """The enrolment of the month of a day: that of its first day, else one that begins in it."""
    month = first_day(day)
    begun = (stay for stay in record.enrolments if month <= stay.starts < next_month(month))
    return record.at(month) or next(begun, None)


def base_at(history: History, stay: Enrolled, on: date) -> int | None:
    """The base of the month of a day, else the last one before it, in the scheme of an enrolment."""
    known = [
        row.base
        for row in history.rows
        if row.scheme == stay.scheme and row.how != DEEMED and row.base and row.month <= on
    ]
    return known[-1] if known and stay.scheme == 0 else None


def narrowed(topic: str, area: str, on: date, facts: Mapping[str, str]) -> dict[str, str]:
    """Those facts that the law reads on this person's path: a record knows more than a question needs."""
    found = TOPICS[topic]
    wanted = {name: text for name, text in facts.items() if name in found.facts or name == "born"}
    assumed = {name: value for name, (value, _) in found.assumed.items() if name not in wanted}
    try:
        case = work(found, area, on, {**assumed, **wanted}, {})
    except LawError:
        return wanted
    run = case.low
    if run is None:
        return wanted
    inputs = {name: (*FACTS[name].inputs, *ALSO.get(name, ())) for name in wanted}
    return {name: text for name, text in wanted.items() if any(was_read(found, run, on, i) for i in inputs[name])}


def asked(
    topic: str, area: str, on: date, facts: Mapping[str, str], today: date | None = None
) -> tuple[dict[str, str], dict[str, Any]]:
    """The facts of a record that matter for a topic, and the law's answer with them."""
    told = narrowed(topic, area, on, facts)
    found = answer(topic, area=area, on=on, facts=told, today=today or clock.today())
    if isinstance(found, Refused):
        raise RefusedError(found.code, found.message, found.next, found.field)
    return told, found.value.to_json()


def figure(answered: Mapping[str, Any], *names: str) -> int | None:
    """The first of some figures that an answer has exactly."""
    figures = answered["figures"]
    return next((int(figures[name]["value"]) for name in names if "value" in figures.get(name, {})), None)
