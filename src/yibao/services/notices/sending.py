"""How does a notice get out? By each way from the outbox, again after growing waits, and to nobody twice.

Where a try was cut off (a sender killed, a connection lost after the message was handed over) nobody knows whether it
arrived. WeChat, e-mail and push get it again under the same number, by which they or the browser show it once. A short
message has no such number: it is sent again only if it is for the person's safety; else the record alone tells it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from yibao.books.notices.models import Notice, Sending, Way
from yibao.services import outbox
from yibao.services.notices import ways
from yibao.services.notices.kinds import kinds
from yibao.services.notices.shapes import Outgoing
from yibao.services.results import Refused
from yibao.services.sealing import unseal

MINUTE, HOUR = 60, 3600
WAITS = (2 * MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 24 * HOUR)
"""Seconds after each try until the next; longer than any try takes."""
UNKNOWN = "outcome_unknown"
NEVER = frozenset({"sms_refused", "channel_not_here", "template_missing", "follows_no_more", "address_gone"})
"""Refusals that another try does not mend."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a round of sending did."""

    told: int
    again: int
    given_up: int


def send_due(stopped: Callable[[], bool] = lambda: False, only: Sequence[UUID] | None = None) -> Sent:
    """Send everything that is due, or of that only some, until nothing is or it is to stop."""
    told = again = given_up = 0
    while not stopped():
        claimed = outbox.claim(Sending, WAITS, only)
        if claimed is None:
            break
        row = Sending.objects.select_related("notice").get(pk=claimed.id)
        answer = UNKNOWN if _must_not_repeat(row, claimed.before) else _try(row)
        if not answer:
            outbox.over(Sending, row.pk, "taken", told=True, to_sealed=None)
            told += 1
        elif answer in NEVER or claimed.tries > len(WAITS) or _must_not_repeat(row, answer):
            outbox.over(Sending, row.pk, answer[:40], to_sealed=None)
            given_up += 1
        else:
            outbox.again(Sending, row.pk, answer[:40])
            again += 1
    return Sent(told, again, given_up)


def _must_not_repeat(row: Sending, before: str) -> bool:
    """Whether another try might be a second message."""
    unsure = before in (outbox.TRYING, UNKNOWN)
    return unsure and row.way == Way.SMS and not kinds()[row.notice.kind].safety


def _try(row: Sending) -> str:
    """One try; why it did not get through, or nothing."""
    done = ways.WAYS[row.way](outgoing(row))
    if isinstance(done, Refused):
        log.warning("a notice was not taken: %s %s", row.way, done.code)
        return done.code
    return ""


def outgoing(row: Sending) -> Outgoing:
    """What is sent, where to."""
    notice: Notice = row.notice
    told = json.loads(unseal(bytes(notice.told_sealed), what="notice"))
    to = unseal(bytes(row.to_sealed), what="notice_to")
    safety = kinds()[notice.kind].safety
    return Outgoing(str(row.pk), notice.person_id, notice.kind, to, told["title"], told["sent"], safety)
