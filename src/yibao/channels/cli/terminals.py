"""`yibao terminal add|list|end` for the agency, and `yibao kiosk` on the machine itself."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from yibao.services.answers.places import place_of
from yibao.services.results import Refused, RefusedError

TOKEN_FILE = "/etc/yibao/terminal-token"


def add_commands(commands: Any) -> None:
    """The commands and their options."""
    kept = commands.add_parser("terminal", help="register self-service terminals 登记自助机")
    doing = kept.add_subparsers(dest="doing", required=True, metavar="add|list|end")
    added = doing.add_parser("add", help="register one and print its token, once 登记一台，给出令牌")
    added.add_argument("--profile", required=True, help="agency|hospital|community|service_point 摆在哪种地方")
    ended = doing.add_parser("end", help="take one out of use at once 停用一台")
    for one in (added, ended):
        one.add_argument("--area", required=True, metavar="CODE", help="pooling area 统筹区")
        one.add_argument("--name", required=True, help="as people know it 名字，例如 东城区医保大厅1号机")
    listed = doing.add_parser("list", help="those registered 已登记的")
    listed.add_argument("--area", default="", metavar="CODE", help="one pooling area, default all 默认全部统筹区")

    machine = commands.add_parser("kiosk", help="run a self-service terminal on this machine 启动自助机")
    machine.add_argument("--server", default="http://127.0.0.1:8000", metavar="URL", help="the agency's server 服务器")
    machine.add_argument("--ca-file", default="", metavar="FILE", help="its certificate authority 服务器的 CA 证书")
    machine.add_argument("--token-file", default=TOKEN_FILE, metavar="FILE", help=f"default {TOKEN_FILE} 令牌文件")
    machine.add_argument("--port", default="8090", help="of the machine's own browser, default 8090 本机端口")
    machine.add_argument("--slip-printer", default="", metavar="WHERE", help="file:…|tcp:…|png:… 小票打印机")
    machine.add_argument("--paper", default="58", choices=["58", "80"], help="its paper in mm 纸宽（毫米）")
    machine.add_argument("--record-queue", default="", metavar="QUEUE", help="queue of CUPS for A4 记录打印队列")
    machine.add_argument("--no-card", action="store_true", help="without a card reader 没有读卡器")
    machine.add_argument("--card-python", default="/usr/bin/python3", help="a Python that has pyscard")
    machine.add_argument("--no-browser", action="store_true", help="start no browser 不开浏览器")


def _with_books(options: argparse.Namespace) -> int:
    try:
        area = place_of(options.area).code if options.area else ""
    except RefusedError as error:
        print(error.refused.message, file=sys.stderr)
        return 2
    at_hand = import_module("yibao.site.at_hand")
    return int(at_hand.run_with_books(lambda: _terminal(options, area)))


def _terminal(options: argparse.Namespace, area: str) -> int:
    terminals = import_module("yibao.services.terminals")
    if options.doing == "list":
        for one in terminals.registered(area):
            state = "在用" if one.ended_at is None else f"{one.ended_at:%Y-%m-%d} 停用"
            print(f"{one.area}\t{one.name}\t{one.profile.title}\t{state}")
        return 0
    if options.doing == "add":
        done = terminals.register(area, options.name, options.profile)
    else:
        done = terminals.end(area, options.name)
    if isinstance(done, Refused):
        print(done.message, file=sys.stderr)
        return 2
    if options.doing == "add":
        print(done.value)
        print(f"这是令牌，只显示这一次。请写进那台机器的 {TOKEN_FILE}，再 chmod 600。", file=sys.stderr)
    return 0


def _kiosk(options: argparse.Namespace) -> int:
    if not options.port.isdecimal() or not 0 < int(options.port) < 65536:
        print(f"端口应是1到65535的整数，不是{options.port[:20]}。", file=sys.stderr)
        return 2
    if options.slip_printer.startswith("png:") and not Path(options.slip_printer[4:]).is_dir():
        print("png: 后面要写一个已有的文件夹。", file=sys.stderr)
        return 2
    return int(import_module("yibao.channels.kiosk.terminal.main").start(options))  # another channel, by its name


COMMANDS = {"terminal": _with_books, "kiosk": _kiosk}
