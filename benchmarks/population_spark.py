"""`python -m benchmarks.population_spark FOLDER`: the month of `population.py` on Spark, driven from its environment.

Started by `tools/spark_local.sh`, which says where the master is and keeps the numbers of the workers' processes.
Prints a line of JSON: by way the seconds of each repeat, and the totals. A first run of each route, in which Spark and
its workers warm up, is not counted. The last way kills a worker once the first file is written.
"""

import json
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.population_steps import AREA, CHAIN, ON
from yibao.law.lowering.over import lowered
from yibao.population import spark
from yibao.population.spark_runs import Asked, by_files
from yibao.population.spark_sql import by_sql

REPEATS = 3
Told = dict[str, Any]


def timed(act: Callable[[], Any], out: Path, repeats: int = REPEATS) -> Told:
    """Seconds of each repeat, each into an empty folder, and the totals of the last."""
    seconds, found = [], None
    for _ in range(repeats):
        shutil.rmtree(out, ignore_errors=True)
        start = time.perf_counter()
        found = act()
        seconds.append(time.perf_counter() - start)
    shutil.rmtree(out, ignore_errors=True)
    return {"seconds": seconds, "totals": found}


def nothing(batches: Iterator[Any]) -> Iterator[Any]:
    """Gives back what it got: what carrying rows to Python and back costs by itself."""
    yield from batches


def killing(state: Path, out: Path) -> threading.Thread:
    """Kills a worker, with all that it started, as soon as one file is written."""

    def kill() -> None:
        while not list(out.glob("**/*.parquet")):
            time.sleep(0.05)
        os.killpg(int((state / "worker-2.pid").read_text()), signal.SIGKILL)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


def main(place: str) -> dict[str, Told]:
    """All ways in one session."""
    folder, out = Path(place) / "people", Path(place) / "spark"
    asked, columns = Asked(CHAIN, ON, AREA), ["person_id", *lowered(CHAIN, [(AREA, ON)]).columns]
    with spark.session(os.environ["SPARK_MASTER"]) as session:

        def sums_way() -> Told:
            return by_sql(session, folder, None, asked).to_json()

        def sql_way() -> Told:
            return by_sql(session, folder, out, asked).to_json()

        def files_way() -> Told:
            return by_files(session, folder, out, asked).to_json()

        def noop_way() -> None:
            people = session.read.parquet(f"{folder}/*.parquet").select(*columns)
            people.mapInArrow(nothing, people.schema).write.parquet(str(out))

        timed(sums_way, out, 1)
        told = {"sums": timed(sums_way, out), "sql": timed(sql_way, out), "noop": timed(noop_way, out, 1)}
        timed(files_way, out, 1)
        told["files"] = timed(files_way, out)
        thread = killing(Path(os.environ["SPARK_STATE"]), out)
        told["killed"] = timed(files_way, out, 1)
        thread.join()
    return told


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
