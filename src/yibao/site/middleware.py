"""What is added to every answer and checked of every form, beyond Django's own middleware?"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class ContentSecurityPolicy:
    """Scripts, styles, pictures and forms: from and to this site only, on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        return response


class CsrfWithoutReferrer(CsrfViewMiddleware):
    """Django's protection, for pages that are sent with `Referrer-Policy: no-referrer`.

    Under that policy a browser sends `Origin: null` with the site's own forms, which Django takes for another site's.
    Such a form is ours if the browser says `Sec-Fetch-Site: same-origin`, or is too old to say anything; the token in
    the form and its SameSite cookie are checked as ever, and a `null` that comes from elsewhere is refused as ever.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META.get("HTTP_ORIGIN") == "null":
            return request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") == "same-origin"
        return super()._origin_verified(request)
