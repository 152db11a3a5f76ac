"""GET /api/v1/ask?q=…: a question in one's own words, with what was understood of it."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, JsonResponse
from ninja import Query, Schema
from pydantic import Field

from yibao.channels.api.answers import with_facts
from yibao.channels.api.described import api, refusal
from yibao.channels.api.shapes import Asked, Error
from yibao.services.answers import FACTS
from yibao.services.answers.parsing import day
from yibao.services.ask import ask
from yibao.services.results import Refused, RefusedError


class Asking(Schema):
    """The query: the question, and what the person corrected."""

    q: str = Field("", description="the question in one's own words; only the first 500 characters are read 您的问题")
    area: str = Field("", description="code or name of the area, above what the words say 参保地")
    topic: str = Field("", description="name of the topic, above what the words say")
    on: str = Field("", description="day asked for, above what the words say")


Corrected = with_facts(Asking, "Corrected")


@api.api_operation(
    ["GET", "HEAD"], "/ask", response={200: Asked, 422: Error}, summary="Ask in your own words", by_alias=True
)
def asking(request: HttpRequest, query: Query[Corrected]) -> Any:  # type: ignore[valid-type]
    """Area, topic and facts found in a sentence, and the same answers as everywhere. Every further parameter is a fact
    that the person corrected; an empty one means that it is not so."""
    told = cast(Asking, query)
    given = {name: request.GET[name] for name in request.GET if name not in Asking.model_fields}
    unknown = [name for name in given if name not in FACTS]
    if unknown:
        message = f"没有“{unknown[0][:20]}”这一项，请检查拼写。"
        return refusal(Refused("unknown_fact", message, field=unknown[0][:20]))
    if not told.q.strip():
        message = "还没有写问题，请加上 q，例如 q=绍兴退休人员每月返多少钱。"
        return refusal(Refused("missing_question", message, (), "q"))
    try:
        on = day(told.on, "on", "日期") if told.on else None
    except RefusedError as error:
        return refusal(error.refused)
    result = ask(told.q, area=told.area, topic=told.topic, facts=given, on=on)
    if isinstance(result, Refused):
        return refusal(result)
    return JsonResponse(result.value.to_json(), json_dumps_params={"ensure_ascii": False})
