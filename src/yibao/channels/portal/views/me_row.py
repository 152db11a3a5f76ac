"""One line of the record on a page of its own: all that is known of it, and what to do if it is wrong.

What is wrong with the books is told to the agency: the page has ready what to say. It sends nothing by itself.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yibao.channels.portal import own
from yibao.channels.portal.mistakes import form_href
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.services import records
from yibao.services.formats import fen_text
from yibao.services.records.shapes import MonthRow, Movement, OneMovement
from yibao.services.results import Refused

BY_LAW = ("allocation", "assessment", "deduction")
"""Kinds of movement whose sum is the law's: they lead to the month's reason. Of the others the row tells all."""


@require_safe
@signed_in
def movement_page(request: HttpRequest, day: str, number: str) -> HttpResponse:
    """One movement of one's own account, by its day and its number among those of the day."""
    found = records.movement(actor_of(request), day_of(day), int(number))
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    of, row = found.value, found.value.row
    by_law = row.kind in BY_LAW
    law = form_href([("topic", "allocation"), ("area", of.area_name), ("on", row.for_month.isoformat())])
    shown = {
        "title": f"{row.title}，{own.day_words(row.on)}",
        "heading": row.title,
        "direction": row.direction,
        "sign": sign(row),
        "amount": own.money(row.kind, row.title, abs(row.amount)),
        "sum": [
            ("记这一笔以前的余额", "", own.money("balance_before", "记这一笔以前的余额", of.balance_before)),
            (row.direction, sign(row), own.money(row.kind, row.title, abs(row.amount))),
            ("记这一笔以后的余额", "=", own.money("balance_after", "记这一笔以后的余额", row.balance_after)),
        ],
        "facts": _facts(of),
        "reason": allocation_href(row.for_month) if by_law else "",
        "say": _say_movement(of),
        "code": row.entry_id,
        "advice": _advice(row),
        "law": law if by_law else "",
        "back": f"{reverse('portal:me_movements')}?year={row.on.year}",
        "back_words": "返回账户收支",
    }
    return render(request, "portal/me_row.html", _with_area(shown, of))


@require_safe
@signed_in
def month_page(request: HttpRequest, month: str) -> HttpResponse:
    """One month of contributions, or one year of a resident."""
    day = day_of(f"{month}-01")
    found = records.months(actor_of(request), day.year)
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    of = found.value
    row = next((row for row in of.rows if row.month == day), None)
    if row is None:
        raise Http404
    when = month_title(row)
    paid = [("个人缴", row.person_paid), ("单位缴", row.employer_paid), ("缴费基数", row.base)]
    shown = {
        "title": f"{when}的缴费",
        "heading": f"{when}：{row.state_words}",
        "words": f"{row.words}。",
        "facts": [
            *((label, own.money("paid", f"{when}{label}", fen), "") for label, fen in paid if fen),
            *([("到账的日子", None, own.day_words(row.paid_on))] if row.paid_on else []),
            ("算不算年限", None, "算" if row.counts else "不算"),
        ],
        "say": f"我{when}的医保费，账上写的是“{row.state_words}”{_paid_words(row)}，和我的情况不一样。",
        "advice": ["单位给缴的，先问单位：缴了没有，哪天缴的。", "留着工资条、缴费凭证，核对时用得上。"],
        "back": f"{reverse('portal:me_months')}?year={row.month.year}",
        "back_words": "返回缴费月份",
    }
    return render(request, "portal/me_row.html", _with_area(shown, of))


def movement_href(row: Movement) -> str:
    """The page of a movement."""
    return reverse("portal:me_movement", args=[row.on.isoformat(), row.number])


def day_of(text: str) -> date:
    """The day that an address names; there is no page for one that there never was."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def allocation_href(month: date) -> str:
    """The month's allocation with its reason."""
    return reverse("portal:me_allocation_month", args=[f"{month:%Y-%m}"])


def sign(row: Movement) -> str:
    """The direction as a sign."""
    return "+" if row.amount > 0 else "−" if row.amount < 0 else ""


def month_title(row: MonthRow) -> str:
    """A month as people say it, or the year of a resident."""
    return f"{row.month.year}年度" if row.span == "year" else own.month_words(row.month)


def _with_area(shown: dict[str, Any], of: Any) -> dict[str, Any]:
    return shown | {"area_name": of.area_name, "as_of": own.as_of_text(of.as_of)}


def _facts(of: OneMovement) -> list[tuple[str, None, str]]:
    row = of.row
    out = [("哪一天", own.day_words(row.on)), ("记在哪个月", own.month_words(row.for_month))]
    if row.detail:
        out.append(("在哪里", row.detail))
    return [(label, None, text) for label, text in out]


def _say_movement(of: OneMovement) -> str:
    row = of.row
    where = f"，{row.detail}" if row.detail else ""
    return (
        f"我在{of.area_name}的个人账户，{own.day_words(row.on)}有一笔“{row.title}”{where}，"
        f"{row.direction}{fen_text(abs(row.amount))}元，我觉得不对。"
    )


def _advice(row: Movement) -> list[str]:
    if row.kind == "care":
        return ["先找出那天的收费单，和这里的数对一对。", "不是您本人看的病、买的药，请马上打 12393。"]
    return ["先看是怎么算的，和您的年龄、基数对一对。"] if row.kind in BY_LAW else []


def _paid_words(row: MonthRow) -> str:
    if not row.person_paid + row.employer_paid:
        return ""
    return f"，个人{fen_text(row.person_paid)}元，单位{fen_text(row.employer_paid)}元"
