"""The site as an app on the home screen: its manifest, its service worker, the page without a network, what is kept."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from yibao.channels.portal.offline import COOKIE, DAYS, mark_of
from yibao.channels.portal.signed_in import signed_in
from yibao.services.wording import SERVICE_NAME

GREEN, PAPER = "#0a5a50", "#f1f5f3"
SHELL = ("portal.css", "account.css", "portal.js", "session.js", "app.js", "icon.svg", "sw.js")


@require_safe
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """How the app is called, looks and begins."""
    del request
    icons = [
        {"src": static("portal/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("portal/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("portal/icon-mask.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    ways = (("我的账户", "portal:me"), ("医保码", "credential"), ("问一问", "portal:ask"))
    told = {
        "id": "/",
        "name": SERVICE_NAME,
        "short_name": SERVICE_NAME,
        "description": "医保账户、缴费、待遇，按当地规定讲清楚",
        "lang": "zh-CN",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": GREEN,
        "background_color": PAPER,
        "icons": icons,
        "shortcuts": [{"name": name, "url": reverse(where)} for name, where in ways],
    }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root, so that it serves every page; another version has another text."""
    del request
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@cache
def _worker() -> str:
    files = {name: Path(str(finders.find(f"portal/{name}"))).read_text(encoding="utf-8") for name in SHELL}
    version = hashlib.sha256("".join(files.values()).encode()).hexdigest()[:16]
    return files["sw.js"].replace("@VERSION@", version)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a network, where nothing was kept."""
    return render(request, "portal/offline.html")


@require_safe
def install(request: HttpRequest) -> HttpResponse:
    """How the site comes to the home screen."""
    return render(request, "portal/app.html")


@require_POST
@signed_in
def keep(request: HttpRequest) -> HttpResponse:
    """Let this device keep pages of the own record for a week, or no longer; the next page takes what was kept away."""
    response = HttpResponseRedirect(reverse("portal:me_settings"))
    if request.POST.get("keep") == "1":
        safe = {"httponly": True, "samesite": "Strict", "secure": request.is_secure()}
        response.set_cookie(COOKIE, mark_of(request), max_age=DAYS * 24 * 3600, **safe)
    else:
        response.delete_cookie(COOKIE)
    return response
