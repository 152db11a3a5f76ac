"""Search over guides and law: one field, what was found in pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from yibao.services.formats import day_text
from yibao.services.results import Refused
from yibao.services.search import TITLES, Hit, search

LONGEST = 300
"""Of what was typed so much is looked at; the search itself reads less and says so."""


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The field alone, what was found, or what to try where nothing was."""
    if "q" not in request.GET:
        return render(request, "portal/search.html")
    words = request.GET["q"][:LONGEST]
    result = search(words, _page(request.GET.get("page", "")))
    if isinstance(result, Refused) and result.field == "page":
        result = search(words, int(result.next[-1]))  # an old address of a page that is no more: the last one there is
    if isinstance(result, Refused):
        return render(request, "portal/search.html", {"error": result.message})
    found = result.value
    context = {
        "words": found.query,
        "found": found,
        "partly": found.total - found.whole,
        "hits": [(TITLES[hit.kind], hit, _dates(hit)) for hit in found.hits],
        "before": _href(found.query, found.page - 1) if found.page > 1 else "",
        "after": _href(found.query, found.page + 1) if found.page < found.pages else "",
    }
    return render(request, "portal/search.html", context)


def _page(text: str) -> int:
    """The page asked for; what is no number is the first."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _href(words: str, page: int) -> str:
    return f"{reverse('portal:search')}?{urlencode({'q': words, 'page': page})}"


def _dates(hit: Hit) -> list[str]:
    """From when to when it holds, and when it was last checked."""
    since = f"{day_text(hit.since)}{'已经在用' if hit.is_seen else '起'}" if hit.since else ""
    until = f"{'只' if hit.ended else ''}用到{day_text(hit.until)}" if hit.until else ""
    checked = f"核对于 {day_text(hit.checked)}" if hit.checked else ""
    return [part for part in (since, until, checked) if part]
