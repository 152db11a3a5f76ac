"""How is a code told to somebody who cannot read a message? By a call to the phone on file (语音验证码).

    is_on()   with instead_of_messages() as calls   put(phone, code)   take_back(call)      what a page asks for
    claim()   answered(call)   note(call, answer)                                           what the hotline does

A call waits in an outbox (`yibao.services.outbox`): a hotline that is killed loses none. Phone and code lie sealed in
its row and go with its end, or with the end of the code. For a number that nobody has a row is written as well, over
from the beginning, so that the page takes as long and looks the same; and so it is where a phone was called too often.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from yibao.books.access.models import SpokenCode
from yibao.books.keys import new_key
from yibao.services import outbox
from yibao.services.results import Done, Refused
from yibao.services.sealing import blind_index, seal, unseal
from yibao.services.sign_in import tally
from yibao.services.sign_in.limits import clock_text

VALID = timedelta(minutes=5)
TRIES = 2
WAITS = (120, 150)
"""Seconds from the beginning of a try to the next one; it rings for 45."""
TALK_SECONDS = 110
"""So long a call lasts at most once it is answered."""
LEAST = timedelta(seconds=30)
"""With less left of its five minutes a code is not told any more: it could not be typed in time."""
KEPT = timedelta(days=1)
CALLS_MAX, CALLS_SECONDS = 4, 60 * 60
"""For one certificate number, beside the limits of every code; told to the visitor."""
ADDRESS_MAX = 20
PHONE_MAX = 8
"""To one phone, which several people may have; told to nobody, since it would tell whose phone is whose."""
TAKEN_BACK, TOO_LATE, CUT_OFF = "taken_back", "too_late", "cut_off"
NOBODY, TOO_MANY = "nobody", "phone_called_too_often"
TOLD = frozenset({"told", "hung_up"})
AGAIN = frozenset({"busy", "declined", "no_answer", "not_taken", "broke_off"})
"""What is tried once more. Anything else is not: the exchange refuses us, or the number."""
_instead: ContextVar[list[UUID] | None] = ContextVar("instead_of_messages", default=None)


@dataclass(frozen=True, slots=True)
class Due:
    """A call to be made now."""

    call: UUID
    phone: str


def is_on() -> bool:
    """Whether a hotline is there that dials."""
    return bool(settings.VOICE_CODES)


@contextmanager
def instead_of_messages() -> Iterator[list[UUID]]:
    """Codes that are sent meanwhile are told by a call; the calls."""
    calls: list[UUID] = []
    mark = _instead.set(calls)
    try:
        yield calls
    finally:
        _instead.reset(mark)


def wanted() -> list[UUID] | None:
    """The calls of this moment, where codes are told by call."""
    return _instead.get()


def may_ask_for_call(number: str, address: str) -> Done[None] | Refused:
    """Count a call asked for; refused where a number or an address asks too often, whoever it is."""
    tries, until = tally.count("call_address", address, limit=ADDRESS_MAX, seconds=CALLS_SECONDS)
    if tries > ADDRESS_MAX:
        message = f"这个网络上要打电话的次数太多。请在 {clock_text(until)} 以后再要，或改用短信。"
        return Refused("call_asked_too_often", message, field="number")
    tries, until = tally.count("call_asked", number, limit=CALLS_MAX, seconds=CALLS_SECONDS)
    if tries > CALLS_MAX:
        message = f"一个小时里已经要过 {CALLS_MAX} 次电话。请在 {clock_text(until)} 以后再要，或改用短信。"
        return Refused("call_asked_too_often", message, field="number")
    return Done(None)


def put(phone: str | None, code: str) -> UUID:
    """Have a phone called and a code told there; an empty code tells how to sign in the first time."""
    tidy()
    counted, _ = tally.count("call_phone", phone or str(uuid4()), limit=PHONE_MAX, seconds=CALLS_SECONDS)
    is_over = NOBODY if phone is None else TOO_MANY if counted > PHONE_MAX else ""
    told = seal(json.dumps({"phone": phone or "", "code": code}), what="spoken_code")
    now = timezone.now()
    row = SpokenCode(
        id=new_key(),
        told_sealed=None if is_over else told,
        phone_index=blind_index(phone or "", what="phone"),
        until=now + VALID,
        next_at=None if is_over else now,
        answer=is_over,
    )
    row.save(force_insert=True)
    return UUID(str(row.pk))


def take_back(call: UUID | str) -> None:
    """The code is void or used: what was to be told goes, also where the phone is ringing already."""
    SpokenCode.objects.filter(pk=call).update(told_sealed=None)


def claim() -> Due | None:
    """The call that is due longest, unless its phone is being called; what came too late is given up."""
    while True:
        try:
            with transaction.atomic():
                claimed = outbox.claim(SpokenCode, WAITS, one_per="phone_index")
        except IntegrityError:  # another hotline took a call to the same phone at the same moment
            return None
        if claimed is None:
            return None
        row = SpokenCode.objects.get(pk=claimed.id)
        if row.told_sealed is None:
            _over(claimed.id, TAKEN_BACK)
        elif row.until - LEAST <= timezone.now():
            _over(claimed.id, TOO_LATE)
        elif claimed.tries > TRIES:
            _over(claimed.id, CUT_OFF if claimed.before == outbox.TRYING else claimed.before)
        else:
            return Due(claimed.id, _told(bytes(row.told_sealed))["phone"])


def answered(call: UUID | str) -> str | None:
    """What is to be said now that somebody answers: a code, nothing for the first time; None where it is void.

    The next try, for the case that this one is cut off, waits until they cannot be speaking any more.
    """
    then = timezone.now() + timedelta(seconds=TALK_SECONDS + 10)
    SpokenCode.objects.filter(pk=call, next_at__isnull=False).update(next_at=then)
    sealed = SpokenCode.objects.filter(pk=call, until__gt=timezone.now()).values_list("told_sealed", flat=True).first()
    return None if sealed is None else _told(bytes(sealed))["code"]


def note(call: UUID | str, answer: str) -> None:
    """What came of a call: told, or to be tried once more, or given up."""
    number = UUID(str(call))
    if answer in TOLD:
        outbox.over(SpokenCode, number, answer, told=True, told_sealed=None)
    elif answer in AGAIN and SpokenCode.objects.filter(pk=number, tries__lt=TRIES).exists():
        outbox.again(SpokenCode, number, answer)
    else:
        _over(number, answer)


def tidy() -> None:
    """No code outlives its five minutes here, and no call its day."""
    now = timezone.now()
    SpokenCode.objects.filter(until__lt=now, told_sealed__isnull=False).update(told_sealed=None)
    SpokenCode.objects.filter(until__lt=now - KEPT).delete()


def _over(call: UUID, answer: str) -> None:
    outbox.over(SpokenCode, call, answer[:40], told_sealed=None)


def _told(sealed: bytes) -> dict[str, str]:
    told: dict[str, str] = json.loads(unseal(sealed, what="spoken_code"))
    return told
