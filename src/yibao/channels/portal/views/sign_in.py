"""Signing in, one question a page: the number; the first time name and phone; the code.

Whether a number is known decides nothing here but where the code goes: the pages are the same for every number.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.views import ConfirmLoginCodeView
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from yibao.channels.portal.code_form import CodeForm
from yibao.channels.portal.signed_in import safe_next
from yibao.channels.portal.views.bindings import way_in
from yibao.services import sign_in
from yibao.services.messengers import NAMES
from yibao.services.results import Done, Refused
from yibao.services.sign_in import spoken

FORM = ["GET", "HEAD", "POST"]
STATE = "sign_in"
"""What was told so far, in the session, which lies sealed; gone once somebody is in."""


@require_http_methods(FORM)
@cache_control(no_store=True)
def number(request: HttpRequest) -> HttpResponse:
    """The first question. Who says that it is the first time is asked two more."""
    if request.method != "POST":
        back = safe_next(request, request.GET.get("next", ""))
        if request.user.is_authenticated and request.user.person_id is not None:
            return HttpResponseRedirect(back or resolve_url(settings.LOGIN_REDIRECT_URL))
        state = {**request.session.get(STATE, {}), "next": back}
        expired = state.pop("expired", False)
        if state != request.session.get(STATE, {"next": ""}):
            request.session[STATE] = state
        return _question(request, "number", state.get("number", ""), expired=expired)
    if request.user.is_authenticated and request.user.person_id is None:
        logout(request)  # somebody of the agency: their session and one's own are never one
    checked = sign_in.checked_number(request.POST.get("number", ""))
    if isinstance(checked, Refused):
        return _question(request, "number", request.POST.get("number", "")[:60], checked)
    first = "first" in request.POST
    _keep(request, number=checked.value, first=first)
    refused = sign_in.locked(checked.value)
    if refused:
        return stopped(request, refused)
    return redirect("sign_in_name") if first else _send_code(request)


@require_http_methods(FORM)
@cache_control(no_store=True)
def name(request: HttpRequest) -> HttpResponse:
    """The second question of the first time."""
    return _first_time(request, "name", sign_in.checked_name, lambda: redirect("sign_in_phone"))


@require_http_methods(FORM)
@cache_control(no_store=True)
def phone(request: HttpRequest) -> HttpResponse:
    """The third question of the first time; then the code is sent."""
    return _first_time(request, "phone", sign_in.checked_phone, lambda: _send_code(request))


@require_POST
@cache_control(no_store=True)
def again(request: HttpRequest) -> HttpResponse:
    """Another code; the one before is void."""
    return _send_code(request) if request.session.get(STATE, {}).get("number") else redirect("account_login")


@require_POST
@cache_control(no_store=True)
def call(request: HttpRequest) -> HttpResponse:
    """Another code, told by a call to the phone on file; the one before is void."""
    number = request.session.get(STATE, {}).get("number")
    if not number or not spoken.is_on():
        return redirect("account_login")
    refused = sign_in.locked(number)
    if refused:
        return stopped(request, refused)
    allowed = spoken.may_ask_for_call(number, get_adapter().get_client_ip(request))
    if isinstance(allowed, Refused):
        back = {"title": "现在不能再打电话", "back": reverse("account_confirm_login_code")}
        return stopped(request, allowed, **back)
    with spoken.instead_of_messages() as calls:
        response = _send_code(request)
    if calls:
        _keep(request, call=str(calls[-1]))
    return response


class Code(ConfirmLoginCodeView):
    """The last question: allauth's page, with our words, our limits and the counter's code beside the sent one."""

    template_name = "portal/sign_in_code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.session.get(STATE, {}).get("number"):
            return redirect("account_login")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        if response.status_code == 302 and response.headers["Location"] == reverse("account_login"):
            _keep(request, expired=True)
        return response

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        calls = {"may_call": spoken.is_on(), "called": "call" in self.request.session[STATE]}
        return {**super().get_context_data(**more), **calls}

    def get_form_class(self) -> type[CodeForm]:
        return CodeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "number": self.request.session[STATE]["number"]}

    def get_next_url(self) -> str:
        return str(self.request.session[STATE].get("next") or resolve_url(settings.LOGIN_REDIRECT_URL))

    def form_valid(self, form: CodeForm) -> HttpResponse:
        state = self.request.session[STATE]
        sign_in.clear_wrong_codes(state["number"])
        _take_back_call(self.request)
        if form.user_of_counter is not None:
            self._process._user = self.stage.login.user = form.user_of_counter
        response: HttpResponse = self._process.finish(self.get_next_url())
        del self.request.session[STATE]
        return response

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        if form.stopped is not None:
            self._process.abort()
            _take_back_call(self.request)
            return stopped(self.request, form.stopped)
        return self.render_to_response(self.get_context_data(form=form, error=form.errors["code"][0]))


code = cache_control(no_store=True)(Code.as_view())


def stopped(request: HttpRequest, refused: Refused, **shown: str) -> HttpResponse:
    """Not now: why, until when, and what else one can do."""
    return render(request, "portal/sign_in_stopped.html", {"refused": refused, **shown}, status=429)


def _first_time(request: HttpRequest, what: str, check: Any, then: Any) -> HttpResponse:
    state = request.session.get(STATE, {})
    if not state.get("first"):
        return redirect("account_login")
    if request.method != "POST":
        return _question(request, what, state.get(what, ""))
    checked: Done[str] | Refused = check(request.POST.get(what, ""))
    if isinstance(checked, Refused):
        return _question(request, what, request.POST.get(what, "")[:200], checked)
    _keep(request, **{what: checked.value})
    response: HttpResponse = then()
    return response


def _send_code(request: HttpRequest) -> HttpResponse:
    state = request.session[STATE]
    allowed = sign_in.may_ask_for_code(state["number"], get_adapter().get_client_ip(request))
    if isinstance(allowed, Refused):
        return stopped(request, allowed)
    _take_back_call(request)
    told = sign_in.Typed(state["number"], state["first"], state.get("name", ""), state.get("phone", ""))
    found = sign_in.who(told)
    LoginCodeVerificationProcess.initiate(request=request, user=found.user, phone=found.person)
    return redirect("account_confirm_login_code")


def _take_back_call(request: HttpRequest) -> None:
    """The code that was to be told by a call is void, or used."""
    call = request.session[STATE].get("call")
    if call:
        spoken.take_back(call)
        request.session[STATE] = {name: told for name, told in request.session[STATE].items() if name != "call"}


def _keep(request: HttpRequest, **told: Any) -> None:
    request.session[STATE] = {**request.session.get(STATE, {}), **told}


def _question(
    request: HttpRequest, what: str, value: str, refused: Refused | None = None, *, expired: bool = False
) -> HttpResponse:
    error = refused.message if refused else ""
    way = way_in(request) if what == "number" else ""
    shown = {"value": value, "error": error, "expired": expired, "way": way, "way_name": NAMES.get(way, "")}
    return render(request, f"portal/sign_in_{what}.html", shown)
