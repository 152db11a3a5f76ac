"""A person wants a person: ring me back on the phone on file (请人工打给我)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yibao.channels.portal import own
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.services import callbacks
from yibao.services.results import Refused

ABOUT = ("账户里的钱和每月划入", "缴费和年限", "看病报销", "异地备案和转移", "登录和手机号", "别的事")
CHOOSE = "还没有选要问哪一件。请点一项。"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def callback_page(request: HttpRequest) -> HttpResponse:
    """One question: what about. Who has asked already sees that, as often as the page is opened."""
    actor = actor_of(request)
    owed = callbacks.owed_to(actor)
    if isinstance(owed, Refused):
        return own.refused_page(request, owed)
    error = ""
    if request.method == "POST" and not owed.value.number:
        about = request.POST.get("about", "")
        error = "" if about in ABOUT else CHOOSE
        done = None if error else callbacks.ask_for_mine(actor, about)
        if isinstance(done, Refused):
            return own.refused_page(request, done)
    if request.method == "POST" and not error:
        return redirect("portal:me_callback")
    shown = {"owed": owed.value, "choices": ABOUT, "error": error, "back": own.home_href()}
    return render(request, "portal/me_callback.html", shown)
