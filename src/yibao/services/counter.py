"""What does the counter do for somebody who stands there (窗口)?

It finds the record once a reason is told, puts a phone on file, resets a PIN, gives a code to sign in with.

Every step asks whether the staff member's area keeps the record now, and is written into the person's own "who looked".
What changes how the person signs in also wants the certificate seen, and is told to the phone on file.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from yibao.books.keys import new_key
from yibao.books.people.models import Person, Phone
from yibao.services import certificates, credential, notices, people
from yibao.services.permissions import Actor, keeps_record
from yibao.services.records import Whose
from yibao.services.records.looking import note
from yibao.services.results import Done, Refused, RefusedError
from yibao.services.sealing import blind_index, seal
from yibao.services.sign_in import checked_number, issue_counter_code, sms, tally
from yibao.services.sign_in.adapter import phone_of
from yibao.services.sign_in.limits import clock_text
from yibao.services.wording import SERVICE_NAME

REASONS = {
    "visit": "本人来窗口办事",
    "agent": "家人代办",
    "callback": "给本人回电",
    "correction": "核对、更正记录",
    "complaint": "处理投诉",
    "other": "其他",
}
WORDS_LEAST, WORDS_MOST = 2, 100
MISSES_MAX, MISSES_SECONDS = 30, 60 * 60
CODES_MAX, CODES_SECONDS = 5, 15 * 60
WRONG_MAX, WRONG_SECONDS = 5, 15 * 60
NEW_PHONE = "{site}：窗口正在把这个手机号登记给一位参保人，核对码 {code}。请念给窗口的工作人员。不是您在办，不用理会。"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that may be read from now on: whose it is, and why, as the person will read it."""

    person_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Served:
    """What the counter may know about how a person signs in."""

    phone_masked: str  # empty where there is none on file
    has_pin: bool


def open_record(actor: Actor, number: str, reason: str, words: str) -> Done[Opened] | Refused:
    """The record behind a certificate number, once a reason is told: one of the list, and what for in words."""
    said = " ".join(words.split())[:WORDS_MOST]
    if reason not in REASONS:
        return Refused("reason_not_chosen", "请选为什么要看这份记录。", field="reason")
    if len(said) < WORDS_LEAST:
        return Refused("reason_words_missing", "请写一句具体办什么事，本人以后看得到。", field="words")
    checked = checked_number(number)
    if isinstance(checked, Refused):
        return checked
    until = tally.reached("counter_miss", str(actor.user_id), limit=MISSES_MAX)
    if until is not None:
        message = f"找不到的号码太多，先停一停。{clock_text(until)} 以后再查；着急请找管理员。"
        return Refused("counter_misses_too_many", message, field="number")
    person_id = people.find(checked.value)
    if person_id is None or not keeps_record(actor, person_id):
        tally.count("counter_miss", str(actor.user_id), limit=MISSES_MAX, seconds=MISSES_SECONDS)
        return _not_found()
    return Done(Opened(person_id, f"{REASONS[reason]}：{said}"))


def served(actor: Actor, whose: Whose) -> Done[Served] | Refused:
    """Whether a phone is on file, masked, and whether a PIN is set."""

    def work(person_id: UUID) -> Served:
        phone = phone_of(str(person_id))
        return Served(certificates.masked(phone) if phone else "", credential.activated(person_id))

    return _for(actor, whose, "", work)


def send_phone_code(actor: Actor, whose: Whose, phone: str, *, seen: bool) -> Done[tuple[str, str]] | Refused:
    """Send a code to a phone that is to be put on file: who reads it out has the phone in hand.

    Done: the number, tidied, and the code, both to be kept in the sealed session until the code is told.
    """

    def work(person_id: UUID) -> tuple[str, str]:
        _must_have_seen(seen)
        checked = certificates.checked_phone(phone, demo=_is_demo(person_id))
        if isinstance(checked, Refused):
            raise RefusedError(checked.code, checked.message, checked.next, "phone")
        tries, until = tally.count("phone_code", str(person_id), limit=CODES_MAX, seconds=CODES_SECONDS)
        if tries > CODES_MAX:
            message = f"核对码发了 {CODES_MAX} 次，先停一停。{clock_text(until)} 以后再发。"
            raise RefusedError("phone_code_asked_too_often", message, field="phone")
        code = f"{secrets.randbelow(1_000_000):06}"
        sms.send(checked.value, NEW_PHONE.format(site=SERVICE_NAME, code=code))
        return checked.value, code

    return _for(actor, whose, "", work)


