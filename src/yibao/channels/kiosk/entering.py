"""The start, the card or the code, the PIN, the end of a visit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yibao.channels.kiosk import at_terminal as at
from yibao.channels.kiosk.at_terminal import at_terminal
from yibao.services import terminals
from yibao.services.results import Refused

CARD_WORDS = {
    "left": "请取走您的卡。要接着查，取出来再插一次。",
    "unreadable": "卡没有读出来。请看看芯片那一头是不是朝里，擦一擦再插。",
    "locked": "这张卡要用专门的读卡模块才能读，这台机器没有。请用手机上的医保码，或到窗口。",
    "not_ours": "这张卡里没有社会保障号码，不是社保卡。请插社保卡，或用手机上的医保码。",
    "wrong": "卡里的号码读不对。请用手机上的医保码，或到窗口。",
    "no_reader": "读卡器没有接好，请用手机上的医保码，或叫工作人员。",
}
"""What the machine says of a card that it could not use."""


@at_terminal
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Insert a card or hold a code before the scanner; questions about the law need neither."""
    said = CARD_WORDS.get(request.headers.get("X-Terminal-Card", ""), "")
    return at.page(request, "start", {"said": said, "has_reader": request.headers.get("X-Terminal-Reader") == "yes"})


@at_terminal
@require_POST
def card(request: HttpRequest) -> HttpResponse:
    """The machine read a card: what it says is kept until the PIN is told. It never comes to a browser."""
    claimed = terminals.claimed_by_card(request.POST.get("number", ""))
    if isinstance(claimed, Refused):
        return JsonResponse({"error": claimed.code}, status=422)
    at.begin(request, "card", claimed.value)
    return HttpResponse(status=204)


@at_terminal
@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """An e-credential was held before the scanner."""
    claimed = terminals.claimed_by_code(request.POST.get("code", "")[:2000])
    if isinstance(claimed, Refused):
        return at.page(request, "start", {"said": claimed.message})
    at.begin(request, "code", claimed.value)
    return redirect("kiosk:pin")


@at_terminal
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """The PIN of the e-credential, whatever told the number."""
    visit = at.visit_of(request)
    if visit is None:
        return redirect("kiosk:start")
    if visit.person_id is not None:
        return redirect("kiosk:home")
    if request.method != "POST":
        return at.page(request, "pin")
    done = terminals.enter(request.machine, visit.number, request.POST.get("pin", ""))
    if isinstance(done, Refused):
        return at.page(request, "pin", {"error": done.message})
    person = done.value.person_id
    if person is None:
        return redirect("kiosk:start")
    at.let_in(request, person)
    return redirect("kiosk:home")


@at_terminal
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Forget whoever was there."""
    request.session.flush()
    return redirect("kiosk:start")


@at_terminal
@require_POST
def still(request: HttpRequest) -> HttpResponse:
    """Somebody touched the screen: the visit goes on."""
    return HttpResponse(status=204 if at.visit_of(request) else 404)


@at_terminal
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Switch larger print, strong colours or lower keys on or off, for this visit."""
    name = request.POST.get("name", "")
    if name in at.LOOKS:
        held = set(request.session.get(at.LOOK, []))
        request.session[at.LOOK] = sorted(held ^ {name})
        request.session.set_expiry(at.VISIT_SECONDS)
    back = request.POST.get("next", "")
    return redirect(back if back.startswith(reverse("kiosk:start")) else "kiosk:start")
