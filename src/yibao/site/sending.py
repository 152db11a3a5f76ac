"""Where a server has its own database beside it, it also sends what is due, so that nothing else need be started.

A larger installation runs `yibao notices send --every` and `yibao webhooks send --every` as services of their own.
"""

import logging
import threading

EVERY_SECONDS = 30
log = logging.getLogger(__name__)


def send_round(stopped: threading.Event) -> None:
    """Find what is new and send what is due, once; what fails is logged and tried in the next round."""
    from django.db import connection

    from yibao.services import notices, webhooks

    for service in (notices, webhooks):
        try:
            service.collect()
            service.send_due(stopped.is_set)
        except Exception:
            log.exception("a round of sending failed")
        finally:
            connection.close()


def send_around(stopped: threading.Event, answers: threading.Event) -> None:
    """Round after round, from the moment the site answers until it is stopped."""
    answers.wait()
    while not stopped.wait(EVERY_SECONDS):
        send_round(stopped)
