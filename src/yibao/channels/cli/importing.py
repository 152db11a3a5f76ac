"""`yibao import`: a file of an agency into the books.

Exit status 0: all rows are in; 1: some were refused, the errors file says which and why; 2: nothing of it can be taken.
What it needs of the site and of the books is started by name: answering must stay free of both.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

from yibao.services.results import Refused

KINDS = ("people", "enrolments", "contributions", "movements")
REASONS_SHOWN = 5


def add_command(commands: Any) -> None:
    """The command and its options."""
    asked = commands.add_parser("import", help="bring an agency's file into the books 导入经办机构的数据")
    asked.add_argument("kind", choices=KINDS, help="人员、参保、缴费、个人账户收支")
    asked.add_argument("file", metavar="FILE", type=Path, help="CSV (UTF-8, GBK) or XLSX 文件")
    asked.add_argument("--area", required=True, metavar="CODE", help="code of the pooling area 统筹区代码，例如 110000")
    asked.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing 只检查，不导入")


def run(options: argparse.Namespace) -> int:
    """Import a file; what stops it half way is told, and the same command goes on."""
    return int(import_module("yibao.site.at_hand").run_with_books(lambda: _import(options)))


def _import(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    database = import_module("django.db")
    with tqdm(unit="行", desc=f"导入 {options.kind}", disable=None, leave=False) as bar:

        def progress(done: int, of: int) -> None:
            bar.total = max(done, of)
            bar.update(done - bar.n)

        try:
            result = import_module("yibao.services.imports").import_file(
                options.kind, options.file, options.area, dry_run=options.dry_run, progress=progress
            )
        except (database.OperationalError, database.InterfaceError):
            return _stopped("数据库断开了。")
        except KeyboardInterrupt:
            return _stopped("停下了。")
    if isinstance(result, Refused):
        print(result.message, file=sys.stderr)
        return 2
    for line in _told(result.value):
        print(line)
    return 1 if result.value.refused else 0


def _stopped(why: str) -> int:
    print(f"\n{why}已经导入的还在；再执行一次同样的命令就接着导入。", file=sys.stderr)
    return 2


def _told(report: Any) -> list[str]:
    """What an import did, in a few plain lines."""
    out = [f"{report.area} 在这里还没有账本，先建好了账。"] if report.area_opened and not report.dry_run else []
    would = "只检查，账本没有改动。可以新增" if report.dry_run else "新增"
    out.append(
        f"共{report.rows}行：{would}{report.new}行，账本里已有{report.same}行，没有导入{len(report.refused)}行。"
    )
    if not report.new and not report.refused and not report.dry_run:
        out.append("这个文件以前导入过，账本没有变动。")
    if report.refused:
        out.append(f"没有导入的行和原因，请看：{report.errors_file}")
        counts = Counter(row.code for row in report.refused)
        told = {row.code: row.message for row in reversed(report.refused)}
        out += [f"  {count}行 {code}，例如：{told[code]}" for code, count in counts.most_common(REASONS_SHOWN)]
    return out
