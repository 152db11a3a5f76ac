"""Does a GET write anything? Never, but for the session and the access log: whatever else it tries is stopped here.

Every statement of a GET goes through one check before it reaches the database, in tests and in production alike. What
it cannot read as a harmless statement it refuses: a page that breaks is found, a page that writes unseen is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

READS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
FIRST_WORDS = frozenset(
    {"SELECT", "WITH", "VALUES", "SHOW", "INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE", "ROLLBACK"}
)
IDLE = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)  # literals and comments say nothing of the statement
WRITE = re.compile(
    r"\b(?:INSERT\s+INTO|(?<!\bFOR\s)(?<!\bKEY\s)(?<!\bDO\s)UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?)"
    r"\s+(?:ONLY\s+)?([\w.]+)",
    re.IGNORECASE,
)
WRITERS = re.compile(  # functions that write or lock, the books' own and the server's; a SELECT may hide them
    r"\b(ledger_post|ledger_close_month|make_parts_of_area|pg_(?:try_)?advisory\w*|nextval|setval|pg_notify|lo_\w+)\s*\("
    r"|\bFOR\s+(?:NO\s+KEY\s+)?(UPDATE)\b",
    re.IGNORECASE,
)


class WriteOnRead(RuntimeError):
    """A GET tried to write; the message names the statement's kind and the table, never what would be written."""


class ReadOnlyGet:
    """Refuses every statement of a GET that could write elsewhere than in the session and the access log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READS:
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            response = self.get_response(request)
        if getattr(response, "streaming", False) and not response.is_async:
            response.streaming_content = _watched(response.streaming_content)
        return response


def refuse_writes(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """The check of one statement, as Django calls it around each."""
    fault = written(sql if isinstance(sql, str) else sql.as_string(None))
    if fault:
        raise WriteOnRead(f"a GET may not write: {fault}")
    return execute(sql, params, many, context)


@lru_cache(maxsize=1024)
def written(sql: str) -> str:
    """What a statement writes to that a GET may not, or nothing.

    >>> written('SELECT "is_active" FROM "access_user" WHERE "id" = %s'), written("DELETE FROM people_person")
    ('', 'people_person')
    """
    plain = IDLE.sub(" ", sql).replace('"', "").strip()
    if ";" in plain.rstrip("; \n"):
        return "several statements"
    first = plain.split(None, 1)[0].upper() if plain else ""
    if first not in FIRST_WORDS:
        return first or "an empty statement"
    targets = [target.rpartition(".")[2].lower() for target in WRITE.findall(plain)]
    if first in {"INSERT", "UPDATE", "DELETE"} and not targets:
        return first
    if not targets and re.search(r"\bINTO\b", plain, re.IGNORECASE):
        return "INTO"  # SELECT … INTO makes a table
    strange = [target for target in targets if target not in may_be_written()]
    if strange:
        return strange[0]
    hidden = WRITERS.search(plain)
    return next((group for group in hidden.groups() if group), "") if hidden else ""


def may_be_written() -> frozenset[str]:
    """The tables that a GET may write: the access log (decision 20), that of the sessions, and the number of the code
    that an e-credential showed last: without JavaScript only a GET can renew a code, and the older one must then end.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore
    get_model = getattr(store, "get_model_class", None)
    return frozenset({"access_log", "access_showncode"} | ({get_model()._meta.db_table} if get_model else set()))


def _watched(content: Iterator[bytes]) -> Iterator[bytes]:
    """What a page still reads while it is being sent."""
    with connection.execute_wrapper(refuse_writes):
        yield from content
