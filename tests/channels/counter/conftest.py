"""Staff at the counter, signed in by both factors, and the people who stand before them."""

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

import pytest
from django.test import Client

PASSWORD = "雨天记得带伞和手套 42"
AREA, ELSEWHERE = "110000", "500000"


class Member(NamedTuple):
    """A member of staff as a test signs in: the user, the name, the key of the app."""

    user: Any
    name: str
    key: str


def app_code(key: str, steps: int = 0) -> str:
    """What an authenticator app shows now, or some steps of half a minute from now (RFC 6238)."""
    totp = import_module("allauth.mfa.totp.internal.auth")
    return str(totp.format_hotp_value(totp.hotp_value(key, int(time.time()) // 30 + steps)))


def member(name: str, *areas: str) -> Member:
    """A member who has chosen a password and set up an app."""
    staff = import_module("yibao.services.staff")
    row = import_module("yibao.books.staff.models").Staff
    assert hasattr(staff.add(name, f"经办{name}", areas or (AREA,)), "value")
    user = row.objects.get(sign_in_name=name).user
    assert hasattr(staff.choose_password(user.pk, PASSWORD, PASSWORD), "value")
    key = staff.new_app_key()
    staff.keep_app_key(user, key)
    return Member(user, name, key)


def signs_in(who: Member, client: Client | None = None) -> Client:
    """Signs in with both factors."""
    at = client or Client()
    at.post("/counter/sign-in/", {"name": who.name, "password": PASSWORD})
    for steps in (0, 1, -1):  # a code is good once, so who signs in again soon takes a neighbour
        done = at.post("/counter/sign-in/code/", {"code": app_code(who.key, steps)})
        if done.status_code == 302:
            break
    assert done["Location"] == "/counter/", done.content.decode()
    return at


def opens(client: Client, number: str, **told: str) -> Any:
    """Lays the record behind a number open."""
    return client.post("/counter/find/", {"number": number, "reason": "visit", "words": "核对今年的缴费", **told})


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    """Passwords are hashed slowly on purpose; how is tested with the service."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def people(settings: Any) -> Any:
    """The insured, and what their phones receive."""
    module = import_module("tests.channels.portal.people")
    settings.SMS_SENDER = f"{module.__name__}.Recorder"
    module.SENT.clear()
    return module


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The small agency with its people, on its own day; each has a certificate."""
    agency = import_module("tests.channels.portal.owners").owners(monkeypatch).people
    numbers = import_module("tests.channels.portal.people")
    models = import_module("yibao.books.people.models")
    sealing, people = import_module("yibao.services.sealing"), import_module("yibao.services.people")
    for serial, person in enumerate(agency, start=301):
        number = numbers.number_of(f"{person.born:%Y%m%d}", serial)
        models.Certificate.objects.create(
            id=import_module("yibao.books.keys").new_key(),
            person=person,
            type="resident_id",
            number_sealed=sealing.seal(number, what="certificate"),
            number_index=people.certificate_index(number),
        )
        person.number = number
    return agency


@pytest.fixture
def wang(db: None) -> Member:
    """A member of staff of 北京."""
    import_module("yibao.books.areas.models").Area.objects.get_or_create(code=AREA, defaults={"is_demo": True})
    return member("wang")


@pytest.fixture
def at_counter(wang: Member) -> Client:
    """A client at which the member of 北京 is signed in."""
    return signs_in(wang)


@pytest.fixture
def counter_page(open_page: Callable[..., Any], live_url: str) -> Callable[..., Any]:
    """Opens a page of the counter in the browser, with the session of a client."""

    def opened(client: Client, path: str, *screen: Any, **more: Any) -> Any:
        page = open_page("/privacy/", *screen, **more)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_url}])
        page.goto(path)
        return page

    return opened
