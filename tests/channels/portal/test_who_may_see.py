"""Everybody who may come, to every page under /me/: the person sees the page, all others the way to sign in.

The pages are read from the table of addresses, so that a new one is tried here too. No address names a person; where
one names something of somebody (an entry, a month), another person gets "no such page".
"""

import logging
import re
import uuid
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from yibao.channels.portal import me_urls
from yibao.law.formats import fen_text
from yibao.services.permissions import Actor

pytestmark = pytest.mark.django_db
FILLED = {
    "day": "2026-09-28",
    "month": "2026-09",
    "figure": "allocation_net",
    "change": "stop",
    "number": "1",
    "year": "2026",
}
SIGN_IN = re.compile(r"/sign-in/\?next=%2Fme%2F")


def addresses() -> dict[str, str]:
    """Every page under /me/, with something put in where an address has a part that varies."""
    found = {}
    for one in me_urls.urlpatterns:
        route = str(one.pattern).replace("^", "").replace("$", "").replace("\\Z", "")
        route = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda match: FILLED.get(match[1], str(uuid.uuid4())), route)
        route = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: FILLED.get(match[1], str(uuid.uuid4())), route)
        found[one.name] = f"/me/{route}"
    return found


PAGES = pytest.mark.parametrize("path", [pytest.param(path, id=name) for name, path in addresses().items()])
WITHOUT_PARTS = [name for name, one in ((one.name, one) for one in me_urls.urlpatterns) if "<" not in str(one.pattern)]


@pytest.fixture
def people() -> Any:
    return import_module("tests.services.records.agency").opened()  # not before Django is set up


def visitor(person: Any, **more: Any) -> Client:
    """Somebody who is signed in: with a record of their own, or, with None, without one (staff, an app)."""
    users = import_module("yibao.books.access.models").User.objects
    client = Client(REMOTE_ADDR="192.0.2.7", **more)
    client.force_login(users.create_user(person), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def identifying(people: Any) -> set[str]:
    """What would tell whose record was asked for."""
    return {str(word) for person in people for word in (person.id, person.born, "王建国", "李秀英")} | {"192.0.2.7"}


@PAGES
def test_who_is_not_signed_in_is_asked_to(people: Any, path: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    no_such = {"HTTP_AUTHORIZATION": f"Bearer {people.worker.id}"}
    tries = [Client(), Client(**no_such), visitor(None), Client()]
    tries[3].cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    asked = 0
    for method in ("get", "post", "head"):
        for client in tries:
            found = getattr(client, method)(path, REMOTE_ADDR="192.0.2.7")
            if found.status_code == 405:
                continue  # a page that only reads, or that only takes what a form sends
            asked += 1
            assert found.status_code == 302, (method, found.status_code)
            assert SIGN_IN.match(found.headers["Location"])
            assert "no-store" in found.headers["Cache-Control"]
            assert not found.content
    assert asked >= len(tries)
    assert not import_module("yibao.books.access.models").AccessLog.objects.exists()
    assert not [word for word in identifying(people) if word in caplog.text]


@PAGES
def test_another_person_sees_only_the_own_record(people: Any, path: str, caplog: pytest.LogCaptureFixture) -> None:
    """The same address shows each their own; telling whose record one wants changes nothing."""
    caplog.set_level(logging.DEBUG)
    looks = import_module("yibao.books.access.models").AccessLog.objects
    own = import_module("yibao.services.records").home(Actor("self", uuid.uuid4(), people.worker.id)).value
    balance = fen_text(own.balance)
    before = set(looks.values_list("id", "times"))
    stranger = visitor(people.retiree)
    asked = {"person": people.worker.id, "person_id": people.worker.id, "whose": people.worker.id, "actor": "staff"}
    found = stranger.get(path, asked)
    assert found.status_code in (200, 302, 404, 405)
    assert set(looks.exclude(person_id=people.retiree.id).values_list("id", "times")) == before
    page = found.content.decode()
    assert not [word for word in ("王建国", "王*", balance) if word in page]
    assert not [word for word in identifying(people) if word in caplog.text]


@pytest.mark.parametrize("name", WITHOUT_PARTS)
def test_the_person_sees_the_page(people: Any, name: str) -> None:
    found = visitor(people.worker).get(addresses()[name])
    if found.status_code != 405:  # it only takes what a form of another page sends
        assert found.status_code == 200 or found.headers["Location"].startswith("/me/"), name
        assert "no-store" in found.headers["Cache-Control"]


def test_a_person_without_any_enrolment_reads_why_and_nothing_else(people: Any) -> None:
    found = visitor(people.stranger).get("/me/looked/")
    assert found.status_code in (200, 404)
    assert "没有您的参保记录" in found.content.decode()
