"""How does a machine become a terminal of an agency, how does it prove itself, and how does it stop being one?"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from yibao.books.access.models import User
from yibao.books.areas.models import Area
from yibao.books.terminals.models import Terminal
from yibao.services.results import Done, Refused
from yibao.services.sealing import blind_index
from yibao.services.terminals.profiles import PROFILES, Profile

NAME_MAX = 40


@dataclass(frozen=True, slots=True)
class Registered:
    """A terminal as the agency knows it; `user_id` is the user under which its looks are written down."""

    user_id: UUID
    name: str
    area: str
    profile_name: str
    registered_at: datetime
    ended_at: datetime | None

    @property
    def profile(self) -> Profile:
        """What it may offer."""
        return PROFILES[self.profile_name]


def register(area: str, name: str, profile: str) -> Done[str] | Refused:
    """Register a machine. Done: its token, told this once; what is kept here cannot be turned back into it."""
    told = " ".join(name.split())
    if not Area.objects.filter(code=area).exists():
        message = "这个统筹区还没有账，请先导入参保数据，再登记自助机。"
        return Refused("terminal_area_not_here", message, field="area")
    if not told or len(told) > NAME_MAX:
        message = f"请给这台机器起一个名字，不超过 {NAME_MAX} 个字，例如 东城区医保大厅1号机。"
        return Refused("terminal_name_wrong", message, field="name")
    if profile not in PROFILES:
        message = f"没有这一种场所，请从这几种里选：{'、'.join(PROFILES)}。"
        return Refused("terminal_profile_unknown", message, tuple(PROFILES), "profile")
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            Terminal.objects.create(
                user=User.objects.create_user(), name=told, area=area, profile=profile, token_index=_index(token),
                registered_at=timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        message = "这个统筹区已经有一台叫这个名字的自助机，请换一个名字，或先停用原来的一台。"
        return Refused("terminal_name_taken", message, field="name")
    return Done(token)


def machine_of(token: str) -> Registered | None:
    """The terminal that proves itself by this token, while it is in use."""
    if not token or len(token) > 100:
        return None
    row = Terminal.objects.filter(token_index=_index(token), ended_at=None, user__is_active=True).first()
    return None if row is None else _registered(row)


def registered(area: str = "") -> list[Registered]:
    """Every terminal of an area, or of all; those in use first, then by name."""
    rows = Terminal.objects.filter(area=area) if area else Terminal.objects.all()
    return sorted((_registered(row) for row in rows), key=lambda one: (one.ended_at is not None, one.area, one.name))


def end(area: str, name: str) -> Done[None] | Refused:
    """Take a terminal out of use, at once: its token opens nothing any more. What was looked at there stays written."""
    ended = Terminal.objects.filter(area=area, name=" ".join(name.split()), ended_at=None).update(
        ended_at=timezone.now()
    )
    if not ended:
        return Refused("terminal_unknown", "这个统筹区没有叫这个名字、还在用的自助机，请核对。", field="name")
    return Done(None)


def _registered(row: Terminal) -> Registered:
    return Registered(row.user_id, row.name, row.area, row.profile, row.registered_at, row.ended_at)


def _index(token: str) -> bytes:
    return blind_index(token, what="terminal")
