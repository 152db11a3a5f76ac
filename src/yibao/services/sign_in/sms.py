"""How does a short message reach a phone? The port; the demo's adapter prints it on the console of the server.

An agency names its own class in `YIBAO_SMS`. `send` must hand the message over and return at once: a request that
waits for a gateway would take longer for a number that is known. A class may have `deliver` too, which waits and tells
what the gateway said; the outbox of notices uses it and tries again.
"""

from __future__ import annotations

import logging
import sys
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from yibao.services.results import Done, Refused

log = logging.getLogger(__name__)
MADE_UP = "100"
"""No real number begins so (decision 17)."""


class Sender(Protocol):
    """Hands a short message over to whoever delivers it."""

    def send(self, phone: str, text: str) -> None: ...


class Console:
    """For the demo: prints what would be sent, and only to phones that are made up."""

    def send(self, phone: str, text: str) -> None:
        """Print the message on stderr; to a real number nothing is printed, since nothing can be sent."""
        if not phone.startswith(MADE_UP):
            log.error("no SMS gateway is set (YIBAO_SMS): a message was not sent")
            return
        print(f"\n[演示短信 → {phone[:3]}****{phone[-4:]}] {text}\n", file=sys.stderr, flush=True)


def send(phone: str, text: str) -> None:
    """Send a short message."""
    sender: Sender = import_string(settings.SMS_SENDER)()
    sender.send(phone, text)


def deliver(phone: str, text: str, number: str) -> Done[None] | Refused:
    """Send a short message and wait for what the gateway says; `number` names it there.

    Refused: `sms_not_taken` (to be tried again), `sms_refused` (no use), `outcome_unknown` (it may have been sent).
    """
    sender = import_string(settings.SMS_SENDER)()
    waits = getattr(sender, "deliver", None)
    if waits is None:
        sender.send(phone, text)
        return Done(None)
    done: Done[None] | Refused = waits(phone, text, number)
    return done
