"""Which API is it, and what does its OpenAPI document say beyond what each call says of itself?

Every call gets its example, the refusals that any call may meet (401 where a token is asked for, 429), a short name and
a group. HEAD goes with GET and is not told twice. Examples are answers of this very program, so they cannot grow old.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import NinjaAPI

from yibao import __version__
from yibao.channels.api import examples
from yibao.services.results import Refused

ABOUT = """Exact, explained answers about Chinese basic medical insurance, and the record of the person who allowed it.

Amounts are integer fen, days `YYYY-MM-DD`, months `YYYY-MM`. What the law gives needs no key. What a person's record
holds needs a bearer token, got by OAuth 2.1 with PKCE after the person consented. A refusal is `{"error": {"code",
"message", "next", "field"}}`: the code never changes, the message is one plain Chinese sentence. What is not there and
what one may not see are both 404. Who asks too often gets 429 and, in `Retry-After`, the seconds to wait."""
TAGS = {"law": "what the law of an area and a day gives; no key", "me": "the record of the person who gave the token"}
REFUSALS = {
    401: ("no token, or one that is wrong, run out or taken back", "token_not_valid"),
    429: ("asked too often; `Retry-After` tells the seconds to wait", "too_many_requests"),
}
RETRY = {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer", "minimum": 1}}}


class DescribedAPI(NinjaAPI):
    """The API with a whole description."""

    def get_openapi_schema(self, **how: Any) -> Any:
        """The OpenAPI document, made once: the calls are all there when the first is asked for it."""
        document = super().get_openapi_schema(**how)
        for path, calls in document["paths"].items():
            calls.pop("head", None)
            for method, call in calls.items():
                _tell(document, path.removeprefix("/api/v1"), method, call)
        _drop_unused(document)
        document["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
        return document


api = DescribedAPI(
    title="yibao",
    version=__version__,
    description=ABOUT,
    docs_url=None,  # the usual page loads scripts from elsewhere
    urls_namespace="api",
)


def refusal(refused: Refused, status: int = 422) -> JsonResponse:
    """A refusal as the API tells it."""
    body = {"code": refused.code, "message": refused.message, "next": list(refused.next), "field": refused.field}
    return JsonResponse({"error": body}, status=status, json_dumps_params={"ensure_ascii": False})


def not_found(request: HttpRequest) -> JsonResponse:
    """What is not there, under the API's own address: absent and forbidden alike."""
    del request
    return refusal(Refused("not_found", "没有这个地址，请对照说明检查。"), 404)


def _tell(document: dict[str, Any], path: str, method: str, call: dict[str, Any]) -> None:
    """What one call does not say of itself."""
    asks_token = bool(call.get("security"))
    call["tags"] = ["me" if asks_token else "law"]
    call["operationId"] = examples.name_of(path, method)
    responses = call["responses"]
    for status in (401, 429) if asks_token else (429,):
        words, code = REFUSALS[status]
        error = {"schema": {"$ref": "#/components/schemas/Error"}, "example": examples.refused(code)}
        responses[status] = {"description": words, "content": {"application/json": error}}
    responses[429]["headers"] = RETRY
    for status, response in responses.items():
        body = response.get("content", {}).get("application/json")
        if body is None:
            continue
        if response["description"] in ("OK", ""):
            response["description"] = call["summary"]
        example = examples.answered(path) if int(status) == 200 else examples.refused_by(path, int(status))
        if example is not None:
            body.setdefault("example", example)
    given = examples.asked(path)
    for parameter in call.get("parameters", ()):
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]


def _drop_unused(document: dict[str, Any]) -> None:
    """Shapes that no call shows: queries are told parameter by parameter."""
    shapes = document["components"]["schemas"]
    used = set(_named(document["paths"]))
    new = set(used)
    while new:
        new = {name for shape in new for name in _named(shapes[shape])} - used
        used |= new
    document["components"]["schemas"] = {name: shapes[name] for name in shapes if name in used}


def _named(part: Any) -> Iterator[str]:
    """The shapes to which a part of the document refers."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].rpartition("/")[2]
        for below in part.values():
            yield from _named(below)
    elif isinstance(part, list):
        for below in part:
            yield from _named(below)
