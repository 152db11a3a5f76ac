"""Signing in at the counter: name and password, then the second factor. Its own way in, apart from the insured's.

The first time the password of the administrator opens only the choice of an own one and the set-up of an app.
"""

from __future__ import annotations

import io
import time
from typing import Any

import segno
from allauth.account.adapter import get_adapter
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from yibao.channels.counter.signed_in import AT_COUNTER, at_counter, begin, ending, put_off
from yibao.services import staff
from yibao.services.permissions import Actor
from yibao.services.results import Refused

FORM = ["GET", "HEAD", "POST"]
STATE = "counter_sign_in"
"""How far signing in has come, in the session, which lies sealed: whose password was told, and when."""
SECONDS = 10 * 60
BACKEND = "yibao.services.sign_in.backend.WithoutPassword"


@require_http_methods(FORM)
@cache_control(no_store=True)
def name(request: HttpRequest) -> HttpResponse:
    """Name and password."""
    if request.method != "POST":
        if AT_COUNTER in request.session and staff.actor_of(request.user):
            return redirect("counter:desk")
        return _page(request, "sign_in")
    told = request.POST.get("name", "")
    address = get_adapter().get_client_ip(request)
    entered = staff.check_password(told, request.POST.get("password", ""), address)
    if isinstance(entered, Refused):
        return _page(request, "sign_in", entered, value=told[:60])
    request.session.cycle_key()
    request.session[STATE] = {
        "user": str(entered.value.user_id),
        "at": time.time(),
        "choose": entered.value.must_choose,
    }
    return _next(request)


@require_http_methods(FORM)
@cache_control(no_store=True)
def password(request: HttpRequest) -> HttpResponse:
    """An own password in place of the administrator's."""
    state = pending(request)
    if state is None or not state["choose"]:
        return redirect("counter:sign_in")
    if request.method != "POST":
        return _page(request, "password")
    done = staff.choose_password(state["user"], request.POST.get("password", ""), request.POST.get("again", ""))
    if isinstance(done, Refused):
        return _page(request, "password", done)
    request.session[STATE] = {**state, "choose": False}
    return _next(request)


@require_http_methods(FORM)
@cache_control(no_store=True)
def app(request: HttpRequest) -> HttpResponse:
    """Setting up the authenticator app; only for somebody who has no second factor yet."""
    state = pending(request)
    if state is None or state["choose"] or staff.has_factor(state["user"]):
        return redirect("counter:sign_in")
    if "key" not in state:
        state = request.session[STATE] = {**state, "key": staff.new_app_key()}
    if request.method != "POST":
        return _app_page(request, state)
    done = staff.set_up_app(state["user"], state["key"], request.POST.get("code", ""))
    return _app_page(request, state, done) if isinstance(done, Refused) else enter(request, state)


@require_http_methods(FORM)
@cache_control(no_store=True)
def code(request: HttpRequest) -> HttpResponse:
    """The code of the app."""
    state = pending(request)
    if state is None or state["choose"]:
        return redirect("counter:sign_in")
    done = staff.check_app_code(state["user"], request.POST.get("code", "")) if request.method == "POST" else None
    if done is None or isinstance(done, Refused):
        return _page(request, "code", done, has_passkey=staff.has_passkey(state["user"]))
    return enter(request, state)


@require_POST
@at_counter
def extend(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One tap puts the end of the session off; a page with JavaScript stays as it is."""
    put_off(request)
    if request.headers.get("Accept") == "application/json":
        ends = ending(request)
        return JsonResponse({"seconds": ends["seconds"] - ends["now"], "clock": ends["clock"]})
    return redirect("counter:desk")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and have the browser forget the pages."""
    logout(request)
    response = redirect("counter:sign_in")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store"
    return response


def pending(request: HttpRequest) -> dict[str, Any] | None:
    """Who has told the password a short while ago, and not yet the second factor."""
    state: dict[str, Any] | None = request.session.get(STATE)
    return state if state is not None and time.time() - state["at"] < SECONDS else None


def enter(request: HttpRequest, state: dict[str, Any]) -> HttpResponse:
    """Both factors are told: the session begins."""
    user = staff.user_of(state["user"])
    if user is None or staff.actor_of(user) is None:
        return _page(request, "sign_in", Refused("staff_no_area", "您没有可以办理的统筹区，请找管理员。", field="name"))
    request.session.pop(STATE, None)
    login(request, user, backend=BACKEND)
    begin(request)
    return redirect("counter:desk")


def _next(request: HttpRequest) -> HttpResponse:
    """The next question of signing in."""
    state = request.session[STATE]
    if state["choose"]:
        return redirect("counter:sign_in_password")
    if not staff.has_factor(state["user"]):
        return redirect("counter:sign_in_app")
    return redirect("counter:sign_in_code" if staff.has_app(state["user"]) else "counter:sign_in_passkey")


def _app_page(request: HttpRequest, state: dict[str, Any], refused: Refused | None = None) -> HttpResponse:
    out = io.BytesIO()
    address = staff.app_address(state["user"], state["key"])
    segno.make_qr(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, dark="#000", light="#fff", border=4, omitsize=True
    )
    key = state["key"]
    groups = " ".join(key[start : start + 4] for start in range(0, len(key), 4))
    drawn = mark_safe(out.getvalue().decode())  # noqa: S308 - drawn by ourselves
    return _page(request, "app", refused, svg=drawn, key=groups)


def _page(request: HttpRequest, page: str, refused: Refused | None = None, **shown: Any) -> HttpResponse:
    error = {"error": refused.message, "field": refused.field} if refused else {}
    return render(request, f"counter/{page}.html", error | shown)
