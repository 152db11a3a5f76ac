"""`yibao menu wechat|alipay --site ADDRESS`: send the menu of the official account or the life account.

Exit status 0: sent, or shown; 2: refused, one plain sentence on standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from typing import Any

from yibao.services.results import Refused


def add_command(commands: Any) -> None:
    """The command and its options."""
    menu = commands.add_parser("menu", help="send the menu to WeChat or Alipay 更新公众号、生活号的菜单")
    menu.add_argument("channel", choices=("wechat", "alipay"), help="wechat 公众号，alipay 生活号")
    menu.add_argument("--site", required=True, metavar="ADDRESS", help="our public address 网站地址，https://…")
    menu.add_argument("--show", action="store_true", help="print it and send nothing 只看不发")


def run(options: argparse.Namespace) -> int:
    """Sends the menu, with the books at hand: the token of the account is kept there."""
    if not options.site.startswith("https://"):
        print("网站地址要写全，以 https:// 开头，例如 https://yibao.example.cn/。", file=sys.stderr)
        return 2
    return int(import_module("yibao.site.at_hand").run_with_books(lambda: _sent(options)))


def _sent(options: argparse.Namespace) -> int:
    messengers = import_module("yibao.services.messengers")
    account, site = messengers.account(options.channel), options.site.rstrip("/") + "/"
    name = messengers.NAMES[options.channel]
    if account is None:
        print(f"这里没有开通{name}：缺少账号和密钥的设置，请照文档设好再来。", file=sys.stderr)
        return 2
    if options.show:
        print(json.dumps(account.menu(messengers.groups(), site), ensure_ascii=False, indent=1))
        return 0
    done = account.send_menu(messengers.groups(), site)
    if isinstance(done, Refused):
        print(done.message, file=sys.stderr)
        return 2
    print(f"{name}的菜单已经更新。")
    return 0
