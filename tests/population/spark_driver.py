"""What the tests ask of a real cluster, driven from Spark's own environment: prints a line of JSON.

Started by `tools/spark_local.sh`, which keeps the numbers of the workers' processes in SPARK_STATE.
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from yibao.population import spark
from yibao.population.comparing import Question
from yibao.population.errors import PopulationError
from yibao.population.spark_runs import Asked, by_files, totals
from yibao.population.spark_sql import by_sql

MASTER = os.environ["SPARK_MASTER"]


def kill_a_worker(out: Path) -> None:
    """Once the first file is there: the worker, its executor, and soon the Python below it."""
    while not list(out.glob("*.parquet")):
        time.sleep(0.01)
    os.killpg(int((Path(os.environ["SPARK_STATE"]) / "worker-2.pid").read_text()), signal.SIGKILL)


def slowly(path: Path) -> int:
    """A task that a worker is surely killed in."""
    time.sleep(0.5)
    return int(path.stem.rpartition("-")[2])


def refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except PopulationError as error:
        return error.message
    return ""


def main(people: Path, out: Path) -> dict[str, object]:
    told: dict[str, object] = {}
    everybody = Asked("allocation")
    question = Question("allocation", ("allocation.active_rate=2.5%",), ("110000",), date(2025, 6, 30))
    files = sorted(people.glob("*.parquet"))
    told["engine"] = spark.engine(MASTER)(question, files).sums
    told["totals"] = totals(people, out / "totals", "allocation", MASTER, way="sql").to_json()
    told["sums"] = totals(people, None, "allocation", MASTER, way="sql").to_json()
    with spark.session(MASTER) as session:
        told["files"] = by_files(session, people, out / "files", everybody).to_json()
        told["again"] = by_files(session, people, out / "files", everybody).to_json()
        told["sql"] = by_sql(session, people, out / "sql", everybody).to_json()
        one = Asked("allocation", date(2025, 6, 30), "北京", outputs=("allocation_net",))
        alone, ways = people.with_name("alone"), (by_files, by_sql)
        told["one"] = [way(session, alone, out / f"one {way.__name__}", one).to_json() for way in ways]
        told["elsewhere"] = [refusal(lambda way=way: way(session, people, out / way.__name__, one)) for way in ways]
        told["text"] = refusal(lambda: by_files(session, out / "text.parquet", out / "text", everybody))
        told["full"] = refusal(lambda: by_sql(session, people, out / "files", everybody))
        killer = threading.Thread(target=kill_a_worker, args=(out / "killed",))
        killer.start()
        told["killed"] = by_files(session, people, out / "killed", everybody).to_json()
        killer.join()
        told["slowly"] = spark.collected(session, slowly, files)
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
