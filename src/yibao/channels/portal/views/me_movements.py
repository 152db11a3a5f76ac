"""What came into the account and what went out, year by year."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from yibao.channels.portal import context, own
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.channels.portal.views.me_row import BY_LAW, allocation_href, movement_href, sign
from yibao.services import records
from yibao.services.charts import YearChart, year_chart
from yibao.services.records.shapes import Movement, Movements
from yibao.services.results import Refused

DIRECTIONS = 3
"""The first three kinds are everything, in and out; the others are folded."""


@require_safe
@signed_in
def movements(request: HttpRequest) -> HttpResponse:
    """A page of a year; year, kind and page stand in the address."""
    year, page = own.whole(request, "year"), own.whole(request, "page")
    kind = request.GET.get("kind", "")[:30]
    found = records.movements(actor_of(request), year or None, kind, page or 1)
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    of = found.value
    kinds = [(word, href(of, kind=name), name == of.kind) for name, word in of.kinds]
    shown = {
        "of": of,
        "as_of": own.as_of_text(of.as_of),
        "has_account": of.balance is not None,
        "is_now": of.year == of.as_of.year,
        "sums": _sums(of),
        "closing": own.money("closing", "余额", of.closing),
        "years": [(str(one), href(of, year=one, kind=""), one == of.year) for one in of.years],
        "directions": kinds[:DIRECTIONS],
        "kinds": kinds[DIRECTIONS:],
        "kind_words": next((word for name, word in of.kinds if name == of.kind), ""),
        "folded": not any(is_this for _, _, is_this in kinds[DIRECTIONS:]),
        "groups": _groups(of),
        "picture": _picture(of),
        "newer": href(of, page=of.page - 1) if of.page > 1 else "",
        "older": href(of, page=of.page + 1) if of.page < of.pages else "",
        "back": own.home_href(),
    }
    return render(request, "portal/me_movements.html", shown)


def href(of: Movements, **changes: Any) -> str:
    """The address of the same page with something changed."""
    told = {"year": of.year, "kind": of.kind, **changes}
    return "?" + urlencode({name: value for name, value in told.items() if value})


def _sums(of: Movements) -> list[tuple[str, str, context.Figure]]:
    """How the balance at the end of the year came about; filtered, only what was filtered."""
    moved = [
        ("收入", "+", own.money("total_in", "收入", of.total_in)),
        ("支出", "−", own.money("total_out", "支出", of.total_out)),
    ]
    return moved if of.kind else [("年初余额", "", own.money("opening", "年初余额", of.opening)), *moved]


def _groups(of: Movements) -> list[dict[str, Any]]:
    """The rows by month; its sums are those of the whole month, so they are told only where nothing is left out."""
    out = []
    for month, rows in groupby(of.rows, key=lambda row: row.on.month):
        total = of.by_month[month - 1]
        sums = [("收入", total.total_in), ("支出", total.total_out)]
        shown = [(word, own.money(f"month_{month}", f"{month}月{word}", fen)) for word, fen in sums if fen]
        out.append({"month": month, "sums": [] if of.kind else shown, "rows": [_row(row) for row in rows]})
    return out


def _row(row: Movement) -> dict[str, Any]:
    page = movement_href(row)
    reason = allocation_href(row.for_month) if row.kind in BY_LAW else page
    return {
        "title": row.title,
        "detail": row.detail,
        "day": f"{row.on.day}日",
        "for_month": "" if row.for_month.replace(day=1) == row.on.replace(day=1) else own.month_words(row.for_month),
        "direction": row.direction,
        "sign": sign(row),
        "amount": own.money(row.kind, f"{own.day_words(row.on)}{row.title}", abs(row.amount), reason),
        "after": own.money("balance_after", "余额", row.balance_after),
        "wrong": f"{page}#wrong",
        "told": f"{own.day_words(row.on)}{row.title}",
    }


def _picture(of: Movements) -> YearChart | None:
    """The year by month, as far as it has come."""
    last = of.as_of.month if of.year == of.as_of.year else 12
    months = [(one.month.month, one.total_in, one.total_out) for one in of.by_month]
    return year_chart(of.year, [one for one in months if one[0] <= last or one[1] or one[2]])
