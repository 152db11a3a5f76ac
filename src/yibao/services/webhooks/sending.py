"""How does a message reach an app? By POST, signed, again after growing waits until it is taken or nobody takes it.

Messages wait in an outbox (`yibao.services.outbox`): a sender that is killed loses nothing. An app may so get a message
twice; its `webhook-id` is the same then.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from yibao import __version__
from yibao.books.webhooks.models import Message
from yibao.services import outbox
from yibao.services.sealing import unseal
from yibao.services.webhooks.hooks import end_hook
from yibao.services.webhooks.signing import signature

MINUTE, HOUR = 60, 3600
WAITS = (5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
"""Seconds after each try until the next, as Standard Webhooks proposes; after the last there is none."""
TIMEOUT = 10
GONE = 410


@dataclass(frozen=True, slots=True)
class Sent:
    """What a round of sending did."""

    told: int
    again: int  # to be tried again
    given_up: int


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What is sent somewhere else than agreed is not sent."""

    def redirect_request(self, *_: Any) -> None:
        return None


OPENER = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def send_due(stopped: Callable[[], bool] = lambda: False) -> Sent:
    """Send everything that is due, one after the other, until nothing is or it is to stop."""
    told = again = given_up = 0
    while not stopped():
        claimed = outbox.claim(Message, WAITS)
        if claimed is None:
            break
        message = Message.objects.select_related("hook").get(pk=claimed.id)
        answer = post(message)
        if answer.isdigit() and 200 <= int(answer) < 300:
            outbox.over(Message, claimed.id, answer, told=True)
            told += 1
        elif answer == str(GONE):
            outbox.over(Message, claimed.id, answer)
            end_hook(str(message.hook_id))
            given_up += 1
        elif claimed.tries > len(WAITS):
            outbox.over(Message, claimed.id, answer)
            given_up += 1
        else:
            outbox.again(Message, claimed.id, answer)
            again += 1
    return Sent(told, again, given_up)


def post(message: Message) -> str:
    """Send one message; the status of the answer, or the kind of failure."""
    body, seconds = message.body.encode(), int(time.time())
    secret = unseal(bytes(message.hook.secret_sealed), what="webhook")
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"yibao/{__version__}",
        "webhook-id": str(message.id),
        "webhook-timestamp": str(seconds),
        "webhook-signature": signature(secret, str(message.id), seconds, body),
    }
    request = urllib.request.Request(message.hook.url, data=body, headers=headers, method="POST")  # noqa: S310 checked when added
    try:
        with OPENER.open(request, timeout=TIMEOUT) as response:
            return str(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return str(error.code)
    except urllib.error.URLError as error:
        return type(error.reason).__name__[:40]
    except (OSError, HTTPException, ValueError) as error:
        return type(error).__name__[:40]
