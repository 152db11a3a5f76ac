"""How is a look at a record written down (decision 20)? One's own are one row an hour, others' a row each, and why.

The row is written before anything is shown. A person's own look may be lost if the server dies in the same moment
(`synchronous_commit off`, for this one statement only): nobody but the person would miss it, and the first page stays
fast. Whoever else looks waits until the row is on the disk.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from yibao.books.keys import new_key
from yibao.services.permissions import Actor
from yibao.services.results import RefusedError

READER = {"self": 0, "staff": 2, "app": 3}  # books.access ReaderKind
INSERT = """
    INSERT INTO access_log (area, id, person_id, reader_id, reader_kind, what, reason, hour)
    VALUES (%s, %s, %s, %s, %s, %s, %s, date_trunc('hour', clock_timestamp()))
"""
AGAIN = """
    ON CONFLICT (area, person_id, reader_id, what, hour) WHERE reader_kind = 0
    DO UPDATE SET times = access_log.times + 1, last_at = clock_timestamp()
"""
AT_LEISURE = """
    WITH leisure AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS mode)
    INSERT INTO access_log (area, id, person_id, reader_id, reader_kind, what, reason, hour)
    SELECT %s, %s::uuid, %s::uuid, %s::uuid, %s::smallint, %s, %s, date_trunc('hour', clock_timestamp())
    FROM leisure WHERE leisure.mode = 'off'
"""


def note(actor: Actor, person_id: UUID, area: str, what: str, reason: str = "") -> None:
    """Write down that the actor looks at `what` of a person's record; refuses a stranger who does not say why.

    An app's reason is the person's consent, and its name stands there. `what` is the kind of page, never what stands
    on it.
    """
    is_own = actor.kind == "self"
    if actor.kind == "app":
        reason = f"您同意了“{actor.name}”读取"
    if not is_own and not reason.strip():
        raise RefusedError("reason_needed", "查看别人的记录要写明原因，请填写以后再查。", field="reason")
    query = INSERT
    if is_own:  # inside a transaction the setting would reach what else is written in it
        query = (INSERT if connection.in_atomic_block else AT_LEISURE) + AGAIN
    why = "" if is_own else reason.strip()[:200]
    with connection.cursor() as cursor:
        cursor.execute(query, [area, new_key(), person_id, actor.user_id, READER[actor.kind], what, why])
