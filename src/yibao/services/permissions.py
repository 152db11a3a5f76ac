"""Who asks, and whose record may they read?

What is forbidden and what is not there look the same from outside: `not_found`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks a service: an insured person, somebody of an agency for its areas, or an app that was allowed to."""

    kind: Literal["self", "staff", "app"]
    user_id: UUID
    person_id: UUID | None = None
    areas: tuple[str, ...] = ()


def can_read_record(actor: Actor, person_id: UUID) -> bool:
    """Whether the actor may read a person's record: one's own, or as staff of an area where the person is enrolled."""
    from yibao.books.enrolment.models import Enrolment

    if actor.kind == "self":
        return actor.person_id == person_id
    if actor.kind == "staff" and actor.areas:
        return bool(Enrolment.objects.filter(person_id=person_id, area_id__in=actor.areas).exists())
    return False
