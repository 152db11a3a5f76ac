"""How does a developer try the interface before any agency knows of the app? With made-up people, and only with them.

There is a sandbox where all areas are demos. An app registered there reads nobody but made-up people, so nobody's leave
is needed for it; a token for one of them is given out to whoever asks.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from allauth.idp.oidc.models import Client, Token
from django.db import transaction
from django.utils import timezone

from yibao.books.access.models import User
from yibao.books.consents.models import App
from yibao.law.areas import find as area_of
from yibao.services import people
from yibao.services.apps.consents import allow
from yibao.services.apps.registering import Registered, add_app
from yibao.services.demo import begun, sign_ins
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused
from yibao.services.scopes import SCOPES
from yibao.services.sign_in import tally

PAGE_APP = "5a6d0b8e000040008000000000000001"
"""The sandbox page itself, as an app: what it reads stands in the made-up person's who looked like everything else."""
VALID = timedelta(hours=1)
ASKED_MAX, ASKED_SECONDS = 20, 3600
NO_SANDBOX = Refused("no_sandbox", "这里没有编的人可以试。请在自己的电脑上用 make run 建一个演示，再试。")


@dataclass(frozen=True, slots=True)
class SandboxPerson:
    """Somebody made up whom one may try the interface with."""

    key: str  # area and role, as the form says it
    words: str
    person_id: UUID


@dataclass(frozen=True, slots=True)
class SandboxToken:
    """A token for somebody made up."""

    token: str
    words: str
    minutes: int


def sandbox_people() -> tuple[SandboxPerson, ...]:
    """The people of the sandbox; none where the books are not all made up."""
    out = []
    for demo in begun() or ():
        name = area_of(demo.area_id).name
        for one in sign_ins(demo.area_id):
            person_id = people.find(one.number)
            if person_id is not None:
                out.append(SandboxPerson(f"{demo.area_id}-{one.role}", f"{name}，{one.words}", person_id))
    return tuple(out)


def register_sandbox_app(name: str, redirect_uri: str, address: str) -> Done[Registered] | Refused:
    """An app to try with, registered by whoever develops it; `address` is the network it comes from."""
    if not sandbox_people():
        return NO_SANDBOX
    refused = _too_often(address)
    if refused:
        return refused
    purpose = "开发者试用，只能看编出来的人"
    return add_app(name, "还没有单位负责（试用）", purpose, [redirect_uri.strip()], list(SCOPES), is_sandbox=True)


def sandbox_token(key: str, address: str) -> Done[SandboxToken] | Refused:
    """A token of an hour that reads everything an app may read of somebody made up."""
    chosen = next((one for one in sandbox_people() if one.key == key), None)
    if chosen is None:
        return NO_SANDBOX
    refused = _too_often(address)
    if refused:
        return refused
    value = secrets.token_urlsafe(48)
    with transaction.atomic():
        client = _page_app()
        user = User.objects.filter(person_id=chosen.person_id).first() or _user_of(chosen.person_id)
        given = allow(Actor("self", user.pk, chosen.person_id), client.pk, list(SCOPES), 1)
        if isinstance(given, Refused):
            return given
        token = Token(client=client, user=user, type=Token.Type.ACCESS_TOKEN, expires_at=timezone.now() + VALID)
        token.set_value(value)
        token.set_scopes(list(SCOPES))
        token.save()
    return Done(SandboxToken(value, chosen.words, VALID.seconds // 60))


def _user_of(person_id: UUID) -> User:
    from yibao.books.people.models import Person

    return User.objects.create_user(Person.objects.get(pk=person_id))


def _page_app() -> Client:
    """The app that the sandbox page is, made the first time."""
    defaults = {"name": "开发者试用页", "type": Client.Type.PUBLIC, "secret": "", "scopes": "\n".join(SCOPES)}
    nothing = {"grant_types": "", "response_types": ""}  # it asks nobody and redeems nothing
    client, _ = Client.objects.get_or_create(id=PAGE_APP, defaults=defaults | nothing)
    told = {"by": "本站", "purpose": "给开发者试用", "is_sandbox": True, "made_at": timezone.now()}
    App.objects.get_or_create(client=client, defaults=told)
    return client


def _too_often(address: str) -> Refused | None:
    tries, _ = tally.count("sandbox", address, limit=ASKED_MAX, seconds=ASKED_SECONDS)
    if tries <= ASKED_MAX:
        return None
    return Refused("sandbox_too_often", f"一个小时里最多试 {ASKED_MAX} 次，请过一个小时再来。")
