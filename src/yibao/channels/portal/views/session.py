"""Staying signed in a while longer, and signing out."""

from __future__ import annotations

import time
from datetime import datetime

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from yibao.channels.portal.signed_in import MARK, ends_at, safe_next, signed_in
from yibao.services.clock import CHINA


@require_POST
@signed_in
def extend(request: HttpRequest) -> HttpResponse:
    """One tap puts the end of the session off; a page with JavaScript stays as it is, another is shown again."""
    request.session["seen"] = time.time()
    if request.headers.get("Accept") == "application/json":
        ends = ends_at(request)
        clock = datetime.fromtimestamp(ends, CHINA).strftime("%H:%M")
        return JsonResponse({"seconds": ends - int(time.time()), "clock": clock})
    return HttpResponseRedirect(safe_next(request, request.POST.get("next", "")) or reverse("portal:home"))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and have the browser forget the pages; how the pages look (a cookie) stays."""
    logout(request)
    response = HttpResponseRedirect(reverse("signed_out"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store"
    response.delete_cookie(MARK)
    return response


@require_safe
@cache_control(no_store=True)
def signed_out(request: HttpRequest) -> HttpResponse:
    """It is done; what to do on a device that others use."""
    return render(request, "portal/signed_out.html")
