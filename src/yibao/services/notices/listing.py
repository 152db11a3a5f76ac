"""What was somebody told (收到的通知)? Every notice, newest first, and by which ways it went out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from yibao.books.notices.models import Notice, Sending, Way
from yibao.services.clock import CHINA
from yibao.services.permissions import Actor
from yibao.services.records.opening import Record, opened, told
from yibao.services.records.shapes import MINE, Whose
from yibao.services.results import Done, Refused
from yibao.services.sealing import unseal

PAGE = 20


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice as it stands in the record; `sent` says of each way what became of it."""

    at: datetime
    title: str
    text: str
    sent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notices:
    """A page of the list."""

    rows: tuple[NoticeShown, ...]
    page: int
    pages: int
    count: int
    as_of: datetime


def mine(actor: Actor, page: int = 1, *, whose: Whose = MINE) -> Done[Notices] | Refused:
    """What a person was told; whoever may read the record may read this, and the look is written down."""
    return told(lambda: _list(opened(actor, whose, "notices"), page))


def _list(record: Record, page: int) -> Notices:
    own = Notice.objects.filter(person_id=record.person_id)
    count = own.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    rows = own.order_by("-made_at", "-pk").prefetch_related("sendings")[(page - 1) * PAGE : page * PAGE]
    return Notices(tuple(_shown(row) for row in rows), page, pages, count, record.as_of)


def _shown(row: Notice) -> NoticeShown:
    held = json.loads(unseal(bytes(row.told_sealed), what="notice"))
    ways = sorted(row.sendings.all(), key=lambda one: (Way.values.index(one.way), one.pk))
    return NoticeShown(
        row.made_at.astimezone(CHINA), held["title"], held["full"], tuple(dict.fromkeys(map(_became, ways)))
    )


def _became(one: Sending) -> str:
    name = one.get_way_display()
    if one.told_at is not None:
        return f"{name}发了"
    return f"{name}还没有发出去，会再试" if one.next_at is not None else f"{name}没有发成"
