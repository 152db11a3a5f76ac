"""Is this the name and the password of a member of staff, and which password may one choose?

Every try is counted before anything is looked at, for names that nobody has as well; what is said is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.contrib.auth import hashers
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone

from yibao.books.staff.models import Staff
from yibao.services.results import Done, Refused
from yibao.services.sign_in import tally
from yibao.services.sign_in.limits import clock_text
from yibao.services.staff.members import by_id

WRONG_MAX, LOCK_SECONDS = 8, 30 * 60
ADDRESS_MAX, ADDRESS_SECONDS = 100, 15 * 60
SHORTEST, LONGEST = 10, 128


@dataclass(frozen=True, slots=True)
class Entered:
    """Whose password it was, and whether it is only good for choosing another."""

    user_id: UUID
    must_choose: bool


def check_password(sign_in_name: str, password: str, address: str) -> Done[Entered] | Refused:
    """Whose name and password these are. The second factor is still to come: nobody is signed in by this alone."""
    name = sign_in_name.strip().lower()[:60]
    if not name or not password:
        return Refused("staff_sign_in_missing", "登录名和密码都要填。", field="name")
    asked, until = tally.count("staff_address", address, limit=ADDRESS_MAX, seconds=ADDRESS_SECONDS)
    tries, locked_until = tally.count("staff_password", name, limit=WRONG_MAX, seconds=LOCK_SECONDS)
    if asked > ADDRESS_MAX or tries > WRONG_MAX:
        when = clock_text(locked_until if tries > WRONG_MAX else until)
        message = f"试的次数太多，锁住了。{when} 以后再登录；急用请找管理员重发密码。"
        return Refused("staff_locked", message, field="name")
    held = Staff.objects.filter(sign_in_name=name, user__is_active=True).select_related("user").first()
    fits = hashers.check_password(password[:LONGEST], held.user.password if held else _decoy())
    if held is None or not fits:
        return Refused("staff_sign_in_wrong", "登录名或密码不对。请核对以后再试；忘了请找管理员重发。", field="name")
    if held.password_until is not None and held.password_until < timezone.now():
        message = "这个初始密码过期了。请找管理员重发一个。"
        return Refused("staff_first_password_expired", message, field="name")
    tally.forget("staff_password", name)
    return Done(Entered(held.pk, held.password_until is not None))


def choose_password(user_id: UUID, password: str, again: str) -> Done[None] | Refused:
    """The member's own password in place of the one that another made."""
    held = by_id(user_id)
    if held is None or held.password_until is None:
        return Refused("staff_not_known", "要重新登录一次。", field="password")
    wrong = _weak(password, held)
    if wrong:
        return Refused("staff_password_weak", wrong, field="password")
    if password != again:
        return Refused("staff_passwords_differ", "两遍填的不一样。请再填一遍。", field="again")
    held.user.set_password(password)
    held.user.save(update_fields=["password"])
    held.password_until = None
    held.save(update_fields=["password_until"])
    return Done(None)


def _weak(password: str, held: Staff) -> str:
    """What is wrong with a password, or nothing."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"密码要 {SHORTEST} 个字以上，字母、数字、汉字、符号都行。"
    if len(set(password)) < 5 or password.isdigit():
        return "密码太容易猜。不要全是数字，也不要几个字来回重复。"
    if held.sign_in_name in password.lower() or held.name in password:
        return "密码里不要有自己的登录名和姓名。"
    if hashers.check_password(password, held.user.password):
        return "不能还用管理员给的那个密码。"
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return "这是很多人都用的密码，容易被猜到。请换一个。"
    return ""


@cache
def _decoy() -> str:
    """Something to check where nobody has the name, so that it takes as long."""
    made: str = hashers.make_password("没有这个人")
    return made
