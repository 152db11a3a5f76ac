"""Who waits to be rung back, and who does it (回电)? Asked for by telephone or at a page, worked off at the counter.

    ask_for_callback(area, phone, about, person_id=None)    owed_to(actor)  ask_for_mine(actor, about)
    queue(actor)  take(actor, number)  give_back(actor, number)  note(actor, number, text)  done(actor, number, text)

One number waits once in an area: who asks again is told the same number. Of two who take the same, one gets it. The
phone is shown to the one who took it, and to nobody else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from yibao.books.areas.models import Area
from yibao.books.staff.models import Callback, CallbackState
from yibao.services import clock, notices
from yibao.services.certificates import checked_phone, normalised
from yibao.services.clock import CHINA
from yibao.services.permissions import Actor
from yibao.services.private_numbers import masked
from yibao.services.records.looking import note as note_look
from yibao.services.records.opening import record_of
from yibao.services.results import Done, Refused
from yibao.services.sealing import blind_index, seal, unseal
from yibao.services.sign_in import tally
from yibao.services.sign_in.adapter import phone_of

LANDLINE = re.compile(r"0\d{9,11}")
ABOUT_MAX, NOTE_MAX = 100, 500
ASKED_MAX, ASKED_SECONDS = 5, 24 * 3600
KEPT_DAYS = 90
REASON = "本人要求回电"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call that is owed, as the counter shows it; `phone` and `note` only to the one who took it."""

    number: int
    area: str
    about: str
    asked_at: datetime
    is_mine: bool
    taken_by: str  # the name of whoever took it, empty while it waits
    is_known: bool  # whether the caller had signed in
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """What somebody who is signed in may wait for: on which phone, and the number of the call (0: none asked for)."""

    phone_masked: str
    number: int


def owed_to(actor: Actor) -> Done[Owed] | Refused:
    """The phone on file, its middle hidden, and the call that it already waits for."""
    held = _own(actor)
    if isinstance(held, Refused):
        return held
    area, phone = held.value
    return Done(Owed(masked(phone), _open(area, blind_index(phone, what="phone")) or 0))


def ask_for_mine(actor: Actor, about: str) -> Done[int] | Refused:
    """A person asks to be rung back on the phone on file, by the area that keeps the record."""
    held = _own(actor)
    if isinstance(held, Refused):
        return held
    area, phone = held.value
    return ask_for_callback(area, phone, about, actor.person_id)


