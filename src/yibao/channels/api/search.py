"""GET /api/v1/search: guides and law by word, document number or article."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Query, Schema
from pydantic import Field

from yibao.channels.api.described import api, refusal
from yibao.channels.api.shapes import AreaName, Error
from yibao.services.results import Refused
from yibao.services.search import search


class Piece(Schema):
    """A part of a text, marked where it is what was searched."""

    text: str
    mark: bool


class Hit(Schema):
    """One thing found; docs/api.md tells every key."""

    kind: str
    title: str
    text: str
    area: AreaName
    topic: str
    path: str
    document: str
    number: str
    article: str
    issuer: str
    since: str
    is_seen: bool
    until: str
    ended: bool
    grade: str
    checked: str
    url: str
    marked: dict[str, list[Piece]]


class Found(Schema):
    """A page of what was found, the best first."""

    query: str
    page: int
    pages: int
    total: int
    whole: int
    notes: list[str]
    message: str
    next: list[str]
    hits: list[Hit]


class Words(Schema):
    """The query of a search."""

    q: str = Field("", description="words, a document number or an article; 200 characters are read")
    page: int = Field(1, description="twenty hits a page; 1 is the first")


@api.api_operation(
    ["GET", "HEAD"], "/search", response={200: Found, 422: Error}, summary="Guides and law, by word or document number"
)
def found(request: HttpRequest, query: Query[Words]) -> Any:
    """What guides and law hold on some words; nothing found is an answer too (200)."""
    del request
    result = search(query.q, query.page)
    if isinstance(result, Refused):
        return refusal(result)
    return JsonResponse(result.value.to_json(), json_dumps_params={"ensure_ascii": False})
