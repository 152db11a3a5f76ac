"""Signing in by number and code: both ways, what is wrong, what nobody may learn, the lock, the end of a session."""

import re
import time
from html import unescape
from importlib import import_module
from typing import Any

import pytest
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


def test_the_first_time_number_name_and_phone_lead_to_a_code_and_in(client: Client, people: Any) -> None:
    people.insured(people.ZHOU)
    assert people.first_time(client).headers["Location"] == "/sign-in/code/"
    assert [phone for phone, _ in people.SENT] == [people.PHONE]
    assert client.post("/sign-in/code/", {"code": people.code_sent()}).status_code == 302
    assert is_in(client)


def test_later_the_number_is_enough(client: Client, people: Any) -> None:
    people.insured(people.ZHOU)
    people.signs_in(client)
    client.post("/sign-out/")
    assert not is_in(client)
    assert client.post("/sign-in/", {"number": people.ZHOU}).headers["Location"] == "/sign-in/code/"
    client.post("/sign-in/code/", {"code": people.code_sent()})
    assert is_in(client)


def test_a_phone_serves_several_people_and_each_signs_in_as_oneself(people: Any) -> None:
    ids = {people.ZHOU: people.insured(people.ZHOU), people.LI: people.insured(people.LI, "李明")}
    for number, name in ((people.ZHOU, people.NAME), (people.LI, "李明")):
        one = Client()
        people.signs_in(one, number, name=name)
        user = import_module("yibao.books.access.models").User.objects.get(pk=one.session["_auth_user_id"])
        assert user.person_id == ids[number]


@pytest.mark.parametrize(
    ("number", "name", "phone"),
    [("NOBODY", "周小芳", "10012345678"), ("ZHOU", "周大芳", "10012345678"), ("ZHOU", "周小芳", "10012345679")],
)
def test_what_does_not_fit_looks_the_same_and_sends_nothing(people: Any, number: str, name: str, phone: str) -> None:
    people.insured(people.ZHOU)
    right, wrong = Client(), Client()
    good = people.first_time(right)
    people.SENT.clear()
    bad = people.first_time(wrong, getattr(people, number), name, phone)
    assert (good.status_code, good.headers["Location"]) == (bad.status_code, bad.headers["Location"])
    assert people.SENT == []
    assert main_of(right.get("/sign-in/code/")) == main_of(wrong.get("/sign-in/code/"))
    both = [one.post("/sign-in/code/", {"code": "000000"}) for one in (right, wrong)]
    assert both[0].status_code == both[1].status_code
    assert main_of(both[0]) == main_of(both[1])
    assert not is_in(wrong)


def test_a_known_number_costs_as_many_statements_as_an_unknown_one(people: Any) -> None:
    people.insured(people.ZHOU)
    people.signs_in(Client())
    asked = {}
    for number in (people.ZHOU, people.NOBODY):
        client = Client()
        client.get("/sign-in/")
        with CaptureQueriesContext(
            connection,
        ) as statements:
            client.post("/sign-in/", {"number": number})
        sending = len(statements)
        with CaptureQueriesContext(connection) as statements:
            client.post("/sign-in/code/", {"code": "000000"})
        asked[number] = (sending, len(statements))
    known, unknown = asked[people.ZHOU], asked[people.NOBODY]
    assert known[0] == unknown[0], asked
    assert abs(known[1] - unknown[1]) <= 1, "allauth looks its user up"


def test_who_was_never_in_learns_on_the_own_phone_what_to_do(client: Client, people: Any) -> None:
    people.insured(people.ZHOU)
    assert client.post("/sign-in/", {"number": people.ZHOU}).headers["Location"] == "/sign-in/code/"
    assert "第一次登录" in people.SENT[0][1]
    assert not re.search(r"\d{6}", people.SENT[0][1])


