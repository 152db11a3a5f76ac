"""A month's allocation of one's own: what the books hold, beside what the law gives with one's own facts."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yibao.channels.portal import context, own
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.services import clock, records
from yibao.services.records.shapes import AllocationOfMonth
from yibao.services.results import Refused

NET = ("allocation_net", "allocation_year", "allocation_gross")
"""What reaches the account, by whichever name the law of the area calls it."""


class Line(NamedTuple):
    """One line of what the books hold, or of what the law gives."""

    label: str
    figure: context.Figure


@require_safe
@signed_in
def allocation_page(request: HttpRequest, month: str = "") -> HttpResponse:
    """The last month, or the month of the address."""
    wanted = _month(month)
    found = records.allocation(actor_of(request), wanted)
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    of = found.value
    if wanted and not _is_there(of):
        raise Http404
    return render(request, "portal/me_allocation.html", _shown(of) | _months(of))


@require_safe
@signed_in
def reason_page(request: HttpRequest, month: str, figure: str) -> HttpResponse:
    """Why the law gives that figure for the month: the sum with one's own facts, and what the books hold beside it."""
    found = records.allocation(actor_of(request), _month(month))
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    of = found.value
    if not _is_there(of):
        raise Http404
    facts = {"scope": _said(of.month), "of_record": True, "ledger": of.words, "differs": not of.equal}
    return own.reason(request, of.answer, of.facts, figure, _href(of.month), **facts)


def _shown(of: AllocationOfMonth) -> dict[str, Any]:
    def link(name: str, case: int = 0) -> str:
        address = reverse("portal:me_allocation_reason", args=[f"{of.month:%Y-%m}", name])
        return f"{address}?case={case}" if case else address

    page = context.answer_page(of.answer, link, of.facts)
    net = next((name for name in NET if name in of.answer["figures"]), "")
    return page | {
        "of": of,
        "said": _said(of.month),
        "as_of": own.as_of_text(of.as_of),
        "inputs": own.inputs(of.answer, of.facts),
        "posted": None if of.posted is None else own.money("posted", "到账", of.posted, link(net, 0) if net else ""),
        "in_books": _in_books(of, link, net),
        "in_law": [Line(row.label, row) for row in context.figures(of.answer, link)][::-1],
        "mistake": own.mistake_href(of.answer, of.facts),
        "back": own.home_href(),
    }


def _in_books(of: AllocationOfMonth, link: context.Link, net: str) -> list[Line]:
    """What was credited, what was taken off, what arrived: each leads to the reason of its figure."""
    if of.posted is None or of.posted_gross is None:
        return []
    href = link(net, 0) if net else ""
    gross = link("allocation_gross", 0) if "allocation_gross" in of.answer["figures"] else href
    taken = [Line(f"{one.title}（支出）", own.money("deduction", one.title, one.amount, href)) for one in of.deductions]
    lines = [Line("划入（收入）", own.money("posted_gross", "划入", of.posted_gross, gross)), *taken]
    return [*lines, Line("到账", own.money("posted", "到账", of.posted, href))] if taken else lines


def _months(of: AllocationOfMonth) -> dict[str, Any]:
    """The ways to the other months that have an allocation."""
    earlier = next((month for month in of.months if month < of.month), None)
    later = next((month for month in reversed(of.months) if month > of.month), None)
    years = [
        (year, [(f"{month.month}月", _href(month), month == of.month) for month in sorted(months)])
        for year, months in groupby(of.months, key=lambda month: month.year)
    ]
    near = [(_said(month), _href(month)) for month in (earlier, later) if month]
    return {"near": near, "years": years if len(of.months) > 1 else []}


def _is_there(of: AllocationOfMonth) -> bool:
    """Whether the record has anything to say of a month: from the first one credited to this one."""
    this_month = clock.today().replace(day=1)
    return (min(of.months) if of.months else this_month) <= of.month <= this_month


def _month(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None


def _said(month: date) -> str:
    return f"{month.year}年{month.month}月"


def _href(month: date) -> str:
    return reverse("portal:me_allocation_month", args=[f"{month:%Y-%m}"])
