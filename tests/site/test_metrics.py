"""The numbers for Prometheus: in its own form, counted, private, and only for this machine."""

from importlib import import_module
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from yibao import __version__
from yibao.services import standing
from yibao.site.metrics import FACES, face_of

pytestmark = pytest.mark.django_db


def read(client: Client, **more: Any) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every number by its name and labels, read by Prometheus' own reader."""
    response = client.get("/metrics", **more)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    families = text_string_to_metric_families(response.content.decode())
    samples = [sample for family in families for sample in family.samples]
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in samples}


def labels(**told: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(told.items()))


def test_every_request_is_counted_once(client: Client) -> None:
    of_api = ("yibao_requests_total", labels(face="api", method="GET", status="200"))
    refused = ("yibao_requests_total", labels(face="api", method="GET", status="404"))
    took = ("yibao_request_seconds_count", labels(face="api"))
    before = read(client)
    for _ in range(3):
        client.get("/api/v1/topics")
    client.get("/api/v1/nothing")
    after = read(client)
    grown = [after[key] - before.get(key, 0) for key in (of_api, refused, took)]
    assert grown == [3, 1, 3 + 1]
    assert after["yibao_build", labels(version=__version__)] == 1


def test_what_is_asked_makes_no_new_number(client: Client) -> None:
    """Neither a path nor a method that somebody makes up becomes a label: it would be kept, and without end."""
    for path in ("/nobody-asked-for-this/", "/guide/999999/xyz/", "/%E5%8C%97"):
        client.get(path)
    client.generic("BREW", "/api/v1/topics")
    text = client.get("/metrics").content.decode()
    assert "nobody" not in text
    assert "BREW" not in text
    assert 'method="other"' in text
    for path in ("/x", "//api", "/api2/", "/me", "/metrics"):
        assert face_of(path) in {*FACES, "health", "portal"}


@pytest.mark.parametrize(
    "more",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"headers": {"x-forwarded-for": "127.0.0.1"}},
        {"headers": {"forwarded": "for=127.0.0.1"}},
        {"REMOTE_ADDR": ""},
    ],
)
def test_only_this_machine_reads_them(client: Client, more: dict[str, Any]) -> None:
    assert client.get("/metrics", **more).status_code == 404


def test_what_waits_is_told(client: Client) -> None:
    assert {one.what: one.number for one in standing.waiting()} == {"webhook": 0, "callback": 0}
    import_module("yibao.books.areas.models").Area.objects.create(code="110000", is_demo=True)
    done = import_module("yibao.services.callbacks").ask_for_callback("110000", "10012345678", "余额不对")
    assert done.value
    found = read(client)
    assert found["yibao_database_up", ()] == 1
    assert found["yibao_waiting", labels(what="callback")] == 1
    assert 0 <= found["yibao_waiting_oldest_seconds", labels(what="callback")] < 60


def test_a_database_that_is_gone_is_a_number_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError

    monkeypatch.setattr(standing, "waiting", gone)
    found = read(client)
    assert found["yibao_database_up", ()] == 0
    assert ("yibao_waiting", labels(what="callback")) not in found


def test_no_number_of_a_person_is_in_them(client: Client) -> None:
    client.get("/api/v1/answers/allocation?area=110000&age=72&secret=10012345678")
    text = client.get("/metrics").content.decode()
    assert "10012345678" not in text
    assert "110000" not in text
