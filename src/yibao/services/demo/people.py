"""Who lives in the demo? Ages as the census has them, names and numbers that nobody has."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from stdnum.cn.ric import calc_check_digit

from yibao.books.people.models import CertificateType
from yibao.services.demo.drawing import Draw
from yibao.services.demo.months import first_day
from yibao.services.demo.tables import AGES, OF_MEN, OF_WOMEN, SURNAMES
from yibao.services.people import NewPerson

NUMBERS = "990100"  # the place of birth of everybody made up
PHONES = "100"
BLOCK = 100  # numbers of one day of birth that an area may give; areas of different provinces have different ones
WITHOUT_PHONE, SHARES_PHONE = 4, 15  # percent


@dataclass
class Numbers:
    """The certificate and phone numbers of one area."""

    area: str
    given: set[str] = field(default_factory=set)
    phones: list[str] = field(default_factory=list)

    def certificate(self, draw: Draw, born: date, sex: int) -> str:
        """A number that nobody else has: the 17th digit tells the sex."""
        first = int(self.area[:2]) % 10 * BLOCK
        at = draw.between(0, BLOCK // 2 - 1)
        for step in range(BLOCK // 2):
            place = first + (at + step) % (BLOCK // 2) * 2 + sex
            stem = f"{NUMBERS}{born:%Y%m%d}{place:03}"
            if stem not in self.given:
                self.given.add(stem)
                return stem + str(calc_check_digit(stem + "0"))
        raise AssertionError  # pragma: no cover  PEOPLE_MAX keeps it away

    def phone(self, draw: Draw) -> str:
        """A number of one's own, that of somebody at home, or none."""
        if draw.happens(WITHOUT_PHONE):
            return ""
        if self.phones and draw.happens(SHARES_PHONE):
            return draw.one(self.phones[-4:])
        self.phones.append(f"{PHONES}{self.area[:2]}{draw.between(0, 999_999):06}")
        return self.phones[-1]


def people(draw: Draw, area: str, count: int, until: int) -> list[NewPerson]:
    """So many people, as old as people were at the census; the youngest were born before the last year began."""
    weights = [thousands for _, thousands, _ in AGES]
    numbers = Numbers(area)
    out = []
    for _ in range(count):
        first_age, _, men = AGES[draw.weighted(weights)]
        sex = int(draw.between(1, 10_000) <= men)
        month = until - (first_age + draw.between(0, 4)) * 12 - draw.between(0, 11)
        born = first_day(min(month, until // 12 * 12 - 1)).replace(day=draw.between(1, 28))
        out.append(_person(draw, numbers, draw.key(), born, sex))
    return out


def _person(draw: Draw, numbers: Numbers, key: UUID, born: date, sex: int) -> NewPerson:
    given = OF_MEN if sex else OF_WOMEN
    name = draw.one(SURNAMES) + "".join(draw.one(given) for _ in range(1 + draw.happens(65)))
    return NewPerson(
        name,
        sex,
        born,
        str(CertificateType.RESIDENT_ID),
        numbers.certificate(draw, born, sex),
        numbers.phone(draw),
        is_demo=True,
        id=key,
    )
