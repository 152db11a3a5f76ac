"""`yibao`: the command line.

Exit status 0: answered; 2: bad input, one plain sentence on standard error, nothing changed.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from yibao.channels.cli import (
    agency,
    apps,
    asking,
    guides,
    hotline,
    importing,
    menu,
    notices,
    population,
    searching,
    simulate,
    staff,
    terminals,
    webhooks,
)
from yibao.channels.cli.text import answer_lines
from yibao.services import clock
from yibao.services.answers import ALL_TOPICS, FACTS, answer
from yibao.services.answers.parsing import day
from yibao.services.results import Refused, RefusedError

MISTAKES = {
    "the following arguments are required: ": "缺少 ",
    "unrecognized arguments: ": "没有这个选项 ",
    "expected one argument": "后面要写一个值",
    "invalid choice": "没有这一项",
    "choose from": "可以选",
    "argument ": "选项 ",
}

CHOICES = re.compile(r"invalid choice: '(?P<typed>.*)' \(choose from (?P<names>.*)\)")
NEAREST = 3


def _nearest(found: re.Match[str]) -> str:
    """A name that is not there, with the nearest of those that are, not with all of them."""
    names = re.findall(r"[\w-]+", found["names"])
    near = difflib.get_close_matches(found["typed"], names, NEAREST, cutoff=0.4) or names[:NEAREST]
    return f"invalid choice: '{found['typed']}' (choose from {', '.join(near)})"


class _Parser(argparse.ArgumentParser):
    """Says in one plain sentence what is wrong, instead of the usage."""

    def error(self, message: str) -> NoReturn:
        message = CHOICES.sub(_nearest, message)
        for english, chinese in MISTAKES.items():
            message = message.replace(english, chinese)
        self.exit(2, f"命令写得不对：{message}。请看 {self.prog} --help。\n")


def _parser() -> _Parser:
    parser = _Parser(prog="yibao", description="医保明白账。An exact, explained answer from the law.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser, metavar="COMMAND")
    asked = commands.add_parser("answer", help="what the law of an area and a day gives 按当地规定回答")
    asked.add_argument("topic", metavar="TOPIC", help="、".join(f"{t.name} {t.title}" for t in ALL_TOPICS.values()))
    asked.add_argument("--area", required=True, help="code, full or short name of the area 参保地，例如 北京")
    asked.add_argument("--on", default="", help="day asked for, default today 要查的日子，例如 2025-06-01")
    asked.add_argument("--json", action="store_true", help="the answer as JSON")
    for fact in FACTS.values():
        option = "--" + fact.name.replace("_", "-")
        if fact.kind == "flag":
            asked.add_argument(option, dest=fact.name, action="store_const", const="yes", default="", help=fact.label)
        else:
            choices = "|".join(value for value, _, _ in fact.options) or fact.kind.upper()
            bare = {"nargs": "?", "const": "yes"} if fact.values == ("yes", "no") else {}  # `--signed-doctor` alone
            asked.add_argument(option, dest=fact.name, default="", metavar=choices, help=fact.label, **bare)  # type: ignore[arg-type]
    served = commands.add_parser("serve", help="serve the portal and the API 启动网站")
    served.add_argument("--port", default="8000", help="default 8000")
    asking.add_command(commands)
    searching.add_command(commands)
    guides.add_command(commands)
    importing.add_command(commands)
    agency.add_commands(commands)
    population.add_commands(commands)
    terminals.add_commands(commands)
    menu.add_command(commands)
    apps.add_command(commands)
    staff.add_command(commands)
    hotline.add_command(commands)
    webhooks.add_command(commands)
    notices.add_command(commands)
    simulate.add_command(commands)
    commands.add_parser("glossary", help="print GLOSSARY.md from the terms of the law 打印术语表")
    return parser


def _answer(options: argparse.Namespace) -> int:
    facts = {name: getattr(options, name) for name in FACTS if getattr(options, name)}
    try:
        on = day(options.on, "on", "日期") if options.on else clock.today()
        result = answer(options.topic, area=options.area, on=on, facts=facts)
    except RefusedError as error:
        result = error.refused
    if isinstance(result, Refused):
        return _refuse(result)
    body = result.value.to_json()
    print(json.dumps(body, ensure_ascii=False, indent=1) if options.json else "\n".join(answer_lines(body)))
    return 0


def _refuse(refused: Refused) -> int:
    print(refused.message, file=sys.stderr)
    return 2


def _serve(options: argparse.Namespace) -> int:
    from importlib import import_module  # the site stands above the channels, so it is started by its name

    return int(import_module("yibao.site.serve").main(["--port", options.port]) or 0)


def _glossary(_: argparse.Namespace) -> int:
    from yibao.law.glossary import markdown

    print(markdown(), end="")
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    options = _parser().parse_args(argv)
    commands = {"answer": _answer, "serve": _serve, "search": searching.run, "glossary": _glossary}
    commands |= {"ask": asking.run, "guides": guides.run, "import": importing.run, **agency.COMMANDS}
    commands |= terminals.COMMANDS
    commands |= population.COMMANDS
    commands |= {"app": apps.run, "staff": staff.run}
    commands |= {"webhooks": webhooks.run, "notices": notices.run}
    commands |= {"hotline": hotline.run}
    commands |= {"menu": menu.run, "simulate": simulate.run}
    try:
        status = commands[options.command](options)
        sys.stdout.flush()
    except BrokenPipeError:  # a reader that has seen enough (`| head`) is no error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor what is flushed at the very end
        return 0
    return status


if __name__ == "__main__":
    sys.exit(main())
