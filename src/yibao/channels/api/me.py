"""GET /api/v1/me/…: the record of the person who let this app read it. What the token does not cover is not there."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Schema
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer
from pydantic import Field

from yibao.channels.api import me_shapes as shapes
from yibao.channels.api.described import api, refusal
from yibao.channels.api.shapes import Error
from yibao.services import apps, records
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused

ABSENT = Refused("not_found", "没有找到这份记录，请检查号码；要帮忙，请拨打 12393。")


class OfApp(HttpBearer):
    """A bearer token in the header, and nowhere else: in an address it would stand in logs."""

    openapi_description = "An access token, got at /identity/o/api/token after the person consented."

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The app as it may read for the person who consented."""
        found = apps.actor_of_token(token)
        return found.value if isinstance(found, Done) else None


TOKEN = OfApp()


@api.exception_handler(AuthenticationError)
def without_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No token, or one that does not open anything (any more)."""
    del request, error
    response = refusal(apps.TOKEN_NOT_VALID, 401)
    response.headers["WWW-Authenticate"] = 'Bearer realm="yibao", error="invalid_token"'
    return response


def _told(response: HttpResponse, found: Done[Any] | Refused) -> Any:
    """What is sent: the shape, or the refusal; what one may not see and what is not there alike 404."""
    response.headers["Cache-Control"] = "no-store"
    if isinstance(found, Done):
        return found.value
    return refusal(found, 404 if found.code == "not_found" else 422)


def _call(path: str, shape: type[Schema], summary: str) -> Any:
    """A call that reads a part of the record."""
    responses = {200: shape, 401: Error, 404: Error, 422: Error}
    how: dict[str, Any] = {"by_alias": True, "exclude_unset": True}  # an answer of the law is the same as elsewhere
    return api.api_operation(["GET", "HEAD"], f"/me/{path}", response=responses, summary=summary, auth=TOKEN, **how)


class OfYear(Schema):
    """The query of what is told year by year."""

    year: int | None = Field(None, description="the year; the last that has something to show if left out")


class OfMovements(OfYear):
    """The query of the movements."""

    kind: str = Field("", description="in, out, or the kind of a movement; all if left out")
    page: int = Field(1, ge=1, le=100_000, description="thirty movements a page")


class OfYears(Schema):
    """The query of the years."""

    old_age: str = Field("", pattern="^(|50|55)$", description="a woman's retirement age before 2025: 50 or 55")


@_call("home", shapes.HomeOut, "The first page of the record")
def home(request: HttpRequest, response: HttpResponse) -> Any:
    """Balance, this month, the last movement. Asks for the scopes `account`, `contributions` and `enrolment`."""
    return _told(response, records.home(_actor(request)))


@_call("movements", shapes.MovementsOut, "Money in and out of the individual account")
def movements(request: HttpRequest, response: HttpResponse, query: Query[OfMovements]) -> Any:
    """The movements of a year, newest first. Scope `account`."""
    return _told(response, records.movements(_actor(request), query.year, query.kind, query.page))


@_call("months", shapes.MonthsOut, "Which months were paid")
def months(request: HttpRequest, response: HttpResponse, query: Query[OfYear]) -> Any:
    """Every month of a year by its state, what was paid, and what a gap means. Scope `contributions`."""
    return _told(response, records.months(_actor(request), query.year))


@_call("enrolments", shapes.EnrolmentsOut, "Where and as whom one was insured")
def enrolments(request: HttpRequest, response: HttpResponse) -> Any:
    """Every enrolment with employer, tier and bases. Scope `enrolment`."""
    return _told(response, records.enrolments(_actor(request)))


@_call("coverage", shapes.CoverageOut, "Whether one is insured")
def coverage(request: HttpRequest, response: HttpResponse) -> Any:
    """Where and from when to when, and no more than that. Scope `coverage`."""
    return _told(response, records.coverage(_actor(request)))


@_call("allocation/{month}", shapes.AllocationOut, "What was credited for a month, and why")
def allocation(request: HttpRequest, response: HttpResponse, month: Path[str]) -> Any:
    """A month's allocation (划入) beside the law's answer. Scope `allocation`."""
    if not re.fullmatch(r"(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])", month):
        return _told(response, ABSENT)
    first = date(int(month[:4]), int(month[5:]), 1)
    return _told(response, records.allocation(_actor(request), first))


@_call("years", shapes.YearsOut, "How many years were paid, and how many are asked for")
def years(request: HttpRequest, response: HttpResponse, query: Query[OfYears]) -> Any:
    """The months that count, and the law's answer with the person's own facts. Scope `years`."""
    return _told(response, records.years(_actor(request), old_age=query.old_age))


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.auth
    return actor
