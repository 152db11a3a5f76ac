"""An app of others: only with the person's yes, only what was allowed, only until it is taken back (must show 4)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.channels.portal.owners import owners, signed_in
from tests.services.apps.asked import (
    AUTHORIZE,
    TOKEN,
    app,
    ask,
    came_back,
    credentials,
    granted,
    question,
    redeem,
    yes,
)
from tests.services.records.agency import CARE, FIRST_BASE, OPENING, SECOND_BASE

from yibao.books.access.models import AccessLog, User
from yibao.books.consents.models import Consent
from yibao.books.enrolment.models import Enrolment
from yibao.services import apps, records
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused

PATHS = ("home", "movements", "months", "enrolments", "coverage", "allocation/2026-09", "years")


@pytest.fixture
def there(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    del db
    return owners(monkeypatch)


@pytest.fixture
def client(there: Any) -> Client:
    return signed_in(there.people.worker)


def own(there: Any) -> Actor:
    user = User.objects.get(person=there.people.worker)
    return Actor("self", user.pk, there.people.worker.id)


def test_after_the_yes_the_app_reads_the_same_figures(client: Client) -> None:
    grant = granted(client, app())
    body = {path: ask(grant.access, path).json() for path in PATHS}
    months_2025, months_after = 6, 12  # January to June 2025; September 2025 to September 2026 without November
    share = (months_2025 * FIRST_BASE + months_after * SECOND_BASE) * 2 // 100
    assert body["home"]["balance"] == body["movements"]["balance"] == OPENING + share - CARE
    assert body["months"]["total_person"] == 9 * SECOND_BASE * 2 // 100  # 2026: January to September
    assert [row["state"] for row in body["months"]["rows"]] == ["paid"] * 9 + ["due"]
    assert body["coverage"]["is_insured"] is True
    assert [(one["starts"], one["ends"]) for one in body["coverage"]["covers"]] == [
        ("2025-09-01", None), ("2025-01-01", "2025-06-30")
    ]  # fmt: skip
    assert body["allocation/2026-09"]["posted"] == SECOND_BASE * 2 // 100
    assert body["years"]["counted"]["total"] == months_2025 + months_after + 2  # two are deemed


def test_nothing_that_names_a_row_or_a_person_leaves(there: Any, client: Client) -> None:
    grant = granted(client, app())
    sent = json.dumps([ask(grant.access, path).json() for path in PATHS], ensure_ascii=False)
    stays = Enrolment.objects.filter(person=there.people.worker).values_list("id", flat=True)
    ids = [str(there.people.worker.id), *map(str, stays)]
    assert [one for one in ids if one in sent] == []
    assert "王建国" not in sent


def test_what_was_not_allowed_is_as_if_it_were_not_there(client: Client) -> None:
    """The person takes a tick away; asked for or not, the app cannot tell it from a record that is not there."""
    one = app("openid", "contributions", "coverage", "account")
    grant = granted(client, one, "openid", "contributions", "coverage", asks=one.scopes)
    assert set(grant.body["scope"].split()) == {"openid", "contributions", "coverage"}
    got = {path: ask(grant.access, path) for path in PATHS}
    assert {path for path in PATHS if got[path].status_code == 200} == {"months", "coverage"}
    closed = [got[path] for path in PATHS if got[path].status_code != 200]
    assert {answer.status_code for answer in closed} == {404}
    assert {answer.json()["error"]["code"] for answer in closed} == {"not_found"}
    assert len({answer.content for answer in closed}) == 1


def test_taken_back_means_401_at_once(there: Any, client: Client) -> None:
    one, other = app("contributions"), app("contributions", name="另一个")
    grant, kept = granted(client, one), granted(client, other)
    resident = granted(signed_in(there.people.resident), one)
    pending = came_back(yes(client, question(one)))["code"]  # a code not redeemed yet
    assert ask(grant.access).status_code == 200
    (held,) = [held for held in apps.allowed(own(there)) if held.name == one.name and held.is_open]
    gone = client.post("/me/apps/end/", {"consent": held.id})
    assert (gone.status_code, gone.headers["Location"]) == (302, "/me/apps/?done=1")
    answer = ask(grant.access)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "token_not_valid"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    refreshed = Client().post(
        TOKEN, {"grant_type": "refresh_token", "refresh_token": grant.refresh, **credentials(one)}
    )
    assert refreshed.json()["error"] == "invalid_grant"
    late = redeem(one, pending)
    assert late.status_code != 200 or ask(late.json()["access_token"]).status_code == 401
    assert ask(kept.access).status_code == 200, "another app lost its leave"
    assert ask(resident.access).status_code == 200, "another person's leave was taken back"
    assert AccessLog.objects.filter(person_id=there.people.worker.id).count() == 2  # what was refused was not read


def test_nobody_takes_back_what_another_gave(there: Any, client: Client) -> None:
    grant = granted(client, app("contributions"))
    consent = Consent.objects.get()
    stranger = signed_in(there.people.retiree)
    assert stranger.post("/me/apps/end/", {"consent": consent.id}).status_code == 404
    assert stranger.post("/me/apps/end/", {"consent": "kein"}).status_code == 404
    for actor in (Actor("staff", own(there).user_id, None, ("110000",)), Actor("app", own(there).user_id)):
        found = apps.end_consent(actor, consent.id)
        assert isinstance(found, Refused)
        assert found.code == "not_found"
        assert apps.allowed(actor) == ()
    assert ask(grant.access).status_code == 200


def test_its_day_ends_it_too(client: Client) -> None:
    one = app("contributions")
    grant = granted(client, one, days="1")
    held = Consent.objects.get()
    assert held.until - held.given_at == timedelta(1)
    Consent.objects.update(given_at=timezone.now() - timedelta(2), until=timezone.now() - timedelta(seconds=1))
    assert ask(grant.access).status_code == 401
    body = {"grant_type": "refresh_token", "refresh_token": grant.refresh, **credentials(one)}
    assert Client().post(TOKEN, body).json()["error"] == "invalid_grant"
    held.refresh_from_db()
    assert held.ended_at == held.until


def test_a_refreshed_token_replaces_the_old_one(client: Client) -> None:
    one = app("contributions")
    grant = granted(client, one)
    body = {"grant_type": "refresh_token", **credentials(one)}
    fresh = Client().post(TOKEN, {**body, "refresh_token": grant.refresh}).json()
    assert ask(fresh["access_token"]).status_code == 200
    assert Client().post(TOKEN, {**body, "refresh_token": grant.refresh}).json()["error"] == "invalid_grant"
    wider = Client().post(TOKEN, {**body, "refresh_token": fresh["refresh_token"], "scope": "account contributions"})
    assert wider.json()["error"] == "invalid_scope"


def test_asked_again_with_less_takes_the_rest_away(client: Client) -> None:
    """The new yes counts for the tokens of the old one too; there is one open consent an app."""
    one = app("contributions", "account")
    first = granted(client, one)
    assert ask(first.access, "movements").status_code == 200
    granted(client, one, "contributions", asks=one.scopes)
    assert ask(first.access, "movements").status_code == 404
    assert ask(first.access, "months").status_code == 200
    assert Consent.objects.filter(ended_at=None).count() == 1


def test_every_look_stands_in_who_looked_with_the_apps_name(there: Any, client: Client) -> None:
    grant = granted(client, app())
    for path in PATHS:
        assert ask(grant.access, path).status_code == 200
    found = records.lookers(own(there))
    assert isinstance(found, Done)
    by_app = [row for row in found.value.rows if not row.is_own]
    assert len(by_app) == len(PATHS)
    assert {(row.who, row.reason) for row in by_app} == {("授权的应用", "您同意了“记账本”读取")}
    page = client.get("/me/looked/").content.decode()
    assert "记账本" in page
    for path in ("months",) * 3:  # not folded: each is a row
        ask(grant.access, path)
    assert AccessLog.objects.filter(reader_kind=3, what="months").count() == 4


def test_a_no_leaves_nothing(client: Client) -> None:
    one = app("contributions")
    came = came_back(yes(client, question(one), action="cancel"))
    assert came == {"error": "access_denied", "state": "Zustand-7"}
    assert not Consent.objects.exists()


def test_the_question_says_who_gets_what_for_how_long(client: Client) -> None:
    one = app("openid", "contributions", "account")
    page = client.get(AUTHORIZE, question(one))
    text = page.content.decode()
    for words in (
        "记账本",
        "某某科技有限公司",
        "帮您记医保账",
        "缴费月份",
        "个人账户",
        "给 90 天",
        "只给一天",
        "给一年",
    ):
        assert words in text, words
    assert "form-action 'self' https://app.example;" in page.headers["Content-Security-Policy"] + ";"
    assert page.headers["Cache-Control"] == "no-store"
    nothing = yes(client, question(app("contributions", name="空")), "none", days="90")
    assert nothing.status_code == 200
    assert "一样都没有选" in nothing.content.decode()
    odd = yes(client, question(one), days="5000")
    assert "请从列出的几种时间里选一种" in odd.content.decode()
    assert not Consent.objects.exists()


def test_who_is_not_signed_in_signs_in_first_and_comes_back(there: Any) -> None:
    told = question(app("contributions"))
    asked = Client().get(AUTHORIZE, told)
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/sign-in/?next=%2Fidentity%2Fo%2Fauthorize%3F")
