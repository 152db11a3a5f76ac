"""`yibao kiosk`: starts the machine: card reader, printers, the web server of its own browser, and the browser.

Exit status: 0 stopped as asked, 2 could not start, with one plain sentence.
"""

from __future__ import annotations

import argparse
import signal
import stat
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import NoReturn

from yibao.channels.kiosk.terminal import screen
from yibao.channels.kiosk.terminal.bridge import Bridge
from yibao.channels.kiosk.terminal.cards import Cards
from yibao.channels.kiosk.terminal.printing import Printers
from yibao.channels.kiosk.terminal.server import Server, Unreachable
from yibao.channels.kiosk.terminal.visit import START, Machine


class KioskRefused(Exception):
    """The machine cannot start; the text is one plain sentence for whoever looks after it."""


def token_of(file: Path) -> str:
    """The terminal's token; refused where others on the machine could have read it."""
    try:
        mode, token = stat.S_IMODE(file.stat().st_mode), file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise KioskRefused(
            f"{file} 不存在：请在服务器上用 yibao terminal add 登记这台机器，把给的令牌写进这个文件。"
        ) from None
    except (OSError, ValueError):
        raise KioskRefused(f"{file} 读不出来，请检查。") from None
    if mode & 0o077:
        raise KioskRefused(f"{file} 别人也能读取，请先执行 chmod 600。")
    if not token:
        raise KioskRefused(f"{file} 是空的，请把令牌写进去。")
    return token


def check(server: Server) -> None:
    """Does the server know this machine?"""
    try:
        status = server.ask("GET", START, {}, {}).status
    except Unreachable:
        print("服务器现在连不上，机器先启动，连上以后自动恢复。The server does not answer yet.", file=sys.stderr)
        return
    if status != 200:
        raise KioskRefused("服务器不认识这台机器：令牌不对，或者已经停用。请用 yibao terminal list 看一看。")


def start(options: argparse.Namespace) -> int:
    """Run the machine until it is stopped."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        return _run(options)
    except KioskRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


def _run(options: argparse.Namespace) -> int:
    printers = Printers(options.slip_printer, int(options.paper), options.record_queue)
    _check_printer(printers)
    try:
        server = Server(options.server, token_of(Path(options.token_file)), options.ca_file)
    except (ValueError, OSError):
        raise KioskRefused("服务器的地址或 CA 文件不对，例如 --server https://yibao.example 。") from None
    check(server)
    machine = Machine(server, printers.there)
    try:
        bridge = Bridge(int(options.port), machine, printers)
    except OSError:
        raise KioskRefused(f"端口 {options.port} 已被占用，请用 --port 换一个。") from None
    cards = None if options.no_card else Cards(machine.card_event, options.card_python)
    threading.Thread(target=bridge.serve_forever, daemon=True).start()
    try:
        machine.start()
        if cards:
            cards.start()
        print(f"自助机已就绪  {bridge.address}  停止：Ctrl-C", flush=True)
        if options.no_browser:
            threading.Event().wait()
        elif screen.show(bridge.address):
            raise KioskRefused("没有找到浏览器 Chromium，请安装；只要服务、不要浏览器，用 --no-browser。")
        return 0
    finally:
        machine.stop()
        if cards:
            cards.stop()
        bridge.shutdown()
        bridge.server_close()


def _check_printer(printers: Printers) -> None:
    if not printers.slip:
        return
    kind, _, where = printers.slip.partition(":")
    if kind not in ("file", "tcp", "png") or not where:
        raise KioskRefused("小票打印机应写成 file:/dev/usb/lp0、tcp:地址:端口，或 png:文件夹（只存图片，试用）。")
    try:
        import yibao.channels.kiosk.terminal.paper  # noqa: F401 what slips need is an extra
    except ImportError:
        raise KioskRefused("打印小票还要装：pip install 'yibao[kiosk]'。") from None


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
