"""The passkey: shown in place of the app's code, and set up by somebody who is signed in.

It needs JavaScript; the app's code does not.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from yibao.channels.counter.signed_in import at_counter
from yibao.channels.counter.views.sign_in import FORM, enter, pending
from yibao.services import staff
from yibao.services.permissions import Actor
from yibao.services.results import Refused
from yibao.services.staff import passkeys as keys


@require_http_methods(FORM)
@cache_control(no_store=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The second factor, by passkey."""
    state = pending(request)
    if state is None or state["choose"] or not staff.has_passkey(state["user"]):
        return redirect("counter:sign_in")
    error = ""
    if request.method == "POST":
        done = keys.check_passkey(state["user"], request.POST.get("told", "")[:20_000])
        if not isinstance(done, Refused):
            return enter(request, state)
        error = done.message
    shown = {"asked": keys.asked_for(state["user"]), "error": error, "has_app": staff.has_app(state["user"])}
    return render(request, "counter/sign_in_passkey.html", shown)


@require_http_methods(FORM)
@at_counter
def passkeys(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own second factors, and one more passkey."""
    error, made = "", False
    if request.method == "POST":
        done = keys.add_passkey(actor.user_id, request.POST.get("told", "")[:20_000])
        error = done.message if isinstance(done, Refused) else ""
        made = not error
    shown = {
        "asked": keys.asked_for_new(actor.user_id),
        "error": error,
        "made": made,
        "has_app": staff.has_app(actor.user_id),
        "has_passkey": staff.has_passkey(actor.user_id),
    }
    return render(request, "counter/passkeys.html", shown)
