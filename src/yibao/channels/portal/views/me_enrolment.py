"""Where, as whom and on what base one is and was insured."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yibao.channels.portal import own
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.services import records
from yibao.services.records.shapes import BaseOf, Stay
from yibao.services.results import Refused

DAY = timedelta(days=1)


@require_safe
@signed_in
def enrolment(request: HttpRequest) -> HttpResponse:
    """Every enrolment, the present one first."""
    found = records.enrolments(actor_of(request))
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    of = found.value
    shown = {"of": of, "as_of": own.as_of_text(of.as_of), "rows": [_row(row) for row in of.rows]}
    return render(request, "portal/me_enrolment.html", shown | {"back": own.home_href()})


def _row(row: Stay) -> dict[str, Any]:
    return {
        "stay": row,
        "since": own.day_words(row.starts),
        "until": own.day_words(row.ends) if row.ends else "",
        "bases": [(_span(base), own.money("base", f"{_span(base)}缴费基数", base.base)) for base in row.bases],
    }


def _span(base: BaseOf) -> str:
    first, last = own.month_words(base.first), own.month_words(base.last)
    return first if first == last else f"{first}到{last}"
