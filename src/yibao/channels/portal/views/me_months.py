"""Which months are paid, which are not, and what a month without payment means."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yibao.channels.portal import own
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.channels.portal.views.me_row import month_title
from yibao.services import records
from yibao.services.records.shapes import GapOfMonths, MonthRow, Months
from yibao.services.results import Refused

YEARS = 6
"""So many years stand at the top; those before are folded."""
GLOSSES = {
    "unpaid": "未缴：该缴的月份，账上没有缴费。",
    "back_paid": "补缴：当时没缴，后来缴上了。",
    "deemed": "视同：没有缴费，但按规定当作缴过。",
    "not_enrolled": "未参保：这个月没有参加医保。",
}
"""What the rarer states mean; told where a year has them."""


@require_safe
@signed_in
def months(request: HttpRequest) -> HttpResponse:
    """The months of a year; the year stands in the address."""
    found = records.months(actor_of(request), own.whole(request, "year") or None)
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    of = found.value
    years = [(str(one), f"?year={one}", one == of.year) for one in of.years]
    shown = {
        "of": of,
        "as_of": own.as_of_text(of.as_of),
        "years": years[:YEARS],
        "earlier": years[YEARS:],
        "folded": not any(is_this for _, _, is_this in years[YEARS:]),
        "has_rows": bool(of.rows),
        "rows": [_row(row) for row in reversed(of.rows) if row.state != "not_needed"],
        "states": list(Counter(row.state_words for row in of.rows).items()),
        "tiles": _tiles(of),
        "glosses": [GLOSSES[state] for state in GLOSSES if any(row.state == state for row in of.rows)],
        "counted": of.counted.told(),
        "total_person": own.money("total_person", "个人合计", of.total_person),
        "total_employer": own.money("total_employer", "单位合计", of.total_employer),
        "gaps": [_gap(gap) for gap in of.gaps],
        "back": own.home_href(),
    }
    return render(request, "portal/me_months.html", shown)


def _tiles(of: Months) -> list[tuple[int, str, str]]:
    """The twelve months of the year by word; none for a year that was paid at once."""
    rows = {row.month.month: row for row in of.rows if row.span == "month"}
    if not rows:
        return []
    found = []
    for number in range(1, 13):
        row = rows.get(number)
        is_to_come = (of.year, number) > (of.as_of.year, of.as_of.month)
        found.append(
            (number, row.state_words, row.state) if row else (number, "未到" if is_to_come else "没有", "none")
        )
    return found


def _row(row: MonthRow) -> dict[str, Any]:
    when = month_title(row)
    paid = row.state in ("paid", "back_paid")
    return {
        "when": when,
        "state": row.state,
        "word": row.state_words,
        "words": _words(row),
        "person": own.money("person_paid", f"{when}个人缴", row.person_paid) if paid else None,
        "employer": own.money("employer_paid", f"{when}单位缴", row.employer_paid)
        if paid and row.scheme == "employee"
        else None,
        "base": own.money("base", f"{when}缴费基数", row.base) if paid and row.base else None,
        "wrong": reverse("portal:me_month", args=[f"{row.month:%Y-%m}"]) + "#wrong",
    }


def _words(row: MonthRow) -> str:
    """The state in a sentence; of what was paid, on which day."""
    if row.paid_on is None:
        return row.words
    return (
        f"{own.day_words(row.paid_on)}到账" if row.state == "paid" else f"{row.words}，{own.day_words(row.paid_on)}到账"
    )


def _gap(gap: GapOfMonths) -> dict[str, Any]:
    first, last = own.month_words(gap.first), own.month_words(gap.last)
    return {
        "title": first if gap.months == 1 else f"{first}到{last}，{gap.months}个月",
        "is_open": gap.is_open,
        "words": gap.words,
        "law": gap.answer.get("summary", ""),
        "grade": gap.answer.get("grade", ""),
        "benefits_from": own.month_words(gap.benefits_from) if gap.benefits_from else "",
        "pay_by": own.day_words(gap.pay_by) if gap.pay_by else "",
    }
