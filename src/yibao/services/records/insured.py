"""Who is it, and is the cover in force on a day? What a hospital or an app may be allowed to know.

A cover is in force on a day that an enrolment covers and that lies neither in a gap of contributions nor in the waiting
that the law of the area puts after one. Where that law is not known after a gap, nothing is said either way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from yibao.law.values import Sex
from yibao.services.formats import day_text
from yibao.services.permissions import Actor
from yibao.services.records.coverage import Cover, cover_of
from yibao.services.records.gaps import Hole, covered_months, holes, meaning
from yibao.services.records.history import history_of
from yibao.services.records.opening import YEARS, Enrolled, Record, opened, told
from yibao.services.records.shapes import MINE, Whose
from yibao.services.records.words import first_day, masked_name
from yibao.services.results import Done, Refused, RefusedError
from yibao.services.sealing import unseal

CAVEAT = "按这里的参保和缴费记录判断，不含第一次参保的等待期；看病时以医保结算为准。"


@dataclass(frozen=True, slots=True)
class Insured:
    """A person, as far as others may know: no number, and of the name only its ends."""

    person_id: UUID
    name_masked: str
    sex: str  # female | male
    born: date
    is_demo: bool
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Eligible:
    """Whether the cover is in force on a day, and why; `in_force` is None where the law after a gap is not known."""

    person_id: UUID
    as_of: datetime
    day: date
    area_name: str  # whose books say so
    cover: Cover | None
    in_force: bool | None
    words: str
    from_day: date | None  # the first day on which it is in force again, where a gap is followed by waiting
    caveat: str = CAVEAT


def patient(actor: Actor, *, whose: Whose = MINE) -> Done[Insured] | Refused:
    """Who the person is."""
    return told(lambda: _insured(opened(actor, whose, "patient")))


def eligibility(actor: Actor, day: date | None = None, *, whose: Whose = MINE) -> Done[Eligible] | Refused:
    """Whether the cover is in force on a day, today unless said; never ahead."""
    return told(lambda: _eligible(opened(actor, whose, "eligibility"), day))


def _insured(record: Record) -> Insured:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_sealed, is_demo FROM people_person WHERE id = %s", [record.person_id])
        sealed, is_demo = cursor.fetchone()
    name = masked_name(unseal(sealed, what="name"))
    return Insured(record.person_id, name, Sex(record.sex).name.lower(), record.born, is_demo, record.as_of)


def _eligible(record: Record, asked: date | None) -> Eligible:
    day = asked or record.today
    if day > record.today or day.year < YEARS[0]:
        message = f"只能查到今天（{day_text(record.today.isoformat())}）为止，请换一个日子。"
        raise RefusedError("day_not_yet", message, field="day")
    stay = record.at(day)
    if stay is None:
        return _told(record, day, None, False, "这一天没有参保")
    history, month = history_of(record), first_day(day)
    gap = _gap_at(holes(record, history), month)
    if gap is None:
        return _told(record, day, stay, True, "这一天在保")
    law = meaning(record, gap)
    if month <= gap.last or (gap.is_open and month not in covered_months(record, history)):
        return _told(record, day, stay, False, f"这一天的医保费没有缴。{law.words}")
    if law.benefits_from is None:
        return _told(record, day, stay, None, f"{law.words}续上以后要不要等、等多久，当地的规定没有查到。")
    if day < law.benefits_from:
        return _told(record, day, stay, False, law.words, law.benefits_from)
    return _told(record, day, stay, True, "这一天在保")


def _gap_at(found: list[Hole], month: date) -> Hole | None:
    """The gap in which a month lies or, if it lies in none, the last one before it."""
    begun = [hole for hole in found if hole.first <= month]
    return begun[-1] if begun else None


def _told(
    record: Record, day: date, stay: Enrolled | None, in_force: bool | None, words: str, from_day: date | None = None
) -> Eligible:
    cover = cover_of(stay, record.today) if stay else None
    said = words if words.endswith("。") else f"{words}。"
    return Eligible(record.person_id, record.as_of, day, record.area_name, cover, in_force, said, from_day)
