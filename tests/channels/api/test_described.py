"""Is the OpenAPI document whole and true: each call with its example, each answer as it says, nothing a 500?"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from tests.channels.portal.owners import owners
from tests.services.apps.held import token_of
from tests.services.records.agency import TODAY

from yibao.channels.api import examples
from yibao.channels.api.urls import api
from yibao.services.answers import ALL_TOPICS, FACTS
from yibao.services.answers.examples import questions
from yibao.services.scopes import SCOPES

pytestmark = pytest.mark.django_db
DOCUMENT: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
CALLS = {path.removeprefix("/api/v1"): methods["get"] for path, methods in DOCUMENT["paths"].items()}
OWN = [path for path in CALLS if path.startswith("/me/")]
INSTANT = f"{TODAY.isoformat()}T09:00:00+08:00"


def strict(part: Any) -> Any:
    """A shape that takes no key beyond those it tells: what we give shall all be told."""
    if isinstance(part, dict):
        told = {key: strict(value) for key, value in part.items()}
        return told | {"additionalProperties": False} if "properties" in part else told
    return [strict(one) for one in part] if isinstance(part, list) else part


def wrong(body: Any, path: str, status: int = 200) -> list[str]:
    """What of an answer is not as the document says."""
    shape = CALLS[path]["responses"][str(status)]["content"]["application/json"]["schema"]
    whole = {**strict(shape), "components": strict(DOCUMENT["components"])}
    errors = Draft202012Validator(whole).iter_errors(body)
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in errors]


def address(path: str, given: dict[str, Any] | None = None) -> tuple[str, dict[str, Any]]:
    """Where a call is asked, and with what query, by its example unless told."""
    told = dict(examples.asked(path) if given is None else given)
    inside = {name: told.pop(name) for name in re.findall(r"{(\w+)}", path)}
    return "/api/v1" + path.format(**inside), told


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Any:
    return owners(monkeypatch).people


@pytest.fixture
def held(there: Any) -> dict[str, str]:
    return {"authorization": f"Bearer {token_of(there.worker, *SCOPES)}"}


@pytest.mark.parametrize("path", CALLS)
def test_each_call_is_described_whole(path: str) -> None:
    call = CALLS[path]
    assert re.fullmatch(r"[a-z][a-z_]+", call["operationId"])
    assert call["summary"]
    assert call["description"]
    assert call["tags"] == (["me"] if path in OWN else ["law"])
    for parameter in call.get("parameters", ()):
        assert parameter.get("description") or parameter["schema"].get("description") or parameter["in"] == "path"
    for status, response in call["responses"].items():
        body = response["content"]["application/json"]
        assert "$ref" in body["schema"], status
        assert body["example"], status
        assert wrong(body["example"], path, int(status)) == []
    needed = {"200", "401", "404", "422", "429"} if path in OWN else {"200", "429"}
    assert needed <= set(call["responses"])
    assert "Retry-After" in call["responses"]["429"]["headers"]


def test_the_names_of_calls_are_all_different() -> None:
    names = [call["operationId"] for call in CALLS.values()]
    assert len(names) == len(set(names))


def test_only_what_is_a_persons_asks_for_a_token() -> None:
    assert OWN
    assert [path for path in CALLS if CALLS[path].get("security")] == OWN
    (scheme,) = DOCUMENT["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")


def test_every_fact_is_a_parameter() -> None:
    for path in ("/answers/{topic}", "/ask"):
        assert set(FACTS) <= {parameter["name"] for parameter in CALLS[path]["parameters"]}


@pytest.mark.parametrize("path", [path for path in CALLS if path not in OWN])
def test_an_example_of_the_law_is_what_is_answered(path: str) -> None:
    where, query = address(path)
    found = Client().get(where, query)
    assert found.status_code == 200
    shown = CALLS[path]["responses"]["200"]["content"]["application/json"]["example"]
    assert found.json() == shown


@pytest.mark.parametrize("path", OWN)
def test_an_example_of_a_record_is_what_is_answered(held: dict[str, str], path: str) -> None:
    """To write the examples anew: WRITE_EXAMPLES=1 make test PYTEST_ARGS=tests/channels/api/test_described.py"""
    where, query = address(path)
    found = Client().get(where, query, headers=held)
    assert found.status_code == 200, found.content
    body = found.json()
    assert wrong(body, path) == []
    if "as_of" in body:
        body["as_of"] = INSTANT
    file = Path(examples.__file__).with_name("record_examples.json")
    if os.environ.get("WRITE_EXAMPLES"):
        kept = json.loads(file.read_text(encoding="utf-8")) | {path: body}
        file.write_text(json.dumps(dict(sorted(kept.items())), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8"))[path] == body


@pytest.mark.parametrize("topic", ALL_TOPICS)
def test_every_answer_is_as_described(topic: str) -> None:
    """One made-up person a question, in an area that knows much and in one that knows little, and a whole province."""
    for question in (one for one in questions() if one.topic == topic):
        for area in ("110000", "632100", "甘肃"):
            query = {**question.facts, "area": area, "on": "2026-06-01"}
            response = Client().get(f"/api/v1/answers/{topic}", query)
            assert response.status_code == 200, response.content.decode()
            assert wrong(response.json(), "/answers/{topic}") == []


def test_a_question_back_and_nothing_found_are_as_described() -> None:
    for words in ("吉林退休每月返多少钱", "退休每月返多少钱", "明天会下雨吗", "北京大病保险和绍兴的缴费年限", "余额"):
        found = Client().get("/api/v1/ask", {"q": words}).json()
        assert wrong(found, "/ask") == [], words


def test_head_goes_with_get_and_is_told_once() -> None:
    assert all(set(methods) == {"get"} for methods in DOCUMENT["paths"].values())
    assert Client().head("/api/v1/topics").status_code in (200, 405)
    assert Client().head("/api/v1/search", {"q": "巴中"}).status_code == 200


def test_the_document_is_served() -> None:
    served = Client().get("/api/v1/openapi.json").json()
    assert served == DOCUMENT
    assert served["openapi"].startswith("3.1")
    assert {tag["name"] for tag in served["tags"]} == {"law", "me"}
