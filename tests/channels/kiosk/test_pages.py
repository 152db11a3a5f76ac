"""The terminal's pages as its own program asks for them: who gets them, what stands there, what is left behind."""

import re
from importlib import import_module
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

pytestmark = pytest.mark.django_db

PATHS = (
    "", "pin/", "ask/", "home/", "movements/", "months/", "allocation/", "years/", "enrolments/", "looked/",
    "printed/slip/",
)  # fmt: skip
POSTS = ("card/", "code/", "pin/", "end/", "still/", "look/", "slip/home/", "record/")
PRINTS = {"HTTP_X_TERMINAL_PRINTS": "slip,record"}


def client_of(token: str, **headers: str) -> Client:
    return Client(HTTP_AUTHORIZATION=f"Bearer {token}", **headers)


@pytest.fixture
def at_machine(token: str) -> Client:
    """The machine's program, nobody there."""
    return client_of(token, **PRINTS)


@pytest.fixture
def inside(at_machine: Client, agency: Any) -> Client:
    """The worker, let in by card and PIN."""
    assert at_machine.post("/kiosk/card/", {"number": agency.worker}).status_code == 204
    assert at_machine.post("/kiosk/pin/", {"pin": agency.pin}).headers["Location"] == "/kiosk/home/"
    return at_machine


def text_of(response: Any) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", response.content.decode())


def test_without_a_token_there_is_nothing_here(agency: Any, token: str) -> None:
    strangers = (Client(), client_of("x" * 43), client_of(token[:-1]), Client(HTTP_AUTHORIZATION=f"Basic {token}"))
    for stranger in strangers:
        assert {stranger.get(f"/kiosk/{path}").status_code for path in PATHS} == {404}
        assert {stranger.post(f"/kiosk/{path}").status_code for path in POSTS} == {404}


def test_an_ended_terminal_shows_nothing_any_more(inside: Client, agency: Any) -> None:
    import_module("yibao.services.terminals").end(agency.area, "东城大厅1号机")
    assert {inside.get(f"/kiosk/{path}").status_code for path in PATHS} == {404}


def test_before_the_pin_nobodys_record_is_shown(at_machine: Client, agency: Any) -> None:
    own = [path for path in PATHS if path not in ("", "pin/", "ask/", "printed/slip/")]
    for _ in range(2):
        assert {at_machine.get(f"/kiosk/{path}").headers.get("Location") for path in own} == {"/kiosk/"}
        posted = {at_machine.post(f"/kiosk/{path}").headers.get("Location") for path in ("slip/home/", "record/")}
        assert posted == {"/kiosk/"}
        at_machine.post("/kiosk/card/", {"number": agency.worker})
    assert "密码不对" in text_of(at_machine.post("/kiosk/pin/", {"pin": "111112"}))
    assert {at_machine.get(f"/kiosk/{path}").headers.get("Location") for path in own} == {"/kiosk/"}
    assert import_module("yibao.books.access.models").AccessLog.objects.count() == 0


def test_figures_are_those_of_the_services(inside: Client, agency: Any) -> None:
    records = import_module("yibao.services.records")
    fen = import_module("yibao.services.formats").fen_text
    actor = import_module("tests.services.records.agency").own(agency.people.worker)
    home = records.home(actor).value
    page = text_of(inside.get("/kiosk/home/"))
    for amount in (home.balance, home.carried_over, home.credited_this_year, home.spent_this_year):
        assert fen(amount) in page
    month = records.allocation(actor).value
    page = text_of(inside.get("/kiosk/allocation/"))
    assert fen(month.posted) in page
    assert month.words in page
    assert month.answer["summary"] in page
    assert month.answer["citations"][0]["document"] in page
    assert records.years(actor).value.answer["summary"] in text_of(inside.get("/kiosk/years/"))
    moved = records.movements(actor).value
    page = text_of(inside.get("/kiosk/movements/"))
    assert all(fen(abs(row.amount)) in page and fen(row.balance_after) in page for row in moved.rows)
    page = text_of(inside.get("/kiosk/months/?year=2025"))
    assert page.count("未缴") == 1
    assert page.count("补缴") >= 1
    assert "演示" not in text_of(inside.get("/kiosk/enrolments/"))


