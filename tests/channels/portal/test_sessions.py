"""The end of a session: coming back to the same page, staying, signing out; and that nothing private is left lying."""

import base64
import logging
import re
import time
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


def html_of(response: Any) -> str:
    return str(response.content.decode())


def main_of(response: Any) -> str:
    main = html_of(response).split("<main")[1].split("</main>")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", main)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_after_signing_in_one_is_where_one_wanted_to_be_and_only_here(people: Any) -> None:
    people.insured(people.ZHOU)
    foreign = ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)")
    for told, where in (("/credential/", "/credential/"), *((one, "/me/") for one in foreign)):
        client = Client(REMOTE_ADDR=f"192.0.2.{len(told)}")
        client.get("/sign-in/", {"next": told})
        import_module("yibao.books.access.models").Tally.objects.all().delete()
        assert people.signs_in(client).headers["Location"] == where, told


def test_43_who_was_signed_out_by_time_comes_back_to_the_same_page(
    client: Client, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.insured(people.ZHOU)
    people.signs_in(client)
    assert client.get("/credential/pin/?step=2").status_code == 200
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 30 * 60 + 1)
    sent = client.get("/credential/pin/?step=2")
    assert sent.headers["Location"] == "/sign-in/?next=%2Fcredential%2Fpin%2F%3Fstep%3D2"
    assert not is_in(client)
    client.get(sent.headers["Location"])
    client.post("/sign-in/", {"number": people.ZHOU})
    assert client.post("/sign-in/code/", {"code": people.code_sent()}).headers["Location"] == "/credential/pin/?step=2"


def test_43_what_was_typed_is_kept_for_the_same_person_and_for_nobody_else(people: Any, rf: Any) -> None:
    pages = import_module("yibao.channels.portal.signed_in")
    people.insured(people.ZHOU)
    people.insured(people.LI, "李明")
    for number, name, kept in ((people.ZHOU, people.NAME, {"told": ["两处"]}), (people.LI, "李明", {})):
        client = Client()
        import_module("yibao.books.access.models").Tally.objects.all().delete()
        people.signs_in(client)
        client.get("/credential/pin/")
        client.cookies.pop("sessionid")
        client.post("/credential/pin/", {"told": "两处", "pin": people.PIN})
        people.signs_in(client, number, name=name)
        request = rf.get("/credential/pin/")
        request.session = client.session
        request.user = import_module("yibao.books.access.models").User.objects.get(pk=client.session["_auth_user_id"])
        assert pages.kept_answers(request) == kept


def test_44_a_session_lives_half_an_hour_after_the_last_page_and_a_tap_prolongs_it(
    client: Client, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.insured(people.ZHOU)
    people.signs_in(client)
    page = html_of(client.get("/credential/pin/"))
    assert re.search(r'<b class="nb">\d\d:\d\d</b> 自动退出', page), "told without JavaScript too"
    start = time.time()
    for minutes in (28, 56, 84):
        monkeypatch.setattr("time.time", lambda: start + minutes * 60)  # noqa: B023
        assert client.post("/session/", {"next": "/credential/pin/"}).headers["Location"] == "/credential/pin/"
        assert client.get("/credential/pin/").status_code == 200
    monkeypatch.setattr("time.time", lambda: start + (84 + 31) * 60)
    assert client.get("/credential/pin/").headers["Location"].startswith("/sign-in/")
    assert settings.SESSION_COOKIE_AGE >= 20 * 60


def test_a_session_ends_at_the_latest_after_twelve_hours(
    client: Client, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.insured(people.ZHOU)
    people.signs_in(client)
    client.get("/credential/pin/")
    session = client.session
    session["since"] -= 12 * 3600
    session.save()
    assert client.get("/credential/pin/").status_code == 302


def test_69_signing_out_makes_the_browser_forget(client: Client, people: Any) -> None:
    people.insured(people.ZHOU)
    people.signs_in(client)
    for path in ("/credential/pin/", "/sign-in/code/"):
        assert "no-store" in client.get(path).headers["Cache-Control"], path
    before = client.cookies["sessionid"].value
    gone = client.post("/sign-out/")
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in gone.headers["Cache-Control"]
    assert client.get("/sign-out/").status_code == 405, "no picture on another site signs anybody out"
    client.cookies["sessionid"] = before
    assert client.get("/credential/pin/").status_code == 302


def test_nothing_private_stands_in_the_database_a_log_or_an_address(
    client: Client, people: Any, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    people.insured(people.ZHOU)
    places = []
    with caplog.at_level(logging.DEBUG):
        for path, told in (("/sign-in/", {"number": people.ZHOU, "first": "1"}),
                           ("/sign-in/name/", {"name": people.NAME}),
                           ("/sign-in/phone/", {"phone": people.PHONE})):  # fmt: skip
            places.append(client.post(path, told).headers["Location"])
        code = people.code_sent()
        (row,) = Session.objects.all()
        wrong = "111111" if code != "111111" else "222222"
        client.post("/sign-in/code/", {"code": wrong})
        places.append(client.post("/sign-in/code/", {"code": code}).headers["Location"])
    logged = "\n".join(one.getMessage() for one in caplog.records if one.name != "django.db.backends")
    err = "".join(capfd.readouterr())
    for secret in (people.ZHOU, people.NAME, people.PHONE, code):
        for where in (logged, err, row.session_data, repr(base64.b64decode(row.session_data)), "".join(places)):
            assert secret not in where
    assert row.session_key != client.cookies["sessionid"].value, "a copy of the tables takes no session over"


def test_64_reading_the_code_page_aloud_ends_no_code_and_is_kept_nowhere(client: Client, people: Any) -> None:
    person = people.insured(people.ZHOU)
    people.signs_in(client)
    client.post("/credential/pin/", {"pin": people.PIN})
    client.post("/credential/pin/again/", {"pin": people.PIN})
    assert "<svg" in main_of(client.get("/credential/"))
    shown = import_module("yibao.books.access.models").ShownCode.objects.get(person_id=person).serial
    told = client.get("/credential/", headers={"accept": "application/vnd.yibao.spoken+json"})
    assert "医保码" in told.json()["parts"]
    assert "no-store" in told.headers["Cache-Control"]
    assert import_module("yibao.books.access.models").ShownCode.objects.get(person_id=person).serial == shown


def test_08_opening_pages_writes_nothing_but_session_and_the_code_shown(client: Client, people: Any) -> None:
    people.insured(people.ZHOU)
    people.signs_in(client)
    client.post("/credential/pin/", {"pin": people.PIN})
    client.post("/credential/pin/again/", {"pin": people.PIN})
    with CaptureQueriesContext(connection) as statements:
        for path in ("/sign-in/", "/credential/", "/credential/open/", "/credential/pin/", "/signed-out/"):
            client.get(path)
    written = {one["sql"] for one in statements if not one["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))}
    assert all("django_session" in sql or "access_showncode" in sql for sql in written)


def test_no_password_opens_anything(client: Client, people: Any) -> None:
    people.insured(people.ZHOU)
    people.signs_in(client)
    user = import_module("yibao.books.access.models").User.objects.get()
    assert not user.has_usable_password()
    user.set_password("x")
    user.save()
    assert not Client().login(id=str(user.pk), password="x")
    assert not Client().login(username=str(user.pk), password="x")


def test_cookies_are_kept_from_scripts_and_other_sites(client: Client, people: Any) -> None:
    people.insured(people.ZHOU)
    people.signs_in(client)
    client.get("/credential/pin/")
    for name, same_site in (("sessionid", "Lax"), ("last", "Strict"), ("csrftoken", "Strict")):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == same_site
