"""Signing in with WeChat or Alipay, and the accounts that are bound: see them, bind one, end one.

Who signs in with an account that is not bound yet signs in by code and is then asked whether to bind it. The identity
stands in the session, which lies sealed, and nowhere in an address or a form.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from yibao.channels.portal import own
from yibao.channels.portal.signed_in import actor_of, safe_next, signed_in
from yibao.services import bindings, messengers
from yibao.services.results import Refused

FORM = ["GET", "HEAD", "POST"]
WAY, TO_BIND = "way_in", "to_bind"
"""What the session holds: of one who was sent to sign in elsewhere, and of one who came back not bound."""
BROWSERS = {"wechat": "MicroMessenger", "alipay": "AlipayClient"}


def way_in(request: HttpRequest) -> str:
    """The channel in whose own browser this page is open, if one may sign in with it."""
    agent = request.headers.get("User-Agent", "")
    return next((one for one, mark in BROWSERS.items() if mark in agent and messengers.account(one)), "")


@require_safe
@cache_control(no_store=True)
def start(request: HttpRequest, channel: str) -> HttpResponse:
    """To the channel's own page, which comes back with a code."""
    account = messengers.account(channel)
    if account is None:
        raise Http404
    state = secrets.token_urlsafe(24)
    request.session[WAY] = {"channel": channel, "state": state, "next": safe_next(request, request.GET.get("next", ""))}
    back = request.build_absolute_uri(reverse("sign_in_back", args=[channel]))
    return HttpResponseRedirect(account.sign_in_address(back, state))


@require_http_methods(FORM)
@cache_control(no_store=True)
def back(request: HttpRequest, channel: str) -> HttpResponse:
    """Back with a code: one tap signs in. Only whoever was sent from here, in the same browser, gets any further."""
    account = messengers.account(channel)
    way = request.session.get(WAY) or {}
    if account is None:
        raise Http404
    told = request.POST if request.method == "POST" else request.GET
    state, code = told.get("state", ""), told.get("auth_code" if channel == "alipay" else "code", "")
    ours = way.get("channel") == channel and hmac.compare_digest(str(way["state"]).encode(), state.encode())
    if not ours or not code:
        return _stopped(request, channel, "这次登录没有接上，可能隔得太久，或者换了浏览器。")
    shown = {"channel": channel, "name": messengers.NAMES[channel], "told": told}
    if request.method != "POST":
        return render(request, "portal/sign_in_back.html", shown)
    del request.session[WAY]
    identity = account.identity(code)
    if isinstance(identity, Refused):
        return _stopped(request, channel, identity.message)
    return _enter(request, channel, identity.value, way["next"])


@require_safe
@signed_in
def bound(request: HttpRequest) -> HttpResponse:
    """The accounts that are bound."""
    return redirect("portal:me_bindings_new") if TO_BIND in request.session else _listed(request)


@require_http_methods(FORM)
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """What binding means, and the consent to it."""
    held: dict[str, Any] | None = request.session.get(TO_BIND)
    if held is None:  # nothing to be asked: it was answered, or somebody came here by the address
        return _listed(request)
    name = messengers.NAMES[held["channel"]]
    if request.method != "POST":
        return render(request, "portal/me_bindings_new.html", {"name": name})
    del request.session[TO_BIND]
    if "no" in request.POST:
        return redirect("portal:me_bindings")
    done = bindings.bind(
        actor_of(request), held["channel"], held["identity"], consent=request.POST.get("consent") == "yes"
    )
    if isinstance(done, Refused):
        return own.refused_page(request, done)
    return redirect("portal:me_bindings")


@require_http_methods(FORM)
@signed_in
def end(request: HttpRequest, binding: UUID) -> HttpResponse:
    """What ending a binding means, and then the end."""
    actor = actor_of(request)
    found = bindings.mine(actor)
    one = None if isinstance(found, Refused) else next((row for row in found.value if row.id == binding), None)
    if one is None:
        raise Http404
    if request.method != "POST":
        shown = {"name": one.channel_name, "back": reverse("portal:me_bindings")}
        return render(request, "portal/me_bindings_end.html", shown)
    bindings.end(actor, binding)
    return redirect("portal:me_bindings")


def _listed(request: HttpRequest) -> HttpResponse:
    found = bindings.mine(actor_of(request))
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    rows = [(one, own.as_of_text(one.bound_at)) for one in found.value]
    there = {one.channel for one in found.value}
    here = [one for one in messengers.NAMES if messengers.account(one)]
    missing = [messengers.NAMES[one] for one in here if one not in there]
    shown = {"rows": rows, "missing": missing, "closed": not here, "back": reverse("portal:me_settings")}
    return render(request, "portal/me_bindings.html", shown)


def _enter(request: HttpRequest, channel: str, identity: str, next_: str) -> HttpResponse:
    held = bindings.bound(channel, identity)
    if held is None:
        request.session[TO_BIND] = {"channel": channel, "identity": identity}
        return redirect("portal:me_bindings_new")
    login(request, bindings.user_of(held), backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(next_ or resolve_url(settings.LOGIN_REDIRECT_URL))


def _stopped(request: HttpRequest, channel: str, message: str) -> HttpResponse:
    shown = {"message": message, "name": messengers.NAMES[channel], "channel": channel}
    return render(request, "portal/sign_in_back_stopped.html", shown, status=400)
