"""What is shown at the hospital in place of the card: a code that holds for a minute (医保码, 医保电子凭证)?

Activated once with a PIN of the person's own. A code is sealed by this installation's key: it can be neither made nor
read by others, and tells a stranger nothing. It names the person and its own number; only the last number that was
shown holds, for a minute. A code that was photographed is worth nothing soon after, and nothing at all once a newer
one was shown.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import segno
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from yibao.books.access.models import Credential, ShownCode
from yibao.books.enrolment.models import Enrolment
from yibao.books.people.models import Certificate, Person, Phone
from yibao.services.certificates import normalised
from yibao.services.clock import CHINA
from yibao.services.results import Done, Refused
from yibao.services.sealing import SealBroken, blind_index, seal, unseal
from yibao.services.sign_in import tally
from yibao.services.sign_in.limits import clock_text

VALID_SECONDS = 60
WRONG_PINS_MAX, PIN_LOCK_SECONDS = 5, 15 * 60
PIN_DIGITS = 6
MARGIN = 2
PREFIX = "YB1"
"""Of which kind a code is, so that a scanner knows it from others and a later kind can be told apart."""
SHOW = """
    INSERT INTO access_showncode AS s (person_id, serial) VALUES (%s, 1)
    ON CONFLICT (person_id) DO UPDATE SET serial = s.serial + 1 RETURNING serial
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A code to be shown: what it says, its picture, and until when it holds."""

    token: str
    svg: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose code it is, and where the person is insured today."""

    person_id: UUID
    area: str


def activated(person_id: UUID) -> bool:
    """Whether the person has set a PIN."""
    return bool(Credential.objects.filter(person_id=person_id).exists())


def checked_pin(person_id: UUID, pin: str) -> Done[str] | Refused:
    """A PIN that others do not guess: no row of figures, no birthday, no end of the own numbers."""
    plain = normalised(pin)
    if len(plain) != PIN_DIGITS or not plain.isascii() or not plain.isdecimal():
        return Refused("pin_shape", f"密码是 {PIN_DIGITS} 位数字，请再填一遍。", field="pin")
    if _simple(plain):
        message = "这个密码太容易猜，比如 123456、111111。请换一个自己记得住、别人猜不到的。"
        return Refused("pin_too_simple", message, field="pin")
    if plain in set(_own_numbers(person_id)):
        message = "这个密码是您的生日，或证件号、手机号里的数字，别人容易猜到。请换一个。"
        return Refused("pin_is_known_of_person", message, field="pin")
    return Done(plain)


def activate(person_id: UUID, pin: str, again: str) -> Done[None] | Refused:
    """Activate the e-credential with a PIN, told twice. Once only: a second time is refused."""
    if activated(person_id):
        return Refused("credential_activated_already", "医保码已经激活过了，直接输密码就能用。", field="pin")
    checked = checked_pin(person_id, pin)
    if isinstance(checked, Refused):
        return checked
    if normalised(again) != checked.value:
        return Refused("pins_differ", "两遍填的不一样。请照刚才的密码再填一遍，或者回上一题重新设。", field="pin")
    held = {"pin": make_password(_peppered(person_id, checked.value)), "activated_at": timezone.now()}
    _, made = Credential.objects.get_or_create(person_id=person_id, defaults=held)
    if not made:
        return Refused("credential_activated_already", "医保码已经激活过了，直接输密码就能用。", field="pin")
    return Done(None)


def check_pin(person_id: UUID, pin: str) -> Done[None] | Refused:
    """Whether this is the PIN; after five wrong ones nothing is looked at for a quarter of an hour."""
    held = Credential.objects.filter(person_id=person_id).first()
    if held is None:
        return Refused("credential_not_activated", "医保码还没有激活，请先设一个密码。", field="pin")
    refused = tried(str(person_id), pin, lambda plain: check_password(_peppered(person_id, plain), held.pin))
    return refused or Done(None)


def tried(of: str, pin: str, is_right: Callable[[str], bool]) -> Refused | None:
    """Count one try of a PIN, and why it is refused; nothing once it is right, and counting begins anew."""
    plain = normalised(pin)
    if len(plain) != PIN_DIGITS or not plain.isascii() or not plain.isdecimal():
        return Refused("pin_shape", f"密码是 {PIN_DIGITS} 位数字，请再填一遍。", field="pin")
    tries, until = tally.count("pin", of, limit=WRONG_PINS_MAX, seconds=PIN_LOCK_SECONDS)
    locked = Refused(
        "pin_locked",
        f"密码填错了 {WRONG_PINS_MAX} 次，锁住了。{clock_text(until)} 以后可以再填。急着看病，请用社保卡，一样结算。",
        ("等到那个时间再填", "用社保卡"),
        "pin",
    )
    if tries > WRONG_PINS_MAX:
        return locked
    if is_right(plain):
        tally.forget("pin", of)
        return None
    if tries == WRONG_PINS_MAX:
        return locked
    return Refused("wrong_pin", f"密码不对，还可以试 {WRONG_PINS_MAX - tries} 次。请再填一遍。", field="pin")


