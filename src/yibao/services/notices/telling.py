"""Somebody is told something: it stands in the record, and is put on its way (发通知).

Called within the transaction of what happened, so that both are there or neither. Told again with the same key, nothing
happens. What is for the person's safety goes out by short message as soon as the transaction is through; the rest waits
for the sender (`yibao notices send`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from yibao.books.keys import new_key
from yibao.books.notices.models import Choice, Device, Notice, Sending, Way, Wishes
from yibao.services import bindings
from yibao.services.notices.kinds import kinds
from yibao.services.notices.sending import send_due
from yibao.services.sealing import blind_index, seal, unseal
from yibao.services.sign_in.adapter import phone_of


def tell(person_id: UUID, kind: str, key: str, fields: Mapping[str, str] | None = None, *, phone: str = "") -> bool:
    """Tell somebody; false where it was told already. `phone`: in place of the one on file, where that changed."""
    of = kinds()[kind]
    wishes = Wishes.objects.filter(person_id=person_id).first()
    told = of.told(fields or {}, amounts=bool(wishes and wishes.shows_amounts))
    now = timezone.now()
    sealed = seal(json.dumps(told, ensure_ascii=False), what="notice")
    with transaction.atomic():
        notice = Notice(id=new_key(), person_id=person_id, kind=kind, key=key, told_sealed=sealed, made_at=now)
        Notice.objects.bulk_create([notice], ignore_conflicts=True)
        if not Notice.objects.filter(pk=notice.pk).exists():
            return False
        rows = [
            Sending(
                id=new_key(), notice=notice, way=way, to_sealed=seal(to, what="notice_to"),
                to_index=blind_index(to, what="notice_to"), next_at=now,
            )
            for way, to in _where(person_id, kind, phone, wishes, safety=of.safety)
        ]  # fmt: skip
        Sending.objects.bulk_create(rows)
    at_once = [row.pk for row in rows if of.safety and row.way == Way.SMS]
    if at_once:
        transaction.on_commit(lambda: _now(at_once), robust=True)
    return True


def _now(only: list[UUID]) -> None:
    send_due(only=only)


def _where(person_id: UUID, kind: str, phone: str, wishes: Wishes | None, *, safety: bool) -> Iterator[tuple[str, str]]:
    """By which ways it goes, and where to: those chosen, and for safety the telephone."""
    ways = set(Choice.objects.filter(person_id=person_id, kind=kind).values_list("way", flat=True))
    if safety or Way.SMS in ways:
        number = phone or phone_of(str(person_id))
        if number:
            yield Way.SMS, number
    if Way.EMAIL in ways and wishes is not None and wishes.email_sealed is not None:
        yield Way.EMAIL, unseal(bytes(wishes.email_sealed), what="email")
    for way in (Way.WECHAT, Way.ALIPAY):
        if way in ways:
            yield from ((way, str(one.id)) for one in bindings.of_person(person_id, way.value))
    if Way.PUSH in ways:
        devices = Device.objects.filter(person_id=person_id, ended_at=None).values_list("pk", flat=True)
        yield from ((Way.PUSH, str(device)) for device in devices)
