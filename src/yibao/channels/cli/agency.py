"""`yibao demo`, `allocate`, `check-books`, `export`: what an agency does with its books.

Exit status 0: done; 1: a check found something wrong; 2: refused, one plain sentence on standard error.
What they need of the site and of the books is started by name: answering must stay free of both.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from typing import Any

from yibao.services.answers.places import place_of
from yibao.services.results import Refused, RefusedError

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def add_commands(commands: Any) -> None:
    """The commands and their options."""
    demo = commands.add_parser("demo", help="make a demo area with made-up people 建立演示数据")
    demo.add_argument("--people", type=int, default=20_000, metavar="N", help="how many people, default 20000 人数")
    demo.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed, the same books 随机种子")
    demo.add_argument("--area", default="110000", metavar="CODE", help="pooling area, default 110000 统筹区")
    demo.add_argument("--until", required=True, type=_month, metavar="YYYY-MM", help="the last month 到哪个月为止")
    run = commands.add_parser("allocate", help="the month's allocations for everyone 月度划拨")
    run.add_argument("month", type=_month, metavar="YYYY-MM", help="the month 哪个月")
    run.add_argument("--area", required=True, metavar="CODE", help="pooling area 统筹区")
    check = commands.add_parser("check-books", help="recompute the books from the law 按规定核对账本")
    export = commands.add_parser("export", help="print the books in a fixed order 按固定顺序输出账本")
    export.add_argument("--canonical", action="store_true", required=True, help="for comparing two books 用来比较")
    for one in (check, export):
        one.add_argument("--area", default="", metavar="CODE", help="one pooling area, default all 默认全部统筹区")


def _month(text: str) -> date:
    found = MONTH.fullmatch(text)
    if not found or int(found[1]) < 1900:
        raise argparse.ArgumentTypeError(f"月份应写成 2025-06 这样，不是 {text[:20]}")
    return date(int(found[1]), int(found[2]), 1)


def _with_books(command: Callable[[argparse.Namespace, str], int], *, makes_keys: bool = False) -> Any:
    """The command, run with the books at hand and the area told by its code."""

    def run(options: argparse.Namespace) -> int:
        try:
            area = place_of(options.area).code if options.area else ""
        except RefusedError as error:
            return _refuse(error.refused)
        at_hand = import_module("yibao.site.at_hand")
        return int(at_hand.run_with_books(lambda: command(options, area), may_make_keys=makes_keys))

    return run


def _refuse(refused: Refused) -> int:
    print(refused.message, file=sys.stderr)
    return 2


@contextmanager
def _bar(words: str, unit: str, total: int | None = None) -> Iterator[Any]:
    """A progress bar, where there is a terminal to show it."""
    from tqdm import tqdm

    with tqdm(total=total, desc=words, unit=unit, disable=None, leave=False) as bar:
        yield bar


def _demo(options: argparse.Namespace, area: str) -> int:
    demo = import_module("yibao.services.demo")
    with _bar(f"演示 {area}", "步") as bar:

        def progress(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        made = demo.make(options.people, options.seed, area, options.until, progress)
    if isinstance(made, Refused):
        return _refuse(made)
    for line in demo.told(made.value):
        print(line)
    return 0


def _allocate(options: argparse.Namespace, area: str) -> int:
    with _bar(f"{area} {options.month:%Y-%m}", "人") as bar:
        done = import_module("yibao.services.month").allocate(area, options.month, bar.update)
    if isinstance(done, Refused):
        return _refuse(done)
    run = done.value
    print(f"{area} {options.month:%Y-%m}：{run.people}人，新记{run.new_entries}笔，", end="")
    print(f"划入{_yuan(run.gross)}元，代扣{_yuan(run.deducted)}元。")
    return 0


def _check_books(_: argparse.Namespace, area: str) -> int:
    with _bar("核对", "步") as bar:

        def progress(what: str) -> None:
            bar.set_postfix_str(what, refresh=False)
            bar.update(1)

        done = import_module("yibao.services.check_books").check_books(area, progress)
    if isinstance(done, Refused):
        return _refuse(done)
    checked = done.value
    for row in checked.differences:
        print("\t".join(row))
    told = f"核对了{checked.areas}个统筹区的{checked.entries}笔分录，其中{checked.recomputed}笔按规定重算："
    print(told + (f"{len(checked.differences)}处不对。" if checked.differences else "全部相符。"))
    return 1 if checked.differences else 0


def _export(_: argparse.Namespace, area: str) -> int:
    done = import_module("yibao.services.export").canonical(sys.stdout.buffer.write, area)
    if isinstance(done, Refused):
        return _refuse(done)
    sys.stdout.buffer.flush()
    return 0


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


COMMANDS = {
    "demo": _with_books(_demo, makes_keys=True),
    "allocate": _with_books(_allocate),
    "check-books": _with_books(_check_books),
    "export": _with_books(_export),
}