def reset(person_id: UUID) -> Done[None] | Refused:
    """Take the e-credential back, for a person whom the counter has seen: a new PIN can then be set."""
    with transaction.atomic():
        if not Credential.objects.filter(person_id=person_id).delete()[0]:
            return Refused("credential_not_activated", "医保码还没有激活，不用重设。", field="pin")
        tally.forget("pin", str(person_id))
        _next_serial(person_id)  # a code that is being shown ends with it
    return Done(None)


def show(person_id: UUID, *, at: datetime | None = None) -> Done[Shown] | Refused:
    """A new code; the one before is refused from now on."""
    now = at or timezone.now()
    if not activated(person_id):
        return Refused("credential_not_activated", "医保码还没有激活，请先设一个密码。", field="pin")
    if _area(person_id, now) is None:
        message = "您今天不在参保，医保码用不了。请看缴费记录，或打 12393 问怎么接上。"
        return Refused("not_enrolled_today", message, ("看缴费记录", "打 12393"))
    until = now + timedelta(seconds=VALID_SECONDS)
    text = f"{person_id.hex}.{_next_serial(person_id)}.{int(until.timestamp())}"
    token = PREFIX + base64.b32encode(seal(text, what="e_credential")).decode().rstrip("=")
    return Done(Shown(token, _picture(token), until))


def verify(token: str, *, at: datetime | None = None) -> Done[Holder] | Refused:
    """Whose code this is, for the one who scans it; refused with what to say."""
    now = at or timezone.now()
    try:
        kind, body = token[: len(PREFIX)], token[len(PREFIX) :]
        sealed = base64.b32decode(body + "=" * (-len(body) % 8))
        person, serial, until = unseal(sealed if kind == PREFIX else b"", what="e_credential").split(".")
    except (SealBroken, ValueError):
        return Refused("forged", "这不是我们的医保码，不能用它结算。请核对本人的社保卡或身份证。")
    if now.timestamp() >= int(until):
        return Refused("expired", "这张码过了一分钟，已经作废。请对方换一张新码，或用社保卡。")
    person_id = UUID(hex=person)
    if not ShownCode.objects.filter(person_id=person_id, serial=int(serial)).exists():
        return Refused("superseded", "这张码已经换过，作废了，可能是截图。请对方打开医保码，出示现在的一张。")
    area = _area(person_id, now)
    if area is None:
        return Refused("not_enrolled_today", "这个人今天不在参保，医保码用不了。", ("打 12393",))
    return Done(Holder(person_id, area))


def _next_serial(person_id: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(SHOW, [person_id])
        return int(cursor.fetchone()[0])


def _area(person_id: UUID, now: datetime) -> str | None:
    on = now.astimezone(CHINA).date()
    running = Enrolment.objects.filter(Q(ends__isnull=True) | Q(ends__gt=on), person_id=person_id, starts__lte=on)
    area: str | None = running.values_list("area_id", flat=True).first()
    return area


def _picture(token: str) -> str:
    """Black on white in every theme; the page adds the rest of the white margin that scanners need."""
    out = io.BytesIO()
    code = segno.make_qr(token, error="m")
    code.save(out, kind="svg", xmldecl=False, svgns=True, dark="#000", light="#fff", border=MARGIN, omitsize=True)
    return out.getvalue().decode()


def _peppered(person_id: UUID, pin: str) -> str:
    """A million PINs are soon tried: what is hashed cannot be made without the installation's key."""
    return blind_index(f"{person_id}:{pin}", what="pin").hex()


def _simple(pin: str) -> bool:
    """Whether a PIN is a row of figures or repeats itself.

    >>> [_simple(pin) for pin in ("111111", "123456", "987654", "890123", "121212", "123123", "112233", "482915")]
    [True, True, True, True, True, True, True, False]
    """
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    pairs = {(int(b) - int(a)) % 10 for a, b in pairwise(pin[::2])}
    doubled = pin[::2] == pin[1::2] and len(pairs) == 1
    return steps in ({0}, {1}, {9}) or pin[:2] * 3 == pin or pin[:3] * 2 == pin or doubled


def _own_numbers(person_id: UUID) -> Iterator[str]:
    """Every six figures that somebody who knows the person would try."""
    born: date = Person.objects.values_list("born", flat=True).get(pk=person_id)
    for pattern in ("%y%m%d", "%d%m%y", "%m%d%y", "%Y%m", "%m%Y"):
        yield born.strftime(pattern)
    certificates = Certificate.objects.filter(person_id=person_id).values_list("number_sealed", flat=True)
    phones = Phone.objects.filter(person_id=person_id).values_list("number_sealed", flat=True)
    sealed = [*((row, "certificate") for row in certificates), *((row, "phone") for row in phones)]
    for row, what in sealed:
        number = unseal(bytes(row), what=what)
        digits = number.rstrip("X")
        for start in range(len(digits) - PIN_DIGITS + 1):
            yield digits[start : start + PIN_DIGITS]