def bind_phone(actor: Actor, whose: Whose, sent: tuple[str, str], told: str) -> Done[str] | Refused:
    """Put the phone on file whose code was read out; the one before is told. Done: the new number, masked."""
    phone, code = sent

    def check(person_id: UUID) -> None:
        tries, until = tally.count("phone_told", str(person_id), limit=WRONG_MAX, seconds=WRONG_SECONDS)
        if tries > WRONG_MAX:
            message = f"核对码错了 {WRONG_MAX} 次，锁住了。{clock_text(until)} 以后重新发一个。"
            raise RefusedError("phone_code_locked", message, field="code")
        if not hmac.compare_digest(certificates.normalised(told).encode(), code.encode()):
            raise RefusedError("phone_code_wrong", "核对码不对。请本人照新手机上收到的那一条再念一遍。", field="code")
        tally.forget("phone_told", str(person_id))

    def work(person_id: UUID) -> str:
        before = phone_of(str(person_id))
        held = {"number_sealed": seal(phone, what="phone"), "number_index": blind_index(phone, what="phone")}
        Phone.objects.update_or_create(person_id=person_id, defaults=held)
        if before is not None and before != phone:
            notices.tell(person_id, "phone_changed", str(new_key()), {"tail": phone[-4:]}, phone=before)
        return certificates.masked(phone)

    # The try is counted for good before anything that a refusal would take back with it.
    checked = _for(actor, whose, "", check)
    return checked if isinstance(checked, Refused) else _for(actor, whose, "phone", work)


def reset_pin(actor: Actor, whose: Whose, *, seen: bool) -> Done[None] | Refused:
    """Void the PIN of the e-credential: the person sets a new one, here at the keypad or at home."""

    def work(person_id: UUID) -> None:
        _must_have_seen(seen)
        _done(credential.reset(person_id))
        notices.tell(person_id, "pin_reset", str(new_key()))

    return _for(actor, whose, "pin", work)


def set_pin(actor: Actor, whose: Whose, pin: str, again: str, *, seen: bool) -> Done[None] | Refused:
    """Set the PIN that the person typed twice at the keypad of the counter; nobody reads it."""

    def work(person_id: UUID) -> None:
        _must_have_seen(seen)
        _done(credential.activate(person_id, pin, again))
        notices.tell(person_id, "pin_set", str(new_key()))

    return _for(actor, whose, "pin", work)


def give_code(actor: Actor, whose: Whose, *, seen: bool) -> Done[str] | Refused:
    """A code with which the person signs in without a phone, the first time too."""

    def work(person_id: UUID) -> str:
        _must_have_seen(seen)
        code = _done(issue_counter_code(person_id))
        notices.tell(person_id, "counter_code", str(new_key()))
        return code

    return _for(actor, whose, "counter_code", work)


def _for(actor: Actor, whose: Whose, what: str, work: Callable[[UUID], T]) -> Done[T] | Refused:
    """A step for a person whose record the actor's area keeps; what it changes and its row as `what` are one."""
    person_id = whose.person_id
    area = keeps_record(actor, person_id) if person_id else ""
    if person_id is None or not area:
        return _not_found()
    try:
        if not what:
            return Done(work(person_id))
        with transaction.atomic():
            note(actor, person_id, area, what, whose.reason)
            return Done(work(person_id))
    except RefusedError as error:
        return error.refused


def _done(result: Done[T] | Refused) -> T:
    if isinstance(result, Refused):
        raise RefusedError(result.code, result.message, result.next, result.field)
    return result.value


def _must_have_seen(seen: bool) -> None:
    if not seen:
        message = "先看本人的证件：人和证件对得上，再勾选“看过了”。"
        raise RefusedError("certificate_not_seen", message, field="seen")


def _is_demo(person_id: UUID) -> bool:
    return bool(Person.objects.values_list("is_demo", flat=True).get(pk=person_id))


def _not_found() -> Refused:
    message = "没有找到这份记录：号码不对，或者不归您所在的统筹区管。请核对证件号码。"
    return Refused("not_found", message, field="number")
