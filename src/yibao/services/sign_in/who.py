"""Whom does a number mean, and does what was told fit? The answer goes to nobody: it decides only where a code goes.

For a number that nobody has, the same is done as for one that is known.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
import uuid
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password

from yibao.books.access.models import User
from yibao.books.people.models import Certificate, CertificateType
from yibao.services.certificates import checked_certificate, normalised
from yibao.services.certificates import checked_phone as phone_on_paper
from yibao.services.people import certificate_index
from yibao.services.results import Done, Refused
from yibao.services.sealing import seal, unseal


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody told; the name and the phone only the first time."""

    number: str
    first: bool = False
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """To whom a code goes: a person's id (one that nobody has, where nobody is meant), and the user if there is one."""

    person: str
    user: User | None


def checked_number(text: str) -> Done[str] | Refused:
    """A certificate number as it is looked for; refused where it cannot be one, known or not."""
    number = normalised(text)
    if not number:
        return Refused("number_missing", "还没有填证件号码，请照着证件填。", field="number")
    checked = checked_certificate(_type_of(number), number, demo=True)
    if isinstance(checked, Refused):
        return Refused(checked.code, checked.message, checked.next, "number")
    return checked


def _type_of(number: str) -> str:
    """Of which type a number is, by its looks: nobody is asked for it."""
    if re.match("8[123]0000", number):
        return str(CertificateType.RESIDENCE_PERMIT)
    if re.match(r"[A-Z]{3}\d{12}$", number) or (len(number) == 18 and re.match("9[^9]", number)):
        return str(CertificateType.FOREIGN_PERMIT)
    if re.match(r"\d{10}", number):
        return str(CertificateType.RESIDENT_ID)
    return str(CertificateType.PASSPORT)


def checked_name(text: str) -> Done[str] | Refused:
    """A name as it is compared: without spaces, every dot the same."""
    name = _name(text)
    if not name:
        return Refused("name_missing", "还没有填姓名，请照着证件填。", field="name")
    if len(name) > 100:
        return Refused("name_too_long", "姓名太长了，请照着证件填，不超过 100 个字。", field="name")
    return Done(name)


def checked_phone(text: str) -> Done[str] | Refused:
    """A mobile number as it is looked for."""
    if not normalised(text):
        return Refused("phone_missing", "还没有填手机号。没有登记手机号，请看下面怎么办。", field="phone")
    return phone_on_paper(text, demo=True)


def who(typed: Typed) -> Who:
    """Whom a code goes to. The first time name and phone must fit; then the person gets a user."""
    found = (
        Certificate.objects.filter(number_index=certificate_index(typed.number))
        .select_related("person__phone", "person__user")
        .first()
    )
    person = found.person if found else None
    held_phone = getattr(person, "phone", None)
    name = unseal(bytes(person.name_sealed) if person else _decoy("name"), what="name")
    phone = unseal(bytes(held_phone.number_sealed) if held_phone else _decoy("phone"), what="phone")
    fits = person is not None and held_phone is not None and _same(_name(name), typed.name) & _same(phone, typed.phone)
    if person is None or (typed.first and not fits):
        return Who(str(uuid.uuid4()), None)
    user = getattr(person, "user", None)
    if user is None and typed.first:
        user, _ = User.objects.get_or_create(person=person, defaults={"password": make_password(None)})
    return Who(str(person.pk), user if user is None or user.is_active else None)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _name(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    kept = (sign for sign in plain if not sign.isspace() and unicodedata.category(sign)[0] != "C")
    return re.sub("[••．.‧・·]", "·", "".join(kept)).upper()


@cache
def _decoy(what: str) -> bytes:
    """Something to unseal where nobody is found, so that it takes as long."""
    return seal("没有这个人", what=what)
