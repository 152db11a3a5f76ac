"""`yibao search WORDS`: guides and law by word, document number or article."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from yibao.services.formats import day_text
from yibao.services.results import Refused
from yibao.services.wording import GRADES


def add_command(commands: Any) -> None:
    """The command and its options."""
    asked = commands.add_parser("search", help="guides and law by word, document number, article 搜指南和规定")
    asked.add_argument("words", nargs="+", metavar="WORDS", help="例如 巴中 住院，或者 国办发〔2021〕14号")
    asked.add_argument("--page", default="1", metavar="N", help="twenty a page, default 1 第几页")
    asked.add_argument("--json", action="store_true", help="the hits as JSON")


def run(options: argparse.Namespace) -> int:
    """Search and print a page of what was found."""
    from yibao.services.search import TITLES, search  # loads a dictionary: only when asked

    page = int(options.page) if options.page.isascii() and options.page.isdigit() and len(options.page) < 7 else 0
    result = search(" ".join(options.words), page)
    if isinstance(result, Refused):
        print(result.message, file=sys.stderr)
        return 2
    body = result.value.to_json()
    print(json.dumps(body, ensure_ascii=False, indent=1) if options.json else "\n".join(_lines(body, TITLES)))
    return 0


def _lines(body: dict[str, Any], titles: dict[str, str]) -> Iterator[str]:
    """The page as text; what was searched stands between brackets."""
    yield from body["notes"]
    if body["message"]:
        yield body["message"]
    yield from body["next"]
    for hit in body["hits"]:
        yield f"[{titles[hit['kind']]}] {_pieces(hit['marked']['title'])}"
        yield f"  {_pieces(hit['marked']['text'])}"
        source = " ".join(part for part in (hit["document"], hit["number"], hit["article"]) if part)
        since = f"{day_text(hit['since'])}{'已经在用' if hit['is_seen'] else '起'}" if hit["since"] else ""
        grade = GRADES[hit["grade"]].word if hit["grade"] else ""
        ended = f"用到{day_text(hit['until'])}" if hit["ended"] else ""
        yield "  " + " · ".join(part for part in (grade, source, since, ended, hit["url"] or hit["path"]) if part)
    if body["total"]:
        yield f"第 {body['page']} 页，共 {body['pages']} 页，{body['total']} 条"


def _pieces(pieces: Sequence[dict[str, Any]]) -> str:
    return "".join(f"【{piece['text']}】" if piece["mark"] else piece["text"] for piece in pieces)
