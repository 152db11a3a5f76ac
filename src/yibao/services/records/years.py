"""How many years of contributions are there, and how many does the law ask for?"""

from __future__ import annotations

from datetime import date
from typing import Any

from yibao.law.values import Sex
from yibao.services.formats import months_text
from yibao.services.permissions import Actor
from yibao.services.records.counted import Counted
from yibao.services.records.facts import asked, facts_at, figure, retired_in
from yibao.services.records.history import EMPLOYEE, History, history_of
from yibao.services.records.opening import Record, opened, told
from yibao.services.records.shapes import MINE, Whose, YearsOfRecord
from yibao.services.results import Done, Refused

TOPIC = "contribution-years"


def years(actor: Actor, *, old_age: str = "", whose: Whose = MINE) -> Done[YearsOfRecord] | Refused:
    """The years asked for and the years on record. `old_age` tells of a woman whether it was 50 or 55."""
    return told(lambda: _years(opened(actor, whose, "years"), old_age))


def _years(record: Record, old_age: str) -> YearsOfRecord:
    history = history_of(record)
    counted = history.counted(record.area, record.today)
    facts = facts_at(record, history, record.area, record.today) | retires_fact(record, old_age)
    narrow, answered = asked(TOPIC, record.area, record.today, facts, record.today)
    when_facts, when = retirement(record, facts, old_age)
    stay = record.latest(record.today)
    carried = [one.as_of for one in history.carried if one.scheme == EMPLOYEE]
    return YearsOfRecord(
        area=record.area,
        area_name=record.area_name,
        as_of=record.as_of,
        counted=counted,
        facts=narrow,
        answer=answered,
        carried_as_of=max(carried, default=None),
        words=tuple(counted_words(counted)),
        scheme=stay.scheme_fact,
        is_retired=stay.is_retired,
        retirement_facts=when_facts,
        retirement=when,
    )


def retirement(record: Record, facts: dict[str, str], old_age: str) -> tuple[dict[str, str], dict[str, Any]]:
    """When the law retires somebody who is not retired yet: the facts of the record that it reads, and its answer."""
    if record.latest(record.today).is_retired:
        return {}, {}
    told_too = {"old_age": old_age} if old_age and record.sex != Sex.MALE else {}
    return asked("retirement-age", record.area, record.today, facts | told_too, record.today)


def retires_fact(record: Record, old_age: str) -> dict[str, str]:
    """The month of retirement as a fact, where it is known: some areas ask for more years of those who retire later."""
    month = retires_on(record, old_age)
    return {"retires": f"{month:%Y-%m}"} if month else {}


def retires_on(record: Record, old_age: str) -> date | None:
    """The month of retirement: that of the record, else that of the law by birth month and old age."""
    if record.latest(record.today).is_retired:
        return retired_in(record)
    if record.sex == Sex.MALE:
        old_age = "60"
    if not old_age:
        return None
    facts = {"sex": Sex(record.sex).name.lower(), "old_age": old_age, "born": record.born.isoformat()}
    _, answered = asked("retirement-age", record.area, record.today, facts, record.today)
    return figure_month(answered)


def figure_month(answered: dict[str, object]) -> date | None:
    """The month of retirement that an answer gives."""
    found = answered["figures"]
    text = str(found["retires_on"]["value"]) if isinstance(found, dict) and "retires_on" in found else ""
    return date.fromisoformat(f"{text}-01") if len(text) == len("2031-11") else None


def counted_words(counted: Counted) -> list[str]:
    """How the number of months came about, a line each, what is nothing left out."""
    parts = (
        ("按月缴的", counted.paid),
        ("后来补缴的", counted.back_paid),
        ("没有缴费、按规定当作缴过的（视同）", counted.deemed),
        ("建账以前缴的（结转）", counted.carried_paid),
        ("建账以前视同的（结转）", counted.carried_deemed),
    )
    out = [f"{label}：{months_text(number)}" for label, number in parts if number]
    return [*out, f"一共：{months_text(counted.total)}"]


def missing(answered: dict[str, object]) -> int | None:
    """The months still missing in all, where the law is known."""
    return figure(answered, "missing_months")


def with_more(record: Record, history: History, months: int, retires: date | None) -> dict[str, str]:
    """The facts of the record if so many months more were paid here."""
    facts = facts_at(record, history, record.area, record.today)
    for name in ("paid_months", "local_months"):
        facts[name] = str(int(facts[name]) + months)
    return facts | ({"retires": f"{retires:%Y-%m}"} if retires else {})
