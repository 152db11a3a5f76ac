"""Who asks, and whose record may they read?

What is forbidden and what is not there look the same from outside: `not_found`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from yibao.services.scopes import covers


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks a service: an insured person, somebody of an agency for its areas, or an app that was allowed to.

    An app asks for the person who consented (`person_id`), within `scopes`; `user_id` is then the app itself and `name`
    what the person knows it by. `services.apps.actor_of_token` makes such an actor out of a bearer token, and
    `services.scopes.covers(actor.scopes, what)` says whether its scopes cover a part of a record.
    """

    kind: Literal["self", "staff", "app"]
    user_id: UUID
    person_id: UUID | None = None
    areas: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset()
    name: str = ""


def can_read_record(actor: Actor, person_id: UUID, what: str = "") -> bool:
    """Whether the actor may read `what` of a person's record.

    One's own; as staff of the area that keeps it now; as an app what this person's consent covers.
    """
    if actor.kind == "self":
        return actor.person_id == person_id
    if actor.kind == "app":
        return actor.person_id == person_id and covers(actor.scopes, what)
    return bool(keeps_record(actor, person_id))


def keeps_record(actor: Actor, person_id: UUID) -> str:
    """The area that keeps a person's record now, if it is one of this staff member's; else nothing.

    Staff read and change only such records: who moved away belongs to the next area's.
    """
    from yibao.books.enrolment.models import Enrolment
    from yibao.services import clock

    if actor.kind != "staff" or not actor.areas:
        return ""
    stays = Enrolment.objects.filter(person_id=person_id)
    now = stays.filter(starts__lte=clock.today()).order_by("-starts").first() or stays.order_by("starts").first()
    return now.area_id if now is not None and now.area_id in actor.areas else ""
