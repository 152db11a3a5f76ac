"""`yibao people` makes or reads people; `yibao population` runs the law over them and explains any row.

Exit status 0: done; 1: some rows of an extract were left out, or a row does not agree with its explanation; 2: refused.
What does the work is imported when it runs: columns and kernels take longer to start than an answer.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from yibao.services.answers.parsing import day, decimal
from yibao.services.results import Refused, RefusedError


def add_commands(commands: Any) -> None:
    """The two commands, their parts and options."""
    people = commands.add_parser("people", help="make up people, or read an agency's extract 生成或读入人口数据")
    parts = people.add_subparsers(dest="part", required=True, metavar="PART")
    make = parts.add_parser("make", help="people made up after published statistics 按公布的统计编一批人")
    make.add_argument("--rows", required=True, type=_count, metavar="N", help="how many people 人数，例如 1e6")
    make.add_argument("--area", required=True, help="pooling area 统筹区，例如 北京")
    make.add_argument("--on", required=True, metavar="DAY", help="the day 哪一天，例如 2025-10-31")
    make.add_argument("--seed", type=int, default=1, metavar="S", help="default 1; same seed, same people 随机种子")
    make.add_argument("--out", required=True, type=Path, metavar="FILE_OR_FOLDER", help=".parquet 文件，或者文件夹")
    make.add_argument("--claims", type=Path, metavar="FILE_OR_FOLDER", help="their stays in hospital too 住院写到哪里")
    make.add_argument("--average-pension", default="", metavar="YUAN", help="of the year of reform 改革当年的")
    read = parts.add_parser("read", help="read an extract by a mapping file 按对照文件读入经办机构的数据")
    read.add_argument("extract", metavar="EXTRACT", type=Path, help="CSV (UTF-8, GBK), Parquet, or a folder 文件")
    read.add_argument("--map", required=True, type=Path, metavar="MAP.yaml", help="the mapping file 对照文件")
    read.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="文件夹")
    read.add_argument("--on", default="", metavar="DAY", help="day of the ages, else the map's 哪一天的周岁")
    population = commands.add_parser("population", help="run the law over everyone 按规定算所有的人")
    _add_parts(population.add_subparsers(dest="part", required=True, metavar="PART"))
    for one in parts.choices.values():
        one.add_argument("--json", action="store_true", help="the result as JSON")


def _add_parts(parts: Any) -> None:
    run = parts.add_parser("run", help="Parquet in, Parquet out; stopped, it goes on 中断了再执行一次就接着算")
    run.add_argument("--chain", required=True, help="what is worked out 算什么，例如 allocation、inpatient")
    run.add_argument("--people", required=True, type=Path, nargs="+", metavar="FOLDER", help="Parquet 文件或文件夹")
    run.add_argument("--on", default="", metavar="DAY", help="one day for all, else the column on 所有人用同一天")
    run.add_argument("--area", default="", help="one area for all, else the column area 所有人用同一个统筹区")
    run.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="文件夹")
    run.add_argument("--keep", default="person_id,claim_id", metavar="NAMES", help="columns kept 结果里保留的列")
    run.add_argument("--figures", default="", metavar="NAMES", help="default all 只要哪些数，例如 allocation_net")
    run.add_argument("--threads", type=int, default=2, metavar="N", help="default 2 线程数")
    told = parts.add_parser("explain", help="why a row of a run has its figures 逐步解释一行")
    told.add_argument("folder", type=Path, metavar="OUT_FOLDER", help="run 的结果文件夹")
    which = told.add_mutually_exclusive_group(required=True)
    which.add_argument("--row", type=int, metavar="N", help="counted from 0 over all files 从 0 数起的第几行")
    which.add_argument("--person", type=int, metavar="ID", help="by person_id 按 person_id 找")
    sums = parts.add_parser("families", help="sums of a run by family 按家庭加总")
    sums.add_argument("folder", type=Path, metavar="OUT_FOLDER", help="run 的结果文件夹")
    sums.add_argument("--by", default="family_id", metavar="NAME", help="default family_id 哪一列是家庭编号")
    sums.add_argument("--out", required=True, type=Path, metavar="FILE.parquet", help="写到哪个文件")
    for one in parts.choices.values():
        one.add_argument("--json", action="store_true", help="the result as JSON")


def _count(text: str) -> int:
    """A number of people: 100000, 1e6."""
    head, _, power = text.lower().partition("e")
    if not (head.isascii() and head.isdigit() and (power.isdigit() or not power) and len(power) < 3):
        raise argparse.ArgumentTypeError(f"人数应写成 100000 或 1e6 这样，不是 {text[:20]}")
    return int(head) * 10 ** int(power or 0)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _day(text: str) -> date | None:
    return day(text, "on", "日期") if text else None


def _people(options: argparse.Namespace) -> int:
    service = import_module("yibao.services.population")
    on = _day(options.on)
    if options.part == "make":
        pension = options.average_pension
        average = decimal(pension, 2, "average_pension", "平均养老金", "3500") if pension else None
        done = service.make_people(options.rows, options.area, on, options.out, options.seed, options.claims, average)
        return _shown(options, done, service.made_lines, lambda made: {"people": made.people, "stays": made.stays})
    done = service.read_people(options.extract, options.map, options.out, on)
    status = _shown(options, done, service.extracted_lines, lambda read: {"rows": read.rows, "refused": read.refused})
    return status or int(bool(done.value.refused))


def _population(options: argparse.Namespace) -> int:
    service = import_module("yibao.services.population")
    if options.part == "run":
        done = service.run(
            options.chain, options.people, _day(options.on), options.out, options.area,
            _names(options.keep), _names(options.figures), max(1, options.threads),
        )  # fmt: skip
        return _shown(options, done, service.totals_lines, service.totals_json)
    if options.part == "explain":
        done = service.explain(options.folder, options.row, options.person)
        status = _shown(options, done, service.row_lines, service.row_json)
        return status or int(not done.value.agrees)
    done = service.family_sums(options.folder, options.out, options.by)
    lines, body = (lambda count: [f"{count:,} 个家庭，写到 {options.out}。"]), (lambda count: {"families": count})
    return _shown(options, done, lines, body)


def _shown(options: argparse.Namespace, done: Any, lines: Any, body: Any) -> int:
    """Prints a result, or the sentence of a refusal."""
    if isinstance(done, Refused):
        print(done.message, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(body(done.value), ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines(done.value)))
    return 0


def _run(command: Any) -> Any:
    """The command; a refused option and a stop from the keyboard are told in a sentence."""

    def run(options: argparse.Namespace) -> int:
        try:
            return int(command(options))
        except RefusedError as error:
            print(error.refused.message, file=sys.stderr)
        except KeyboardInterrupt:
            print("\n停下了。做完的文件都在；再执行一次同样的命令就接着做。", file=sys.stderr)
        return 2

    return run


COMMANDS = {"people": _run(_people), "population": _run(_population)}
