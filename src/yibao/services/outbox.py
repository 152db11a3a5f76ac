"""What is to be sent, and is due (发件箱)? One way for webhooks, notices and calls alike: claimed, sent, noted.

A row is claimed in the database before it is sent, its next try already set: a sender that is killed loses nothing, and
several work side by side. The table has `tries`, `next_at` (empty once it is over), `told_at` and `answer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

TRYING = "trying"
"""The answer while a try is under way; found at the next one, the try before was cut off and nobody knows its end."""
CLAIM = """
    UPDATE {table} m SET tries = m.tries + 1, answer = %(trying)s,
        next_at = clock_timestamp() + make_interval(secs => coalesce((%(waits)s::int[])[m.tries + 1], 3600))
    FROM (
        SELECT id, answer FROM {table} s
        WHERE next_at <= clock_timestamp() AND (%(only)s::uuid[] IS NULL OR id = ANY(%(only)s)) {alone}
        ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) d WHERE m.id = d.id RETURNING m.id, m.tries, d.answer
"""
ALONE = """
    AND NOT EXISTS (SELECT FROM {table} o WHERE o.{one_per} = s.{one_per} AND o.id <> s.id AND o.answer = %(trying)s)
"""


class Claimed(NamedTuple):
    """A row to be sent now; `before` is what its last try came to."""

    id: UUID
    tries: int
    before: str


def claim(
    model: Any, waits: Sequence[int], only: Sequence[UUID] | None = None, *, one_per: str = ""
) -> Claimed | None:
    """The row that is due longest, with its next try set; after the last try an hour is left to note the answer.

    With `one_per`, a column, none whose like in it is being tried at the moment.
    """
    told = {"trying": TRYING, "waits": list(waits), "only": None if only is None else list(only)}
    table = model._meta.db_table
    alone = ALONE.format(table=table, one_per=one_per) if one_per else ""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM.format(table=table, alone=alone), told)
        row = cursor.fetchone()
    return Claimed(*row) if row else None


def over(model: Any, number: UUID, answer: str, *, told: bool = False, **more: Any) -> None:
    """It was told, or is given up: there is no next try."""
    at = timezone.now() if told else None
    model.objects.filter(pk=number).update(next_at=None, told_at=at, answer=answer, **more)


def again(model: Any, number: UUID, answer: str) -> None:
    """It did not get through; the next try is set already."""
    model.objects.filter(pk=number).update(answer=answer)
