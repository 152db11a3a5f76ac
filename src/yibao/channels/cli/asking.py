"""`yibao ask QUESTION`: a question in one's own words, with what was understood of it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from yibao.channels.cli.text import answer_lines
from yibao.services.answers.parsing import day
from yibao.services.results import Refused, RefusedError

CHOICES_MAX = 12


def add_command(commands: Any) -> None:
    """The command and its options."""
    asked = commands.add_parser("ask", help="ask in your own words 用自己的话问")
    asked.add_argument("question", metavar="QUESTION", help="例如 绍兴退休人员每月返多少钱")
    asked.add_argument("--area", default="", help="the area, above what the words say 参保地")
    asked.add_argument("--on", default="", help="day asked for 要查的日子，例如 2025-06-01")
    asked.add_argument("--json", action="store_true", help="everything as JSON")


def run(options: argparse.Namespace) -> int:
    """Asks and prints; 2 if the area or the day that was chosen cannot be."""
    from yibao.services.ask import ask  # the words are read only when something is asked

    try:
        on = day(options.on, "on", "日期") if options.on else None
        result = ask(options.question, area=options.area, on=on)
    except RefusedError as error:
        result = error.refused
    if isinstance(result, Refused):
        print(result.message, file=sys.stderr)
        return 2
    body = result.value.to_json()
    print(json.dumps(body, ensure_ascii=False, indent=1) if options.json else "\n".join(asked_lines(body)))
    return 0


def asked_lines(body: dict[str, Any]) -> Iterator[str]:
    """What was understood, then the warning, the answers, the question back or that nothing was found."""
    if body["understood"]:
        yield "这样理解的："
        for part in body["understood"]:
            typed = f"（“{part['typed']}”）" if part["typed"] else ""
            yield f"  {part['name']}{typed}：{part['told']}"
    if body["warning"]:
        yield body["warning"]
    for answer in body["answers"]:
        yield ""
        yield from answer_lines(answer)
    back = body["back"]
    if back:
        yield ""
        yield f"还要问您一句：{back['question']}"
        yield from (f"  {choice['value']} {choice['label']}" for choice in back["choices"][:CHOICES_MAX])
    if body["message"]:
        yield body["message"]
    yield from (f"  {near['topic']} {near['title']}" for near in body["nearest"])
