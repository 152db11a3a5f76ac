"""May this actor read this record, and where does it lie? The one door to a record, for every page of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection

from yibao.law.areas import find
from yibao.services import clock
from yibao.services.permissions import Actor, can_read_record
from yibao.services.records.looking import note
from yibao.services.records.shapes import Whose
from yibao.services.results import Done, Refused, RefusedError

FLEXIBLE, RETIRED = 1, 2  # books.enrolment Kind
YEARS = (1900, 2199)
T = TypeVar("T")

ENROLMENTS = """
    SELECT p.born, p.sex, e.id, e.area_id, e.scheme, e.kind, e.tier, e.starts, e.ends, coalesce(u.name, '')
    FROM people_person p
    LEFT JOIN enrolment_enrolment e ON e.person_id = p.id
    LEFT JOIN enrolment_employer u ON u.id = e.employer_id
    WHERE p.id = %s ORDER BY e.starts
"""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An enrolment as it stands in the books; `ends` is the first day that is no longer in it."""

    id: UUID
    area: str
    scheme: int
    kind: int
    tier: str
    starts: date
    ends: date | None
    employer: str

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.starts <= day and (self.ends is None or day < self.ends)

    @property
    def is_retired(self) -> bool:
        """Whether it is that of a retiree."""
        return self.kind == RETIRED

    @property
    def scheme_fact(self) -> str:
        """The scheme as an answer asks for it."""
        if self.scheme == 1:
            return "resident"
        return "flexible" if self.kind == FLEXIBLE else "employee"


@dataclass(frozen=True, slots=True)
class Record:
    """A record that may be read: whose it is, where it is kept now, and every enrolment, oldest first."""

    person_id: UUID
    born: date
    sex: int
    area: str
    enrolments: tuple[Enrolled, ...]
    today: date
    as_of: datetime

    @property
    def area_name(self) -> str:
        """The name of the area that keeps it."""
        return find(self.area).name

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area in which the person was enrolled."""
        return tuple(dict.fromkeys(stay.area for stay in self.enrolments))

    def at(self, day: date) -> Enrolled | None:
        """The enrolment of a day."""
        return next((stay for stay in self.enrolments if stay.covers(day)), None)

    def latest(self, day: date) -> Enrolled:
        """The enrolment of a day, else the last one before it, else the first of all."""
        begun = [stay for stay in self.enrolments if stay.starts <= day]
        return begun[-1] if begun else self.enrolments[0]


def not_found() -> RefusedError:
    """The refusal for a record that is not there, and for one that the actor may not read: one cannot tell which."""
    return RefusedError("not_found", "没有找到这份记录，请检查号码；要帮忙，请拨打 12393。")


def not_enrolled() -> RefusedError:
    """The refusal to a person who signed in and is not enrolled anywhere here."""
    return RefusedError("not_enrolled", "这里没有您的参保记录。刚参保的，过几天再看；不清楚的，请拨打 12393。")


def whose_record(actor: Actor, whose: Whose, what: str) -> UUID:
    """The person whose record is asked for, if the actor may read this part of it."""
    person_id = whose.person_id or actor.person_id
    if person_id is None or not can_read_record(actor, person_id, what):
        raise not_found()
    return person_id


def now_of(whose: Whose) -> tuple[date, datetime]:
    """The day and the instant of asking, in China."""
    return whose.today or clock.today(), datetime.now(clock.CHINA)


def record_of(person_id: UUID, today: date, as_of: datetime) -> Record | None:
    """The record of a person, without asking who wants it; None where the books know of no enrolment."""
    with connection.cursor() as cursor:
        cursor.execute(ENROLMENTS, [person_id])
        rows = cursor.fetchall()
    stays = tuple(Enrolled(*row[2:10]) for row in rows if row[2] is not None)
    if not stays:
        return None
    begun = [stay for stay in stays if stay.starts <= today]
    area = (begun or stays)[-1].area
    return Record(person_id, rows[0][0], rows[0][1], area, stays, today, as_of)


def opened(actor: Actor, whose: Whose, what: str) -> Record:
    """The record, once it is sure that the actor may read it and the look is written down: two statements."""
    person_id = whose_record(actor, whose, what)
    today, as_of = now_of(whose)
    record = record_of(person_id, today, as_of)
    if record is None:
        raise not_enrolled() if actor.kind == "self" else not_found()
    if whose.area:
        if whose.area not in record.areas:
            raise not_found()
        record = replace(record, area=whose.area)
    note(actor, person_id, record.area, what, whose.reason)
    return record


def year_of(asked: int | None, years: tuple[int, ...], today: date) -> int:
    """The year asked for, else this one, or the last before it that has something to show."""
    if asked is None:
        return next((year for year in years if year <= today.year), years[0])
    if not YEARS[0] <= asked <= YEARS[1]:
        raise RefusedError("year_out_of_range", f"年份要在{YEARS[0]}到{YEARS[1]}之间，请改一下。", field="year")
    return asked


def told(work: Callable[[], T]) -> Done[T] | Refused:
    """What a use case gives, or its refusal."""
    try:
        return Done(work())
    except RefusedError as error:
        return error.refused
