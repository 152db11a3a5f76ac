"""`yibao hotline`: start the telephone service 启动电话热线.

Exit status 0: stopped as asked; 2: could not start, one plain sentence on standard error.
"""

from __future__ import annotations

import argparse
import ipaddress
import re
import sys
from importlib import import_module
from typing import Any

VOICE = "yibao.channels.hotline.voices.Espeak"


def add_command(commands: Any) -> None:
    """The command and its options."""
    asked = commands.add_parser("hotline", help="answer telephone calls by SIP 启动电话热线")
    asked.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="IPv4 address to listen at 监听地址")
    asked.add_argument("--port", type=_port, default=5060, help="SIP over UDP and TCP, default 5060 端口")
    asked.add_argument("--tls-port", type=_port, default=0, metavar="PORT", help="SIP over TLS 加密信令的端口")
    asked.add_argument("--certificate", default="", metavar="FILE", help="PEM, for --tls-port 证书")
    asked.add_argument("--key", default="", metavar="FILE", help="PEM, for --tls-port 私钥")
    asked.add_argument(
        "--trunk", action="append", default=[], type=_network, metavar="NET", help="only from there 只接这里来的电话"
    )
    asked.add_argument("--calls", type=_number, default=120, metavar="N", help="calls at once, default 120 同时通话数")
    asked.add_argument(
        "--rtp-ports", type=_ports, default=range(30000, 31000), metavar="A-B", help="UDP ports for sound 语音端口"
    )
    asked.add_argument("--advertise", default="", type=_address, metavar="ADDRESS", help="our address outside 对外地址")
    asked.add_argument(
        "--dial", type=_exchange, metavar="sip:HOST[:PORT]", help="call by this exchange to tell codes 打电话告诉验证码"
    )
    asked.add_argument("--voice", default=VOICE, metavar="CLASS", help="who speaks, default espeak-ng 语音")


def run(options: argparse.Namespace) -> int:
    """Start it with the books at hand; what it needs of the site and of the telephone is started by name."""
    if bool(options.tls_port) != bool(options.certificate and options.key):
        print("--tls-port、--certificate、--key 要一起写。They belong together.", file=sys.stderr)
        return 2
    try:
        running = import_module("yibao.channels.hotline.running")
    except ModuleNotFoundError as missing:
        print(f"缺少 {missing.name}，请执行：pip install 'yibao[hotline]'。It is missing.", file=sys.stderr)
        return 2
    at_hand = import_module("yibao.site.at_hand")
    return int(at_hand.run_with_books(lambda: running.run(options)))


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"端口应是1到65535的整数，不是{text[:20]}")
    return int(text)


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"应是1到10000的整数，不是{text[:20]}")
    return int(text)


def _ports(text: str) -> range:
    first, _, last = text.partition("-")
    ports = range(_port(first) + 1 & ~1, _port(last) + 1)  # sound has the even one of two neighbours
    if len(ports) < 2:
        raise argparse.ArgumentTypeError(f"应写成 30000-30999 这样，不是{text[:20]}")
    return ports


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"应是地址或网段，例如 203.0.113.0/28，不是{text[:40]}") from None


def _exchange(text: str) -> tuple[str, int]:
    scheme, _, rest = text.partition(":")
    host, _, port = rest.partition(":")
    if scheme != "sip" or not re.fullmatch(r"[A-Za-z0-9.-]{1,200}", host):
        raise argparse.ArgumentTypeError(f"应写成 sip:192.0.2.1 或 sip:pbx.example:5060 这样，不是{text[:40]}")
    return host, _port(port) if port else 5060


def _address(text: str) -> str:
    try:
        return str(ipaddress.IPv4Address(text)) if text else ""
    except ValueError:
        raise argparse.ArgumentTypeError(f"应是IPv4地址，不是{text[:40]}") from None
