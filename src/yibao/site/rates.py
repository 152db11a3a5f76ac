"""Who asks the API too often? Counted before anything else of the site is asked, and answered with 429.

Above the guard that keeps a GET from writing: what is counted here is the asking itself, never what is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from yibao.channels.api.described import refusal as api_refusal
from yibao.channels.fhir.outcomes import refusal as fhir_refusal
from yibao.services import rates
from yibao.services.results import Done

FACES = {"/api/": api_refusal, "/fhir/": fhir_refusal}
BEARER = "bearer "


class RateLimit:
    """Answers 429 with Retry-After where an address or a token asks too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal = next((face for path, face in FACES.items() if request.path_info.startswith(path)), None)
        if refusal is None:
            return self.get_response(request)
        address = _address(request)
        said = request.headers.get("Authorization", "")
        token = said[len(BEARER) :].strip() if said.lower().startswith(BEARER) else ""
        allowed = rates.may_ask(address, token)
        if not isinstance(allowed, Done):
            refused, seconds = allowed
            response = refusal(refused, 429)
            response.headers["Retry-After"] = str(seconds)
            return response
        response = self.get_response(request)
        if token and response.status_code == 401:
            rates.wrong_token(address)
        return response


def _address(request: HttpRequest) -> str:
    """From where it is asked, as the sign-in counts it; all that cannot be told apart is one address."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""
