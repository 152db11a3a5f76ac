"""Signing in at the counter: both factors, the first time, and no way from the insured's side or to it."""

import time
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from tests.channels.counter.conftest import PASSWORD, app_code, member, opens, signs_in

from yibao.channels.counter import signed_in
from yibao.channels.counter.urls import urlpatterns

pytestmark = pytest.mark.django_db
WAYS_IN = {"sign_in", "sign_in_password", "sign_in_app", "sign_in_code", "sign_in_passkey", "sign_out"}
ARGUMENTS = {"callback": [1], "record_allocation_month": ["2026-09"]}


def addresses() -> list[str]:
    """Every page of the counter that is not a way in."""
    names = [one.name for one in urlpatterns if one.name not in WAYS_IN]
    return [reverse(f"counter:{name}", args=ARGUMENTS.get(name, [])) for name in names]


def turned_away(client: Client, address: str) -> bool:
    """Whether a page asks to sign in at the counter, by every method that it knows."""
    answers = [client.get(address), client.post(address)]
    known = [answer for answer in answers if answer.status_code != 405]
    return bool(known) and all(answer.headers.get("Location") == "/counter/sign-in/" for answer in known)


def staff() -> Any:
    return import_module("yibao.services.staff")


def rows() -> Any:
    return import_module("yibao.books.staff.models").Staff.objects


def test_the_password_alone_opens_nothing(wang: Any) -> None:
    client = Client()
    assert (
        client.post("/counter/sign-in/", {"name": "wang", "password": PASSWORD})["Location"] == "/counter/sign-in/code/"
    )
    assert "_auth_user_id" not in client.session
    for address in addresses():
        assert turned_away(client, address), address


def test_both_factors_open_the_desk(wang: Any) -> None:
    client = signs_in(wang)
    page = client.get("/counter/")
    assert page.status_code == 200
    assert "经办wang · 北京市" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"


def test_a_code_without_the_password_is_nothing(wang: Any) -> None:
    client = Client()
    for page in ("code", "app", "password", "passkey"):
        asked = client.post(f"/counter/sign-in/{page}/", {"code": app_code(wang.key)})
        assert asked["Location"] == "/counter/sign-in/"


def test_the_password_is_told_anew_after_a_while(wang: Any) -> None:
    client = Client()
    client.post("/counter/sign-in/", {"name": "wang", "password": PASSWORD})
    session = client.session
    session["counter_sign_in"] = {**session["counter_sign_in"], "at": time.time() - 601}
    session.save()
    assert client.post("/counter/sign-in/code/", {"code": app_code(wang.key)})["Location"] == "/counter/sign-in/"


def test_a_code_is_good_once_in_every_process(wang: Any) -> None:
    code = app_code(wang.key)
    for client, status in ((Client(), 302), (Client(), 200)):
        client.post("/counter/sign-in/", {"name": "wang", "password": PASSWORD})
        assert client.post("/counter/sign-in/code/", {"code": code}).status_code == status


def test_the_first_time_a_password_is_chosen_and_an_app_set_up(wang: Any) -> None:
    first = staff().add("li", "李敏", ["110000"]).value
    client = Client()
    told = client.post("/counter/sign-in/", {"name": "li", "password": first})
    assert told["Location"] == "/counter/sign-in/password/"
    for page in ("app", "code"):  # none of the next steps before this one
        assert client.get(f"/counter/sign-in/{page}/")["Location"] == "/counter/sign-in/"
    weak = client.post("/counter/sign-in/password/", {"password": "short", "again": "short"}).content.decode()
    assert "密码要 10 个字以上" in weak
    chosen = client.post("/counter/sign-in/password/", {"password": PASSWORD, "again": PASSWORD})
    assert chosen["Location"] == "/counter/sign-in/app/"
    page = client.get("/counter/sign-in/app/").content.decode()
    key = client.session["counter_sign_in"]["key"]
    assert " ".join(key[start : start + 4] for start in range(0, len(key), 4)) in page
    assert "<svg" in page
    assert client.post("/counter/sign-in/app/", {"code": "abc"}).status_code == 200
    assert client.post("/counter/sign-in/app/", {"code": app_code(key)})["Location"] == "/counter/"
    assert client.get("/counter/").status_code == 200
    again = Client()
    again.post("/counter/sign-in/", {"name": "li", "password": PASSWORD})
    assert again.get("/counter/sign-in/app/")["Location"] == "/counter/sign-in/"  # an app is never set up over another


def test_a_wrong_password_says_nothing_of_the_name(wang: Any) -> None:
    pages = []
    for name in ("wang", "nobody"):
        page = Client().post("/counter/sign-in/", {"name": name, "password": "wrong"}).content.decode()
        pages.append(page.replace(f'value="{name}"', "").split("</form>", 2)[-1])
        assert "登录名或密码不对" in page
    assert pages[0] == pages[1]


def test_an_insured_persons_session_opens_no_page_of_the_counter(people: Any, wang: Any) -> None:
    people.insured(people.ZHOU)
    client = Client()
    assert people.signs_in(client)["Location"] == "/me/"
    for address in addresses():
        assert turned_away(client, address), address
    assert client.get("/me/").status_code == 200


