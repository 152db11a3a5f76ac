"""Who may read a record, and what is written down of every look (decision 20)."""

import logging
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from tests.services.records.agency import AREA, NOW, TODAY, People, own, staff

from yibao.books.access.models import AccessLog, ReaderKind
from yibao.services.permissions import Actor
from yibao.services.records import Whose, allocation, enrolments, home, lookers, months, movements, what_if, years
from yibao.services.records.looking import AGAIN, AT_LEISURE
from yibao.services.results import Done, Refused

CALLS = {
    "home": home,
    "movements": movements,
    "months": months,
    "enrolments": enrolments,
    "allocation": allocation,
    "years": years,
    "what_if": lambda actor, whose: what_if(actor, "stop", whose=whose),
    "lookers": lookers,
}
PAGES = pytest.mark.parametrize("page", CALLS)


@PAGES
def test_own_looks_are_one_row_an_hour(people: People, page: str) -> None:
    actor = own(people.worker)
    for _ in range(3):
        assert isinstance(CALLS[page](actor, whose=NOW), Done)
    (row,) = AccessLog.objects.filter(person_id=people.worker.id)
    assert (row.what, row.times, row.reader_id, row.reason) == (page, 3, actor.user_id, "")
    assert row.hour == row.last_at.replace(minute=0, second=0, microsecond=0)


@PAGES
def test_everybody_else_is_a_row_each_with_the_reason(people: People, page: str) -> None:
    actor = staff(AREA)
    for reason in ("来电核对", "复核"):
        whose = Whose(people.worker.id, reason, TODAY)
        assert isinstance(CALLS[page](actor, whose=whose), Done)
    rows = AccessLog.objects.filter(person_id=people.worker.id).order_by("last_at")
    assert [(row.reader_kind, row.reason, row.times) for row in rows] == [
        (ReaderKind.STAFF, "来电核对", 1),
        (ReaderKind.STAFF, "复核", 1),
    ]


@PAGES
def test_somebody_else_without_a_reason_sees_nothing(people: People, page: str) -> None:
    found = CALLS[page](staff(AREA), whose=Whose(people.worker.id, "  ", TODAY))
    assert isinstance(found, Refused)
    assert (found.code, found.field) == ("reason_needed", "reason")
    assert not AccessLog.objects.exists()


@PAGES
def test_absent_and_forbidden_are_one_refusal_and_leave_no_trace(people: People, page: str, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    tries = [
        (own(people.retiree), people.worker.id),  # another insured person
        (own(people.retiree), uuid4()),  # nobody
        (staff("500000"), people.worker.id),  # the agency of another area
        (staff(), people.worker.id),
        (staff(AREA), uuid4()),
        (staff(AREA), people.stranger.id),  # known, and enrolled nowhere
        (Actor("self", uuid4()), None),  # signed in, without a record
        (Actor("app", uuid4()), people.worker.id),
    ]
    found = [CALLS[page](actor, whose=Whose(person, "核对", TODAY)) for actor, person in tries]
    assert len(set(found)) == 1, "the refusals can be told apart"
    assert isinstance(found[0], Refused)
    assert found[0].code == "not_found"
    assert not AccessLog.objects.exists()
    told = caplog.text + str(found)
    assert not any(str(person.id) in told for person in people)


def test_the_database_refuses_a_stranger_without_a_reason(people: People) -> None:
    with pytest.raises(IntegrityError, match="others_say_why"), transaction.atomic():
        AccessLog.objects.create(
            area=AREA, id=uuid4(), person_id=people.worker.id, reader_id=uuid4(), reader_kind=ReaderKind.STAFF,
            what="home", reason="", hour="2026-10-20T00:00Z", times=1, last_at="2026-10-20T00:00Z",
        )  # fmt: skip


def test_point_68_a_person_reads_who_looked(people: People) -> None:
    """Checklist 68: the person can read who looked at the record."""
    home(staff(AREA), whose=Whose(people.worker.id, "来电核对", TODAY))
    home(own(people.worker), whose=NOW)
    home(staff(AREA), whose=Whose(people.retiree.id, "别人的", TODAY))
    found = lookers(own(people.worker), whose=NOW)
    assert isinstance(found, Done)
    told = [(row.who, row.what, row.reason, row.is_own) for row in found.value.rows]
    assert told == [
        ("本人", "谁看过我的信息", "", True),
        ("本人", "首页", "", True),
        ("经办人员", "首页", "来电核对", False),
    ]
    assert (found.value.count, found.value.by_others, found.value.pages) == (3, 1, 1)


def test_a_page_of_lookers_takes_four_statements(people: People, django_assert_num_queries) -> None:
    for number in range(40):
        home(staff(AREA), whose=Whose(people.worker.id, f"核对{number}", TODAY))
    with django_assert_num_queries(4):  # the record, the access log, the count, the page
        found = lookers(own(people.worker), 2, whose=NOW)
    assert isinstance(found, Done)
    assert (found.value.pages, found.value.page, len(found.value.rows)) == (2, 2, 11)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE access_log SET reason = '别的'",
        "UPDATE access_log SET times = 9 WHERE reader_kind = 0",
        "DELETE FROM access_log",
        "TRUNCATE access_log",
        f"TRUNCATE access_log_{AREA}",
    ],
)
def test_who_looked_is_neither_changed_nor_removed(people: People, change: str) -> None:
    home(own(people.worker), whose=NOW)
    home(staff(AREA), whose=Whose(people.worker.id, "核对", TODAY))
    with (
        pytest.raises(IntegrityError, match=r"access_log_is_kept|write_to_the_whole_table"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_only_the_own_look_is_written_at_leisure(people: People) -> None:
    """Outside a transaction, that is; inside one the setting would reach what else is written in it."""
    seen: list[str] = []

    def watch(execute, sql, params, many, context):
        seen.extend([sql] if "access_log" in sql else [])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        home(own(people.worker), whose=NOW)
        connection.in_atomic_block = False
        try:
            home(own(people.worker), whose=NOW)
            home(staff(AREA), whose=Whose(people.worker.id, "核对", TODAY))
        finally:
            connection.in_atomic_block = True
    assert ["synchronous_commit" in sql for sql in seen] == [False, True, False]


def test_leisure_ends_with_its_statement(db: None) -> None:
    """On a connection of its own, and a table of its own under the same name: nothing stays behind."""
    values = [AREA, uuid4(), uuid4(), uuid4(), 0, "home", ""]
    with psycopg.connect(**_parameters(), autocommit=True) as other:
        other.execute("CREATE TEMP TABLE access_log (LIKE public.access_log INCLUDING ALL)")
        for _ in range(3):
            other.execute(AT_LEISURE + AGAIN, values)
        assert other.execute("SELECT times FROM access_log").fetchall() == [(3,)]
        assert other.execute("SHOW synchronous_commit").fetchone() == ("on",)


def _parameters() -> dict[str, object]:
    """How this test's database is reached."""
    found = connection.get_connection_params()
    return {name: found[name] for name in ("dbname", "user", "host", "port", "password") if found.get(name)}
