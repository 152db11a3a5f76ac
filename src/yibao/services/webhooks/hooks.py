"""Which app is told of changes, and at which address? The agency says so; the secret is shown once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from yibao.books.consents.models import App
from yibao.books.keys import new_key
from yibao.books.webhooks.models import Hook, Message
from yibao.services.results import Done, Refused
from yibao.services.sealing import seal
from yibao.services.webhooks.signing import new_secret

LOOPBACK = ("127.0.0.1", "localhost", "::1")
URL_MAX = 500


@dataclass(frozen=True, slots=True)
class NewHook:
    """A hook just made, with its secret: shown now and never again."""

    id: UUID
    secret: str


@dataclass(frozen=True, slots=True)
class HookShown:
    """A hook as the agency sees it, and how it stands with its messages."""

    id: UUID
    app: str
    url: str
    made_at: datetime
    ended_at: datetime | None
    told: int
    waiting: int
    given_up: int


def add_hook(client_id: str, url: str) -> Done[NewHook] | Refused:
    """Tell an app of changes at an address: HTTPS, or this very machine."""
    app = App.objects.filter(pk=client_id, ended_at=None).first()
    if app is None:
        return Refused("hook_app_unknown", "没有这个应用，或者已经停用。请用 yibao app list 核对编号。", field="app")
    if not _is_safe(url):
        message = "网址要以 https 开头，不带用户名和井号，最多500个字；本机试用可以用 http。请改一下。"
        return Refused("hook_not_https", message, field="url")
    if Hook.objects.filter(app=app, url=url, ended_at=None).exists():
        return Refused("hook_known_already", "这个应用的这个网址已经登记过了。要换密钥，先停用旧的。", field="url")
    secret = new_secret()
    sealed = seal(secret, what="webhook")
    made = Hook.objects.create(id=new_key(), app=app, url=url, secret_sealed=sealed, made_at=timezone.now())
    return Done(NewHook(made.id, secret))


def _is_safe(url: str) -> bool:
    """Whether what is sent there cannot be read on the way."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= URL_MAX
    if not plain or not host or "@" in parts.netloc or parts.fragment or port == 0:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)


def hooks() -> list[HookShown]:
    """Every hook, newest first."""
    told = Count("messages", filter=Q(messages__told_at__isnull=False))
    waiting = Count("messages", filter=Q(messages__next_at__isnull=False))
    given_up = Count("messages", filter=Q(messages__next_at=None, messages__told_at=None))
    rows = Hook.objects.annotate(told=told, waiting=waiting, given_up=given_up).select_related("app__client")
    return [
        HookShown(
            row.id, row.app.client.name, row.url, row.made_at, row.ended_at, row.told, row.waiting, row.given_up
        )
        for row in rows.order_by("-made_at")
    ]


def end_hook(number: str) -> Done[None] | Refused:
    """Tell an address nothing more; what still waits for it is given up."""
    try:
        key = UUID(number)
    except ValueError:
        key = None
    ended = Hook.objects.filter(pk=key, ended_at=None).update(ended_at=timezone.now()) if key else 0
    if not ended:
        return Refused("hook_unknown", "没有这个编号，或者已经停用了。请用 yibao webhooks list 核对。", field="id")
    Message.objects.filter(hook_id=key, next_at__isnull=False).update(next_at=None)
    return Done(None)
