"""How often may something be tried? Counted in the database, so that all processes of all servers count together."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from yibao.books.access.models import Tally
from yibao.services.sealing import blind_index

COUNT = """
    INSERT INTO access_tally AS t (key, tries, until)
    VALUES (%(key)s, 1, clock_timestamp() + make_interval(secs => %(seconds)s))
    ON CONFLICT (key) DO UPDATE SET
        tries = CASE WHEN t.until <= clock_timestamp() THEN 1 ELSE t.tries + 1 END,
        until = CASE WHEN t.until <= clock_timestamp() OR t.tries + 1 = %(limit)s THEN excluded.until ELSE t.until END
    RETURNING tries, until
"""


def key_of(what: str, of: str) -> bytes:
    """Under what key something is counted: a number, an address or a person cannot be read from it."""
    return blind_index(of, what=f"tally:{what}")


def count(what: str, of: str, *, limit: int, seconds: int) -> tuple[int, datetime]:
    """Count one try, and say which one it is and when counting begins anew.

    Time runs from the first try; the try that reaches the limit starts it again, so that the wait is the whole time.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key_of(what, of), "seconds": seconds, "limit": limit})
        tries, until = cursor.fetchone()
    return tries, until


def reached(what: str, of: str, *, limit: int) -> datetime | None:
    """Until when nothing may be tried, if the limit is reached."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT until FROM access_tally WHERE key = %s AND tries >= %s AND until > clock_timestamp()",
            [key_of(what, of), limit],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def forget(what: str, of: str) -> None:
    """Begin anew: it went well."""
    Tally.objects.filter(key=key_of(what, of)).delete()
