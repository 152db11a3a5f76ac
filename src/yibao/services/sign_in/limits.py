"""How often may one ask for a code, how often be wrong, and for how long is a number then locked?

Every number is counted, known or not, so that a limit tells nothing.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.utils import timezone

from yibao.books.access.models import CounterCode, Tally
from yibao.services.clock import CHINA
from yibao.services.results import Done, Refused
from yibao.services.sign_in import tally

WRONG_MAX = 10
LOCK_SECONDS = 60 * 60
ASKED_MAX, ASKED_SECONDS = 5, 15 * 60
ADDRESS_MAX, ADDRESS_SECONDS = 60, 15 * 60
"""Of one address: a family, an office or a village may share it."""


def clock_text(at: datetime) -> str:
    """The time of day in China from which one may try again: the minute is rounded up."""
    there = at.astimezone(CHINA)
    minutes = there.hour * 60 + there.minute + 1
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def locked(number: str) -> Refused | None:
    """Whether a number is locked because of wrong codes."""
    until = tally.reached("wrong_code", number, limit=WRONG_MAX)
    return None if until is None else _locked(until)


def may_ask_for_code(number: str, address: str) -> Done[None] | Refused:
    """Count a code asked for; refused where a number or an address asks too often, or the number is locked."""
    refused = locked(number)
    if refused:
        return refused
    tries, until = tally.count("address", address, limit=ADDRESS_MAX, seconds=ADDRESS_SECONDS)
    if tries > ADDRESS_MAX:
        message = f"这个网络上要验证码的次数太多，先停一停。请在 {clock_text(until)} 以后再来，或打 12393 问。"
        return Refused("address_asks_too_often", message, field="number")
    tries, until = tally.count("asked", number, limit=ASKED_MAX, seconds=ASKED_SECONDS)
    if tries > ASKED_MAX:
        message = (
            f"15 分钟里已经要过 {ASKED_MAX} 次验证码。请在 {clock_text(until)} 以后再要，先用手机上最后收到的那一条。"
        )
        return Refused("code_asked_too_often", message, field="number")
    return Done(None)


def wrong_code(number: str) -> Refused:
    """Count a code before it is looked at. What comes back is said if it is wrong; `locked` is said in any case."""
    tries, until = tally.count("wrong_code", number, limit=WRONG_MAX, seconds=LOCK_SECONDS)
    if tries >= WRONG_MAX:
        return _locked(until) if tries > WRONG_MAX else _locked(until, code="tenth_wrong_code")
    left = f"还可以试 {WRONG_MAX - tries} 次。" if tries >= WRONG_MAX - 5 else ""
    message = f"验证码不对。请照最后收到的那一条再填，或按“再发一条”。{left}"
    return Refused("wrong_code", message, field="code")


def clear_wrong_codes(number: str) -> None:
    """It was right."""
    tally.forget("wrong_code", number)


def purge_expired() -> None:
    """What has run out leaves the database."""
    now = timezone.now()
    for model, ends in ((Tally, "until"), (CounterCode, "until"), (Session, "expire_date")):
        model.objects.filter(**{f"{ends}__lt": now}).delete()


def _locked(until: datetime, code: str = "locked") -> Refused:
    message = (
        f"验证码填错了 {WRONG_MAX} 次，为了安全锁住了。{clock_text(until)} 以后可以再登录。"
        "不是您填的，请打 12393。急着办事，带上证件到窗口。"
    )
    return Refused(code, message, ("等到那个时间再登录", "打 12393", "带上证件到窗口"), "code")