def test_65_without_a_phone_the_counter_gives_a_code(client: Client, people: Any) -> None:
    counter = import_module("yibao.services.sign_in")
    person = people.insured(people.ZHOU, phone="")
    issued = [counter.issue_counter_code(person).value for _ in range(2)]
    page = client.post("/sign-in/", {"number": people.ZHOU}, follow=True)
    assert "到医保窗口要一个验证码" in main_of(page)
    assert people.SENT == []
    if issued[0] != issued[1]:
        client.post("/sign-in/code/", {"code": issued[0]})
        assert not is_in(client), "the newer code voids the older one"
    client.post("/sign-in/code/", {"code": issued[1]})
    assert is_in(client)
    other = Client()
    other.post("/sign-in/", {"number": people.ZHOU})
    other.post("/sign-in/code/", {"code": issued[1]})
    assert not is_in(other), "used once"


def test_a_code_of_the_counter_ends_after_half_an_hour(client: Client, people: Any) -> None:
    counter = import_module("yibao.services.sign_in")
    code = counter.issue_counter_code(people.insured(people.ZHOU)).value
    client.post("/sign-in/", {"number": people.ZHOU})
    import_module("yibao.books.access.models").CounterCode.objects.update(until="2020-01-01T00:00:00Z")
    client.post("/sign-in/code/", {"code": code})
    assert not is_in(client)


def test_a_code_is_used_once_and_a_newer_one_voids_it(client: Client, people: Any) -> None:
    people.insured(people.ZHOU)
    people.first_time(client)
    older = people.code_sent()
    client.post("/sign-in/again/")
    newer = people.code_sent()
    if older != newer:
        client.post("/sign-in/code/", {"code": older})
        assert not is_in(client)
    client.post("/sign-in/code/", {"code": newer})
    assert is_in(client)
    client.post("/sign-out/")
    client.post("/sign-in/code/", {"code": newer})
    assert not is_in(client)


def test_a_code_holds_five_minutes_and_then_it_is_said(
    client: Client, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.insured(people.ZHOU)
    people.first_time(client)
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 5 * 60 + 1)
    page = client.post("/sign-in/code/", {"code": people.code_sent()}, follow=True)
    assert "过了 5 分钟" in main_of(page)
    assert not is_in(client)


@pytest.mark.parametrize("known", [True, False])
def test_ten_wrong_codes_lock_and_the_page_says_how_long(client: Client, people: Any, known: bool) -> None:
    people.insured(people.ZHOU)
    number = people.ZHOU if known else people.NOBODY
    people.first_time(client, number)
    right = people.code_sent() if known else "999999"
    wrong = "111111" if right != "111111" else "222222"
    pages = [client.post("/sign-in/code/", {"code": wrong}) for _ in range(10)]
    assert [page.status_code for page in pages] == [200] * 9 + [429]
    assert re.search(r"填错了 10 次.*?\d\d:\d\d 以后可以再登录", main_of(pages[-1]))
    assert client.post("/sign-in/code/", {"code": right}).status_code == 302, "the process is over"
    assert not is_in(client)
    other = Client(REMOTE_ADDR="192.0.2.9")
    assert other.post("/sign-in/", {"number": number}).status_code == 429, "whoever comes from wherever"
    tally = import_module("yibao.books.access.models").Tally
    tally.objects.update(until="2020-01-01T00:00:00Z")
    assert other.post("/sign-in/", {"number": number}).status_code == 302, "and it ends"


def test_a_lock_cannot_be_outrun_by_a_session_that_is_already_there(people: Any) -> None:
    people.insured(people.ZHOU)
    ready, guessing = Client(), Client()
    people.first_time(ready)
    right = people.code_sent()
    people.first_time(guessing, people.ZHOU, "某某")
    for _ in range(10):
        guessing.post("/sign-in/code/", {"code": "000001"})
    assert ready.post("/sign-in/code/", {"code": right}).status_code == 429
    assert not is_in(ready)


