"""GET /api/v1/ask?q=…: a question in one's own words, with what was understood of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Query, Schema
from pydantic import ConfigDict, Field

from yibao.channels.api.answers import Error, api, refusal
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


class Asked(Schema):
    """What was understood, and the answers; docs/ask.md tells every key."""

    model_config = ConfigDict(extra="allow")
    question: str
    area: dict[str, str] | None
    topics: list[str]
    facts: dict[str, str]
    answers: list[dict[str, Any]]


@api.api_operation(["GET", "HEAD"], "/ask", response={200: Asked, 422: Error}, summary="Ask in your own words")
def asking(request: HttpRequest, query: Query[Asking]) -> Any:
    """Area, topic and facts found in a sentence, and the same answers as everywhere. Every further parameter is a fact
    that the person corrected; an empty one means that it is not so."""
    given = {name: request.GET[name] for name in request.GET if name not in Asking.model_fields}
    unknown = [name for name in given if name not in FACTS]
    if unknown:
        message = f"没有“{unknown[0][:20]}”这一项，请检查拼写。"
        return refusal(Refused("unknown_fact", message, field=unknown[0][:20]))
    if not query.q.strip():
        message = "还没有写问题，请加上 q，例如 q=绍兴退休人员每月返多少钱。"
        return refusal(Refused("missing_question", message, (), "q"))
    try:
        on = day(query.on, "on", "日期") if query.on else None
    except RefusedError as error:
        return refusal(error.refused)
    result = ask(query.q, area=query.area, topic=query.topic, facts=given, on=on)
    if isinstance(result, Refused):
        return refusal(result)
    return JsonResponse(result.value.to_json(), json_dumps_params={"ensure_ascii": False})