def ask_for_callback(area: str, phone: str, about: str, person_id: UUID | None = None) -> Done[int] | Refused:
    """Put a call into the area's queue. Done: its number; the same again while the phone still waits there."""
    held = Area.objects.filter(code=area).first()
    if held is None:
        message = "这个地方的窗口不在这里回电。请直接拨打当地区号加 12393。"
        return Refused("callback_area_not_here", message, ("拨打 12393",), "area")
    checked = _phone(phone, demo=held.is_demo)
    if isinstance(checked, Refused):
        return checked
    told = " ".join(about.split())[:ABOUT_MAX]
    if not told:
        return Refused("callback_about_missing", "还没有说要问什么，请选一项再要回电。", field="about")
    index = blind_index(checked.value, what="phone")
    waiting = _open(area, index)
    if waiting is not None:
        return Done(waiting)
    tries, _ = tally.count("callback", checked.value, limit=ASKED_MAX, seconds=ASKED_SECONDS)
    if tries > ASKED_MAX:
        message = f"这个号码一天里已经要过 {ASKED_MAX} 次回电。急着办事，请直接打 12393 或到窗口。"
        return Refused("callback_asked_too_often", message, ("拨打 12393", "到窗口"), "phone")
    row = Callback(
        area=area, person_id=person_id, phone_sealed=seal(checked.value, what="phone"), phone_index=index,
        about_sealed=seal(told, what="callback"), asked_at=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # the same phone asked at the same moment
        waiting = _open(area, index)
        if waiting is None:
            raise
        return Done(waiting)
    return Done(int(row.pk))


def queue(actor: Actor) -> Done[tuple[Waiting, ...]] | Refused:
    """What waits in the actor's areas, the own ones first, then the longest wait."""
    if actor.kind != "staff" or not actor.areas:
        return _not_found()
    rows = Callback.objects.filter(area__in=actor.areas, state__in=(CallbackState.WAITING, CallbackState.TAKEN))
    told = [_shown(row, actor) for row in rows.select_related("taken_by").order_by("asked_at", "pk")]
    return Done(tuple(sorted(told, key=lambda one: (not one.is_mine, bool(one.taken_by)))))


def take(actor: Actor, number: int) -> Done[Waiting] | Refused:
    """Take a call on oneself. Of two at the same moment one gets it; the other is told who has it."""
    if actor.kind != "staff":
        return _not_found()
    mine = {"state": CallbackState.TAKEN, "taken_by_id": actor.user_id, "taken_at": timezone.now()}
    with transaction.atomic():
        waiting = Callback.objects.filter(pk=number, area__in=actor.areas, state=CallbackState.WAITING)
        won = waiting.update(**mine)
        row = Callback.objects.filter(pk=number, area__in=actor.areas).select_related("taken_by").first()
        if row is None:
            return _not_found()
        if not won and (row.taken_by_id != actor.user_id or row.state == CallbackState.DONE):
            return Refused("callback_taken_already", f"这个回电{row.taken_by.name}已经接了，请接下一个。")
        if won and row.person_id is not None:
            note_look(actor, row.person_id, row.area, "callback", REASON)
            notices.tell(row.person_id, "callback_taken", str(row.pk))
    return Done(_shown(row, actor))


def give_back(actor: Actor, number: int) -> Done[None] | Refused:
    """Put a call back into the queue, for a colleague."""
    waiting = {"state": CallbackState.WAITING, "taken_by": None, "taken_at": None}
    return Done(None) if _mine(actor, number).update(**waiting) else _not_found()


def note(actor: Actor, number: int, text: str) -> Done[None] | Refused:
    """Keep a note beside a call that one has taken."""
    told = text.strip()[:NOTE_MAX]
    if not told:
        return Refused("callback_note_missing", "还没有写。请写一句电话里说了什么、怎么办的。", field="note")
    return Done(None) if _mine(actor, number).update(note_sealed=seal(told, what="callback")) else _not_found()


def done(actor: Actor, number: int, text: str) -> Done[None] | Refused:
    """The call was made: what was said is kept beside it, and it leaves the queue."""
    kept = note(actor, number, text)
    if isinstance(kept, Refused):
        return kept
    ended = {"state": CallbackState.DONE, "done_at": timezone.now()}
    return Done(None) if _mine(actor, number).update(**ended) else _not_found()


def purge_done() -> None:
    """Calls that were made leave the books after a while."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    Callback.objects.filter(state=CallbackState.DONE, done_at__lt=before).delete()


def _own(actor: Actor) -> Done[tuple[str, str]] | Refused:
    """The area that keeps somebody's record, and the phone on file."""
    if actor.kind != "self" or actor.person_id is None:
        return _not_found()
    record = record_of(actor.person_id, clock.today(), timezone.now())
    phone = phone_of(str(actor.person_id))
    if record is None or phone is None:
        message = "没有您的参保记录或登记的手机号，回电打不过去。请直接打 12393，或者带证件到窗口。"
        return Refused("no_phone_on_file", message, ("拨打 12393", "到窗口登记手机号"), "phone")
    return Done((record.area, phone))


def _phone(text: str, *, demo: bool) -> Done[str] | Refused:
    """A number that can be rung: a mobile, or a landline with its area code."""
    plain = re.sub(r"[-()（）]", "", normalised(text))
    return Done(plain) if LANDLINE.fullmatch(plain) else checked_phone(plain, demo=demo)


def _open(area: str, index: bytes) -> int | None:
    rows = Callback.objects.filter(area=area, phone_index=index).exclude(state=CallbackState.DONE)
    found: int | None = rows.values_list("pk", flat=True).first()
    return found


def _mine(actor: Actor, number: int) -> Any:
    return Callback.objects.filter(
        pk=number, area__in=actor.areas, taken_by_id=actor.user_id, state=CallbackState.TAKEN
    )


def _shown(row: Callback, actor: Actor) -> Waiting:
    mine = row.taken_by_id == actor.user_id
    return Waiting(
        number=row.pk,
        area=row.area,
        about=unseal(bytes(row.about_sealed), what="callback"),
        asked_at=row.asked_at.astimezone(CHINA),
        is_mine=mine,
        taken_by=row.taken_by.name if row.taken_by else "",
        is_known=row.person_id is not None,
        phone=unseal(bytes(row.phone_sealed), what="phone") if mine else "",
        note=unseal(bytes(row.note_sealed), what="callback") if mine and row.note_sealed else "",
    )


def _not_found() -> Refused:
    return Refused("not_found", "没有找到这个回电，可能别人已经办完了。请回到列表再看。")
