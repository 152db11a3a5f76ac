"""Why a figure is what it is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yibao.channels.portal import context, reasons
from yibao.channels.portal.mistakes import form_href
from yibao.channels.portal.query import Asked
from yibao.services.answers import TOPICS, answer
from yibao.services.results import Refused


@require_safe
def reason_page(request: HttpRequest, topic: str, figure: str) -> HttpResponse:
    """The reason of a figure: the sum, what was told, the law, what is not certain."""
    if topic not in TOPICS:
        raise Http404
    asked = Asked.read(request.GET, topic)
    on = asked.day()
    if not asked.area or isinstance(on, Refused):
        return HttpResponseRedirect(asked.href())
    result = answer(topic, area=asked.area, on=on, facts=asked.facts)
    if isinstance(result, Refused):
        return HttpResponseRedirect(asked.href())
    shown = of_figure(result.value.to_json(), figure, asked.case, asked.reason_href)
    mistake = form_href([("topic", topic), *asked.pairs()], figure, asked.case)
    links = {"back": asked.href(done=True), "change": asked.href(), "mistake": mistake}
    return render(request, "portal/reason.html", shown | links)


def of_figure(answer_json: context.Json, figure: str, case: int, link: context.Link) -> dict[str, object]:
    """The page of a figure, which may stand in one of the cases; 404 where there is no such figure."""
    whole = context.of_case(answer_json, case) if case else answer_json
    shown = reasons.reason_page(whole, figure, link) if whole else None
    if shown is None:
        raise Http404
    return shown | {"when": answer_json["cases"][case - 1]["when"] if case else ""}
