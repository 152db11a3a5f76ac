"""`yibao staff add|list|reset|close|code`: who may sign in at the counter.

What it needs of the site is started by name, as for the other commands of an agency.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import Any

from yibao.services.answers.places import place_of
from yibao.services.results import Refused, RefusedError


def add_command(commands: Any) -> None:
    """The command and its options."""
    staff = commands.add_parser("staff", help="who works at the counter 窗口的经办人员")
    ways = staff.add_subparsers(
        dest="way", required=True, parser_class=type(staff), metavar="add|list|reset|close|code"
    )
    add = ways.add_parser("add", help="add one; a first password is printed once 添加，初始密码只打印一次")
    add.add_argument("sign_in_name", metavar="SIGN-IN-NAME", help="small letters, digits, . _ - 登录名")
    add.add_argument("--name", required=True, metavar="NAME", help="as colleagues know them 姓名")
    add.add_argument("--area", required=True, action="append", metavar="CODE", help="pooling area 统筹区，可以写几次")
    ways.add_parser("list", help="everybody 都有谁")
    reset = ways.add_parser("reset", help="a new first password; the second factor goes 重发密码，验证器重新设")
    close = ways.add_parser("close", help="no more signing in, at once 停用，马上退出")
    for one in (reset, close):
        one.add_argument("sign_in_name", metavar="SIGN-IN-NAME", help="登录名")
    ways.add_parser("code", help="the demo's code of now 演示账号现在的验证器码")


def run(options: argparse.Namespace) -> int:
    """Run one of them with the books at hand."""
    ways = {"add": _add, "list": _list, "reset": _reset, "close": _close, "code": _code}
    at_hand = import_module("yibao.site.at_hand")
    return int(at_hand.run_with_books(lambda: ways[options.way](options)))


def _add(options: argparse.Namespace) -> int:
    try:
        areas = [place_of(told).code for told in options.area]
    except RefusedError as error:
        return _refuse(error.refused)
    return _first_password(import_module("yibao.services.staff").add(options.sign_in_name, options.name, areas))


def _reset(options: argparse.Namespace) -> int:
    return _first_password(import_module("yibao.services.staff").reset(options.sign_in_name))


def _first_password(done: Any) -> int:
    if isinstance(done, Refused):
        return _refuse(done)
    print(
        f"初始密码  {done.value}\n只打印这一次，3 天内有效。请当面交给本人，第一次登录 /counter/ 时换掉，并设好验证器。"
    )
    return 0


def _list(_: argparse.Namespace) -> int:
    for one in import_module("yibao.services.staff").members():
        state = "停用" if not one.is_open else "在用" if one.has_chosen else "还没登录过"
        print("\t".join((one.sign_in_name, one.name, one.area_names, state, *(("演示",) if one.is_demo else ()))))
    return 0


def _close(options: argparse.Namespace) -> int:
    done = import_module("yibao.services.staff").close(options.sign_in_name)
    if isinstance(done, Refused):
        return _refuse(done)
    print(f"{options.sign_in_name} 停用了，正开着的页面也作废。")
    return 0


def _code(_: argparse.Namespace) -> int:
    done = import_module("yibao.services.staff").demo_code()
    if isinstance(done, Refused):
        return _refuse(done)
    print(done.value)
    return 0


def _refuse(refused: Refused) -> int:
    print(refused.message, file=sys.stderr)
    return 2
