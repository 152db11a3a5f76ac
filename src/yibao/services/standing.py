"""What waits to be done in this installation, how much of it and since when? For whoever watches over it."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

QUERY = """
    SELECT 'webhook', count(*), coalesce(extract(epoch FROM clock_timestamp() - min(made_at)), 0)::float8
    FROM webhooks_message WHERE next_at IS NOT NULL
    UNION ALL
    SELECT 'callback', count(*), coalesce(extract(epoch FROM clock_timestamp() - min(asked_at)), 0)::float8
    FROM staff_callback WHERE state = 0
"""


class Waiting(NamedTuple):
    """How many things of a kind wait, and how long the oldest does."""

    what: str
    number: int
    oldest_seconds: float


def waiting() -> list[Waiting]:
    """Everything that somebody or something still has to do: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        return [Waiting(*row) for row in cursor.fetchall()]
