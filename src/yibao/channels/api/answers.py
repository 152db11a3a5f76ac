"""GET /api/v1/answers/TOPIC: what the law of an area and a day gives, with its reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import ValidationError
from pydantic import ConfigDict, Field, create_model

from yibao import __version__
from yibao.services.answers import ALL_TOPICS, FACTS, TOPICS, answer
from yibao.services.answers.parsing import day
from yibao.services.clock import today
from yibao.services.results import Refused, RefusedError

api = NinjaAPI(
    title="yibao",
    version=__version__,
    description="Exact, explained answers about Chinese basic medical insurance. Amounts are integer fen.",
    docs_url=None,  # the usual page loads scripts from elsewhere
    urls_namespace="api",
)


class ErrorBody(Schema):
    """Bad input: the rule that was broken, one plain sentence, what one may choose instead."""

    code: str
    message: str
    next: list[str]
    field: str = ""


class Error(Schema):
    """What every refusal looks like."""

    error: ErrorBody


class Answer(Schema):
    """An answer; docs/api.md tells every key."""

    model_config = ConfigDict(extra="allow")
    answer_version: int
    topic: str
    area: dict[str, str]
    on: str
    certainty: str
    figures: dict[str, dict[str, Any]]
    summary: str
    needs: list[dict[str, Any]]
    cases: list[dict[str, Any]]
    inputs: list[dict[str, Any]]
    parameters: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    citations: list[dict[str, Any]]
    caveats: list[str]
    next: list[str]


def _described() -> Any:
    """The query of an answer: area, day, and every fact of the table."""
    fields: dict[str, Any] = {
        "area": (str, Field("", description="code (GB/T 2260), full or short name of the area 参保地")),
        "on": (str, Field("", description="day asked for, YYYY-MM-DD; today if left out")),
    }
    for fact in FACTS.values():
        values = "，".join(f"{value}={label}" for value, label, _ in fact.options)
        fields[fact.name] = (str, Field("", description=f"{fact.label}（{fact.kind}）{values}"))
    return create_model("Facts", __base__=Schema, **fields)


Facts = _described()


def refusal(refused: Refused, status: int = 422) -> JsonResponse:
    """A refusal as the API tells it."""
    body = {"code": refused.code, "message": refused.message, "next": list(refused.next), "field": refused.field}
    return JsonResponse({"error": body}, status=status, json_dumps_params={"ensure_ascii": False})


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> JsonResponse:
    """A query that does not even parse."""
    del request, error
    return refusal(Refused("malformed_query", "网址里的参数写得不对，请对照说明检查。"))


@api.api_operation(
    ["GET", "HEAD"],
    "/answers/{topic}",
    response={200: Answer, 404: Error, 422: Error},
    summary="An exact, explained answer",
)
def answers(request: HttpRequest, topic: Path[str], query: Query[Facts]) -> Any:  # type: ignore[valid-type]
    """What the law of an area and a day gives; unknown and not applicable are answers too (200)."""
    del query  # read below from the request, so that an unknown parameter is refused and not ignored
    given = {name: request.GET[name] for name in request.GET}
    area, on = given.pop("area", ""), given.pop("on", "")
    if topic not in ALL_TOPICS:
        return refusal(Refused("unknown_topic", "没有这个题目，请从已有的题目里选。", tuple(ALL_TOPICS), "topic"), 404)
    if not area.strip():
        return refusal(Refused("missing_area", "还需要知道参保地，请加上 area，例如 area=北京。", (), "area"))
    try:
        found = day(on, "on", "日期") if on else today()
    except RefusedError as error:
        return refusal(error.refused)
    result = answer(topic, area=area, on=found, facts=given)
    if isinstance(result, Refused):
        return refusal(result)
    return JsonResponse(result.value.to_json(), json_dumps_params={"ensure_ascii": False})


@api.get("/topics", summary="The topics and the facts each may ask")
def topics(request: HttpRequest) -> Any:
    """Every topic with the names of its facts in the order in which they are asked."""
    del request
    body = []
    for name, topic in ALL_TOPICS.items():
        kind = "figures" if name in TOPICS else "words"
        body.append({"name": name, "title": topic.title, "facts": list(topic.facts), "answered_with": kind})
    return JsonResponse({"topics": body}, json_dumps_params={"ensure_ascii": False})


def not_found(request: HttpRequest) -> JsonResponse:
    """What is not there, under the API's own address: absent and forbidden alike."""
    del request
    return refusal(Refused("not_found", "没有这个地址，请对照说明检查。"), 404)
