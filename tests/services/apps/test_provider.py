"""An app of others that asks wrongly, or more than it may: codes, addresses, verifiers, forms from other sites."""

from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from django.db import connection
from django.test import Client
from tests.channels.portal.owners import owners, signed_in
from tests.services.apps.asked import (
    AUTHORIZE,
    VERIFIER,
    app,
    came_back,
    challenge_of,
    credentials,
    granted,
    question,
    redeem,
    yes,
)

from yibao.books.access.models import User
from yibao.books.consents.models import ShortLived
from yibao.services import apps


@pytest.fixture
def there(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    del db
    return owners(monkeypatch)


@pytest.fixture
def client(there: Any) -> Client:
    return signed_in(there.people.worker)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"scope": "contributions account"}, "invalid_scope"),  # registered for the first only
        ({"scope": ""}, "invalid_scope"),
        ({"prompt": "none"}, "interaction_required"),
        ({"prompt": "login"}, "login_required"),
    ],
)
def test_what_an_app_asks_wrongly_goes_back_to_it(client: Client, change: dict[str, str], error: str) -> None:
    one = app("contributions")
    granted(client, one)  # even with a yes to the same app from before
    came = came_back(client.get(AUTHORIZE, question(one, **change)))
    assert came == {"error": error, "state": "Zustand-7"}


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/back", "https://app.example/back/", "https://app.example/back?x=1", "https://app.example:8443/back",
     "https://app.example@evil.example/back", "http://app.example/back", "", "javascript:alert(1)"],
)  # fmt: skip
def test_nobody_is_sent_to_an_address_that_is_not_registered(client: Client, address: str) -> None:
    page = client.get(AUTHORIZE, question(app("contributions"), redirect_uri=address))
    assert page.status_code == 400
    assert "Location" not in page.headers
    assert "没有登记过" in page.content.decode()


def test_on_the_own_machine_the_port_may_be_any(client: Client) -> None:
    one = app("contributions", redirect_uris=["http://127.0.0.1/back"])
    for address, status in (
        ("http://127.0.0.1:49152/back", 200), ("http://127.0.0.1:49152/else", 400), ("http://127.0.0.1:x/back", 400),
        ("http://localhost:49152/back", 400), ("http://a@127.0.0.1:1/back", 400),
    ):  # fmt: skip
        assert client.get(AUTHORIZE, question(one, redirect_uri=address)).status_code == status, address


def test_an_unknown_or_doubled_app_is_not_believed(client: Client) -> None:
    one = app("contributions")
    assert client.get(AUTHORIZE, {**question(one), "client_id": "nobody"}).status_code == 400
    twice = client.get(f"{AUTHORIZE}?{urlencode(question(one))}&client_id=x")
    assert twice.status_code == 400
    apps.end_app(one.client_id)
    assert "停用" in client.get(AUTHORIZE, question(one)).content.decode()


def test_a_code_is_for_this_app_this_address_this_verifier_and_once(client: Client) -> None:
    one, other = app("contributions"), app("contributions", name="另一个")
    for change in (
        {"code_verifier": VERIFIER[:-1] + "A"}, {"code_verifier": ""}, {"redirect_uri": "https://app.example/else"},
        credentials(other), {"client_secret": "guessed"},
    ):  # fmt: skip
        code = came_back(yes(client, question(one)))["code"]
        refused = redeem(one, code, **change)
        assert refused.status_code in (400, 401), change
        assert "access_token" not in refused.json()
    code = came_back(yes(client, question(one)))["code"]
    assert redeem(one, code).status_code == 200
    assert redeem(one, code).json()["error"] == "invalid_grant"


def test_the_vector_of_rfc_7636_holds() -> None:
    assert challenge_of(VERIFIER) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # appendix B


def test_two_apps_cannot_tell_that_it_is_one_person(there: Any, client: Client) -> None:
    one, other = app("openid"), app("openid", name="另一个")
    keys = jwt.PyJWKSet.from_dict(Client().get("/.well-known/jwks.json").json())

    def sub(who: Client, which: Any) -> str:
        grant = granted(who, which)
        told = jwt.decode(grant.body["id_token"], keys.keys[0], ["RS256"], audience=which.client_id)
        info = Client().get("/identity/o/api/userinfo", headers={"authorization": f"Bearer {grant.access}"}).json()
        assert info == {"sub": told["sub"]}, "more than the number was told"
        return str(told["sub"])

    first = sub(client, one)
    assert sub(client, one) == first
    assert len({first, sub(client, other), sub(signed_in(there.people.retiree), one)}) == 3
    user = User.objects.get(person=there.people.worker)
    assert first not in (user.pk.hex, str(user.pk), str(there.people.worker.id))


def test_the_tables_hold_no_token_no_code_and_no_secret(client: Client) -> None:
    one = app("contributions")
    code = came_back(yes(client, question(one)))["code"]
    (kept,) = ShortLived.objects.all()
    assert code.encode() not in bytes(kept.value_sealed) + bytes(kept.key)
    body = redeem(one, code).json()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t::text FROM allauth_idp_oidc_token t UNION ALL SELECT c::text FROM allauth_idp_oidc_client c"
        )
        rows = " ".join(row for (row,) in cursor.fetchall())
    assert [word for word in (body["access_token"], body["refresh_token"], one.secret) if word in rows] == []
    assert not ShortLived.objects.exists()


def test_what_is_offered_is_what_is_there() -> None:
    told = Client().get("/.well-known/openid-configuration").json()
    assert (told["code_challenge_methods_supported"], told["response_types_supported"]) == (["S256"], ["code"])
    assert set(told["grant_types_supported"]) == {"authorization_code", "refresh_token"}
    assert told["subject_types_supported"] == ["pairwise"]
    endpoints = {
        name: address.removeprefix("http://testserver") for name, address in told.items() if name.endswith("_endpoint")
    }
    assert set(endpoints) == {
        "authorization_endpoint", "token_endpoint", "revocation_endpoint", "userinfo_endpoint"
    }  # fmt: skip
    for path in ("/identity/o/device", "/identity/o/logout", "/identity/o/api/device/code"):
        assert (Client().get(path).status_code, Client().post(path).status_code) == (404, 404), path


def test_another_site_cannot_say_yes(there: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.create_user(person=there.people.worker))
    told = question(app("contributions"))
    page = strict.get(AUTHORIZE, told)
    signed = page.context["signed"]
    form = {"request": signed, "scopes": ["contributions"], "days": "90", "action": "grant"}
    assert strict.post(f"{AUTHORIZE}?x=1", form).status_code == 403
    token = {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    address = f"{AUTHORIZE}?" + page.wsgi_request.META["QUERY_STRING"]
    evil = strict.post(address, {**form, **token}, headers={"origin": "https://evil.example"})
    assert evil.status_code == 403
    ours = strict.post(address, {**form, **token}, headers={"origin": "null", "sec-fetch-site": "same-origin"})
    assert "code" in came_back(ours)
