"""The first page of an account: the balance, this month, what is open, and the doors to everything else."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from yibao.channels.portal import own
from yibao.channels.portal.context import Figure
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.channels.portal.views.me_row import BY_LAW, allocation_href
from yibao.services import records
from yibao.services.records.shapes import Home, Movement
from yibao.services.records.words import STATES
from yibao.services.results import Refused

HIDDEN, HIDDEN_SECONDS = "amounts", 365 * 24 * 3600
"""A cookie of this device that says only that amounts are not to be shown."""
NAMED = 3
"""So many unpaid months are named on the first page; the page of the months has them all."""


class Door(NamedTuple):
    """A task one tap away."""

    word: str
    icon: str
    href: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Amounts that are hidden are not in the page at all; a POST hides them on this device, or shows them again."""
    if request.method == "POST":
        return _amounts(request)
    found = records.home(actor_of(request))
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    of = found.value
    movements = reverse("portal:me_movements")
    shown = {
        "of": of,
        "as_of": own.as_of_text(of.as_of),
        "hidden": request.COOKIES.get(HIDDEN) == "hidden",
        "has_account": of.balance is not None,
        "balance": own.money("balance", "账户余额", of.balance or 0, movements),
        "parts": [
            ("以前结转", "", own.money("carried_over", "以前结转", of.carried_over, movements)),
            ("今年划入", "+", own.money("credited", "今年划入", of.credited_this_year, movements)),
            ("今年用掉", "−", own.money("spent", "今年用掉", of.spent_this_year, movements)),
        ],
        "last": of.last_movement,
        "last_amount": of.last_movement and _last(of.last_movement),
        "last_day": of.last_movement and own.day_words(of.last_movement.on),
        "state_word": STATES[of.month_state],
        "open": _open(of),
        "doors": doors(of),
    }
    return render(request, "portal/me_home.html", shown)


def _amounts(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(reverse("portal:me"))
    if request.POST.get("show") == "no":
        response.set_cookie(
            HIDDEN, "hidden", max_age=HIDDEN_SECONDS, httponly=True, samesite="Strict", secure=request.is_secure()
        )
    else:
        response.delete_cookie(HIDDEN, samesite="Strict")
    return response


def _last(row: Movement) -> Figure:
    """The last movement: it leads to the month's reason, or to the movements, where it is the first."""
    href = allocation_href(row.for_month) if row.kind in BY_LAW else reverse("portal:me_movements")
    return own.money("last", f"最近一笔，{row.title}", abs(row.amount), href)


def _open(of: Home) -> list[tuple[str, str, str]]:
    """What is to be done: a title, why, and where."""
    out = []
    if of.unpaid:
        named = "、".join(own.month_words(month) for month in of.unpaid[-NAMED:])
        more = "以前还有，" if len(of.unpaid) > NAMED else ""
        href = f"{reverse('portal:me_months')}?year={of.unpaid[-1].year}"
        out.append((f"有{len(of.unpaid)}个月没有缴费", f"{named}；{more}看有什么影响", href))
    if of.month_state == "unpaid":
        out.append(("有医保费没有缴", of.month_words, reverse("portal:me_months")))
    if of.month_state == "not_enrolled":
        out.append(("现在没有参保", "没有参保的时候看病不能报销", reverse("portal:me_months")))
    if of.retires_on:
        when = own.month_words(of.retires_on)
        out.append(("快到退休年龄了", f"{when}可能退休，看年限够不够", reverse("portal:me_years")))
    return out


def doors(of: Home) -> list[tuple[str, str, list[Door]]]:
    """The twelve tasks: to look something up, to get something done, to work something out."""
    public = urlencode({"area": of.area_name, "scheme": of.scheme, "status": "retired" if of.is_retired else "active"})
    area = urlencode({"area": of.area_name})

    def law(topic: str, facts: str) -> str:
        return f"{reverse('portal:journey', args=[topic])}?{facts}"

    return [
        ("查", "看清楚", [
            Door("账户收支", "receipt", reverse("portal:me_movements")),
            Door("缴费月份", "calendar", reverse("portal:me_months")),
            Door("参保情况", "enrol", reverse("portal:me_enrolment")),
            Door("每月划入", "coins", reverse("portal:me_allocation")),
        ]),
        ("办", "办得成", [
            Door("医保码", "code", reverse("credential")),
            Door("去哪里交费", "pay", law("paying", area)),
            Door("去外地看病", "journey", law("out-of-area", area)),
            Door("谁看过我", "shield", reverse("portal:me_looked")),
        ]),
        ("算", "算明白", [
            Door("我的年限", "flag", reverse("portal:me_years")),
            Door("不缴了会怎样", "hourglass", reverse("portal:me_what_if")),
            Door("住院自己付多少", "bed", law("inpatient", public)),
            Door("看门诊付多少", "pulse", law("outpatient", public)),
        ]),
    ]  # fmt: skip
