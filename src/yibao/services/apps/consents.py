"""What does an app ask of a person, what did the person allow, and how is it taken back (授权, 收回)?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from allauth.idp.oidc.models import Token
from django.db import transaction
from django.utils import timezone

from yibao.books.access.models import User
from yibao.books.consents.models import App, Consent, ShortLived
from yibao.books.keys import new_key
from yibao.services import notices
from yibao.services.clock import CHINA
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused
from yibao.services.scopes import SCOPES

DAYS = (1, 90, 365)
"""For how long a person may allow an app to read; 90 unless chosen."""
LOOPBACK = ("127.0.0.1", "::1")
ONCE = ("client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method")
APP_UNKNOWN = Refused("app_unknown", "这个应用没有在这里登记，或者已经停用。请回到那个应用，告诉它的客服。")
BAD_ADDRESS = Refused("redirect_not_registered", "这个应用要把您送去的网址没有登记过，已经停下。请告诉它的客服。")
SANDBOX_ONLY = Refused("sandbox_only", "这个应用还在试用，只能看编出来的人，不能看您的记录。没有给它任何东西。")
NOT_FOUND = Refused("not_found", "没有找到这次授权，可能已经收回了。请回到列表看看。")


@dataclass(frozen=True, slots=True)
class Asking:
    """What an app asks: who is behind it, for what, and which subjects. `error` goes back to the app, unless empty."""

    client_id: str
    name: str
    by: str
    purpose: str
    is_sandbox: bool
    redirect_uri: str
    state: str
    scopes: tuple[str, ...]
    error: str = ""

    @property
    def origin(self) -> str:
        """Where the person is sent afterwards."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Allowed:
    """A consent as the person sees it."""

    id: UUID
    name: str
    by: str
    purpose: str
    scopes: tuple[str, ...]
    given_at: datetime
    until: datetime
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether the app may read today."""
        return self.ended_at is None and self.until > timezone.now()


def asking(actor: Actor, given: Mapping[str, Sequence[str]]) -> Done[Asking] | Refused:
    """What an app asks of this person; refused where even its address cannot be trusted.

    Stricter than the standard's minimum, as OAuth 2.1 has it: the exact address, and PKCE by S256 from everybody.
    """
    if any(len(given.get(name, ())) > 1 for name in ONCE):
        return BAD_ADDRESS
    told = {name: given[name][0] for name in given if given[name]}
    app = App.objects.filter(pk=told.get("client_id", ""), ended_at=None).select_related("client").first()
    if app is None:
        return APP_UNKNOWN
    address = told.get("redirect_uri", "")
    if not any(_same_address(address, known) for known in app.client.get_redirect_uris()):
        return BAD_ADDRESS
    user = _user_of(actor)
    if user is None:
        return NOT_FOUND
    if app.is_sandbox and not user.person.is_demo:
        return SANDBOX_ONLY
    scopes = tuple(dict.fromkeys(told.get("scope", "").split()))
    error = _error(told, scopes, app.client.get_scopes())
    asked = (app.pk, app.client.name, app.by, app.purpose, app.is_sandbox, address, told.get("state", ""))
    return Done(Asking(*asked, scopes=scopes, error=error))


def _user_of(actor: Actor, *, lock: bool = False) -> User | None:
    """The person who asks, as they signed in themselves: nobody consents for somebody else."""
    if actor.kind != "self" or actor.person_id is None:
        return None
    rows = User.objects.select_related("person").filter(pk=actor.user_id, person_id=actor.person_id)
    found: User | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
    return found


def _same_address(address: str, known: str) -> bool:
    """Whether an address is the registered one, letter by letter; on the own machine the port may be any (RFC 8252)."""
    if address == known:
        return True
    try:
        one, other = urlsplit(address), urlsplit(known)
        one_port = one.port
    except ValueError:
        return False
    if other.scheme != "http" or other.hostname not in LOOPBACK or one_port is None or "@" in one.netloc:
        return False
    return (one.scheme, one.hostname, one.path, one.query, one.fragment) == (
        other.scheme, other.hostname, other.path, other.query, ""
    )  # fmt: skip


def _error(told: Mapping[str, str], scopes: tuple[str, ...], known: list[str]) -> str:
    """What is wrong with a request of an app whose address is right, by its name in the standard."""
    if told.get("response_type") != "code":
        return "unsupported_response_type"
    if not told.get("code_challenge") or told.get("code_challenge_method") != "S256":
        return "invalid_request"
    if not scopes or not set(scopes) <= set(known):
        return "invalid_scope"
    prompts = set(told.get("prompt", "").split()) - {"consent"}
    if prompts:  # nobody is signed in, or asked, without seeing a page
        return "login_required" if "login" in prompts else "interaction_required"
    return ""


def allow(actor: Actor, client_id: str, scopes: Sequence[str], days: int) -> Done[Allowed] | Refused:
    """The person's yes: these subjects, for so many days; an earlier yes to the same app ends."""
    app = App.objects.filter(pk=client_id, ended_at=None).select_related("client").first()
    if app is None:
        return APP_UNKNOWN
    chosen = [name for name in SCOPES if name in scopes and name in app.client.get_scopes()]
    if days not in DAYS:
        return Refused("days_not_offered", "请从列出的几种时间里选一种。", tuple(f"{one}天" for one in DAYS), "days")
    if not chosen:
        return Refused("nothing_allowed", "一样都没有选。要给，就勾上一样；不想给，请按“不同意”。", field="scopes")
    now = timezone.now()
    with transaction.atomic():
        user = _user_of(actor, lock=True)
        if user is None:
            return NOT_FOUND
        if app.is_sandbox and not user.person.is_demo:
            return SANDBOX_ONLY
        Consent.objects.filter(user=user, app=app, ended_at=None).update(ended_at=now)
        made = Consent.objects.create(
            id=new_key(), app=app, user=user, scopes=chosen, given_at=now, until=now + timedelta(days)
        )
        fields = {"app": app.client.name, "until": _day(made.until)}
        notices.tell(user.person_id, "app_allowed", str(made.pk), fields)
    return Done(_told(made))


