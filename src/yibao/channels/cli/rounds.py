"""A command that sends what is due, once or round after round: `--every SECONDS`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

SHORTEST, LONGEST = 1, 3600


def add_every(sent: Any) -> None:
    """The option that makes it go on."""
    sent.add_argument(
        "--every", type=_seconds, default=0, metavar="SECONDS", help="go on until stopped 每隔几秒查一次，直到停止"
    )


def go_round(service: Any, every: int, told: Callable[[int, Any], str]) -> int:
    """Find what is new, send what is due and tell it; with `every` again and again, until it is stopped."""
    try:
        while True:
            found, sent = service.collect(), service.send_due()
            if found or sent.told or sent.again or sent.given_up or not every:
                print(told(found, sent), flush=True)
            if not every:
                return 0
            time.sleep(every)
    except KeyboardInterrupt:
        return 0


def _seconds(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not SHORTEST <= int(text) <= LONGEST:
        raise argparse.ArgumentTypeError(f"秒数应是{SHORTEST}到{LONGEST}的整数，不是{text[:10]}")
    return int(text)
