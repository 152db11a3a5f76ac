"""How the pages look: large print, colours. Kept in a cookie of the device, changed by POST only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from yibao.channels.portal.display_modes import COOKIE, YEAR, chosen, display_of

SIZES = (
    ("normal", "标准", ""),
    ("elder", "长辈版", "大字、宽按钮，功能一样不少"),
    ("xl", "特大字", "比长辈版再大一号"),
)
COLOURS = (
    ("auto", "跟手机一样", "手机调成深色，这里也变深色"),
    ("light", "浅色", ""),
    ("dark", "深色", "黑底白字"),
    ("contrast", "高对比", "白底纯黑字，框线加重"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """The settings page, and the switch at the top of every page, which comes back to where it was pressed."""
    told = request.POST if request.method == "POST" else request.GET
    back = told.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = reverse("portal:home")
    if request.method != "POST":
        return render(request, "portal/display.html", {"sizes": SIZES, "colours": COLOURS, "next": back})
    response = HttpResponseRedirect(back)
    wanted = chosen(request.POST.get("size", ""), request.POST.get("colour", ""), display_of(request))
    response.set_cookie(COOKIE, wanted.cookie, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response
