"""Made-up people who sign in, and what their phones receive."""

import re
from datetime import date
from typing import Any

from django.test import Client
from stdnum.cn.ric import calc_check_digit

from yibao.books.areas.models import Area
from yibao.books.enrolment.models import Enrolment, Kind
from yibao.books.keys import new_key
from yibao.services.people import NewPerson, register
from yibao.services.results import Done

SENT: list[tuple[str, str]] = []
PIN = "482915"


class Recorder:
    """A sender that keeps what it should send."""

    def send(self, phone: str, text: str) -> None:
        SENT.append((phone, text))


def number_of(birthday: str, serial: int) -> str:
    body = f"990100{birthday}{serial:03}"
    return body + calc_check_digit(body + "0")


ZHOU, LI, NOBODY = number_of("19650307", 101), number_of("19900512", 102), number_of("19700101", 103)
PHONE, NAME = "10012345678", "周小芳"


def insured(number: str, name: str = NAME, phone: str = PHONE, *, enrolled: bool = True) -> Any:
    """A made-up person on file, insured in 北京 since 2020; the id."""
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    done = register(NewPerson(name, 0, born, "resident_id", number, phone, is_demo=True))
    assert isinstance(done, Done), done
    if enrolled:
        area, _ = Area.objects.get_or_create(code="110000", defaults={"is_demo": True})
        Enrolment.objects.create(
            id=new_key(),
            area=area,
            person_id=done.value,
            scheme=0,
            kind=Kind.FLEXIBLE,
            tier="",
            starts=date(2020, 1, 1),
        )
    return done.value


def code_sent() -> str:
    """The code in the last message."""
    return re.findall(r"\d{6}", SENT[-1][1])[0]


def first_time(client: Client, number: str = ZHOU, name: str = NAME, phone: str = PHONE, **more: Any) -> Any:
    """Tell number, name and phone; what comes then."""
    client.post("/sign-in/", {"number": number, "first": "1"}, **more)
    client.post("/sign-in/name/", {"name": name})
    return client.post("/sign-in/phone/", {"phone": phone}, **more)


def signs_in(client: Client, number: str = ZHOU, **told: str) -> Any:
    """Sign in the first time, to the end."""
    first_time(client, number, **told)
    return client.post("/sign-in/code/", {"code": code_sent()})
