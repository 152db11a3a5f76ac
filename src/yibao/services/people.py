"""How do people get into the books, and how is one found again (参保人)?

Names and numbers go in sealed; a person is found by the blind index of a certificate number, as decision 18 has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import IntegrityError
from psycopg import IntegrityError as CopyRefused

from yibao.books.keys import new_key
from yibao.books.people.models import Certificate
from yibao.services.certificates import checked_certificate, checked_phone, masked, masked_name, normalised, told_by
from yibao.services.results import Done, Refused
from yibao.services.sealing import blind_index, seal

__all__ = [
    "NewPerson",
    "certificate_index",
    "checked_certificate",
    "checked_phone",
    "find",
    "find_all",
    "masked",
    "masked_name",
    "normalised",
    "register",
    "register_all",
    "told_by",
]


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to be registered; the numbers are checked and normalised."""

    name: str
    sex: int  # yibao.law.values.Sex
    born: date
    certificate_type: str
    number: str
    phone: str = ""
    is_demo: bool = False
    id: UUID = field(default_factory=new_key)


def certificate_index(number: str) -> bytes:
    """What the certificate of a number is found by, however the number is written."""
    return blind_index(normalised(number), what="certificate")


def find(number: str) -> UUID | None:
    """The person with a certificate number, if one is on file."""
    return find_all([certificate_index(number)]).get(certificate_index(number))


def find_all(indexes: Iterable[bytes]) -> dict[bytes, UUID]:
    """The people on file behind the blind indexes of certificates (`certificate_index`), by index."""
    rows = Certificate.objects.filter(number_index__in=set(indexes)).values_list("number_index", "person_id")
    return {bytes(index): person for index, person in rows}


def register(person: NewPerson) -> Done[UUID] | Refused:
    """Put one person on file; refused are wrong numbers and a certificate that is on file already."""
    number = checked_certificate(person.certificate_type, person.number, demo=person.is_demo)
    if isinstance(number, Refused):
        return number
    phone = checked_phone(person.phone, demo=person.is_demo) if person.phone else Done("")
    if isinstance(phone, Refused):
        return phone
    tidy = NewPerson(
        person.name, person.sex, person.born, person.certificate_type, number.value, phone.value, person.is_demo,
        person.id,
    )  # fmt: skip
    try:
        register_all([tidy])
    except (IntegrityError, CopyRefused):
        if find(number.value) is None:
            raise
        return Refused("certificate_known_already", "这个证件号码已经登记过了。", field="certificate_number")
    return Done(person.id)


def register_all(people: Sequence[NewPerson]) -> None:
    """Put people on file by COPY, all or none; their numbers were checked before."""
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.copy("COPY people_person (id, name_sealed, sex, born, is_demo) FROM STDIN") as copy:
            for one in people:
                copy.write_row((one.id, seal(one.name, what="name"), one.sex, one.born, one.is_demo))
        with cursor.copy(
            "COPY people_certificate (id, person_id, type, number_sealed, number_index) FROM STDIN"
        ) as copy:
            for one in people:
                sealed = seal(one.number, what="certificate")
                copy.write_row((new_key(), one.id, str(one.certificate_type), sealed, certificate_index(one.number)))
        with cursor.copy("COPY people_phone (person_id, number_sealed, number_index) FROM STDIN") as copy:
            for one in people:
                if one.phone:
                    index = blind_index(one.phone, what="phone")
                    copy.write_row((one.id, seal(one.phone, what="phone"), index))
