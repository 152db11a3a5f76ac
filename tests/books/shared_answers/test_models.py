"""The shared answers' table refuses by itself what the service never asks of it: each constraint by its name."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from yibao.books.shared_answers.models import SharedAnswer

pytestmark = pytest.mark.django_db

ISSUED = datetime(2025, 6, 1, 4, 0, tzinfo=UTC)


def kept(**changes: Any) -> SharedAnswer:
    values: dict[str, Any] = {
        "id": UUID(int=1),
        "topic": "allocation",
        "area": "110000",
        "on": date(2025, 6, 1),
        "facts": {"age": "69"},
        "answer": {"summary": "每月划入100元"},
        "issued_at": ISSUED,
        "expires_at": ISSUED + timedelta(days=90),
    }
    return SharedAnswer.objects.create(**(values | changes))


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("shared_answer_topic_named", {"topic": ""}),
        ("shared_answer_area_is_a_code", {"area": "11000"}),
        ("shared_answer_area_is_a_code", {"area": "北京市"}),
        ("shared_answer_expires_after_issue", {"expires_at": ISSUED}),
    ],
)
def test_constraint(constraint: str, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        kept(**changes)


def test_it_is_never_changed_but_may_be_deleted() -> None:
    kept()
    with pytest.raises(IntegrityError, match="shared_answer_is_never_changed"), transaction.atomic():
        SharedAnswer.objects.update(topic="pension")
    with (
        pytest.raises(IntegrityError, match="shared_answer_is_never_changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE shared_answers_sharedanswer SET facts = '{}'")
    assert SharedAnswer.objects.get().facts == {"age": "69"}
    assert SharedAnswer.objects.all().delete()[0] == 1


def test_its_name_tells_neither_facts_nor_number() -> None:
    assert str(kept()) == "allocation 110000 2025-06-01"


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
