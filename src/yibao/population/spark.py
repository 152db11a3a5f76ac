"""Past one machine: Apache Spark, by the two ways in which no row travels between Spark and Python.

`each` sends the paths of files to the workers; a task opens its own file and runs the very kernel that runs here.
`spark_sql` says the rules as SQL of Spark's own, and no Python runs on the workers at all.
"""

from __future__ import annotations

import importlib.util
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from yibao.population.comparing import Question, tally_files
from yibao.population.errors import PopulationError
from yibao.population.tally import Tally

T = TypeVar("T")
FAILURES = 8
"""How often a task may be lost with its worker before the job is given up."""
ADDRESS = re.compile(r"([^:,/]+):(\d+)")


def each(task: Callable[[Path], T], files: Sequence[Path], master: str) -> list[T]:
    """What a task gives for each file, in their order; every file is a task of the cluster.

    task: picklable, and the same when it is run twice, for a task whose worker is lost is run again elsewhere; files:
    paths that every worker can open; master: `spark://HOST:PORT`, or `local[2]` without a cluster. Raises
    `PopulationError`: the task's own, or why there is no cluster.
    """
    with session(master) as spark:
        return collected(spark, task, files)


def engine(master: str) -> Callable[[Question, Sequence[Path]], Tally]:
    """What makes the tally of a comparison on a cluster, file by file: the same as here, to the fen.

    master: as for `each`. What it returns takes a question and the files that it is asked about.
    """

    def tally(question: Question, files: Sequence[Path]) -> Tally:
        one = partial(_tally, replace(question, threads=1))
        total = question.tally()
        for part in each(one, files, master):
            total = total + part
        return total

    return tally


def _tally(question: Question, path: Path) -> Tally:
    return tally_files(question, [path])


def collected(spark: Any, task: Callable[[Path], T], files: Sequence[Path]) -> list[T]:
    """`each` in a session that is there already."""
    paths = [str(Path(file).absolute()) for file in files]
    found = spark.sparkContext.parallelize(paths, max(len(paths), 1)).map(partial(_told, task)).collect()
    for error in (value for value, failed in found if failed):
        raise PopulationError(*error)
    return [value for value, _ in found]


def _told(task: Callable[[Path], Any], path: str) -> tuple[Any, bool]:
    """A refusal comes back as a value: it would be the same at a second try, and its sentence must not be lost."""
    try:
        return task(Path(path)), False
    except PopulationError as error:
        return (error.code, error.message), True


@contextmanager
def session(master: str) -> Iterator[Any]:
    """A session of a cluster (`SparkSession`), stopped at the end.

    Raises `PopulationError` where pyspark or Java is missing, or the master does not answer.
    """
    is_here = _reached(master)
    if importlib.util.find_spec("pyspark") is None:
        raise PopulationError(
            "spark_missing", "没有装 pyspark。请执行 pip install 'yibao[spark]'，本机试用见 docs/spark.md。"
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if is_here:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("yibao")
    for name, value in _settings(is_here).items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except PySparkRuntimeError:
        raise PopulationError("java_missing", "Spark 没有启动：要用 Java 17 或更新的版本，请先安装。") from None
    try:
        yield spark
    finally:
        spark.stop()


def _settings(is_here: bool) -> dict[str, str]:
    settings = {
        "spark.task.maxFailures": str(FAILURES),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        "spark.log.level": "ERROR",
        # Spark would check each sum and product for overflow; that none can was proved when the rules were lowered.
        "spark.sql.ansi.enabled": "false",
    }
    if is_here:
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return settings


def _reached(master: str) -> bool:
    """Whether the cluster is this machine; refuses a master that does not answer: Spark would try for a minute."""
    if master.startswith("local"):
        return True
    if master == "yarn" or master.startswith("k8s://"):
        return False
    addresses = ADDRESS.findall(master.removeprefix("spark://")) if master.startswith("spark://") else []
    if not addresses:
        raise PopulationError("wrong_master", f"Spark 主节点的地址应写成 spark://主机:端口，现在是 {master}。")
    for host, port in addresses:
        try:
            socket.create_connection((host, int(port)), timeout=5).close()
            return host in ("127.0.0.1", "localhost")
        except OSError:
            continue
    raise PopulationError("master_unreachable", f"连不上 Spark 主节点 {master}，请检查它是否已经启动。")
