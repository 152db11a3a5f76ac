"""What every answer of the site carries, and which forms it takes."""

import io
import logging

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from yibao.site.logs import PrivateFormatter
from yibao.site.middleware import CsrfWithoutReferrer


@pytest.mark.django_db
def test_alive_and_ready(client: Client) -> None:
    for path in ("/healthz", "/readyz"):
        response = client.get(path)
        assert (response.status_code, response.content) == (200, b"ok\n")
        assert response.headers["Content-Type"].startswith("text/plain")
        assert "no-store" in response.headers["Cache-Control"]
        assert client.post(path).status_code == 405


def test_alive_asks_no_database(client: Client) -> None:
    assert client.get("/healthz").status_code == 200  # without the database mark any statement would fail


def test_every_answer_is_private_and_closed_to_other_sites(client: Client) -> None:
    for path in ("/healthz", "/no-such-page"):
        headers = client.get(path).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "unsafe" not in policy
        assert "*" not in policy


def test_another_name_of_the_site_is_refused(client: Client) -> None:
    assert client.get("/healthz", headers={"host": "elsewhere.example"}).status_code == 400


def test_nothing_unsafe_is_the_default() -> None:
    assert settings.DEBUG is False
    assert settings.USE_TZ
    assert settings.TIME_ZONE == "Asia/Shanghai"
    assert not settings.SECRET_KEY.startswith("django-insecure")


@pytest.mark.parametrize(
    ("origin", "fetch_site", "with_token", "status"),
    [
        ("null", "same-origin", True, 200),
        ("null", None, True, 200),  # a browser too old to say where the form stood
        ("http://testserver", None, True, 200),
        (None, None, True, 200),
        ("null", "cross-site", True, 403),
        ("http://elsewhere.example", None, True, 403),
        ("null", "same-origin", False, 403),
        ("null", None, False, 403),
    ],
)
def test_a_form_of_our_own_is_taken_under_no_referrer(
    origin: str | None, fetch_site: str | None, with_token: bool, status: int
) -> None:
    request = RequestFactory().post("/form")
    token = get_token(request)
    body = {"csrfmiddlewaretoken": token} if with_token else {}
    headers = {"origin": origin, "sec-fetch-site": fetch_site}
    request = RequestFactory().post("/form", body, headers={k: v for k, v in headers.items() if v is not None})
    request.COOKIES[settings.CSRF_COOKIE_NAME] = token

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("taken")

    middleware = CsrfWithoutReferrer(view)
    middleware.process_request(request)
    refused = middleware.process_view(request, view, (), {})
    assert (refused.status_code if refused else 200) == status


def test_a_log_line_keeps_no_query_no_words_of_an_exception_and_no_number_of_a_shared_answer() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PrivateFormatter())
    logger = logging.getLogger("test_private")
    logger.propagate = False
    logger.addHandler(handler)
    pension = "3456.78"
    try:
        try:
            raise ValueError(f"pension {pension}")
        except ValueError:
            logger.exception("failed: %s", f"/answers/allocation/?age=69&pension={pension} HTTP/1.1")
        logger.warning("Not Found: /shared/0123-4567-89AB-CDEF-GHJK-MNPQ-RS/")
    finally:
        logger.removeHandler(handler)
    said = stream.getvalue()
    assert "/answers/allocation/?… HTTP/1.1" in said
    assert "ValueError" in said
    assert "test_web.py" in said
    assert "3456" not in said
    assert "/shared/…/" in said
    assert "89AB" not in said


def test_the_sites_log_goes_through_that_formatter() -> None:
    handlers = [*logging.getLogger().handlers, *logging.getLogger("django").handlers]
    ours = [handler for handler in handlers if isinstance(handler.formatter, PrivateFormatter)]
    assert len(ours) == 1
    assert not any(type(handler).__name__ == "AdminEmailHandler" for handler in handlers)
