"""For developers: what the interface gives, how a person's leave is asked, and made-up people to try it with."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from yibao.services import apps
from yibao.services.results import Refused
from yibao.services.scopes import SCOPES

CALLS = (
    ("home", "account contributions enrolment", "账户首页：余额、本月缴费、最近一笔"),
    ("movements?year=2026&kind=in&page=1", "account", "一年的收支，一页三十笔"),
    ("months?year=2026", "contributions", "每个月缴了没有、缴了多少"),
    ("enrolments", "enrolment", "在哪里、以什么身份参保，各段缴费基数"),
    ("coverage", "coverage", "今天在不在保，从哪天到哪天"),
    ("allocation/2026-09", "allocation", "某月划入，和按规定算出来的一样不一样"),
    ("years", "years", "缴了几年，还差几年"),
)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What there is, scope by scope and call by call, and the sandbox."""
    return _page(request)


@require_POST
@cache_control(no_store=True)
def register(request: HttpRequest) -> HttpResponse:
    """An app for the sandbox; its secret is shown here and never again."""
    told = {name: request.POST.get(name, "").strip()[:600] for name in ("name", "redirect")}
    made = apps.register_sandbox_app(told["name"], told["redirect"], _address(request))
    if isinstance(made, Refused):
        return _page(request, told=told, refused=made, status=422)
    return render(request, "portal/developers_app.html", {"app": made.value})


@require_POST
@cache_control(no_store=True)
def try_token(request: HttpRequest) -> HttpResponse:
    """A token for somebody made up, for an hour."""
    given = apps.sandbox_token(request.POST.get("person", "")[:40], _address(request))
    if isinstance(given, Refused):
        return _page(request, refused=given, status=422)
    shown = {"given": given.value, "here": request.build_absolute_uri("/").rstrip("/"), "calls": CALLS}
    return render(request, "portal/developers_token.html", shown)


def _page(request: HttpRequest, *, status: int = 200, refused: Refused | None = None, **more: Any) -> HttpResponse:
    shown = {
        "here": request.build_absolute_uri("/").rstrip("/"),
        "scopes": SCOPES.items(),
        "calls": CALLS,
        "people": apps.sandbox_people(),
        "error": refused.message if refused else "",
        "field": {"redirect": "redirect", "name": "name"}.get(refused.field, "sandbox") if refused else "",
    }
    return render(request, "portal/developers.html", shown | more, status=status)


def _address(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))