@pytest.mark.parametrize("who", ["worker", "retiree", "resident"])
def test_every_page_opens_for_everybody_and_holds_no_number(at_machine: Client, agency: Any, who: str) -> None:
    number = getattr(agency, who)
    at_machine.post("/kiosk/card/", {"number": number})
    shown = [at_machine.get("/kiosk/pin/"), at_machine.post("/kiosk/pin/", {"pin": agency.pin}, follow=True)]
    shown += [at_machine.get(f"/kiosk/{path}") for path in PATHS if path not in ("", "pin/")]
    for response in shown:
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        page = response.content.decode()
        assert number not in page
        assert agency.pin not in page
        assert {"王建国", "李秀英", "陈明"} & set(re.findall("王建国|李秀英|陈明", page)) == set()
        assert " style=" not in page
        assert "<script>" not in page


def test_the_number_is_forgotten_once_the_pin_was_right_and_all_at_the_end(inside: Client, agency: Any) -> None:
    held = inside.session["kiosk"]
    assert held["number"] == ""
    assert agency.worker not in repr(dict(inside.session))
    assert Session.objects.count() == 1
    inside.post("/kiosk/end/")
    assert Session.objects.count() == 0
    assert inside.get("/kiosk/home/").headers["Location"] == "/kiosk/"


def test_the_server_forgets_a_visit_that_a_machine_did_not_end(inside: Client) -> None:
    at = import_module("yibao.channels.kiosk.at_terminal")
    assert inside.session.get_expiry_age() == at.VISIT_SECONDS == 45
    now = import_module("django.utils.timezone").now()
    assert Session.objects.get().expire_date <= now + import_module("datetime").timedelta(seconds=46)
    Session.objects.update(expire_date=now)
    assert inside.get("/kiosk/home/").headers["Location"] == "/kiosk/"


def test_another_machine_cannot_take_a_visit_over(inside: Client, agency: Any) -> None:
    other = client_of(import_module("yibao.services.terminals").register(agency.area, "2号机", "agency").value)
    other.cookies = inside.cookies
    assert other.get("/kiosk/home/").headers["Location"] == "/kiosk/"
    assert inside.get("/kiosk/home/").status_code == 200


def test_a_visit_opens_nothing_of_the_portal(inside: Client) -> None:
    assert inside.get("/me/").headers["Location"].startswith("/sign-in/")
    assert inside.get("/kiosk/home/").status_code == 200


def test_the_next_card_ends_the_visit_before_it(inside: Client, agency: Any) -> None:
    key = inside.cookies["sessionid"].value
    assert inside.post("/kiosk/card/", {"number": agency.retiree}).status_code == 204
    assert inside.cookies["sessionid"].value != key
    assert inside.get("/kiosk/home/").headers["Location"] == "/kiosk/"
    assert Session.objects.count() == 1
    assert inside.post("/kiosk/card/", {"number": "123"}).status_code == 422


def test_an_e_credential_needs_its_pin_too(at_machine: Client, agency: Any) -> None:
    shown = import_module("yibao.services.credential").show(agency.people.retiree.id).value
    assert at_machine.post("/kiosk/code/", {"code": shown.token}).headers["Location"] == "/kiosk/pin/"
    assert at_machine.get("/kiosk/home/").headers["Location"] == "/kiosk/"
    at_machine.post("/kiosk/pin/", {"pin": agency.pin})
    assert "李*英的账户" in text_of(at_machine.get("/kiosk/home/"))
    refused = at_machine.post("/kiosk/code/", {"code": "YB1NONSENSE"})
    assert "这不是医保码" in text_of(refused)


def test_the_look_stands_in_the_persons_own_list_with_the_machine(inside: Client) -> None:
    inside.get("/kiosk/home/")
    page = text_of(inside.get("/kiosk/looked/"))
    assert "首页，在东城大厅1号机" in page
    assert "除了您自己，没有人看过" in page


def test_a_profile_says_what_is_offered(agency: Any) -> None:
    terminals = import_module("yibao.services.terminals")
    titles = import_module("yibao.channels.kiosk.reading").TITLES
    for name, profile in terminals.PROFILES.items():
        client = client_of(terminals.register(agency.area, name, name).value, **PRINTS)
        start = text_of(client.get("/kiosk/"))
        assert profile.help in start
        questions = text_of(client.get("/kiosk/ask/"))
        assert all(question.words in questions for question in profile.questions)
        client.post("/kiosk/card/", {"number": agency.worker})
        client.post("/kiosk/pin/", {"pin": agency.pin})
        page = client.get("/kiosk/home/").content.decode()
        keys = re.findall(r'<a class="k" href="/kiosk/(\w+)/">', page)
        assert keys == list(profile.tasks)
        assert all(titles[task] in page for task in profile.tasks)
        assert ("打印缴费记录" in page) == profile.records
        assert client.post("/kiosk/record/").status_code == (200 if profile.records else 404)
        client.post("/kiosk/end/")


