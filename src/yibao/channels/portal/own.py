"""What the pages of a person's own record share: a refusal, the reason of a figure, a time as people say it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yibao.channels.portal import context
from yibao.channels.portal.mistakes import form_href
from yibao.channels.portal.views.reason import of_figure
from yibao.services.clock import CHINA
from yibao.services.formats import figure_parts
from yibao.services.results import Refused

LAW_ONLY = ("scheme", "status", "sex")
"""Facts that may stand in the address of a report about the law: nobody is known by them."""


def home_href() -> str:
    """The first page of the account."""
    return reverse("portal:me")


def refused_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Why there is nothing to show; what is forbidden and what is not there are the same "no such page"."""
    if refused.code == "not_found":
        raise Http404
    shown = {"message": refused.message, "back": home_href()}
    return render(request, "portal/me_refused.html", shown)


def money(name: str, label: str, fen: int, href: str = "") -> context.Figure:
    """An amount of the books as a figure of a page; without an address it stands beside its reason already."""
    number, unit = figure_parts({"value": fen, "unit": "fen"})
    return context.Figure(name, label, number, "", unit, href)


class When(NamedTuple):
    """An instant as people say it, in China: neither part of it is ever broken over two lines."""

    day: str
    clock: str


def as_of_text(at: datetime) -> When:
    """An instant in words."""
    here = at.astimezone(CHINA)
    return When(day_words(here), f"{here:%H:%M}")


def day_words(day: date) -> str:
    """A day as people say it."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_words(month: date) -> str:
    """A month as people say it."""
    return f"{month.year}年{month.month}月"


def whole(request: HttpRequest, name: str) -> int:
    """A whole number of the address; 0 where there is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def case_of(request: HttpRequest) -> int:
    """Which case of an answer a reason is asked for; 0 for none."""
    text = request.GET.get("case", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def inputs(answer: context.Json, facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the law read of the record; a month of retirement that only stands for today is not of the record."""
    rows = [row for row in answer["inputs"] if row["name"] != "retires" or "retires" in facts]
    return context.inputs({**answer, "inputs": rows})


def mistake_href(answer: context.Json, facts: dict[str, str]) -> str:
    """The form for a mistake in the law. It is public, so nothing of the record goes with it that could tell whose."""
    law_facts = [(name, facts[name]) for name in LAW_ONLY if name in facts]
    return form_href([("topic", answer["topic"]), ("area", answer["area"]["name"]), ("on", answer["on"]), *law_facts])


def reason(
    request: HttpRequest, answer: context.Json, facts: dict[str, str], name: str, back: str, **more: Any
) -> HttpResponse:
    """The page of a figure of an answer that was worked from the record; 404 where there is no such figure."""
    if not answer:
        raise Http404
    shown = of_figure(answer, name, case_of(request), lambda *_: "")
    links: dict[str, Any] = {"back": back, "mistake": mistake_href(answer, facts)}
    if not case_of(request):
        links["inputs"] = inputs(answer, facts)
    return render(request, "portal/me_reason.html", shown | links | more)
