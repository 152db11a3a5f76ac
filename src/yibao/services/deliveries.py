"""Was this message delivered before? A message is answered once, however often it comes (消息排重, 防重放).

WeChat and Alipay send a message again when the answer did not reach them in time: it then gets the same answer, for the
short while in which they do so, and nothing is done twice. Whoever sends a signed request again later, or uses its
number for another message, is refused. All of it is kept in the database, so that every process knows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from yibao.books.consents.models import ShortLived
from yibao.services.results import Done, Refused
from yibao.services.short_lived import SharedCache

KEPT = SharedCache("", {})
AROUND_SECONDS = 5 * 60
"""So far may the clock of a request be from ours."""
MARKED_SECONDS = 3 * AROUND_SECONDS
"""Longer than any request is young enough."""
TIDY_SECONDS = 10 * 60
AGAIN_SECONDS = 30
"""WeChat tries three times, five seconds apart; nobody tries longer than this."""


def young(timestamp: str, *, now: float | None = None) -> bool:
    """Whether a request was made within five minutes, by its time in seconds since 1970."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs((time.time() if now is None else now) - int(timestamp)) <= AROUND_SECONDS


def once(channel: str, number: str, message: str, work: Callable[[], str]) -> Done[str] | Refused:
    """The answer to a message: worked out the first time, the same one a moment later, refused after that.

    `number` is what a signed request uses once (nonce); `message` what names the message in every delivery of it. A
    second delivery waits until the first is done with; where the work fails nothing is marked, and a next one may try.
    """
    mark, told = f"{channel}:message:{message}", f"{channel}:answer:{message}"
    _tidy()
    with transaction.atomic():
        fresh = KEPT.add(f"{channel}:number:{number}", message, MARKED_SECONDS)
        if not fresh and KEPT.get(f"{channel}:number:{number}") != message:
            return _replayed()
        if KEPT.add(mark, True, MARKED_SECONDS):
            answer = work()
            KEPT.set(told, answer, AGAIN_SECONDS)
            return Done(answer)
        kept: Any = KEPT.get(told)
    if kept is None and not fresh:
        return _replayed()
    return Done(kept or "")


def _tidy() -> None:
    """What has run out leaves the table now and then: a busy account writes three rows a message."""
    if KEPT.add("deliveries:tidied", True, TIDY_SECONDS):
        ShortLived.objects.filter(until__lt=timezone.now()).delete()


def _replayed() -> Refused:
    return Refused("replayed", "这个请求已经用过了，不再受理。请重新发一条消息。")