def allowed(actor: Actor) -> tuple[Allowed, ...]:
    """Every consent of the person who asks, open ones first, then the newest."""
    if actor.kind != "self":
        return ()
    found = Consent.objects.filter(user_id=actor.user_id).select_related("app__client").order_by("-given_at")[:100]
    return tuple(sorted((_told(one) for one in found), key=lambda one: not one.is_open))


def end_consent(actor: Actor, consent_id: UUID) -> Done[Allowed] | Refused:
    """Take a consent back: from this moment every token of the app for this person is refused."""
    with transaction.atomic():
        own = Consent.objects.filter(user_id=actor.user_id, ended_at=None) if actor.kind == "self" else None
        found = own.select_for_update(of=("self",)).filter(pk=consent_id).first() if own is not None else None
        if found is None:
            return NOT_FOUND
        found.ended_at = timezone.now()
        found.save(update_fields=["ended_at"])
        Token.objects.filter(client_id=found.app_id, user_id=found.user_id).delete()
        if found.user.person_id is not None:
            notices.tell(found.user.person_id, "app_ended", str(found.pk), {"app": found.app.client.name})
    return Done(_told(found))


def forget_expired() -> None:
    """What has run out ends: consents on their day with all their tokens, and whatever was kept for minutes."""
    now = timezone.now()
    with transaction.atomic():
        over = Consent.objects.select_for_update(skip_locked=True).filter(ended_at=None, until__lte=now)
        for consent in over:
            Token.objects.filter(client_id=consent.app_id, user_id=consent.user_id).delete()
            consent.ended_at = consent.until
            consent.save(update_fields=["ended_at"])
    Token.objects.expired().delete()
    ShortLived.objects.filter(until__lte=now).delete()


def _day(at: datetime) -> str:
    here = at.astimezone(CHINA)
    return f"{here.year}年{here.month}月{here.day}日"


def _told(one: Consent) -> Allowed:
    app = one.app
    return Allowed(
        one.id, app.client.name, app.by, app.purpose, tuple(one.scopes), one.given_at, one.until, one.ended_at
    )