def test_a_session_of_staff_opens_no_page_of_ones_own(at_counter: Client) -> None:
    own = import_module("yibao.channels.portal.me_urls").urlpatterns
    assert len(own) > 10
    for address in ("/me/", "/me/movements/", "/me/looked/", "/me/settings/", "/credential/", "/credential/pin/"):
        answer = at_counter.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/sign-in/"), address


def test_staff_have_no_way_in_at_the_insureds_door(people: Any, wang: Any) -> None:
    client = Client()
    for number in ("wang", str(wang.user.pk)):
        assert "sign-in/code" not in str(client.post("/sign-in/", {"number": number}).headers.get("Location"))
    assert people.SENT == []
    for name in ("mfa_index", "mfa_authenticate", "mfa_activate_totp", "account_reauthenticate"):
        with pytest.raises(NoReverseMatch):  # allauth's own pages are not served
            reverse(name)


def test_a_session_that_only_has_the_user_is_not_at_the_counter(wang: Any) -> None:
    client = Client()
    client.force_login(wang.user)
    assert client.get("/counter/")["Location"] == "/counter/sign-in/"


def test_signing_in_at_one_door_ends_the_session_of_the_other(people: Any, wang: Any) -> None:
    people.insured(people.ZHOU)
    client = Client()
    people.signs_in(client)
    signs_in(wang, client)
    assert client.get("/me/").status_code == 302
    people.SENT.clear()
    people.first_time(client)
    client.post("/sign-in/code/", {"code": people.code_sent()})
    assert client.get("/me/").status_code == 200
    assert client.get("/counter/")["Location"] == "/counter/sign-in/"


def test_who_is_closed_is_out_at_the_next_page(at_counter: Client) -> None:
    assert staff().close("wang").value is None
    assert at_counter.get("/counter/")["Location"] == "/counter/sign-in/"


@pytest.mark.parametrize("left", ["seen", "since"])
def test_a_session_ends_unused_and_at_the_end_of_the_day(at_counter: Client, left: str) -> None:
    seconds = {"seen": signed_in.IDLE_SECONDS, "since": signed_in.LONGEST_SECONDS}[left]
    session = at_counter.session
    session["counter"] = {**session["counter"], left: time.time() - seconds - 1}
    session.save()
    assert at_counter.get("/counter/")["Location"] == "/counter/sign-in/"
    assert at_counter.get("/counter/")["Location"] == "/counter/sign-in/"


def test_one_tap_puts_the_end_off(at_counter: Client) -> None:
    session = at_counter.session
    session["counter"] = {**session["counter"], "seen": time.time() - signed_in.IDLE_SECONDS + 20}
    session.save()
    before = session["counter"]["seen"]
    told = at_counter.post("/counter/session/", HTTP_ACCEPT="application/json").json()
    assert signed_in.IDLE_SECONDS - 5 <= told["seconds"] <= signed_in.IDLE_SECONDS
    assert at_counter.session["counter"]["seen"] > before
    assert at_counter.post("/counter/session/")["Location"] == "/counter/"


def test_signing_out_ends_it(at_counter: Client) -> None:
    done = at_counter.post("/counter/sign-out/")
    assert "cache" in done.headers["Clear-Site-Data"]
    assert at_counter.get("/counter/")["Location"] == "/counter/sign-in/"
    assert at_counter.get("/counter/sign-out/").status_code == 405


def test_the_session_is_another_one_after_signing_in(wang: Any) -> None:
    client = Client()
    client.get("/privacy/")
    client.post("/counter/sign-in/", {"name": "wang", "password": PASSWORD})
    before = client.cookies["sessionid"].value
    client.post("/counter/sign-in/code/", {"code": app_code(wang.key)})
    assert client.cookies["sessionid"].value != before
    assert Session.objects.count() == 1


def test_a_first_password_that_ran_out_opens_nothing(wang: Any) -> None:
    first = staff().add("li", "李敏", ["110000"]).value
    rows().filter(sign_in_name="li").update(password_until=timezone.now() - timedelta(seconds=1))
    page = Client().post("/counter/sign-in/", {"name": "li", "password": first})
    assert "过期了" in page.content.decode()


def test_a_member_without_an_area_left_gets_no_further(wang: Any) -> None:
    rows().update(is_demo=True)
    import_module("yibao.books.areas.models").Area.objects.update(is_demo=False)
    client = Client()
    client.post("/counter/sign-in/", {"name": "wang", "password": PASSWORD})
    page = client.post("/counter/sign-in/code/", {"code": app_code(wang.key)})
    assert "没有可以办理的统筹区" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_staff_of_another_area_sees_neither_record_nor_queue(there: Any, at_counter: Client) -> None:
    import_module("yibao.books.areas.models").Area.objects.create(code="500000", is_demo=True)
    other = signs_in(member("li", "500000"))
    import_module("yibao.services.callbacks").ask_for_callback("110000", "10012345678", "缴费")
    assert "缴费" in at_counter.get("/counter/").content.decode().split('id="calls"')[1]
    assert "现在没有要回的电话" in other.get("/counter/").content.decode()
    refused = opens(other, there.worker.number)
    assert "没有找到这份记录" in refused.content.decode()
    assert other.get("/counter/record/")["Location"] == "/counter/"
