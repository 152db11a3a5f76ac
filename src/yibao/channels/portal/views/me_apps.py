"""Apps of others: the question whether one may read (同意), the list of those that may, and taking it back (收回)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.idp.oidc.views import AuthorizationView, TokenView
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yibao.channels.portal import own
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.services import apps
from yibao.services.results import Refused
from yibao.services.scopes import SCOPES

DAYS_WORDS = {1: "只给一天", 90: "给 90 天", 365: "给一年"}
USUAL_DAYS = 90
OWN_FORMS = "form-action 'self'"


class Consent(AuthorizationView):
    """The page that asks: who gets what, for how long. allauth issues the code; what may be asked and given is ours."""

    template_name = "portal/app_consent.html"
    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = apps.asking(actor_of(request), dict(request.GET.lists()))
        if isinstance(asked, Refused):
            return render(request, "portal/app_refused.html", {"message": asked.message}, status=400)
        self.asked = asked.value
        if self.asked.error:
            return self._back_to_app(error=self.asked.error)
        self.refused: Refused | None = None
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        if response.status_code == 200:  # a browser holds the way back to the app for a form's target too
            policy = settings.CONTENT_SECURITY_POLICY.replace(OWN_FORMS, f"{OWN_FORMS} {self.asked.origin}")
            response.headers["Content-Security-Policy"] = policy
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        if self._request_info["client_id"] != self.asked.client_id:
            raise PermissionDenied
        scopes = form.cleaned_data["scopes"]
        given = apps.allow(actor_of(self.request), self.asked.client_id, scopes, self._days())
        if isinstance(given, Refused):
            self.refused = given
            return self.form_invalid(form)
        response: HttpResponse = super().form_valid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"] if "form" in kwargs else self.get_form()
        bound = form.is_bound
        chosen = form["scopes"].value() or []
        subjects = [(name, SCOPES[name]) for name in self.asked.scopes if name != "openid"]
        error = self.refused.message if self.refused else "一样都没有选。要给，就勾上一样；不想给，请按“不同意”。"
        return {
            "asked": self.asked,
            "signed": form.data["request"] if bound else form.initial["request"],
            "subjects": [(name, scope, not bound or name in chosen) for name, scope in subjects],
            "knows_again": "openid" in self.asked.scopes,
            "days": [(days, words, days == self._days()) for days, words in DAYS_WORDS.items()],
            "error": error if bound else "",
        }

    def _days(self) -> int:
        text = self.request.POST.get("days", str(USUAL_DAYS))
        return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0

    def _back_to_app(self, **told: str) -> HttpResponse:
        if self.asked.state:
            told["state"] = self.asked.state
        joint = "&" if "?" in self.asked.redirect_uri else "?"
        return HttpResponseRedirect(f"{self.asked.redirect_uri}{joint}{urlencode(told)}")


consent = signed_in(Consent.as_view())


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Codes and refresh tokens for access tokens, once what has run out is gone."""
    apps.forget_expired()
    response: HttpResponse = TokenView.as_view()(request)
    response.headers["Cache-Control"] = "no-store"
    return response


def absent(request: HttpRequest) -> HttpResponse:
    """What allauth would offer and we do not."""
    del request
    raise Http404


@require_safe
@signed_in
def apps_page(request: HttpRequest) -> HttpResponse:
    """Who may read, what, until when; and whom one no longer lets."""
    found = [(one, [SCOPES[name] for name in one.scopes]) for one in apps.allowed(actor_of(request))]
    shown = {
        "open": [pair for pair in found if pair[0].is_open],
        "ended": [pair for pair in found if not pair[0].is_open],
        "done": request.GET.get("done") == "1",
        "back": own.home_href(),
    }
    return render(request, "portal/me_apps.html", shown)


@require_http_methods(["POST"])
@signed_in
def end_page(request: HttpRequest) -> HttpResponse:
    """Take one back: at once, without another question; it can be given again from the app."""
    try:
        chosen = UUID(request.POST.get("consent", ""))
    except ValueError:
        raise Http404 from None
    ended = apps.end_consent(actor_of(request), chosen)
    if isinstance(ended, Refused):
        raise Http404
    return HttpResponseRedirect(f"{redirect('portal:me_apps').url}?done=1")
