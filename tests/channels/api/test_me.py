"""The record over the API: who brings no token that counts gets 401, who may not see gets 404 (must show 6)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.idp.oidc.models import Token
from django.test import Client
from django.utils import timezone
from tests.channels.portal.owners import owners, signed_in
from tests.services.apps.asked import app, ask, granted
from tests.services.records.agency import FEE, GROSS

from yibao.books.access.models import AccessLog, User
from yibao.channels.api.urls import api
from yibao.services import apps
from yibao.services.results import Done

PATHS = ("home", "movements", "months", "enrolments", "coverage", "allocation/2026-09", "years")
OPENS = {
    "account": {"movements"},
    "contributions": {"months"},
    "enrolment": {"enrolments"},
    "allocation": {"allocation/2026-09"},
    "years": {"years"},
    "coverage": {"coverage"},
    "openid": set(),
    "patient/Coverage.read": {"coverage"},
}


@pytest.fixture
def there(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    del db
    return owners(monkeypatch)


@pytest.fixture
def grant(there: Any) -> Any:
    return granted(signed_in(there.people.worker), app(is_public=True))


def refused(answer: Any, path: str) -> None:
    assert answer.status_code == 401, path
    assert answer.json()["error"]["code"] == "token_not_valid"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="yibao", error="invalid_token"'


def test_without_a_token_that_counts_nothing_is_told(there: Any, grant: Any) -> None:
    own = signed_in(there.people.worker)  # a session of the portal opens pages, not the API
    looks = AccessLog.objects.count()
    tokens = ("", "nobody", grant.refresh, f"{grant.access}x", grant.body["id_token"], "\u4e2d", "x" * 9000)
    headers = ["", "Bearer", f"Basic {grant.access}", *(f"Bearer {token}" for token in tokens)]
    for path in PATHS:
        refused(own.get(f"/api/v1/me/{path}"), path)
        refused(own.get(f"/api/v1/me/{path}?access_token={grant.access}"), path)
        for header in headers:
            refused(own.get(f"/api/v1/me/{path}", headers={"authorization": header}), path)
    assert AccessLog.objects.count() == looks


@pytest.mark.parametrize("end", ["run out", "deleted", "person barred", "app ended"])
def test_a_token_that_no_longer_counts(there: Any, grant: Any, end: str) -> None:
    assert ask(grant.access).status_code == 200
    if end == "run out":
        Token.objects.filter(type="at").update(expires_at=timezone.now() - timedelta(seconds=1))
    elif end == "deleted":
        Token.objects.all().delete()
    elif end == "person barred":
        User.objects.update(is_active=False)
    else:
        (one,) = apps.apps()
        assert isinstance(apps.end_app(one.client_id), Done)
    refused(ask(grant.access), "months")


@pytest.mark.parametrize("scope", OPENS)
def test_each_scope_opens_its_own_subject_and_no_other(there: Any, scope: str) -> None:
    grant = granted(signed_in(there.people.worker), app(scope, is_public=True))
    answers = {path: ask(grant.access, path) for path in PATHS}
    assert {path for path in PATHS if answers[path].status_code == 200} == OPENS[scope]
    closed = [answer for path, answer in answers.items() if path not in OPENS[scope]]
    assert {(answer.status_code, answer.content) for answer in closed} == {(404, closed[0].content)}


def test_a_person_who_is_enrolled_nowhere_is_not_found(there: Any) -> None:
    grant = granted(signed_in(there.people.stranger), app(is_public=True))
    absent = {(answer.status_code, answer.content) for answer in (ask(grant.access, path) for path in PATHS)}
    ((status, content),) = absent
    assert (status, json.loads(content)["error"]["code"]) == (404, "not_found")


def test_each_app_reads_the_person_who_said_yes(there: Any, grant: Any) -> None:
    other = granted(signed_in(there.people.retiree), app(is_public=True, name="另一个"))
    assert ask(other.access, "home").json()["balance"] == GROSS - FEE
    assert ask(grant.access, "home").json()["balance"] != GROSS - FEE
    posted = ask(other.access, "allocation/2026-09").json()
    assert (posted["posted"], posted["posted_gross"]) == (GROSS - FEE, GROSS)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("movements?year=1066", 422),
        ("movements?kind=gift", 422),
        ("movements?page=0", 422),
        ("months?year=zweitausend", 422),
        ("years?old_age=70", 422),
        ("allocation/2026-13", 404),
        ("allocation/0000-01", 404),
        ("allocation/2026-9", 404),
        ("movements?page=99999", 200),  # the last page
        ("movements?year=", 422),
        ("years?old_age=50", 200),
        ("allocation/1999-01", 200),
    ],
)
def test_odd_questions_are_answered_plainly(grant: Any, path: str, status: int) -> None:
    answer = ask(grant.access, path)
    assert answer.status_code == status
    assert ("error" in answer.json()) is (status != 200)


def test_nothing_of_it_is_kept_on_the_way(grant: Any) -> None:
    for path in PATHS:
        assert ask(grant.access, path).headers["Cache-Control"] == "no-store", path


def test_head_and_other_methods(grant: Any) -> None:
    header = {"authorization": f"Bearer {grant.access}"}
    assert Client().head("/api/v1/me/months", headers=header).status_code == 200
    for method in ("post", "put", "delete", "patch"):
        assert getattr(Client(), method)("/api/v1/me/months", headers=header).status_code == 405, method


def test_the_description_says_that_a_token_is_needed() -> None:
    document = api.get_openapi_schema(path_prefix="/api/v1")
    for path, calls in document["paths"].items():
        assert bool(calls["get"].get("security")) is ("/me/" in str(path)), path
    assert sum("/me/" in str(path) for path in document["paths"]) == len(PATHS)
