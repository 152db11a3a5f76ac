"""The e-credential (医保码): set a PIN once, open it with the PIN, show a code that renews itself each minute."""

from __future__ import annotations

import time
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from yibao.channels.portal.aloud import SPOKEN
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.services import credential
from yibao.services.clock import CHINA
from yibao.services.results import Refused

FORM = ["GET", "HEAD", "POST"]
OPEN_SECONDS = 10 * 60
"""How long codes go on renewing themselves after the PIN: long enough for a queue, not for a phone left lying."""
OPEN, CHOSEN = "credential_open_until", "credential_pin"


def _person(request: HttpRequest) -> UUID:
    person = actor_of(request).person_id
    if person is None:
        raise Http404
    return person


@require_safe
@signed_in(keeps_alive=False)
def show(request: HttpRequest) -> HttpResponse:
    """The code; who has not set a PIN or not told it just now is asked for it."""
    if not credential.activated(_person(request)):
        return redirect("credential_pin")
    left = request.session.get(OPEN, 0) - time.time()
    if left <= 0:
        return redirect("credential_open")
    if SPOKEN in request.headers.get("Accept", ""):  # reading the page aloud must not end the code on the screen
        return render(request, "portal/credential.html", {"seconds": credential.VALID_SECONDS, "spoken": True})
    shown = credential.show(_person(request))
    if isinstance(shown, Refused):
        return render(request, "portal/credential_refused.html", {"refused": shown})
    page = {
        "svg": mark_safe(shown.value.svg),  # noqa: S308 - drawn by ourselves
        "until": shown.value.until.astimezone(CHINA).strftime("%H:%M:%S"),
        "seconds": credential.VALID_SECONDS,
        "renew": credential.VALID_SECONDS - 2,
        "closes": datetime.fromtimestamp(request.session[OPEN], CHINA).strftime("%H:%M"),
    }
    return render(request, "portal/credential.html", page)


@require_http_methods(FORM)
@signed_in
def first_pin(request: HttpRequest) -> HttpResponse:
    """Activating: a PIN of one's own."""
    if credential.activated(_person(request)):
        return redirect("credential_open")
    if request.method != "POST":
        return _question(request, "credential_pin")
    checked = credential.checked_pin(_person(request), request.POST.get("pin", ""))
    if isinstance(checked, Refused):
        return _question(request, "credential_pin", checked)
    request.session[CHOSEN] = checked.value  # the session lies sealed, and this leaves it at the next question
    return redirect("credential_pin_again")


@require_http_methods(FORM)
@signed_in
def second_pin(request: HttpRequest) -> HttpResponse:
    """Activating: the same PIN once more."""
    chosen = request.session.get(CHOSEN)
    if chosen is None:
        return redirect("credential")
    if request.method != "POST":
        return _question(request, "credential_pin_again")
    done = credential.activate(_person(request), chosen, request.POST.get("pin", ""))
    if isinstance(done, Refused) and done.code != "credential_activated_already":
        return _question(request, "credential_pin_again", done)
    del request.session[CHOSEN]
    if not isinstance(done, Refused):
        request.session[OPEN] = time.time() + OPEN_SECONDS
    return redirect("credential")


@require_http_methods(FORM)
@signed_in
def open_code(request: HttpRequest) -> HttpResponse:
    """Opening the e-credential with its PIN."""
    if not credential.activated(_person(request)):
        return redirect("credential_pin")
    if request.method != "POST":
        return _question(request, "credential_open")
    done = credential.check_pin(_person(request), request.POST.get("pin", ""))
    if isinstance(done, Refused):
        return _question(request, "credential_open", done)
    request.session[OPEN] = time.time() + OPEN_SECONDS
    return redirect("credential")


def _question(request: HttpRequest, page: str, refused: Refused | None = None) -> HttpResponse:
    return render(request, f"portal/{page}.html", {"error": refused.message if refused else ""})
