"""Who looked at my record: when, who, why. One's own looks are folded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yibao.channels.portal import own
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.services import records
from yibao.services.results import Refused


@require_safe
@signed_in
def looked(request: HttpRequest) -> HttpResponse:
    """A page of the list, newest first."""
    text = request.GET.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    found = records.lookers(actor_of(request), page)
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    of = found.value
    shown = {
        "of": of,
        "as_of": own.as_of_text(of.as_of),
        "others": [(own.as_of_text(row.at), row) for row in of.rows if not row.is_own],
        "mine": [(own.as_of_text(row.at), row) for row in of.rows if row.is_own],
        "newer": of.page - 1 if of.page > 1 else 0,
        "older": of.page + 1 if of.page < of.pages else 0,
        "back": own.home_href(),
    }
    return render(request, "portal/me_looked.html", shown)
