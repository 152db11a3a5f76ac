"""Whatever is asked of the API and of the FHIR face, by whoever: never a 500, and every answer as the document says.

schemathesis makes up the questions from the OpenAPI document, right ones and wrong ones; of FHIR from what
/fhir/metadata tells. The same ones every time; `make soak` asks many more.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.channels.portal.owners import owners
from tests.services.apps.held import token_of

from yibao.channels.fhir.capability import SEARCHES
from yibao.services.scopes import SCOPES
from yibao.site.wsgi import application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FEW, MANY = 12, 400
HOW: dict[str, Any] = {
    "derandomize": True,
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}


@pytest.fixture
def people(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    del db
    settings.API_PER_MINUTE = 10**6
    return owners(monkeypatch).people


@pytest.fixture
def whole_api(people: Any) -> Iterator[Any]:
    """The API as it describes itself, and the token of somebody who allowed everything."""
    for signal in (request_started, request_finished):  # the test's own transaction goes on from request to request
        signal.disconnect(close_old_connections)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    schema.token = token_of(people.worker, *SCOPES)
    yield schema
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


OPERATIONS = [
    "answer", "topics", "ask", "search", "my_home", "my_movements", "my_months", "my_enrolments", "my_coverage",
    "my_allocation", "my_years",
]  # fmt: skip


def test_every_call_is_asked(whole_api: Any) -> None:
    told = [one.ok().definition.raw["operationId"] for one in whole_api.get_all_operations()]
    assert sorted(told) == sorted(OPERATIONS)


def asked(whole_api: Any, name: str, times: int) -> None:
    """Ask one call in many ways: as its description allows, as it does not, with a token and without."""
    operation = next(
        one.ok() for one in whole_api.get_all_operations() if one.ok().definition.raw["operationId"] == name
    )
    modes = st.sampled_from([schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE])
    statuses = set()

    @settings(max_examples=times, **HOW)
    @given(data=st.data(), mode=modes, has_token=st.sampled_from([True, True, False]))
    def ask(data: Any, mode: Any, has_token: bool) -> None:
        try:
            case = data.draw(operation.as_strategy(generation_mode=mode))
        except schemathesis.errors.InvalidSchema:  # a call without parameters cannot be asked wrongly
            return
        case.headers = {"Authorization": f"Bearer {whole_api.token}"} if has_token else {}
        response = case.call()
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    ask()
    assert statuses - {401}, "nothing but 401: then nothing was tried"


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_is_a_500(whole_api: Any, name: str) -> None:
    asked(whole_api, name, FEW)


@pytest.mark.soak
@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_is_a_500_at_length(whole_api: Any, name: str) -> None:
    asked(whole_api, name, MANY)


DATES = st.one_of(st.text(max_size=12), st.from_regex(r"\A(eq|ne|gt|lt|ge|le|sa|eb|ap)?[0-9]{4}(-[0-9]{2}){0,2}\Z"))
VALUES = st.one_of(DATES, st.text(max_size=40), st.sampled_from(["active", "male", "Patient/", ",", "|", "xml"]))


@pytest.mark.parametrize("kind", SEARCHES)
def test_no_search_of_fhir_is_a_500(people: Any, kind: str) -> None:
    token = token_of(people.worker, *SCOPES)
    names = st.sampled_from([*SEARCHES[kind], "_format", "unknown"])
    queries = st.dictionaries(names, st.lists(VALUES, min_size=1, max_size=2), max_size=3)

    @settings(max_examples=4 * FEW, **HOW)
    @given(query=queries, path=st.text(max_size=70))
    def ask(query: Any, path: str) -> None:
        for where in (f"/fhir/{kind}", f"/fhir/{kind}/{path.replace('/', '')}"):
            response = Client().get(where, query, headers={"authorization": f"Bearer {token}"})
            assert response.status_code in (200, 400, 404, 406), response.content
            assert response.headers["Content-Type"].startswith("application/fhir+json")

    ask()
