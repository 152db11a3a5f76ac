"""Which machine asks for a page, who stands before it, and how long is that remembered?

A page of a terminal comes only to a machine that proves itself (`Authorization: Bearer`); anybody else finds nothing
here. The machine's own program asks, never a browser by itself: no cookie makes a page come, so there is nothing that
another site could use, and the session's cookie stays in that program. A visit is a session of 45 seconds, put off by
each page: the machine ends it after 30 without a touch, and what a machine forgets to end, the server does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from yibao.law.areas import find
from yibao.services import terminals
from yibao.services.permissions import Actor
from yibao.services.results import Refused

VISIT_SECONDS = 45
IDLE_SECONDS, WARNING_SECONDS = 30, 20
"""Without a touch everything is wiped after 30 seconds; the last 20 are counted aloud, with a key to go on."""
VISIT, LOOK = "kiosk", "kiosk_look"
LOOKS = {"large": "big", "contrast": "contrast", "low": "low"}
"""What one may switch for the time of a visit, and the class it puts on the page: print, colours, all keys lower."""
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Visit:
    """Who stands there: a number that a card or a code told, and the person once the PIN was right."""

    how: str
    number: str
    person_id: UUID | None = None


def at_terminal(view: View) -> View:
    """Makes a view a page of the terminals."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        machine = terminals.machine_of(token.strip()) if kind == "Bearer" else None
        if machine is None:
            raise Http404
        request.machine = machine
        if VISIT in request.session or LOOK in request.session:
            request.session.set_expiry(VISIT_SECONDS)
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return csrf_exempt(wrapped)  # the bearer token is no cookie: another site cannot make a browser send it


def inside(view: View) -> View:
    """Makes a view one that shows the record of whoever stands there; nobody there: back to the start."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = visit_of(request)
        if visit is None or visit.person_id is None:
            return redirect("kiosk:start")
        actor = Actor("self", request.machine.user_id, visit.person_id, name=request.machine.name)
        return view(request, actor, *args, **kwargs)

    return at_terminal(wrapped)


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit at this very machine, if there is one."""
    held = request.session.get(VISIT)
    if not held or held["machine"] != str(request.machine.user_id):
        return None
    return Visit(held["how"], held["number"], UUID(held["person"]) if held["person"] else None)


def begin(request: HttpRequest, how: str, number: str) -> None:
    """A card or a code told a number; whoever was there before is forgotten."""
    look = request.session.get(LOOK)
    request.session.flush()
    if look:
        request.session[LOOK] = look
    request.session[VISIT] = {"machine": str(request.machine.user_id), "how": how, "number": number, "person": ""}
    request.session.set_expiry(VISIT_SECONDS)


def let_in(request: HttpRequest, person_id: UUID) -> None:
    """The PIN was right: the number is not needed any more, and the session gets another key."""
    held = request.session[VISIT]
    request.session[VISIT] = {**held, "number": "", "person": str(person_id)}
    request.session.cycle_key()


def page(request: HttpRequest, name: str, shown: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """A page with what every page of a terminal needs to know."""
    machine, visit = request.machine, visit_of(request)
    looks = [name for name in request.session.get(LOOK, []) if name in LOOKS]
    every = {
        "machine": machine,
        "profile": machine.profile,
        "area_name": find(machine.area).name,
        "visit": visit,
        "is_in": visit is not None and visit.person_id is not None,
        "looks": looks,
        "classes": " ".join(["kiosk", *(LOOKS[name] for name in looks)]),
        "idle": IDLE_SECONDS,
        "warn": WARNING_SECONDS,
        "prints": prints(request),
        "here": request.get_full_path(),
    }
    return render(request, f"kiosk/{name}.html", every | (shown or {}), status=status)


def refused_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Why there is nothing to show, and the way back."""
    return page(request, "refused", {"refused": refused})


def prints(request: HttpRequest) -> list[str]:
    """What this machine can print (it says so) and may (its profile says so)."""
    has = request.headers.get("X-Terminal-Prints", "").split(",")
    may = {"slip": request.machine.profile.slips, "record": request.machine.profile.records}
    return [what for what, allowed in may.items() if allowed and what in has]
