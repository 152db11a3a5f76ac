"""What changed in the records that apps may read? Found by comparing each part with the state that was told last.

However the books were changed, by an import, a month's run or a correction, it is seen here. A state and the message
about it are written together: killed at any moment, the next run tells what is left, nothing twice and nothing never.
Several changes between two runs are one message.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from yibao.books.consents.models import Consent
from yibao.books.enrolment.models import Enrolment
from yibao.books.keys import new_key
from yibao.books.webhooks.models import Hook, Message, Seen
from yibao.services.apps.provider import sub_of

ACCOUNT = """
    SELECT a.subject::uuid, concat_ws('|', count(*), max(p.posted_at), sum(p.amount))
    FROM ledger_account a JOIN ledger_posting p ON p.area = a.area AND p.account_id = a.id
    WHERE a.area = ANY(%s) AND a.kind = 1 AND a.subject = ANY(%s::text[]) GROUP BY 1
"""
CONTRIBUTIONS = """
    SELECT person_id, string_agg(concat_ws('|', area, scheme, month, how, base, person_paid, employer_paid, paid_on),
        ',' ORDER BY area, scheme, month)
    FROM contribution_month WHERE area = ANY(%s) AND person_id = ANY(%s::uuid[]) GROUP BY 1
"""
ENROLMENT = """
    SELECT person_id, string_agg(concat_ws('|', id, scheme, kind, tier, employer_id, starts, ends), ',' ORDER BY starts)
    FROM enrolment_enrolment WHERE area_id = ANY(%s) AND person_id = ANY(%s::uuid[]) GROUP BY 1
"""
COVERAGE = """
    SELECT person_id, string_agg(concat_ws('|', id, scheme, kind = 2, starts, ends), ',' ORDER BY starts)
    FROM enrolment_enrolment WHERE area_id = ANY(%s) AND person_id = ANY(%s::uuid[]) GROUP BY 1
"""


class Part(NamedTuple):
    """A part of a record: under which scopes its changes are told, what its state is, and where to read it."""

    scopes: frozenset[str]
    state: str
    read: str


PARTS = {
    "account": Part(frozenset({"account"}), ACCOUNT, "/api/v1/me/movements"),
    "contributions": Part(frozenset({"contributions"}), CONTRIBUTIONS, "/api/v1/me/months"),
    "enrolment": Part(frozenset({"enrolment"}), ENROLMENT, "/api/v1/me/enrolments"),
    "coverage": Part(
        frozenset({"coverage", "patient/Coverage.read", "patient/*.read"}), COVERAGE, "/api/v1/me/coverage"
    ),
}
BATCH = 500


def collect() -> int:
    """Find what changed, for every hook; how many messages that makes."""
    made = 0
    for hook in Hook.objects.filter(ended_at=None, app__ended_at=None):
        made += _ended(hook)
        consents = Consent.objects.filter(app_id=hook.app_id, ended_at=None, until__gt=timezone.now())
        rows = list(consents.select_related("user").order_by("id"))
        for first in range(0, len(rows), BATCH):
            made += _changed(hook, rows[first : first + BATCH])
    return made


def _changed(hook: Hook, consents: list[Consent]) -> int:
    """The changes of some people's records."""
    people = {consent.user.person_id for consent in consents}
    areas = list(Enrolment.objects.filter(person_id__in=people).values_list("area_id", flat=True).distinct())
    made = 0
    for name, part in PARTS.items():
        whose = [consent for consent in consents if part.scopes & set(consent.scopes)]
        states = _states(part.state, areas, [str(consent.user.person_id) for consent in whose])
        seen = {row.consent_id: row for row in Seen.objects.filter(hook=hook, part=name, consent__in=whose)}
        for consent in whose:
            digest = hashlib.sha256(states.get(consent.user.person_id, "").encode()).digest()
            made += _compare(hook, consent, name, seen.get(consent.id), digest)
    return made


def _states(query: str, areas: list[str], people: list[str]) -> dict[UUID, str]:
    """The state of a part, by person; who has nothing of it is left out."""
    if not people:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(query, [areas, people])
        return dict(cursor.fetchall())


def _compare(hook: Hook, consent: Consent, part: str, seen: Seen | None, digest: bytes) -> int:
    """Keep the state, and tell that it changed; what was there when the consent was given is no news."""
    if seen is None:
        first = Seen(hook=hook, consent=consent, part=part, digest=digest)
        Seen.objects.bulk_create([first], ignore_conflicts=True)
        return 0
    if bytes(seen.digest) == digest:
        return 0
    with transaction.atomic():  # of two that look at once, one finds the state as it was
        if not Seen.objects.filter(pk=seen.pk, digest=seen.digest).update(digest=digest):
            return 0
        tell(hook, f"{part}.changed", consent.user_id, {"read": PARTS[part].read})
    return 1


def _ended(hook: Hook) -> int:
    """The consents that are over since the last run: taken back, replaced, or run out."""
    made = 0
    over = Consent.objects.filter(app_id=hook.app_id).exclude(ended_at=None, until__gt=timezone.now())
    followed = Seen.objects.filter(hook=hook, consent__in=over).values_list("consent_id", "consent__user_id")
    for consent_id, user_id in followed.distinct():
        with transaction.atomic():
            if not Seen.objects.filter(hook=hook, consent_id=consent_id).delete()[0]:
                continue
            again = Consent.objects.filter(app_id=hook.app_id, user_id=user_id, ended_at=None, until__gt=timezone.now())
            if not again.exists():  # another consent in its place is no end
                tell(hook, "consent.ended", user_id, {})
                made += 1
    return made


def tell(hook: Hook, kind: str, user_id: UUID, data: dict[str, Any], at: datetime | None = None) -> None:
    """Put a message into the row: what happened to whom, never what is in the record."""
    now = at or timezone.now()
    told = {"type": kind, "timestamp": now.isoformat(), "data": {"subject": sub_of(hook.app_id, user_id), **data}}
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    Message.objects.create(id=new_key(), hook=hook, body=body, made_at=now, next_at=now)


def parts_of(scopes: Iterable[str]) -> list[str]:
    """Of which parts an app with these scopes is told.

    >>> parts_of(["account", "openid"]), parts_of(["patient/*.read"])
    (['account'], ['coverage'])
    """
    held = set(scopes)
    return [name for name, part in PARTS.items() if part.scopes & held]
