"""Who is signed in, until when, and what a page that shows a person's own record must do.

A session ends half an hour after the last page that was opened; a page that renews itself does not keep it alive. The
end stands on every page, with one button that puts it off. What was typed when it ended is kept for the same person.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from yibao.services.permissions import Actor
from yibao.services.sealing import blind_index

IDLE_SECONDS = settings.SESSION_COOKIE_AGE
WARNING_SECONDS = 3 * 60
LONGEST_SECONDS = 12 * 60 * 60
WRITTEN_SECONDS = 60
"""The session is written at most so often: reading a page should not cost a write each time."""
MARK = "last"
"""A cookie that tells only whether the same person is back; it dies with the browser and with signing out."""
View = Callable[..., HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    """As whom this visitor asks the services; only on pages that are `signed_in`."""
    user = request.user
    return Actor("self", UUID(str(user.pk)), user.person_id)


def ends_at(request: HttpRequest) -> int:
    """When the session ends if nothing more is opened, in seconds since 1970."""
    session = request.session
    return int(min(session["seen"] + IDLE_SECONDS, session["since"] + LONGEST_SECONDS))


def signed_in(view: View | None = None, *, keeps_alive: bool = True) -> Any:
    """Makes a view a page of the person's own; others are asked to sign in and then come back to it."""

    def decorator(decorated: View) -> View:
        @wraps(decorated)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _still_in(request, keeps_alive):
                return _no_store(to_sign_in(request))
            response = decorated(request, *args, **kwargs)
            response.set_cookie(MARK, _mark(request), httponly=True, samesite="Strict", secure=request.is_secure())
            return _no_store(response)

        return wrapped

    return decorator if view is None else decorator(view)


def safe_next(request: HttpRequest, told: str) -> str:
    """The page to go back to, if it is one of ours; else nothing."""
    ours = url_has_allowed_host_and_scheme(told, allowed_hosts=None) and told.startswith("/") and len(told) < 2000
    return told if ours else ""


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the first question of signing in; what was being sent is kept till the same person is back."""
    if request.method == "POST":
        mark = request.COOKIES.get(MARK)
        answers = {name: request.POST.getlist(name) for name in request.POST if not name.startswith(("pin", "csrf"))}
        if mark:
            request.session["kept"] = {"path": request.path, "mark": mark, "answers": answers}
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")


def kept_answers(request: HttpRequest) -> dict[str, list[str]]:
    """What this person was sending to this page when the session ended; told once."""
    kept = request.session.get("kept")
    if not kept or kept["path"] != request.path:
        return {}
    del request.session["kept"]
    answers: dict[str, list[str]] = kept["answers"]
    return answers if kept["mark"] == _mark(request) else {}


def _still_in(request: HttpRequest, keeps_alive: bool) -> bool:
    if not request.user.is_authenticated or request.user.person_id is None:
        return False
    session, now = request.session, time.time()
    if "seen" not in session:
        session["seen"] = session["since"] = now
    elif now >= ends_at(request):
        logout(request)
        return False
    elif keeps_alive and now - session["seen"] > WRITTEN_SECONDS:
        session["seen"] = now
    return True


def _mark(request: HttpRequest) -> str:
    return blind_index(str(request.user.pk), what="mark").hex()[:16]


def _no_store(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
