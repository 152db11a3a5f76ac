"""Who is a member of staff, and for which areas? The agency's administrator adds and closes them by command."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from yibao.books.access.models import User
from yibao.books.areas.models import Area
from yibao.books.keys import new_key
from yibao.books.staff.models import Staff
from yibao.law.areas import find
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused
from yibao.services.sign_in import tally

SIGN_IN_NAME = re.compile(r"[a-z0-9._-]{2,40}")
FIRST_PASSWORD_HOURS = 72
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper."""
DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff, as the command line and the head of a page show one."""

    sign_in_name: str
    name: str
    areas: tuple[str, ...]
    is_open: bool
    is_demo: bool
    has_chosen: bool  # whether the password is the member's own

    @property
    def area_names(self) -> str:
        """The areas in words."""
        return "、".join(find(code).name for code in self.areas)


def actor_of(user: Any) -> Actor | None:
    """As whom a signed-in member of staff asks the services; None for everybody else.

    Demo staff see demo areas only, whatever stands in their row: in a real installation they see nothing.
    """
    held = _staff_of(user)
    if held is None:
        return None
    areas = tuple(held.areas)
    if held.is_demo:
        made_up = set(Area.objects.filter(code__in=areas, is_demo=True).values_list("code", flat=True))
        areas = tuple(code for code in areas if code in made_up)
    return Actor("staff", held.user_id, None, areas) if areas else None


def member_of(user: Any) -> Member | None:
    """Who the user is, if a member of staff."""
    held = _staff_of(user)
    return None if held is None else _member(held)


def members() -> list[Member]:
    """Everybody, by sign-in name."""
    return [_member(one) for one in Staff.objects.select_related("user").order_by("sign_in_name")]


def add(sign_in_name: str, name: str, areas: Sequence[str], *, is_demo: bool = False) -> Done[str] | Refused:
    """A new member. Done: a password for the first sign-in, at which an own one and a second factor are set up."""
    plain, called = sign_in_name.strip().lower(), " ".join(name.split())
    if not SIGN_IN_NAME.fullmatch(plain):
        message = "登录名由 2 到 40 个小写字母、数字、点、横线组成，例如 wang.fang。"
        return Refused("staff_sign_in_name_wrong_form", message, field="sign_in_name")
    if not called or len(called) > 40:
        return Refused("staff_name_missing", "请写这个人的姓名，不超过 40 个字。", field="name")
    codes = tuple(dict.fromkeys(areas))
    known = set(Area.objects.filter(code__in=codes).values_list("code", flat=True))
    if not codes or set(codes) - known:
        missing = "、".join(code for code in codes if code not in known) or "没有写"
        return Refused("staff_area_not_here", f"这里没有这个统筹区的账：{missing}。请写已有账的统筹区。", field="areas")
    if Staff.objects.filter(sign_in_name=plain).exists():
        return Refused("staff_known_already", f"已经有登录名 {plain}。要重发密码，用 yibao staff reset。", field="name")
    password = _first_password()
    with transaction.atomic():
        user = User.objects.create(id=new_key(), password=make_password(password))
        Staff.objects.create(
            user=user, sign_in_name=plain, name=called, areas=list(codes), is_demo=is_demo, password_until=_until()
        )
    return Done(password)


def reset(sign_in_name: str) -> Done[str] | Refused:
    """A new first password; the old one, every second factor and every lock are gone, and signing in is open again."""
    held = Staff.objects.filter(sign_in_name=sign_in_name.strip().lower()).select_related("user").first()
    if held is None:
        return _unknown(sign_in_name)
    password = _first_password()
    with transaction.atomic():
        Authenticator.objects.filter(user=held.user).delete()
        held.user.password, held.user.is_active = make_password(password), True
        held.user.save()
        held.password_until = _until()
        held.save()
    forget_tries(held)
    return Done(password)


def close(sign_in_name: str) -> Done[None] | Refused:
    """Signing in is closed to a member, and an open session ends at its next page. What they did stays on record."""
    users = User.objects.filter(staff__sign_in_name=sign_in_name.strip().lower())
    return Done(None) if users.update(is_active=False) else _unknown(sign_in_name)


def make_demo() -> list[str]:
    """The demo's own member for every demo area, made once. What comes back is shown once: there it is gone after."""
    from yibao.services.staff.factors import keep_app_key, new_app_key

    areas = list(Area.objects.filter(is_demo=True).order_by("code").values_list("code", flat=True))
    held = Staff.objects.filter(sign_in_name=DEMO, is_demo=True).first()
    if held is not None or not areas or Staff.objects.filter(sign_in_name=DEMO).exists():
        if held is not None and set(areas) - set(held.areas):  # an area that was made since
            held.areas = areas
            held.save(update_fields=["areas"])
        return []
    password = add(DEMO, "演示经办", areas, is_demo=True)
    if isinstance(password, Refused):
        return []
    held = Staff.objects.get(sign_in_name=DEMO)
    held.password_until = None
    held.save(update_fields=["password_until"])
    key = new_app_key()
    keep_app_key(held.user, key)
    return [f"  登录名 {DEMO}  密码 {password.value}  验证器密钥 {key}（密码和密钥只显示这一次 · shown once）"]


def demo_lines(made: Sequence[str]) -> list[str]:
    """How to sign in at the demo's counter, if it has one: what was made just now, or how to get a new password."""
    if not Staff.objects.filter(sign_in_name=DEMO, is_demo=True, user__is_active=True).exists():
        return []
    again = [f"  登录名 {DEMO}；密码在建立时显示过，忘了：yibao staff reset {DEMO}"]
    code = "  没有验证器应用，现在的码：yibao staff code · no authenticator app: the code of now"
    return ["窗口演示（/counter/，经办人员用 · the counter, for staff）：", *(made or again), code]


def demo_code() -> Done[str] | Refused:
    """What the demo member's app would show now: for whoever tries the demo without one. No other member's."""
    from yibao.services.staff.factors import code_now

    held = Staff.objects.filter(sign_in_name=DEMO, is_demo=True).first()
    code = None if held is None else code_now(held.pk)
    if code is None:
        return Refused("staff_not_known", "这里没有演示用的窗口账号，或者它还没有设验证器。", field="sign_in_name")
    return Done(code)


def forget_tries(held: Staff) -> None:
    """Wrong passwords and wrong codes of a member are forgotten."""
    tally.forget("staff_password", held.sign_in_name)
    tally.forget("staff_code", str(held.pk))


def _staff_of(user: Any) -> Staff | None:
    if not getattr(user, "is_authenticated", False) or not user.is_active or user.person_id is not None:
        return None
    held: Staff | None = Staff.objects.filter(pk=user.pk).select_related("user").first()
    return held


def _member(held: Staff) -> Member:
    return Member(
        held.sign_in_name, held.name, tuple(held.areas), held.user.is_active, held.is_demo, held.password_until is None
    )


def _first_password() -> str:
    """Four groups of four: 79 bits that can be read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _until() -> Any:
    return timezone.now() + timedelta(hours=FIRST_PASSWORD_HOURS)


def _unknown(sign_in_name: str) -> Refused:
    message = f"没有登录名 {sign_in_name.strip()[:40]}。用 yibao staff list 看有哪些。"
    return Refused("staff_not_known", message, field="sign_in_name")


def by_id(user_id: UUID | str) -> Staff | None:
    """The member with an id, while signing in is open to them."""
    held: Staff | None = Staff.objects.filter(pk=user_id, user__is_active=True).select_related("user").first()
    return held
