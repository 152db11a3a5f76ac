"""`yibao simulate`: what a change of the law would cost, and for whom it is better or worse.

Exit status 0: run; 2: refused, one plain sentence on standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yibao.services import clock
from yibao.services.answers.parsing import day
from yibao.services.results import Refused, RefusedError

if TYPE_CHECKING:
    from yibao.services.simulate import Simulated


def add_command(commands: Any) -> None:
    """The command and its options."""
    asked = commands.add_parser("simulate", help="what a change of the law would cost 规定改了会怎样")
    asked.add_argument(
        "--area", required=True, action="append", metavar="CODE", help="pooling area, may be repeated 统筹区"
    )
    asked.add_argument("--set", required=True, action="append", dest="changes", metavar="PARAMETER=VALUE",
                       help="a change, e.g. allocation.retired_bands=x2.5%%/2%%; several: again 改动")  # fmt: skip
    asked.add_argument("--people", action="append", default=[], type=Path, metavar="FILE.parquet",
                       help="people or bills; without it made-up people 给定的人")  # fmt: skip
    asked.add_argument("--on", default="", metavar="DATE", help="whose law, default today 按哪天的规定")
    asked.add_argument("--rows", type=int, default=100_000, metavar="N", help="made-up people, default 100000 人数")
    asked.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed, the same people 随机种子")
    asked.add_argument("--chain", default="", metavar="CHAIN", help="what is reckoned, e.g. inpatient 算哪一件事")
    asked.add_argument("--note", default="", metavar="TEXT", help="a remark printed in the report 写进报告的说明")
    asked.add_argument("--report", type=Path, metavar="FILE.html", help="the report as one HTML file 报告")
    asked.add_argument("--charts", type=Path, metavar="FOLDER", help="the charts as SVG and PNG 图")
    asked.add_argument("--json", action="store_true", help="the result as JSON")
    asked.add_argument("--engine", choices=("local", "spark"), default="local", help="where it runs 在哪里算")
    asked.add_argument("--master", default="", metavar="URL", help="spark://HOST:PORT")


def run(options: argparse.Namespace) -> int:
    """Runs it and shows it."""
    simulation = import_module("yibao.services.simulate")  # brings numba and pyarrow, which no other command needs
    try:
        on = day(options.on, "on", "日期") if options.on else clock.today()
        engine = _engine(options)
    except RefusedError as error:
        return _refuse(error.refused)
    texts, people = (tuple(options.area), tuple(options.changes)), tuple(options.people)
    asked = simulation.Asked(*texts, on, people, options.rows, options.seed, options.chain, note=options.note)
    with _bar(options.rows if not options.people else None) as told:
        done = simulation.simulate(asked, told, engine)
    if isinstance(done, Refused):
        return _refuse(done)
    return _show(options, simulation, done.value)


def _show(options: argparse.Namespace, simulation: Any, done: Simulated) -> int:
    """Writes the files that are asked for, and prints the result."""
    try:
        if options.report:
            options.report.parent.mkdir(parents=True, exist_ok=True)
            options.report.write_text(simulation.html(done), encoding="utf-8")
        if options.charts:
            import_module("yibao.services.simulate.pictures").write(done, options.charts)
    except OSError as error:
        return _refuse(Refused("not_written", f"{error.filename} 写不进去，请检查路径和权限。"))
    if options.json:
        print(json.dumps(done.to_json(), ensure_ascii=False, indent=1))
        return 0
    for line in import_module("yibao.services.simulate.text").lines(done):
        print(line)
    return 0


def _engine(options: argparse.Namespace) -> Any:
    """Where the files are run, if not here."""
    if options.engine == "local":
        return None
    if not options.people:
        raise RefusedError("spark_needs_files", "用 Spark 演算要有文件：请用 --people 给 Parquet 文件。", (), "people")
    if not options.master:
        message = "用 Spark 演算要写 --master，例如 --master spark://127.0.0.1:7077。"
        raise RefusedError("spark_needs_master", message, (), "master")
    return import_module("yibao.population.spark").engine(options.master)


class _bar:
    """A progress bar where there is a terminal to show it."""

    def __init__(self, whole: int | None) -> None:
        self.whole = whole

    def __enter__(self) -> Callable[[int, int], object]:
        from tqdm import tqdm

        self.bar = tqdm(total=self.whole, desc="演算", unit="行", disable=None, leave=False)

        def told(done: int, whole: int) -> None:
            self.bar.total = whole or self.bar.total
            self.bar.update(done - self.bar.n)

        return told

    def __exit__(self, *_: object) -> None:
        self.bar.close()


def _refuse(refused: Refused) -> int:
    print(refused.message, file=sys.stderr)
    return 2
