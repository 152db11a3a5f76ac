"""What is done for the person who stands there: a phone on file, a new PIN, a code to sign in with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yibao.channels.counter.signed_in import Open, with_record
from yibao.services import counter
from yibao.services.permissions import Actor
from yibao.services.results import Refused
from yibao.services.sign_in.counter import VALID_MINUTES

FORM = ["GET", "HEAD", "POST"]
SENT = "counter_phone"
"""The phone that is to be put on file and the code it got, for whom; in the session, which lies sealed."""


@require_http_methods(FORM)
@with_record
def phone(request: HttpRequest, actor: Actor, held: Open) -> HttpResponse:
    """Which phone is to be put on file? A code goes there."""
    how = counter.served(actor, held.whose)
    if isinstance(how, Refused):
        return redirect("counter:desk")
    before = {"before": how.value.phone_masked}
    if request.method != "POST":
        return _page(request, held, "phone", before)
    told = request.POST.get("phone", "")[:40]
    done = counter.send_phone_code(actor, held.whose, told, seen="seen" in request.POST)
    if isinstance(done, Refused):
        return _page(request, held, "phone", before | {"value": told} | _error(done))
    request.session[SENT] = {"person": str(held.whose.person_id), "sent": list(done.value)}
    return redirect("counter:phone_code")


@require_http_methods(FORM)
@with_record
def phone_code(request: HttpRequest, actor: Actor, held: Open) -> HttpResponse:
    """The code that the person reads out from the new phone."""
    kept = request.session.get(SENT)
    if kept is None or kept["person"] != str(held.whose.person_id):
        return redirect("counter:phone")
    number, code = kept["sent"]
    if request.method != "POST":
        return _page(request, held, "phone_code", {"tail": number[-4:]})
    done = counter.bind_phone(actor, held.whose, (number, code), request.POST.get("code", ""))
    if isinstance(done, Refused):
        if done.code == "phone_code_locked":
            del request.session[SENT]
        return _page(request, held, "phone_code", {"tail": number[-4:]} | _error(done))
    del request.session[SENT]
    return _page(request, held, "served", {"title": "手机号登记好了", "told": f"现在登记的是 {done.value}。"})


@require_http_methods(FORM)
@with_record
def pin(request: HttpRequest, actor: Actor, held: Open) -> HttpResponse:
    """Void the PIN, then have the person type a new one twice, or set it at home."""
    how = counter.served(actor, held.whose)
    if isinstance(how, Refused):
        return redirect("counter:desk")
    if request.method != "POST":
        return _page(request, held, "pin", {"has_pin": how.value.has_pin})
    seen = "seen" in request.POST
    if how.value.has_pin:
        done = counter.reset_pin(actor, held.whose, seen=seen)
        if not isinstance(done, Refused):
            return redirect("counter:pin")
    else:
        done = counter.set_pin(actor, held.whose, request.POST.get("pin", ""), request.POST.get("again", ""), seen=seen)
        if not isinstance(done, Refused):
            told = "本人现在就可以用：打开医保码、打电话查账户，都用它。"
            return _page(request, held, "served", {"title": "密码设好了", "told": told})
    return _page(request, held, "pin", {"has_pin": how.value.has_pin} | _error(done))


@require_http_methods(FORM)
@with_record
def code(request: HttpRequest, actor: Actor, held: Open) -> HttpResponse:
    """A code for somebody who has no phone on file; shown once, to be written down for the person."""
    if request.method != "POST":
        return _page(request, held, "give_code", {"minutes": VALID_MINUTES})
    done = counter.give_code(actor, held.whose, seen="seen" in request.POST)
    if isinstance(done, Refused):
        return _page(request, held, "give_code", {"minutes": VALID_MINUTES} | _error(done))
    return _page(request, held, "give_code", {"minutes": VALID_MINUTES, "code": done.value})


def _error(refused: Refused) -> dict[str, str]:
    return {"error": refused.message, "field": refused.field}


def _page(request: HttpRequest, held: Open, page: str, shown: dict[str, Any]) -> HttpResponse:
    return render(request, f"counter/{page}.html", {"held": held, "at": request.resolver_match.url_name} | shown)
