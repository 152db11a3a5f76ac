"""What is asked and answered, by way of example? The law's answers are worked out; a record's are of a made-up person.

Each call of the API has an example here; a test asks every one of them and holds it against the description.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from yibao.services.answers import ALL_TOPICS, TOPICS, answer
from yibao.services.ask import ask
from yibao.services.results import Refused
from yibao.services.search import search

DAY = date(2025, 6, 1)
FACTS = {"status": "retired", "age": "72"}
QUESTION = "北京72岁退休每月返多少钱"
WORDS = "巴中 住院"
RECORD = Path(__file__).with_name("record_examples.json")
ASKED: dict[str, dict[str, Any]] = {
    "/answers/{topic}": {"topic": "allocation", "area": "110000", "on": DAY.isoformat(), **FACTS},
    "/ask": {"q": QUESTION, "on": DAY.isoformat()},
    "/search": {"q": WORDS, "page": 1},
    "/me/movements": {"year": 2026, "kind": "in", "page": 1},
    "/me/months": {"year": 2026},
    "/me/allocation/{month}": {"month": "2026-09"},
}
NAMES = {"/answers/{topic}": "answer"}
REFUSED = {
    "token_not_valid": "令牌不对、过期了，或者本人已经收回授权。请让本人重新同意一次。",
    "too_many_requests": "问得太快了，一分钟最多300次。请等12秒再问。",
    "year_out_of_range": "年份要在1900到2199之间，请改一下。",
    "malformed_query": "网址里的参数写得不对，请对照说明检查。",
    "not_found": "没有找到这份记录，请检查号码；要帮忙，请拨打 12393。",
}


def asked(path: str) -> dict[str, Any]:
    """The parameters of the example of a call."""
    return ASKED.get(path, {})


def name_of(path: str, method: str) -> str:
    """What a call is named in the description, and so in a client made from it.

    >>> name_of("/me/allocation/{month}", "get"), name_of("/answers/{topic}", "get"), name_of("/ask", "get")
    ('my_allocation', 'answer', 'ask')
    """
    words = [part for part in path.strip("/").replace("-", "_").split("/") if "{" not in part]
    name = NAMES.get(path) or "_".join(["my", *words[1:]] if words[0] == "me" else words)
    return name if method == "get" else f"{method}_{name}"


@lru_cache
def answered(path: str) -> Any:
    """What the example of a call gives."""
    made = WORKED.get(path)
    return made() if made else _record().get(path)


def refused(code: str) -> dict[str, Any]:
    """A refusal that any call may give."""
    return {"error": {"code": code, "message": REFUSED[code], "next": [], "field": ""}}


@lru_cache
def refused_by(path: str, status: int) -> Any:
    """How a call refuses, by way of example; nothing where it has none of its own."""
    if path == "/answers/{topic}" and status == 422:
        return _refusal(answer("allocation", area="吉林", on=DAY, facts={}))
    if path == "/answers/{topic}" and status == 404:
        told = Refused("unknown_topic", "没有这个题目，请从已有的题目里选。", tuple(ALL_TOPICS), "topic")
        return _refusal(told)
    if path == "/search" and status == 422:
        return _refusal(search("", 1))
    if path == "/ask" and status == 422:
        return _refusal(ask(QUESTION, area="火星"))
    if status == 422:  # of a record
        return refused("year_out_of_range" if "year" in asked(path) else "malformed_query")
    return refused("not_found") if status == 404 else None


def topics() -> dict[str, Any]:
    """Every topic with the names of its facts in the order in which they are asked."""
    body = []
    for name, topic in ALL_TOPICS.items():
        kind = "figures" if name in TOPICS else "words"
        body.append({"name": name, "title": topic.title, "facts": list(topic.facts), "answered_with": kind})
    return {"topics": body}


WORKED: dict[str, Callable[[], Any]] = {
    "/answers/{topic}": lambda: _done(answer("allocation", area="110000", on=DAY, facts=FACTS, today=DAY)),
    "/ask": lambda: _done(ask(QUESTION, on=DAY, today=DAY)),
    "/search": lambda: _done(search(WORDS, 1)),
    "/topics": topics,
}


def _done(result: Any) -> Any:
    return result.value.to_json()


def _refusal(told: Any) -> dict[str, Any]:
    return {"error": {"code": told.code, "message": told.message, "next": list(told.next), "field": told.field}}


@lru_cache
def _record() -> dict[str, Any]:
    """The record of a made-up person, call by call."""
    found: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found
