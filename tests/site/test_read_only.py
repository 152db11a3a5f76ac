"""A GET never writes (checklist 8)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from tests.services.records.agency import NOW, own
from tests.services.records.agency import opened as agency

from yibao.books.areas.models import Area
from yibao.books.ledger.accounts import AccountKind, EntryKind
from yibao.books.ledger.batch import post_batch
from yibao.books.ledger.posting import Entry, accounts, post
from yibao.services.records import home
from yibao.services.records.looking import AGAIN, AT_LEISURE
from yibao.services.results import Done
from yibao.site.read_only import ReadOnlyGet, WriteOnRead, written

pytestmark = pytest.mark.django_db


def _asked(method: str, work: Callable[[], Any]) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        del request
        with transaction.atomic():  # what is refused leaves the test's own transaction usable
            work()
        return HttpResponse("")

    return ReadOnlyGet(view)(getattr(RequestFactory(), method)("/"))


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _entry() -> Entry:
    bank, clearing = (accounts("110000", kind)[""] for kind in (AccountKind.BANK, AccountKind.CLEARING))
    lines = ((bank, 100), (clearing, -100))
    key = "contribution/110000/2025-01/x"
    return Entry("110000", key, EntryKind.CONTRIBUTION_RECEIVED, date(2025, 1, 1), date(2025, 1, 2), lines)


def _save_session() -> None:
    store = SessionStore()
    store["seen"] = 1
    store.save()


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_point_08_a_write_of_a_get_is_stopped_and_that_of_a_post_is_not(method: str) -> None:
    with pytest.raises(WriteOnRead, match="areas_area"):
        _asked(method, lambda: Area.objects.create(code="500000"))
    assert not Area.objects.exists()
    _asked("post", lambda: Area.objects.create(code="500000"))
    assert Area.objects.exists()


@pytest.mark.parametrize("how", [post, lambda entry: post_batch("110000", [entry])], ids=["function", "batch"])
def test_the_ledgers_functions_are_writes(how: Callable[[Entry], object]) -> None:
    Area.objects.create(code="110000")
    entry = _entry()
    with pytest.raises(WriteOnRead):
        _asked("get", lambda: how(entry))
    _asked("post", lambda: how(entry))


def test_the_session_and_the_access_log_may_be_written() -> None:
    people = agency()
    _asked("get", _save_session)
    _asked("get", lambda: home(own(people.worker), whose=NOW))
    assert isinstance(home(own(people.worker), whose=NOW), Done)


def test_the_access_log_may_be_written_at_leisure() -> None:
    assert written(AT_LEISURE + AGAIN) == ""


def test_what_is_written_while_a_page_is_sent_is_stopped_too() -> None:
    def page() -> Any:
        yield b"begun"
        Area.objects.create(code="500000")

    response = ReadOnlyGet(lambda request: StreamingHttpResponse(page()))(RequestFactory().get("/"))
    with pytest.raises(WriteOnRead):
        list(response)


def test_the_guard_stands_in_front_of_every_page() -> None:
    from django.conf import settings

    assert "yibao.site.read_only.ReadOnlyGet" in settings.MIDDLEWARE


def test_what_is_raised_names_no_value() -> None:
    with pytest.raises(WriteOnRead) as caught:
        _asked("get", lambda: Area.objects.create(code="500000"))
    assert "500000" not in str(caught.value)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'DELETE FROM people_person'",
        "WITH a AS (SELECT 1) SELECT * FROM a -- UPDATE people_person SET x = 1",
        'INSERT INTO "access_log" (x) VALUES (1) ON CONFLICT (x) DO UPDATE SET x = 2',
        'UPDATE "django_session" SET x = 1',
        "SAVEPOINT a",
    ],
)
def test_what_is_harmless_passes(sql: str) -> None:
    assert written(sql) == ""


@pytest.mark.parametrize(
    "sql",
    [
        "WITH gone AS (DELETE FROM people_phone RETURNING 1) SELECT * FROM gone",
        "with x as (select 1) update people_person set born = now()",
        "/* a page */ UPDATE ONLY public.people_person SET sex = 1",
        "MERGE INTO people_person USING x ON true WHEN MATCHED THEN DELETE",
        "SELECT * FROM ledger_post(1)",
        "SELECT pg_advisory_xact_lock(1)",
        "SELECT * FROM people_person FOR NO KEY UPDATE",
        "SELECT 1; DROP TABLE people_person",
        "COPY people_person FROM STDIN",
        "SELECT * INTO kept FROM people_person",
        "CREATE TEMP TABLE x (y int)",
        "TRUNCATE access_log",
        "DO $$ BEGIN END $$",
        "SET ROLE postgres",
        "",
    ],
)
def test_what_could_write_is_named(sql: str) -> None:
    assert written(sql) != ""
