"""How are the guides written to a folder? Django set up for its templates alone, with keys thrown away afterwards.

The command line starts this module by its name, since a channel may not import the site.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

Bar = Callable[[str, str, int], AbstractContextManager[Any]]


def run(folder: str, base_url: str, bar: Bar) -> int:
    """The exit status of an export: 0 done, 2 refused or stopped, with one plain sentence."""
    try:
        with _templates_at_hand():
            return _export(Path(folder), base_url, bar)
    except KeyboardInterrupt:
        print("已停止；再执行一次，会接着写完。Stopped; run it again to go on.", file=sys.stderr)
    except OSError as problem:
        print(f"写不进去：{problem.filename or folder}（{problem.strerror}）。Cannot write there.", file=sys.stderr)
    return 2


def _export(folder: Path, base_url: str, bar: Bar) -> int:
    from yibao.channels.portal import static_guides
    from yibao.services.guides.writing import export
    from yibao.services.results import Refused

    with bar("指南", "页", static_guides.count(base_url)) as shown:
        done = export(folder, _key(base_url), static_guides.pages(base_url), lambda: shown.update(1))
    if isinstance(done, Refused):
        print(done.message, file=sys.stderr)
        return 2
    told = done.value
    print(f"{folder} 里有 {told.written + told.kept} 个文件：新写 {told.written} 个，", end="")
    print(f"原来就有、没有变的 {told.kept} 个" + (f"，删去过时的 {told.removed} 个。" if told.removed else "。"))
    print("把整个文件夹交给任何网站服务器就能用；不用服务器，打开 index.html 也能看。")
    if not base_url:
        print("没有写 --base-url，所以没有 sitemap.xml，要到网站上算的地方也没有链接。")
    return 0


def _key(base_url: str) -> str:
    """What the pages are made from: the law, the day, the source and the templates, the address of the site."""
    import yibao
    from yibao.law.parameters.loading import tree
    from yibao.services.answers.kept import source_hash
    from yibao.services.clock import today

    digest = hashlib.sha256(f"{tree()['pack']} {source_hash()} {today()} {base_url}".encode())
    portal = Path(yibao.__file__).parent / "channels" / "portal"
    for file in sorted(portal.rglob("*")):
        if file.suffix in (".py", ".html", ".css", ".js", ".svg"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


@contextlib.contextmanager
def _templates_at_hand() -> Iterator[None]:
    """Django with the site's settings and no database; nothing is signed, so the keys need not last."""
    import django
    from django.conf import settings

    if settings.configured:
        yield
        return
    from yibao.site.keys import make_keys

    with tempfile.TemporaryDirectory(prefix="yibao-guides-") as keys:
        before = os.environ.get("YIBAO_DATA")
        os.environ["YIBAO_DATA"] = keys
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibao.site.settings")
        try:
            make_keys(Path(keys))
            django.setup()
        finally:
            os.environ.pop("YIBAO_DATA") if before is None else os.environ.update(YIBAO_DATA=before)
        yield