def test_codes_may_not_be_asked_for_without_end(people: Any) -> None:
    people.insured(people.ZHOU)
    for number in (people.ZHOU, people.NOBODY):
        client = Client()
        answers = [client.post("/sign-in/", {"number": number}).status_code for _ in range(6)]
        assert answers == [302] * 5 + [429], "by number"
    limits = import_module("yibao.services.sign_in.limits")
    one = Client(REMOTE_ADDR="192.0.2.8")
    drawn = [people.number_of("19600101", serial) for serial in range(limits.ADDRESS_MAX + 1)]
    assert [one.post("/sign-in/", {"number": number}).status_code for number in drawn][-2:] == [302, 429], "by address"


@pytest.mark.parametrize(
    "written", ["{0}", " {0} ", "{1} {2}", "{1}-{2}", "full width"], ids=["plain", "blanks", "gap", "hyphen", "full"]
)  # fmt: skip
def test_36_number_phone_and_code_are_taken_however_they_are_written(client: Client, people: Any, written: str) -> None:
    def typed(text: str) -> str:
        if written == "full width":
            return text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
        return written.format(text, text[:3], text[3:])

    people.insured(people.ZHOU)
    people.first_time(client, typed(people.ZHOU), " 周 小芳", typed(people.PHONE))
    client.post("/sign-in/code/", {"code": typed(people.code_sent())})
    assert is_in(client)


ERRORS = [
    ("/sign-in/", {"number": ""}), ("/sign-in/", {"number": "990100196503071010"}),
    ("/sign-in/", {"number": "12345678901"}),
    ("/sign-in/", {"number": "北京"}), ("/sign-in/name/", {"name": " "}), ("/sign-in/phone/", {"phone": "123"}),
    ("/sign-in/phone/", {"phone": ""}), ("/sign-in/code/", {"code": ""}), ("/sign-in/code/", {"code": "12"}),
    ("/sign-in/code/", {"code": "000000"}),
]  # fmt: skip


@pytest.mark.parametrize(("path", "told"), ERRORS)
def test_34_40_an_error_is_said_twice_with_what_to_do(
    client: Client, people: Any, path: str, told: dict[str, str]
) -> None:
    people.insured(people.ZHOU)
    people.first_time(client)
    page = client.post(path, told)
    assert page.status_code == 200
    html, main = html_of(page), main_of(page)
    assert "<title>错误：" in html
    ((field, message),) = re.findall(r'<a href="#([^"]+)">([^<]+)</a></div>', main)
    assert main.count(message) == 2
    assert main.index(message) < main.index("<h1")
    assert f'<h1><label for="{field}">' in main, "checklist 31: the label is the heading"
    assert "autofocus" in main
    assert not re.search("系统繁忙|非法|无效|操作失败", main)
    if field != "code":
        assert unescape(told[field]) in unescape(main)


def test_the_console_prints_only_to_made_up_phones(capfd: pytest.CaptureFixture[str]) -> None:
    sms = import_module("yibao.services.sign_in.sms")
    sms.Console().send("10012345678", "验证码 123456")
    assert "验证码 123456" in capfd.readouterr().err
    sms.Console().send("13812345678", "验证码 123456")
    assert "123456" not in capfd.readouterr().err


def test_pages_of_the_question_before_are_filled_in_again_and_none_is_reached_out_of_turn(
    client: Client, people: Any
) -> None:
    for path in ("/sign-in/name/", "/sign-in/phone/", "/sign-in/code/"):
        assert client.get(path).headers["Location"] == "/sign-in/", path
    people.insured(people.ZHOU)
    people.first_time(client)
    assert f'value="{people.ZHOU}"' in html_of(client.get("/sign-in/"))
    assert f'value="{people.NAME}"' in html_of(client.get("/sign-in/name/"))


def test_65_the_code_field_fills_itself_and_takes_what_is_pasted(client: Client, people: Any) -> None:
    people.insured(people.ZHOU)
    people.first_time(client)
    main = main_of(client.get("/sign-in/code/"))
    assert 'autocomplete="one-time-code"' in main
    assert "onpaste" not in main
    assert "maxlength" not in main, "a code pasted with blanks would be cut"


def test_public_pages_ask_the_database_nothing_of_a_visitor_without_a_session(client: Client) -> None:
    with CaptureQueriesContext(connection) as statements:
        client.get("/")
    assert len(statements) == 0
