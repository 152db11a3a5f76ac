"""The mistake reports' table refuses by itself what the service never asks of it: each constraint by its name."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from yibao.books.cases.models import MistakeReport

pytestmark = pytest.mark.django_db


def kept(**changes: Any) -> MistakeReport:
    values: dict[str, Any] = {
        "id": UUID(int=1),
        "key": UUID(int=2),
        "topic": "allocation",
        "area": "110000",
        "on": date(2025, 6, 1),
        "figure": "allocation_net",
        "value_shown": "每月实际划入额 97.00 元/月",
        "rests_on": [],
        "text": "少了3元",
        "created_at": datetime(2025, 6, 1, 4, 0, tzinfo=UTC),
    }
    return MistakeReport.objects.create(**(values | changes))


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("mistake_report_topic_named", {"topic": ""}),
        ("mistake_report_area_is_a_code", {"area": "北京市"}),
        ("mistake_report_says_what", {"text": ""}),
        ("mistake_report_status_known", {"status": "lost"}),
    ],
)
def test_constraint(constraint: str, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        kept(**changes)


def test_one_form_is_one_report() -> None:
    kept()
    with pytest.raises(IntegrityError, match="key"), transaction.atomic():
        kept(id=UUID(int=3))


@pytest.mark.parametrize("changes", [{"text": "别的"}, {"value_shown": "1"}, {"text": "别的", "status": "accepted"}])
def test_nothing_but_the_status_is_changed(changes: dict[str, str]) -> None:
    kept()
    with pytest.raises(IntegrityError, match="mistake_report_is_never_changed"), transaction.atomic():
        MistakeReport.objects.update(**changes)
    MistakeReport.objects.update(status="accepted")
    found = MistakeReport.objects.get()
    assert (found.status, found.text) == ("accepted", "少了3元")


def test_it_is_never_deleted() -> None:
    kept()
    with pytest.raises(IntegrityError, match="mistake_report_is_never_changed"), transaction.atomic():
        MistakeReport.objects.all().delete()
    with (
        pytest.raises(IntegrityError, match="mistake_report_is_never_changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM cases_mistakereport")
    assert MistakeReport.objects.count() == 1


def test_its_name_tells_neither_words_nor_number() -> None:
    assert str(kept()) == "allocation 110000 2025-06-01 open"


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
