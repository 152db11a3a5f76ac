"""Pages for what went wrong, in the same look and with the telephone in the same place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address cannot be read."""
    return _page(request, 400, "这个网址看不懂", "网址可能被截断或改动过。请回到首页，重新选一次，不用一分钟。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this visitor."""
    return _page(request, 403, "这一页不能打开", "它不是公开的页面。请回到首页，从那里找要查的事。")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form came without its token, mostly because the browser keeps no cookies."""
    told = "您按的按钮没有生效，什么也没有改。多半是页面放久了，或浏览器不让存 Cookie。请退回上一页，刷新后再按一次。"
    return _page(request, 403, "请再按一次", told)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing is there."""
    told = "网址可能写错了，或者这一页已经删掉、过了保存期。请回到首页，从那里找要查的事。"
    return _page(request, 404, "没有这一页", told)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our own fault."""
    told = (
        "是我们这边出了错，不是您填错了。您填的都在网址里，没有丢：请等一分钟，再刷新这一页。还不行，打下面的电话问。"
    )
    return _page(request, 500, "这一页现在打不开", told)


def _page(request: HttpRequest, status: int, title: str, told: str) -> HttpResponse:
    return render(request, "portal/problem.html", {"title": title, "told": told}, status=status)
