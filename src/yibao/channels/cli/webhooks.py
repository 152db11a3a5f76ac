"""`yibao webhooks`: which apps are told that a record changed, and telling them.

Exit status 0: done; 2: refused, one plain sentence on standard error.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import Any

from yibao.channels.cli.rounds import add_every, go_round
from yibao.services.results import Refused


def add_command(commands: Any) -> None:
    """The command and its parts."""
    told = commands.add_parser("webhooks", help="tell apps that a record changed 把记录的变化通知应用")
    parts = told.add_subparsers(dest="part", required=True, metavar="PART", parser_class=type(told))
    added = parts.add_parser("add", help="tell an app at an address; prints the secret once 登记一个网址")
    added.add_argument("app", metavar="APP", help="the app's id, see `yibao app list` 应用编号")
    added.add_argument("url", metavar="URL", help="https://… 网址")
    parts.add_parser("list", help="every address and how it stands 列出网址")
    ended = parts.add_parser("end", help="tell an address nothing more 停用一个网址")
    ended.add_argument("id", metavar="ID", help="see `yibao webhooks list` 编号")
    sent = parts.add_parser("send", help="find what changed, and send what is due 查变化并发出通知")
    add_every(sent)


def run(options: argparse.Namespace) -> int:
    """Do one part, with the books at hand."""
    at_hand = import_module("yibao.site.at_hand")
    return int(at_hand.run_with_books(lambda: PARTS[options.part](options)))


def _service() -> Any:
    return import_module("yibao.services.webhooks")


def _add(options: argparse.Namespace) -> int:
    made = _service().add_hook(options.app, options.url)
    if isinstance(made, Refused):
        return _refuse(made)
    print(f"编号 {made.value.id}\n密钥 {made.value.secret}\n密钥只显示这一次，请交给应用的开发者保管。")
    return 0


def _list(_: argparse.Namespace) -> int:
    for hook in _service().hooks():
        state = "已停用" if hook.ended_at else "在用"
        told = f"已通知{hook.told}，等待{hook.waiting}，放弃{hook.given_up}"
        print(f"{hook.id}\t{state}\t{hook.app}\t{hook.url}\t{told}")
    return 0


def _end(options: argparse.Namespace) -> int:
    ended = _service().end_hook(options.id)
    if isinstance(ended, Refused):
        return _refuse(ended)
    print("已停用，不再通知这个网址。")
    return 0


def _send(options: argparse.Namespace) -> int:
    """One round; with `--every` round after round, until it is stopped."""
    return go_round(_service(), options.every, _told)


def _told(found: int, sent: Any) -> str:
    return f"新变化{found}，已通知{sent.told}，以后再试{sent.again}，放弃{sent.given_up}。"


def _refuse(refused: Refused) -> int:
    print(refused.message, file=sys.stderr)
    return 2


PARTS = {"add": _add, "list": _list, "end": _end, "send": _send}
