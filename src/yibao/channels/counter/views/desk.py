"""The desk: whose record is wanted and why, and which calls are owed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yibao.channels.counter.signed_in import at_counter, lay_away, lay_open, opened
from yibao.services import callbacks, counter
from yibao.services.permissions import Actor
from yibao.services.results import Refused


@require_safe
@at_counter
def desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form for a record, and the queue of calls."""
    return _desk(request, actor, {})


@require_POST
@at_counter
def find(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Lay a record open. The reason comes with the number: without one nothing is even looked for."""
    told = {name: request.POST.get(name, "")[:200] for name in ("number", "reason", "words")}
    lay_away(request)
    done = counter.open_record(actor, **told)
    if isinstance(done, Refused):
        return _desk(request, actor, {**told, "error": done.message, "field": done.field})
    lay_open(request, done.value.person_id, done.value.reason)
    return redirect("counter:record")


@require_http_methods(["GET", "HEAD", "POST"])
@at_counter
def callback(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """One call: take it, note what was said, give it back, or say that it is done."""
    if request.method != "POST":
        return _callback(request, actor, number)
    what, text = request.POST.get("do", ""), request.POST.get("note", "")
    steps: dict[str, Any] = {
        "take": lambda: callbacks.take(actor, number),
        "back": lambda: callbacks.give_back(actor, number),
        "note": lambda: callbacks.note(actor, number, text),
        "done": lambda: callbacks.done(actor, number, text),
    }
    if what not in steps:
        raise Http404
    done = steps[what]()
    if isinstance(done, Refused):
        if done.code == "callback_note_missing":
            return _callback(request, actor, number, error=done.message)
        return _desk(request, actor, {"queue_error": done.message})
    return redirect("counter:callback", number) if what in ("take", "note") else redirect("counter:desk")


def _desk(request: HttpRequest, actor: Actor, told: dict[str, str]) -> HttpResponse:
    found = callbacks.queue(actor)
    rows = () if isinstance(found, Refused) else found.value
    shown = {
        "reasons": counter.REASONS.items(),
        "mine": [one for one in rows if one.is_mine],
        "waiting": [one for one in rows if not one.taken_by],
        "others": [one for one in rows if one.taken_by and not one.is_mine],
        "open": opened(request),
        "words_most": counter.WORDS_MOST,
    }
    return render(request, "counter/desk.html", shown | told)


def _callback(request: HttpRequest, actor: Actor, number: int, error: str = "") -> HttpResponse:
    found = callbacks.queue(actor)
    rows = () if isinstance(found, Refused) else found.value
    one = next((row for row in rows if row.number == number and row.is_mine), None)
    if one is None:
        return redirect("counter:desk")
    return render(request, "counter/callback.html", {"call": one, "error": error})