def test_what_the_profile_does_not_offer_is_not_there_by_address(agency: Any) -> None:
    token = import_module("yibao.services.terminals").register(agency.area, "卫生室", "service_point").value
    client = client_of(token)
    client.post("/kiosk/card/", {"number": agency.worker})
    client.post("/kiosk/pin/", {"pin": agency.pin})
    assert client.get("/kiosk/months/").status_code == 200
    assert {client.get(f"/kiosk/{task}/").status_code for task in ("movements", "enrolments", "looked")} == {404}


def test_a_machine_without_printers_offers_no_paper(token: str, agency: Any) -> None:
    client = client_of(token)
    client.post("/kiosk/card/", {"number": agency.worker})
    client.post("/kiosk/pin/", {"pin": agency.pin})
    assert "/local/print" not in client.get("/kiosk/home/").content.decode()
    assert client.post("/kiosk/slip/home/").status_code == 404


def test_slips_and_the_record_are_the_persons_own(inside: Client, agency: Any) -> None:
    slip = inside.post("/kiosk/slip/home/").json()
    assert slip["big"] == ["账户余额", "8,992.00", "元"]
    assert slip["where"] == "东城大厅1号机"
    assert inside.post("/kiosk/slip/months/?year=2025").json()["title"] == "2025年的缴费月份"
    assert inside.post("/kiosk/slip/looked/").status_code == 404
    record = inside.post("/kiosk/record/")
    assert record.headers["Content-Type"] == "application/pdf"
    assert record.content.startswith(b"%PDF-")
    for told in (slip, record.content):
        assert agency.worker not in str(told)


def test_questions_of_the_law_need_no_card(at_machine: Client) -> None:
    start = at_machine.get("/kiosk/ask/").content.decode()
    first = re.findall(r'<a class="k" href="([^"]+)"', start)[0].replace("&amp;", "&")
    answer = import_module("yibao.services.answers").answer
    today = import_module("yibao.services.clock").today()
    asked = answer("allocation", area="北京", on=today, facts={"scheme": "employee", "status": "retired"}).value
    page = text_of(at_machine.get(first))
    assert asked.to_json()["summary"] in page
    assert "107.00" in page
    assert Session.objects.count() == 0, "nothing is kept of a question"


def test_what_is_asked_back_is_answered_by_a_tap_or_with_digits(at_machine: Client) -> None:
    told = {"q": "住院能报销多少", "area": "110000", "topic": "inpatient", "scheme": "employee", "status": "retired"}
    page = at_machine.get("/kiosk/ask/", told).content.decode()
    assert 'name="cost"' in page
    assert 'data-digit="7"' in page
    assert "10,000" in text_of(at_machine.get("/kiosk/ask/", {**told, "cost": "10000", "level": "3", "stay": "1"}))
    which = at_machine.get("/kiosk/ask/", {"q": "朝阳退休每月返多少钱"}).content.decode()
    keys = re.findall(r'<a class="k" href="(/kiosk/ask/\?[^"]+area=\d+[^"]*)"', which.replace("&amp;", "&"))
    assert len(keys) > 1
    assert at_machine.get(keys[0]).status_code == 200


def test_switches_hold_for_the_visit_and_no_longer(at_machine: Client, agency: Any) -> None:
    for name in ("large", "contrast", "low", "nonsense"):
        back = at_machine.post("/kiosk/look/", {"name": name, "next": "https://elsewhere.example/"})
        assert back.headers["Location"] == "/kiosk/"
    assert 'class="kiosk contrast big low"' in at_machine.get("/kiosk/").content.decode()
    at_machine.post("/kiosk/card/", {"number": agency.worker})
    assert "big" in at_machine.get("/kiosk/pin/").content.decode().split(">")[1]
    at_machine.post("/kiosk/end/")
    assert 'class="kiosk"' in at_machine.get("/kiosk/").content.decode()
