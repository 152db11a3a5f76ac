"""Who asks too often is told to wait, and nobody else is."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from yibao.services import rates
from yibao.services.results import Done

pytestmark = pytest.mark.django_db
TOPICS = "/api/v1/topics"
LIMIT = 3


@pytest.fixture(autouse=True)
def few(settings: Any) -> None:
    settings.API_PER_MINUTE = LIMIT


def asks(path: str = TOPICS, *, address: str = "192.0.2.1", token: str = "", times: int = 1) -> list[Any]:
    """What somebody gets who asks some times; the addresses are those for documents (RFC 5737)."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return [Client(REMOTE_ADDR=address).get(path, headers=headers) for _ in range(times)]


def test_one_more_than_allowed_is_told_how_long_to_wait() -> None:
    answers = asks(times=LIMIT + 1)
    assert [answer.status_code for answer in answers] == [200] * LIMIT + [429]
    wait = int(answers[-1].headers["Retry-After"])
    assert 1 <= wait <= rates.SECONDS
    error = answers[-1].json()["error"]
    assert error["code"] == "too_many_requests"
    assert f"一分钟最多{LIMIT}次" in error["message"]
    assert f"{wait}秒" in error["message"]


def test_others_are_not_made_to_wait() -> None:
    asks(times=LIMIT + 1)
    assert asks(address="192.0.2.2")[0].status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.1").get("/healthz").status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.1").get("/about-nothing").status_code == 404  # a page, not the API


def test_the_minute_is_over_and_counting_begins_anew() -> None:
    asks(times=LIMIT + 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_tally SET until = until - interval '60 seconds'")
    assert asks()[0].status_code == 200


def test_asking_while_waiting_does_not_make_the_wait_longer() -> None:
    asks(times=LIMIT + 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_tally SET until = clock_timestamp() + interval '7 seconds'")
    waits = [int(answer.headers["Retry-After"]) for answer in asks(times=4)]
    assert max(waits) <= 7


def test_a_token_counts_for_itself_wherever_it_is_used() -> None:
    """A service asks for many people from one address, and one token from two addresses is still one."""
    for number in range(LIMIT + 2):
        assert rates.may_ask("192.0.2.1", f"token of person {number}") == Done(None)
    for number in range(LIMIT):
        assert rates.may_ask(f"192.0.2.{number}", "one token") == Done(None)
    refused = rates.may_ask("192.0.2.200", "one token")
    assert isinstance(refused, tuple)


def test_made_up_tokens_buy_nothing() -> None:
    told = [asks("/api/v1/me/home", token=f"made up {number}")[0].status_code for number in range(LIMIT + 1)]
    assert told == [401] * LIMIT + [429]


def test_the_fhir_face_refuses_in_its_own_words() -> None:
    answer = asks("/fhir/metadata", times=LIMIT + 1)[-1]
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.json()["issue"][0]["code"] == "throttled"


def test_neither_address_nor_token_can_be_read_from_what_is_kept() -> None:
    asks(times=1)
    rates.may_ask("192.0.2.1", "very secret token")
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM access_tally")
        kept = b"".join(bytes(key) for (key,) in cursor.fetchall())
    assert kept
    assert not re.search(rb"192\.0\.2\.1|secret", kept)


def test_where_the_database_is_gone_the_law_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def gone(*_: Any, **__: Any) -> Any:
        raise OperationalError

    monkeypatch.setattr(rates.connection, "cursor", gone)
    assert [answer.status_code for answer in asks(times=LIMIT + 1)] == [200] * (LIMIT + 1)
