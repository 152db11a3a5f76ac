"""GET /api/v1/answers/TOPIC: what the law of an area and a day gives, with its reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Path, Query, Schema
from ninja.errors import ValidationError
from pydantic import Field, create_model

from yibao.channels.api import examples
from yibao.channels.api.described import api, refusal
from yibao.channels.api.shapes import Answer, Error, Topics
from yibao.services import clock
from yibao.services.answers import ALL_TOPICS, FACTS, answer
from yibao.services.answers.parsing import day
from yibao.services.results import Refused, RefusedError


class Place(Schema):
    """The query of an answer but for the facts."""

    area: str = Field("", description="code (GB/T 2260), full or short name of the area 参保地")
    on: str = Field("", description="day asked for, YYYY-MM-DD; today if left out")


def with_facts(query: type[Schema], name: str) -> Any:
    """A query that may tell every fact of the table besides."""
    fields: dict[str, Any] = {}
    for fact in FACTS.values():
        values = "，".join(f"{value}={label}" for value, label, _ in fact.options)
        fields[fact.name] = (str, Field("", description=f"{fact.label}（{fact.kind}）{values}"))
    return create_model(name, __base__=query, **fields)


Facts = with_facts(Place, "Facts")


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
    by_alias=True,
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
        found = day(on, "on", "日期") if on else clock.today()
    except RefusedError as error:
        return refusal(error.refused)
    result = answer(topic, area=area, on=found, facts=given)
    if isinstance(result, Refused):
        return refusal(result)
    return JsonResponse(result.value.to_json(), json_dumps_params={"ensure_ascii": False})


@api.get("/topics", response=Topics, summary="The topics and the facts each may ask")
def topics(request: HttpRequest) -> Any:
    """Every topic with the names of its facts in the order in which they are asked."""
    del request
    return JsonResponse(examples.topics(), json_dumps_params={"ensure_ascii": False})
