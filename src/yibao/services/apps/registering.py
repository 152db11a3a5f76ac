"""How does an agency admit an app of others, see which there are, and end one?"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.idp.oidc.models import Client, Token
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from yibao.books.consents.models import App, Consent
from yibao.services.apps.consents import LOOPBACK
from yibao.services.apps.provider import RandomSecret
from yibao.services.results import Done, Refused
from yibao.services.scopes import SCOPES

NAME_MAX, BY_MAX, PURPOSE_MAX, ADDRESS_MAX = 40, 80, 200, 500


@dataclass(frozen=True, slots=True)
class Registered:
    """An app of others. The secret is known only at the moment in which the app is registered."""

    client_id: str
    name: str
    by: str
    purpose: str
    scopes: tuple[str, ...]
    redirect_uris: tuple[str, ...]
    is_public: bool
    is_sandbox: bool
    made_at: datetime
    ended_at: datetime | None
    secret: str = ""
    people: int = 0  # with an open consent


def add_app(
    name: str,
    by: str,
    purpose: str,
    redirect_uris: Sequence[str],
    scopes: Sequence[str],
    *,
    is_public: bool = False,
    is_sandbox: bool = False,
) -> Done[Registered] | Refused:
    """Admit an app: its name and purpose are what people are shown, its addresses the only ones they are sent to.

    A public app (on a phone, in a browser) cannot keep a secret and gets none; PKCE is asked of every app.
    """
    name, by, purpose = (" ".join(text.split()) for text in (name, by, purpose))
    refused = _refused(name, by, purpose, redirect_uris, scopes)
    if refused:
        return refused
    secret = "" if is_public else secrets.token_urlsafe(32)
    client = Client(
        id=uuid4().hex,
        name=name,
        secret=make_password(secret or None, hasher=RandomSecret.algorithm),
        type=Client.Type.PUBLIC if is_public else Client.Type.CONFIDENTIAL,
        grant_types="authorization_code\nrefresh_token",
        response_types="code",
    )
    client.set_redirect_uris(list(redirect_uris))
    client.set_scopes([one for one in SCOPES if one in scopes])
    with transaction.atomic():
        client.save(force_insert=True)
        app = App.objects.create(client=client, by=by, purpose=purpose, is_sandbox=is_sandbox, made_at=timezone.now())
    return Done(_told(app, secret))


def _refused(name: str, by: str, purpose: str, redirect_uris: Sequence[str], scopes: Sequence[str]) -> Refused | None:
    """Why an app cannot be registered so; None where it can."""
    if not 0 < len(name) <= NAME_MAX or not name.isprintable():
        return Refused("bad_app_name", f"请写应用的名字，1到{NAME_MAX}个字。", field="name")
    if not 0 < len(by) <= BY_MAX or not by.isprintable():
        return Refused("bad_app_owner", f"请写由哪个单位负责，1到{BY_MAX}个字。", field="by")
    if not 0 < len(purpose) <= PURPOSE_MAX or not purpose.isprintable():
        return Refused("bad_app_purpose", f"请写用来做什么，1到{PURPOSE_MAX}个字，本人同意前会看到。", field="purpose")
    if not redirect_uris or not all(map(_is_address, redirect_uris)):
        message = "送回的网址要以 https:// 开头（自己电脑上可以是 http://127.0.0.1），不带 # 和 *，请改一下。"
        return Refused("bad_redirect", message, field="redirect")
    unknown = [one for one in scopes if one not in SCOPES]
    if not scopes or unknown:
        return Refused("unknown_scope", "要读的内容请从列出的里面选，至少一样。", tuple(SCOPES), "scope")
    return None


def _is_address(address: str) -> bool:
    """Whether people may be sent there: encrypted, or a program on their own machine."""
    if (
        len(address) > ADDRESS_MAX
        or not address.isascii()
        or not address.isprintable()
        or set(address) & set(' #*\\"<>;,')
    ):
        return False
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 a port that is no number is an error
    except ValueError:
        return False
    if not parts.hostname or "@" in parts.netloc:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def apps() -> tuple[Registered, ...]:
    """Every app, the newest first, with the number of people who allow it now."""
    return tuple(_told(app) for app in App.objects.select_related("client").order_by("-made_at"))


def end_app(client_id: str) -> Done[Registered] | Refused:
    """End an app for everybody: all its consents, all its tokens, at once."""
    now = timezone.now()
    with transaction.atomic():
        app = App.objects.select_for_update(of=("self",)).select_related("client").filter(pk=client_id).first()
        if app is None:
            return Refused("app_not_found", "没有这个应用，请用 yibao app list 看编号。", field="client_id")
        Consent.objects.filter(app=app, ended_at=None).update(ended_at=now)
        Token.objects.filter(client_id=client_id).delete()
        if app.ended_at is None:
            app.ended_at = now
            app.save(update_fields=["ended_at"])
    return Done(_told(app))


def _told(app: App, secret: str = "") -> Registered:
    client = app.client
    return Registered(
        client_id=client.pk,
        name=client.name,
        by=app.by,
        purpose=app.purpose,
        scopes=tuple(client.get_scopes()),
        redirect_uris=tuple(client.get_redirect_uris()),
        is_public=client.type == Client.Type.PUBLIC,
        is_sandbox=app.is_sandbox,
        made_at=app.made_at,
        ended_at=app.ended_at,
        secret=secret,
        people=app.consents.filter(ended_at=None, until__gt=timezone.now()).count(),
    )
