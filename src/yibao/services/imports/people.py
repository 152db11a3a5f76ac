"""How do rows of people come into the books (`yibao import people`)? A row is a certificate, and that a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from yibao.books.people.models import Certificate, CertificateType
from yibao.law.values import Sex
from yibao.services import clock
from yibao.services.imports.cells import BadRow, check_not_mangled, day, tidy, word
from yibao.services.imports.loading import Loaded, differs
from yibao.services.people import (
    NewPerson,
    certificate_index,
    checked_certificate,
    checked_phone,
    normalised,
    register_all,
    told_by,
)
from yibao.services.results import Refused
from yibao.services.sealing import blind_index, unseal

TYPES = {label: value for value, label in CertificateType.choices} | {
    "身份证": CertificateType.RESIDENT_ID,
    "居住证": CertificateType.RESIDENCE_PERMIT,
    "护照": CertificateType.PASSPORT,
    "外国人永久居留证": CertificateType.FOREIGN_PERMIT,
    **{value: value for value in CertificateType.values},
}
SEXES = {"男": Sex.MALE, "女": Sex.FEMALE, "男性": Sex.MALE, "女性": Sex.FEMALE, "male": Sex.MALE, "female": Sex.FEMALE}
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ ·•・.'’\-])*", re.UNICODE)
NAME_MAX = 60


class PersonRow(NamedTuple):
    """A row that was read."""

    line: int
    certificate: bytes
    type: str
    number: str
    name: str
    sex: int
    born: date
    phone: str

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.certificate,)


class PeopleLoader:
    """Puts people on file; somebody who is there already must be the same."""

    by_day = False

    def __init__(self, area: str, *, demo: bool) -> None:
        self.area, self.demo, self.today = area, demo, clock.today()

    def read(self, line: int, cells: Mapping[str, str]) -> PersonRow:
        text = cells["certificate_type"]
        type_ = str(TYPES.get(tidy(text), ""))
        check_not_mangled(normalised(cells["certificate_number"]))
        number = checked_certificate(type_, cells["certificate_number"], demo=self.demo)
        phone = checked_phone(cells["phone"], demo=self.demo) if cells["phone"].strip() else None
        for checked in (number, phone):
            if isinstance(checked, Refused):
                raise BadRow(checked.code, checked.message, checked.field)
        assert not isinstance(number, Refused)  # noqa: S101  told to the type checker
        row = PersonRow(
            line,
            certificate_index(number.value),
            type_,
            number.value,
            _name(cells["name"]),
            int(word(cells["sex"], SEXES, "sex", "性别")),
            day(cells["born"], "born", "出生日期"),
            "" if phone is None or isinstance(phone, Refused) else phone.value,
        )
        self._check_against_number(row)
        return row

    def _check_against_number(self, row: PersonRow) -> None:
        if row.born > self.today:
            raise BadRow("day_in_the_future", "出生日期还没有到，请核对。", "born")
        told = told_by(row.type, row.number)
        if told and told[0] != row.born:
            raise BadRow("born_differs_from_certificate", "出生日期和证件号码里的不一样，请核对。", "born")
        if told and told[1] != row.sex:
            raise BadRow("sex_differs_from_certificate", "性别和证件号码里的不一样，请核对。", "sex")

    def load(self, rows: Sequence[PersonRow]) -> Loaded:
        known = {
            bytes(one.number_index): one
            for one in Certificate.objects.select_related("person", "person__phone").filter(
                number_index__in=[row.certificate for row in rows]
            )
        }
        out, fresh = Loaded(), []
        for row in rows:
            there = known.get(row.certificate)
            if there is None:
                fresh.append(row)
            elif what := _difference(row, there):
                out.refuse(row.line, differs(what))
            else:
                out.same += 1
        register_all(
            [NewPerson(row.name, row.sex, row.born, row.type, row.number, row.phone, self.demo) for row in fresh]
        )
        out.new = len(fresh)
        return out


def _difference(row: PersonRow, there: Certificate) -> str:
    """What a row says otherwise than the books; empty where it says the same. No content is told."""
    person = there.person
    phone = getattr(person, "phone", None)
    index = bytes(phone.number_index) if phone else b""
    checks = (
        ("证件类型", there.type == row.type),
        ("姓名", unseal(person.name_sealed, what="name") == row.name),
        ("性别", person.sex == row.sex),
        ("出生日期", person.born == row.born),
        ("手机号", index == (blind_index(row.phone, what="phone") if row.phone else b"")),
    )
    return "、".join(what for what, same in checks if not same)


def _name(text: str) -> str:
    name = re.sub(r"\s+", " ", text.replace("\u3000", " ")).strip()
    if not name:
        raise BadRow("name_missing", "没有写姓名，请补上。", "name")
    if len(name) > NAME_MAX or not NAME.fullmatch(name):
        raise BadRow("name_wrong_form", "姓名里有不是文字的符号，或者太长，请核对。", "name")
    return name
