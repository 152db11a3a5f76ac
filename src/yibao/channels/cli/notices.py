"""`yibao notices`: finding what people asked to be told, and sending it; the texts that a gateway must approve.

Exit status 0: done.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any

from yibao.channels.cli.rounds import add_every, go_round


def add_command(commands: Any) -> None:
    """The command and its parts."""
    told = commands.add_parser("notices", help="send people what they asked to be told 发出通知")
    parts = told.add_subparsers(dest="part", required=True, metavar="PART", parser_class=type(told))
    sent = parts.add_parser("send", help="find what is new, and send what is due 查变化并发出通知")
    add_every(sent)
    parts.add_parser("texts", help="print the texts that go out by short message 列出要报备的短信模板")


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
    return go_round(service, every, _told)


def _told(found: int, sent: Any) -> str:
    return f"新通知{found}，已发出{sent.told}，以后再试{sent.again}，没有发成{sent.given_up}。"
