"""Which apps are admitted, by whom, and what ending one does; the sandbox and its made-up people."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.channels.portal.owners import owners, signed_in
from tests.channels.portal.people import NOBODY, ZHOU, insured
from tests.services.apps.asked import AUTHORIZE, REDIRECT, app, ask, granted, question

from yibao.books.access.models import AccessLog
from yibao.books.areas.models import DemoMade
from yibao.books.consents.models import App
from yibao.books.enrolment.models import Enrolment, Kind
from yibao.books.people.models import Person
from yibao.channels.cli import apps as command
from yibao.channels.cli.main import main
from yibao.services import apps
from yibao.services.apps.sandbox import ASKED_MAX
from yibao.services.results import Refused


@pytest.fixture
def there(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    del db
    return owners(monkeypatch)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "bad_app_name"),
        ({"name": "长" * 41}, "bad_app_name"),
        ({"name": "记账本\u202e"}, "bad_app_name"),  # turns what follows round
        ({"by": ""}, "bad_app_owner"),
        ({"purpose": ""}, "bad_app_purpose"),
        ({"redirect_uris": []}, "bad_redirect"),
        ({"redirect_uris": ["http://app.example/back"]}, "bad_redirect"),
        ({"redirect_uris": ["https://*.example/back"]}, "bad_redirect"),
        ({"redirect_uris": ["https://app.example/back#x"]}, "bad_redirect"),
        ({"redirect_uris": ["https://a@app.example/back"]}, "bad_redirect"),
        ({"redirect_uris": ["https://app.example/back\nhttps://evil.example/"]}, "bad_redirect"),
        ({"redirect_uris": ["https://app.example; script-src *"]}, "bad_redirect"),  # would stand in a policy
        ({"redirect_uris": ["https://app.example:port/"]}, "bad_redirect"),
        ({"redirect_uris": ["javascript:alert(1)"]}, "bad_redirect"),
        ({"scopes": []}, "unknown_scope"),
        ({"scopes": ["contributions", "everything"]}, "unknown_scope"),
    ],
)
def test_what_is_not_admitted(db: None, change: dict[str, Any], code: str) -> None:
    told = {"name": "记账本", "by": "某某公司", "purpose": "记账", "redirect_uris": [REDIRECT], "scopes": ["openid"]}
    found = apps.add_app(**{**told, **change})
    assert isinstance(found, Refused)
    assert found.code == code
    assert not App.objects.exists()


def test_the_agency_adds_lists_and_ends_by_command(
    there: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def at_hand(run: Any) -> int:  # the test has its database already
        return int(run())

    module = type("AtHand", (), {"run_with_books": staticmethod(at_hand)})
    plain = command.import_module
    monkeypatch.setattr(command, "import_module", lambda name: module if name.endswith("at_hand") else plain(name))
    asked = ["--by", "某某公司", "--purpose", "记账", "--redirect", REDIRECT, "--scope", "contributions"]
    assert main(["app", "add", "记账本", *asked]) == 0
    told = capsys.readouterr().out
    client_id = re.search(r"client_id +([0-9a-f]{32})", told)[1]  # type: ignore[index]
    secret = re.search(r"client_secret +(\S{43})", told)[1]  # type: ignore[index]
    one = apps.Registered(client_id, "记账本", "", "", ("contributions",), (), False, False, None, None, secret)  # type: ignore[arg-type]
    grant = granted(signed_in(there.people.worker), one)
    assert main(["app", "list"]) == 0
    listed = capsys.readouterr().out
    assert listed.split("\t")[:5] == [client_id, "记账本", "某某公司", "有密钥", "1人同意"]
    assert secret not in listed
    assert main(["app", "end", client_id]) == 0
    assert ask(grant.access).status_code == 401
    assert signed_in(there.people.worker).get(AUTHORIZE, question(one)).status_code == 400
    assert main(["app", "end", "nobody"]) == 2
    assert main(["app", "add", "记账本", *asked[:-1], "everything"]) == 2
    assert "请从列出的里面选" in capsys.readouterr().err


def test_an_app_without_a_secret_needs_none_and_its_code_still_needs_the_verifier(there: Any) -> None:
    one = app("contributions", is_public=True)
    assert one.secret == ""
    assert ask(granted(signed_in(there.people.worker), one).access).status_code == 200


def test_a_sandbox_app_never_reads_a_real_person(there: Any) -> None:
    one = app("contributions", is_sandbox=True)
    Person.objects.filter(pk=there.people.retiree.id).update(is_demo=False)
    page = signed_in(there.people.retiree).get(AUTHORIZE, question(one))
    assert page.status_code == 400
    assert "不能看您的记录" in page.content.decode()
    assert ask(granted(signed_in(there.people.worker), one).access).status_code == 200


@pytest.fixture
def sandbox(db: None) -> Any:
    """A finished demo with somebody employed who can sign in."""
    del db
    person = insured(ZHOU)
    Enrolment.objects.update(kind=Kind.EMPLOYED)
    DemoMade.objects.create(area_id="110000", people=1, seed=1, until=date(2026, 9, 1), is_finished=True)
    return person


def test_the_sandbox_gives_a_token_for_somebody_made_up(sandbox: Any) -> None:
    assert [(one.key, one.person_id) for one in apps.sandbox_people()] == [("110000-employee", sandbox)]
    assert "北京市，在职职工" in Client().get("/developers/").content.decode()
    for _ in range(2):  # the second time user, app and consent are there already
        page = Client().post("/developers/token/", {"person": "110000-employee"})
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
        token = re.search(r"TOKEN=([\w-]+)", page.content.decode())[1]  # type: ignore[index]
        assert ask(token, "coverage").json()["is_insured"] is True
    looks = AccessLog.objects.filter(person_id=sandbox, reader_kind=3, what="coverage")
    assert [row.reason for row in looks] == ["您同意了“开发者试用页”读取"] * 2
    gone = Client().post("/developers/token/", {"person": NOBODY})
    assert (gone.status_code, "没有编的人" in gone.content.decode()) == (422, True)


def test_an_app_for_the_sandbox_is_registered_on_the_page(sandbox: Any) -> None:
    wrong = Client().post("/developers/app/", {"name": "试", "redirect": "ftp://x"})
    assert (wrong.status_code, "https://" in wrong.content.decode()) == (422, True)
    told = {"name": "试试看", "redirect": "http://127.0.0.1/callback"}
    page = Client().post("/developers/app/", told)
    assert page.status_code == 200
    (one,) = apps.apps()
    assert (one.is_sandbox, one.client_id in page.content.decode()) == (True, True)
    answers = [Client().post("/developers/app/", told).status_code for _ in range(ASKED_MAX)]
    assert answers == [200] * (ASKED_MAX - 2) + [422] * 2  # two were asked before
    assert len(apps.apps()) == ASKED_MAX - 1  # one of them was refused


def test_where_the_books_are_real_there_is_no_sandbox(db: None) -> None:
    insured(ZHOU)  # an area without a demo
    page = Client().get("/developers/").content.decode()
    assert "这里没有编的人" in page
    for path in ("app", "token"):
        refused = Client().post(f"/developers/{path}/", {"name": "试", "redirect": "https://x.example/", "person": "x"})
        assert refused.status_code == 422
    assert not App.objects.exists()
