"""What the machine's program asks for to print it: a slip as data, the contribution record as PDF. And how it went."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from yibao.channels.kiosk import at_terminal as at
from yibao.channels.kiosk.at_terminal import at_terminal, inside
from yibao.channels.kiosk.reading import sheet_of
from yibao.channels.kiosk.slip import slip_of
from yibao.services import clock, records
from yibao.services.documents.record_sheet import record_pdf
from yibao.services.permissions import Actor
from yibao.services.results import Refused

TOLD = {
    "slip": "小票印好了，请从出纸口取走。上面是您自己的情况，别落在这里。",
    "record": "缴费记录正在打印，请从打印机取走。上面是您自己的情况，别落在这里。",
    "failed": "没有印出来：打印机没纸了，或者没有接好。请叫工作人员。记录本身没有变。",
}


@inside
@require_POST
def slip(request: HttpRequest, actor: Actor, what: str) -> HttpResponse:
    """The slip of a page, for the machine's program."""
    if "slip" not in at.prints(request):
        raise Http404
    found = sheet_of(request, actor, what)
    if isinstance(found, Refused):
        return JsonResponse({"error": found.message}, status=422)
    if not found.value.slip:
        raise Http404
    return JsonResponse(slip_of(found.value.sheet, request))


@inside
@require_POST
def record(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The record of contributions, for the machine's program."""
    if "record" not in at.prints(request):
        raise Http404
    found = records.statement(actor)
    if isinstance(found, Refused):
        return JsonResponse({"error": found.message}, status=422)
    return HttpResponse(record_pdf(found.value, clock.today()), content_type="application/pdf")


@at_terminal
@require_safe
def printed(request: HttpRequest, how: str) -> HttpResponse:
    """How the printing went."""
    if how not in TOLD:
        raise Http404
    return at.page(request, "printed", {"told": TOLD[how], "failed": how == "failed"})
