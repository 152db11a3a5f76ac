"""What may a device keep for times without a network? Told to the service worker with every page, by a header.

`Yibao-Keep: public`: a page that shows nobody's record. `own MARK`: a page of somebody's own, who allowed it on this
device; the mark tells whose. `none`: what is somebody's own goes.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from yibao.services.sealing import blind_index

HEADER, COOKIE = "Yibao-Keep", "keep"
DAYS = 7
PUBLIC = frozenset(
    {"home", "ask", "about", "guides", "guide_area", "guide", "search", "compare", "journey", "reason", "coverage"}
)
OWN = frozenset({"me", "me_movements", "me_months", "me_enrolment", "me_allocation", "me_years"})


def mark_of(request: HttpRequest) -> str:
    """Whose pages these are; nothing can be read from it."""
    return blind_index(str(request.user.pk), what="keep").hex()[:16]


def is_kept(request: HttpRequest) -> bool:
    """Whether the person who is signed in allowed this device to keep pages of the own record."""
    return request.user.is_authenticated and request.COOKIES.get(COOKIE) == mark_of(request)


class Offline:
    """Says of every page whether it may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        is_page = response.get("Content-Type", "").startswith("text/html") and response.status_code == 200
        if match is None or request.method != "GET" or not is_page:
            return response
        if match.url_name == "signed_out":
            response.headers[HEADER] = "none"
        elif match.app_name == "portal" and match.url_name in PUBLIC:
            response.headers[HEADER] = "public"
        elif match.app_name == "portal" and str(match.url_name).startswith("me"):
            if not is_kept(request):
                response.headers[HEADER] = "none"
            elif match.url_name in OWN:
                response.headers[HEADER] = f"own {mark_of(request)}"
        return response
