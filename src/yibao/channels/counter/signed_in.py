"""Who is at the counter, until when, and whose record lies open before them?

A session here is that of a member of staff, begun by both factors. It has no person: it opens no page of an insured
person's own, as theirs opens none here. It ends a quarter of an hour after the last page; so does an open record.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from yibao.services import staff
from yibao.services.clock import CHINA
from yibao.services.permissions import Actor
from yibao.services.records import Whose

IDLE_SECONDS = 15 * 60
LONGEST_SECONDS = 10 * 60 * 60
WRITTEN_SECONDS = 30
AT_COUNTER, RECORD = "counter", "counter_record"
View = Callable[..., HttpResponse]


class Open(NamedTuple):
    """The record that lies open: whose, why, and the name as it may be shown."""

    whose: Whose
    name: str


def at_counter(view: View) -> View:
    """Makes a view a page of staff, called with the request and the `Actor`; everybody else is asked to sign in."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = staff.actor_of(request.user) if _still_here(request) else None
        if actor is None:
            return no_store(redirect("counter:sign_in"))
        request.member = staff.member_of(request.user)  # for the head of the page
        request.ending = ending(request)
        return no_store(view(request, actor, *args, **kwargs))

    return wrapped


def ending(request: HttpRequest) -> dict[str, Any]:
    """When the session ends if nothing more is opened: in seconds since 1970, and as a clock shows it."""
    held = request.session[AT_COUNTER]
    seconds = int(min(held["seen"] + IDLE_SECONDS, held["since"] + LONGEST_SECONDS))
    clock = datetime.fromtimestamp(seconds, CHINA).strftime("%H:%M")
    return {"seconds": seconds, "now": int(time.time()), "clock": clock}


def with_record(view: View) -> View:
    """Makes a view a page of the record that lies open; without one it leads back to the desk."""

    @wraps(view)
    def wrapped(request: HttpRequest, actor: Actor, *args: Any, **kwargs: Any) -> HttpResponse:
        held = opened(request)
        return redirect("counter:desk") if held is None else view(request, actor, held, *args, **kwargs)

    return at_counter(wrapped)


def begin(request: HttpRequest) -> None:
    """The session begins, both factors told."""
    now = time.time()
    request.session[AT_COUNTER] = {"since": now, "seen": now}


def put_off(request: HttpRequest) -> None:
    """One tap puts the end of the session off, and that of the record that lies open."""
    for name in (AT_COUNTER, RECORD):
        if name in request.session:
            request.session[name] = {**request.session[name], "seen": time.time()}


def lay_open(request: HttpRequest, person_id: UUID, reason: str) -> None:
    """From now on the pages of a record show this one."""
    request.session[RECORD] = {"person": str(person_id), "reason": reason, "name": "", "seen": time.time()}


def lay_away(request: HttpRequest) -> None:
    """No record lies open any more."""
    request.session.pop(RECORD, None)


def opened(request: HttpRequest) -> Open | None:
    """The record that lies open, if there is one and it was used a short while ago."""
    held, now = request.session.get(RECORD), time.time()
    if held is None:
        return None
    if now - held["seen"] > IDLE_SECONDS:
        lay_away(request)
        return None
    if now - held["seen"] > WRITTEN_SECONDS:
        request.session[RECORD] = {**held, "seen": now}
    return Open(Whose(UUID(held["person"]), held["reason"]), held["name"])


def remember_name(request: HttpRequest, name: str) -> None:
    """The name for the head of the further pages."""
    held = request.session[RECORD]
    if held["name"] != name:
        request.session[RECORD] = {**held, "name": name}


def no_store(response: HttpResponse) -> HttpResponse:
    """The page, kept by no browser."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _still_here(request: HttpRequest) -> bool:
    held, now = request.session.get(AT_COUNTER), time.time()
    if held is None or not request.user.is_authenticated:
        return False
    if now - held["seen"] > IDLE_SECONDS or now - held["since"] > LONGEST_SECONDS:
        logout(request)
        return False
    if now - held["seen"] > WRITTEN_SECONDS:
        request.session[AT_COUNTER] = {**held, "seen": now}
    return True
