"""What I was told, and what I want to be told, by which ways (通知)."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yibao.channels.portal import own
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.services import notices
from yibao.services.notices import Wanted
from yibao.services.results import Done, Refused

FORM = ["GET", "HEAD", "POST"]
SENT = "email_sent"
"""What the session holds, sealed, of an address that a code was sent to."""
SAFETY = "safety"
"""All kinds for safety are chosen together."""
SAID = {
    "saved": "存好了。",
    "email": "邮箱记下了。每一种通知都会发到邮箱，不想要的把勾去掉。",
    "email-end": "邮箱删掉了，不再发邮件。",
    "device": "这台设备的提醒打开了。每一种都会提醒，不想要的把勾去掉。",
    "device-end": "那台设备不再提醒。",
}


@require_safe
@signed_in
def notices_page(request: HttpRequest) -> HttpResponse:
    """The list, and the form below it."""
    return _page(request)


@require_POST
@signed_in
def choose(request: HttpRequest) -> HttpResponse:
    """Keep what was ticked."""
    pairs: list[tuple[str, str]] = []
    for told in request.POST.getlist("want"):
        kind, _, way = told.partition(":")
        safety = [name for name, one in notices.kinds().items() if one.safety]
        pairs += [(name, way) for name in (safety if kind == SAFETY else [kind])]
    done = notices.choose(actor_of(request), pairs, shows_amounts=request.POST.get("amounts") == "1")
    return _after(request, done, "saved")


@require_http_methods(FORM)
@signed_in
def email(request: HttpRequest) -> HttpResponse:
    """The question for the address; a code goes there."""
    error = typed = ""
    if request.method == "POST":
        typed = request.POST.get("email", "")
        sent = notices.ask_email(actor_of(request), typed)
        if isinstance(sent, Done):
            request.session[SENT] = list(sent.value)
            return redirect("portal:me_notices_code")
        if sent.code == "not_found":
            raise Http404
        error = sent.message
    return _ask(request, "portal/me_notices_email.html", reverse("portal:me_notices"), error, typed)


@require_http_methods(FORM)
@signed_in
def email_code(request: HttpRequest) -> HttpResponse:
    """The code that was sent to the address."""
    sent = request.session.get(SENT)
    if not sent:
        return redirect("portal:me_notices_email")
    error = ""
    if request.method == "POST":
        done = notices.confirm_email(actor_of(request), (sent[0], sent[1]), request.POST.get("code", ""))
        if isinstance(done, Done):
            del request.session[SENT]
            return _after(request, done, "email")
        error = done.message
    return _ask(request, "portal/me_notices_code.html", reverse("portal:me_notices_email"), error, "")


@require_POST
@signed_in
def email_end(request: HttpRequest) -> HttpResponse:
    """No e-mails any more."""
    return _after(request, notices.end_email(actor_of(request)), "email-end")


@require_POST
@signed_in
def device(request: HttpRequest) -> HttpResponse:
    """This browser takes push messages from now on."""
    try:
        told = json.loads(request.POST.get("subscription", ""))
    except ValueError:
        told = None
    return _after(request, notices.add_device(actor_of(request), told, request.headers.get("User-Agent", "")), "device")


@require_POST
@signed_in
def device_end(request: HttpRequest, shown: UUID) -> HttpResponse:
    """A browser is left in peace."""
    return _after(request, notices.end_device(actor_of(request), shown), "device-end")


def _page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    found, wanted = notices.mine(actor, own.whole(request, "page") or 1), notices.wanted(actor)
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    if isinstance(wanted, Refused):
        return own.refused_page(request, wanted)
    of = found.value
    shown = {
        "of": of,
        "as_of": own.as_of_text(of.as_of),
        "rows": [(own.as_of_text(row.at), row) for row in of.rows],
        "newer": of.page - 1 if of.page > 1 else 0,
        "older": of.page + 1 if of.page < of.pages else 0,
        "wanted": wanted.value,
        "said": SAID.get(request.GET.get("done", ""), ""),
        "back": reverse("portal:me_settings"),
    }
    return render(request, "portal/me_notices.html", shown | _choices(wanted.value))


def _choices(wanted: Wanted) -> dict[str, Any]:
    """The kinds to choose one by one, and those for safety together: a way is ticked if it is for all of them."""
    safety = [one for one in wanted.kinds if one.kind.safety]
    ways = [
        (way, all(one.ways[at][1] for one in safety), all(one.ways[at][2] for one in safety))
        for at, way in enumerate(wanted.ways)
    ]
    devices = [(one, own.as_of_text(one.made_at)) for one in wanted.devices]
    return {
        "kinds": [one for one in wanted.kinds if not one.kind.safety],
        "safety": [one.kind for one in safety],
        "safety_ways": ways,
        "devices": devices,
    }


def _ask(request: HttpRequest, template: str, back: str, error: str, typed: str) -> HttpResponse:
    return render(request, template, {"back": back, "error": error, "typed": typed}, status=422 if error else 200)


def _after(request: HttpRequest, done: Done[None] | Refused, said: str) -> HttpResponse:
    if isinstance(done, Refused):
        return own.refused_page(request, done)
    return redirect(f"{reverse('portal:me_notices')}?done={said}")
