"""An app of others as it really asks: the way from its first link to the person's record, over HTTP."""

import base64
import hashlib
import re
import secrets
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from yibao.services.apps import Registered, add_app
from yibao.services.results import Done
from yibao.services.scopes import SCOPES

REDIRECT = "https://app.example/back"
AUTHORIZE, TOKEN = "/identity/o/authorize", "/identity/o/api/token"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636, appendix B
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


class Grant(NamedTuple):
    """What an app holds after the person's yes."""

    access: str
    refresh: str
    body: dict[str, Any]


def app(*scopes: str, **how: Any) -> Registered:
    """An app registered by the agency."""
    told = {"name": "记账本", "by": "某某科技有限公司", "purpose": "帮您记医保账", "redirect_uris": [REDIRECT]}
    done = add_app(**{**told, "scopes": list(scopes or SCOPES), **how})
    assert isinstance(done, Done), done
    return done.value


def challenge_of(verifier: str) -> str:
    """S256 of RFC 7636."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def question(one: Registered, *scopes: str, **more: str) -> dict[str, str]:
    """The parameters with which the app sends a person to us."""
    told = {
        "response_type": "code",
        "client_id": one.client_id,
        "redirect_uri": REDIRECT,
        "scope": " ".join(scopes or one.scopes),
        "state": "Zustand-7",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return {**told, **more}


def yes(client: Client, told: dict[str, str], *scopes: str, days: str = "90", action: str = "grant") -> Any:
    """Open the question and answer it; where the person is then sent."""
    page = client.get(AUTHORIZE, told)
    assert page.status_code == 200, (page.status_code, page.headers.get("Location"), page.content.decode()[:3000])
    signed = re.search(r'name="request" value="([^"]+)"', page.content.decode())[1]
    chosen = scopes or told["scope"].split()
    form = {"request": signed, "scopes": chosen, "days": days, "action": action}
    return client.post(f"{AUTHORIZE}?{urlencode(told)}", form)


def came_back(response: Any) -> dict[str, str]:
    """What stands in the address to which the person was sent back."""
    assert response.status_code == 302, (response.status_code, response.content.decode()[:3000])
    address = urlsplit(response.headers["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == REDIRECT
    return {name: values[0] for name, values in parse_qs(address.query).items()}


def redeem(one: Registered, code: str, **more: str) -> Any:
    """Ask for tokens for a code, as the app's own server does."""
    body = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "code_verifier": VERIFIER}
    return Client().post(TOKEN, {**body, **credentials(one), **more})


def credentials(one: Registered) -> dict[str, str]:
    """What the app names itself by."""
    return {"client_id": one.client_id} | ({"client_secret": one.secret} if one.secret else {})


def granted(client: Client, one: Registered, *scopes: str, asks: tuple[str, ...] = (), days: str = "90") -> Grant:
    """The whole way: question, yes, code, tokens."""
    came = came_back(yes(client, question(one, *(asks or scopes)), *scopes, days=days))
    assert came["state"] == "Zustand-7"
    answered = redeem(one, came["code"])
    assert answered.status_code == 200, answered.content
    body = answered.json()
    return Grant(body["access_token"], body["refresh_token"], body)


def ask(token: str, path: str = "months") -> Any:
    """Ask the API for a part of the record."""
    return Client().get(f"/api/v1/me/{path}", headers={"authorization": f"Bearer {token}"})


def verifier() -> str:
    """A fresh one."""
    return secrets.token_urlsafe(48)
