"""`yibao notices`: finding what people asked to be told, and sending it; the texts that a gateway must approve.

Exit status 0: done.
"""

from __future__ import annotations

import argparse
import time
from importlib import import_module
from typing import Any

SHORTEST, LONGEST = 1, 3600


def add_command(commands: Any) -> None:
    """The command and its parts."""
    told = commands.add_parser("notices", help="send people what they asked to be told 发出通知")
    parts = told.add_subparsers(dest="part", required=True, metavar="PART", parser_class=type(told))
    sent = parts.add_parser("send", help="find what is new, and send what is due 查变化并发出通知")
    sent.add_argument(
        "--every", type=_seconds, default=0, metavar="SECONDS", help="go on until stopped 每隔几秒查一次，直到停止"
    )
    parts.add_parser("texts", help="print the texts that go out by short message 列出要报备的短信模板")


def _seconds(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not SHORTEST <= int(text) <= LONGEST:
        raise argparse.ArgumentTypeError(f"秒数应是{SHORTEST}到{LONGEST}的整数，不是{text[:10]}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Do one part, with the books at hand."""
    at_hand = import_module("yibao.site.at_hand")
    return int(at_hand.run_with_books(lambda: _texts() if options.part == "texts" else _send(options.every)))


def _texts() -> int:
    """A line each: what it is for, and the text with its gaps in braces."""
    for name, text in import_module("yibao.services.notices").texts():
        print(f"{name}\t{text}")
    return 0


def _send(every: int) -> int:
    """One round; with `--every` round after round, until it is stopped."""
    service = import_module("yibao.services.notices")
    try:
        while True:
            found, sent = service.collect(), service.send_due()
            if found or sent.told or sent.again or sent.given_up or not every:
                print(f"新通知{found}，已发出{sent.told}，以后再试{sent.again}，没有发成{sent.given_up}。", flush=True)
            if not every:
                return 0
            time.sleep(every)
    except KeyboardInterrupt:
        return 0
