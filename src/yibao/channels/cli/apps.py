"""`yibao app add|list|end`: which apps of others may ask people for their record.

What it needs of the site is started by name, as for the other commands of an agency.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import Any

from yibao.services.clock import CHINA
from yibao.services.results import Refused
from yibao.services.scopes import SCOPES


def add_command(commands: Any) -> None:
    """The command and its options."""
    app = commands.add_parser("app", help="admit an app of others, list them, end one 登记、查看、停用第三方应用")
    ways = app.add_subparsers(dest="way", required=True, parser_class=type(app), metavar="add|list|end")
    add = ways.add_parser("add", help="admit an app; its secret is printed once 登记，密钥只打印一次")
    add.add_argument("name", metavar="NAME", help="what people know it by 应用的名字")
    add.add_argument("--by", required=True, metavar="WHO", help="who answers for it 负责的单位")
    add.add_argument("--purpose", required=True, metavar="WHAT", help="shown before people agree 用来做什么")
    add.add_argument("--redirect", required=True, action="append", metavar="URL", help="送回的网址，可以写几次")
    add.add_argument("--scope", required=True, action="append", metavar="|".join(SCOPES), help="能看什么，可以写几次")
    add.add_argument("--public", action="store_true", help="no secret: on a phone, in a browser 装在手机上的，没有密钥")
    ways.add_parser("list", help="every app and how many people allow it 都有哪些，多少人同意")
    end = ways.add_parser("end", help="end an app for everybody at once 停用，所有人的授权马上作废")
    end.add_argument("client_id", metavar="ID", help="as `yibao app list` prints it 编号")


def run(options: argparse.Namespace) -> int:
    """Run one of the three with the books at hand."""
    ways = {"add": _add, "list": _list, "end": _end}
    at_hand = import_module("yibao.site.at_hand")
    return int(at_hand.run_with_books(lambda: ways[options.way](options)))


def _add(options: argparse.Namespace) -> int:
    add_app = import_module("yibao.services.apps").add_app
    told = (options.name, options.by, options.purpose, options.redirect, options.scope)
    made = add_app(*told, is_public=options.public)
    if isinstance(made, Refused):
        return _refuse(made)
    print(f"登记好了：{made.value.name}\nclient_id      {made.value.client_id}")
    if made.value.secret:
        print(f"client_secret  {made.value.secret}\n密钥只打印这一次，请现在就存好。")
    return 0


def _list(_: argparse.Namespace) -> int:
    for one in import_module("yibao.services.apps").apps():
        state = f"{one.ended_at.astimezone(CHINA):%Y-%m-%d}停用" if one.ended_at else f"{one.people}人同意"
        kind = "试用" if one.is_sandbox else "公开" if one.is_public else "有密钥"
        print("\t".join((one.client_id, one.name, one.by, kind, state, " ".join(one.scopes))))
    return 0


def _end(options: argparse.Namespace) -> int:
    ended = import_module("yibao.services.apps").end_app(options.client_id)
    if isinstance(ended, Refused):
        return _refuse(ended)
    print(f"{ended.value.name}已停用，所有人的授权都作废了。")
    return 0


def _refuse(refused: Refused) -> int:
    print(refused.message, file=sys.stderr)
    return 2
