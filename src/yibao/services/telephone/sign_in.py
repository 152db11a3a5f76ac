"""How does a caller sign in, with nothing but keys? By certificate number and PIN, or a code to the phone on file.

A number that nobody has, one without a PIN, and a wrong PIN are the same refusal, and are counted alike: a caller
learns nothing about a number. No PIN is ever set here, and there is none to begin with.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from yibao.books.access.models import User
from yibao.books.people.models import Person
from yibao.services import clock, credential, people, sign_in
from yibao.services.permissions import Actor
from yibao.services.records.opening import record_of
from yibao.services.results import Done, Refused
from yibao.services.sealing import blind_index
from yibao.services.sign_in import tally
from yibao.services.sign_in.adapter import Adapter
from yibao.services.sign_in.limits import ADDRESS_MAX, ADDRESS_SECONDS, clock_text

WITHHELD = "withheld"
CODE_SECONDS = 5 * 60


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is on the line, the area that keeps the record (empty where there is none), and whether it is made up."""

    actor: Actor
    area: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class SentCode:
    """A code that is awaited in this call. It is kept by the call alone, and is void when the call ends."""

    number: str
    user_id: UUID | None
    index: bytes
    until: datetime


def by_pin(number: str, pin: str, caller: str = "") -> Done[SignedIn] | Refused:
    """Sign in by certificate number and the PIN of the e-credential; both may be as typed."""
    busy = _too_many(caller)
    if busy is not None:
        return busy
    tidy = people.normalised(number)
    tries, until = tally.count(
        "telephone_pin", tidy, limit=credential.WRONG_PINS_MAX, seconds=credential.PIN_LOCK_SECONDS
    )
    if tries > credential.WRONG_PINS_MAX:
        return _locked(until)
    user = _user_of(people.find(tidy))
    if user is None or not credential.activated(user.person_id):
        make_password(pin)  # as long as looking at a PIN takes
    else:
        checked = credential.check_pin(user.person_id, pin)
        if isinstance(checked, Done):
            tally.forget("telephone_pin", tidy)
            return Done(_signed_in(user))
        if checked.code == "pin_locked":
            return _locked(until)
    return _locked(until) if tries == credential.WRONG_PINS_MAX else _wrong()


def send_code(number: str, caller: str = "") -> Done[SentCode] | Refused:
    """Send a code to the phone on file of whoever has the number; done alike for a number that nobody has."""
    tidy = people.normalised(number)
    allowed = sign_in.may_ask_for_code(tidy, caller or WITHHELD)
    if isinstance(allowed, Refused):
        return allowed
    found = sign_in.who(sign_in.Typed(tidy))
    adapter = Adapter()
    code = f"{secrets.randbelow(1_000_000):06}"
    if found.user is None:
        adapter.send_unknown_account_sms(found.person)
    else:
        adapter.send_verification_code_sms(found.user, found.person, code)
    user_id = found.user.pk if found.user else None
    return Done(SentCode(tidy, user_id, _index(tidy, code), timezone.now() + timedelta(seconds=CODE_SECONDS)))


def by_code(sent: SentCode, digits: str) -> Done[SignedIn] | Refused:
    """Sign in by the code that was sent in this call, or by one that the counter gave."""
    refused = sign_in.wrong_code(sent.number)  # counted before it is looked at
    if refused.code == "locked":
        return refused
    right = constant_time_compare(_index(sent.number, digits), sent.index) and timezone.now() < sent.until
    user = User.objects.filter(pk=sent.user_id, is_active=True).first() if right and sent.user_id else None
    if user is None:
        user = sign_in.take_counter_code(sent.number, digits)
    if user is None:
        return refused
    sign_in.clear_wrong_codes(sent.number)
    return Done(_signed_in(user))


def _signed_in(user: User) -> SignedIn:
    today = clock.today()
    record = record_of(user.person_id, today, timezone.now())
    area = record.area if record else ""
    is_demo = bool(Person.objects.filter(pk=user.person_id, is_demo=True).exists())
    return SignedIn(Actor("self", user.pk, user.person_id), area, is_demo)


def _user_of(person: UUID | None) -> User | None:
    """The user who may sign in; the database is asked the same for a number that nobody has."""
    found: User | None = User.objects.filter(person_id=person or uuid4(), is_active=True).first()
    return found


def _too_many(caller: str) -> Refused | None:
    tries, until = tally.count("address", caller or WITHHELD, limit=ADDRESS_MAX, seconds=ADDRESS_SECONDS)
    if tries <= ADDRESS_MAX:
        return None
    message = f"这个电话试的次数太多，先停一停。请在 {clock_text(until)} 以后再打来。"
    return Refused("caller_tries_too_often", message, field="pin")


def _wrong() -> Refused:
    message = "证件号码或者密码不对。没有设过密码的，请改用短信验证码。"
    return Refused("telephone_sign_in_wrong", message, ("再输一遍", "改用短信验证码"), "pin")


def _locked(until: datetime) -> Refused:
    message = f"试错的次数太多，为了安全锁住了。{clock_text(until)} 以后可以再试。急着办事，请带上证件到窗口。"
    return Refused("telephone_sign_in_locked", message, ("等到那个时间再试", "带上证件到窗口"), "pin")


def _index(number: str, code: str) -> bytes:
    return blind_index(f"{number}:{code}", what="telephone_code")
