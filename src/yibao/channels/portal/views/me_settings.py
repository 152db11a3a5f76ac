"""The settings of somebody who is signed in: how the pages look, who looked, signing out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yibao.channels.portal import own
from yibao.channels.portal.offline import is_kept
from yibao.channels.portal.signed_in import signed_in
from yibao.channels.portal.views.display import COLOURS, SIZES


@require_safe
@signed_in
def settings_page(request: HttpRequest) -> HttpResponse:
    """What may be set, and where."""
    shown = {"sizes": SIZES, "colours": COLOURS, "next": request.path, "back": own.home_href()}
    shown["kept"] = is_kept(request)
    return render(request, "portal/me_settings.html", shown)
