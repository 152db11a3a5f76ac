"""`yibao guides export DIR`: the guides as pages for any web server.

Exit status 0: written; 2: refused or stopped, one plain sentence on standard error.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

ADDRESS = re.compile(r"https?://[^\s/?#\"'<>]+(?:/[^\s?#\"'<>]*)?")


def add_command(commands: Any) -> None:
    """The command and its options."""
    guides = commands.add_parser("guides", help="the guides as pages for any web server 各地指南")
    kinds = guides.add_subparsers(dest="what", required=True, parser_class=type(guides), metavar="COMMAND")
    export = kinds.add_parser("export", help="write them to a folder 写成静态网页")
    export.add_argument("folder", metavar="DIR", help="an empty folder, or one of an earlier export 文件夹")
    export.add_argument(
        "--base-url", type=_address, metavar="URL",
        help="where the site is, for the sitemap and for one's own figures 网站地址，例如 https://yibao.example",
    )  # fmt: skip


def _address(text: str) -> str:
    if not ADDRESS.fullmatch(text):
        raise argparse.ArgumentTypeError(f"网址应写成 https://yibao.example 这样，不是 {text[:40]}")
    return text.rstrip("/")


@contextmanager
def _bar(words: str, unit: str, total: int) -> Iterator[Any]:
    """A progress bar, where there is a terminal to show it."""
    from tqdm import tqdm

    with tqdm(total=total, desc=words, unit=unit, disable=None, leave=False) as bar:
        yield bar


def run(options: argparse.Namespace) -> int:
    """Writes the guides; the templates are the portal's, so the site is started by its name."""
    return int(import_module("yibao.site.static_guides").run(options.folder, options.base_url or "", _bar))
