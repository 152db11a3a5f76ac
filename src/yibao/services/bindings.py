"""Which account of WeChat or Alipay is whose (绑定)? Made by the person, signed in, with consent; ended by either side.

    bind(actor, channel, identity, consent)   mine(actor)   end(actor, number)      the person, signed in
    bound(channel, identity)   actor_of(bound)   left(channel, identity)            the channel that was written to
    of_person(person_id, channel)                                                   whoever sends a notice

That an identity is theirs the channel vouches for: it comes out of signing in there, never out of a form.
"""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from yibao.books.access.models import User
from yibao.books.bindings.models import Binding, Ended
from yibao.books.keys import new_key
from yibao.services import notices
from yibao.services.messengers.shapes import NAMES, Bound
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused
from yibao.services.sealing import blind_index, seal, unseal

CONSENT = 1
"""The number of the text that a person consents to; another text, another number."""


def bind(actor: Actor, channel: str, identity: str, *, consent: bool) -> Done[Bound] | Refused:
    """Bind an account to the person who is signed in; the same one again changes nothing."""
    if actor.kind != "self" or actor.person_id is None or channel not in NAMES or not identity:
        return _not_found()
    if not consent:
        message = "还没有同意，所以没有绑定。看清楚说明，同意的话请按“同意并绑定”。"
        return Refused("consent_missing", message, field="consent")
    name = NAMES[channel]
    held = bound(channel, identity)
    if held is not None:
        if held.person_id == actor.person_id:
            return Done(held)
        message = f"这个{name}已经绑定了另一个人。要换人，请先在{name}里发“解绑”，再来绑定。"
        return Refused("bound_to_another", message, (f"在{name}里发“解绑”",))
    row = Binding(
        id=new_key(), channel=channel, person_id=actor.person_id, identity_sealed=seal(identity, what="identity"),
        identity_index=_index(channel, identity), consent=CONSENT, bound_at=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            notices.tell(actor.person_id, "account_bound", str(row.pk), {"channel": name})
    except IntegrityError:
        return Refused("bound_already", f"您已经绑定了一个{name}。要换一个，请先解除原来的。", ("解除原来的",))
    return Done(_shape(row, identity))


def mine(actor: Actor) -> Done[tuple[Bound, ...]] | Refused:
    """The accounts that the person who is signed in has bound, the latest first."""
    if actor.kind != "self" or actor.person_id is None:
        return _not_found()
    return Done(of_person(actor.person_id))


def end(actor: Actor, number: UUID) -> Done[None] | Refused:
    """End a binding of one's own; the identity leaves the books at once."""
    if actor.kind != "self" or actor.person_id is None:
        return _not_found()
    one = Binding.objects.filter(pk=number, person_id=actor.person_id, ended_at__isnull=True).first()
    with transaction.atomic():
        if one is None or not _end(Ended.BY_PERSON, pk=number, person_id=actor.person_id):
            return _not_found()
        notices.tell(actor.person_id, "account_unbound", str(number), {"channel": NAMES[one.channel]})
    return Done(None)


def bound(channel: str, identity: str) -> Bound | None:
    """Whose account this is, if somebody bound it who may sign in."""
    rows = Binding.objects.filter(
        channel=channel, identity_index=_index(channel, identity), ended_at__isnull=True, person__user__is_active=True
    )
    row = rows.select_related("person").first()
    return None if row is None else _shape(row, identity, is_demo=row.person.is_demo)


def actor_of(binding: Bound) -> Actor:
    """As whom somebody asks who writes from a bound account: as the person."""
    user = User.objects.values_list("pk", flat=True).get(person_id=binding.person_id)
    return Actor("self", user, binding.person_id)


def user_of(binding: Bound) -> User:
    """The user who signs in with a bound account."""
    found: User = User.objects.get(person_id=binding.person_id, is_active=True)
    return found


def left(channel: str, identity: str) -> None:
    """Somebody follows the account no more: nothing reaches them, so what was bound ends."""
    _end(Ended.LEFT, channel=channel, identity_index=_index(channel, identity))


def of_person(person_id: UUID, channel: str = "") -> tuple[Bound, ...]:
    """The accounts to which a notice for a person may go, the latest first."""
    rows = Binding.objects.filter(person_id=person_id, ended_at__isnull=True).order_by("-bound_at")
    wanted = rows.filter(channel=channel) if channel else rows
    return tuple(_shape(row, unseal(bytes(row.identity_sealed), what="identity")) for row in wanted)


def _end(why: Ended, **which: object) -> int:
    nothing = {"identity_sealed": None, "identity_index": None}
    done = Binding.objects.filter(ended_at__isnull=True, **which).update(ended_at=timezone.now(), ended=why, **nothing)
    return int(done)


def _index(channel: str, identity: str) -> bytes:
    return blind_index(identity, what=f"identity:{channel}")


def _shape(row: Binding, identity: str, *, is_demo: bool = False) -> Bound:
    return Bound(row.pk, row.channel, row.person_id, identity, row.bound_at, is_demo)


def _not_found() -> Refused:
    return Refused("not_found", "没有找到这个绑定，可能已经解除了。请回到列表再看。")
