"""Where and from when to when is one insured, and today too? Only that: no employer, no base, no amount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yibao.law.areas import find
from yibao.services.permissions import Actor
from yibao.services.records.opening import Enrolled, Record, opened, told
from yibao.services.records.shapes import MINE, Whose
from yibao.services.records.words import SCHEMES
from yibao.services.results import Done, Refused


@dataclass(frozen=True, slots=True)
class Cover:
    """One time of being insured; `ends` is the last day of it."""

    area: str
    area_name: str
    scheme: str  # employee | flexible | resident
    scheme_words: str
    is_retired: bool
    starts: date
    ends: date | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every time of being insured, newest first. Being enrolled is not yet being paid for: see the months."""

    as_of: datetime
    on: date
    is_insured: bool
    covers: tuple[Cover, ...]


def coverage(actor: Actor, *, whose: Whose = MINE) -> Done[Coverage] | Refused:
    """The times of being insured: two statements."""
    return told(lambda: _coverage(opened(actor, whose, "coverage")))


def _coverage(record: Record) -> Coverage:
    covers = tuple(cover_of(stay, record.today) for stay in reversed(record.enrolments))
    return Coverage(record.as_of, record.today, any(one.is_current for one in covers), covers)


def cover_of(stay: Enrolled, today: date) -> Cover:
    """An enrolment as a cover."""
    return Cover(
        area=stay.area,
        area_name=find(stay.area).name,
        scheme=stay.scheme_fact,
        scheme_words=SCHEMES[stay.scheme_fact],
        is_retired=stay.is_retired,
        starts=stay.starts,
        ends=stay.ends - timedelta(1) if stay.ends else None,
        is_current=stay.covers(today),
    )
