"""A month of allocation for everyone, Parquet to Parquet: here, beside reading and writing alone, and on Spark.

Made-up people of 北京 (`yibao.population.people`) stand in Parquet files; the chain `allocation` of one day gives each
a gross and a net sum and a reason. The run is a process of its own, so that its memory is its own. Polars and DuckDB do
nothing but read the same columns and write columns of the same types (their figures are sums of what they read, so that
all of it is read). Spark is a real master with two workers on this machine (`tools/spark_local.sh`), one core each.

month_rows_s            people a second from Parquet to Parquet in one process, two threads; medians of 3
read_write_only_rows_s  the faster of Polars and DuckDB
peak_rss_mib            the most memory that the run's process had
spark_sql_rows_s        people a second by the rules as SQL of Spark's own, Parquet to totals; the table also tells what
                        it is with writing
spark_files_rows_s      people a second by tasks that get the path of a file, Parquet to Parquet and totals
spark_same_totals       1 if both routes, and the second again with a worker killed in the middle, give the same rows by
                        reason and the same sums to the fen as the run here

`POPULATION_ROWS=1000000` measures on fewer people, `POPULATION_FOLDER=` names a folder for the files (deleted at the
end), `POPULATION_SPARK=0` leaves Spark out (the benchmark is then not whole and ends with 1).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measuring import PEERS, PeerMissingError, Result, Row, asked, peer

ROOT = Path(__file__).resolve().parents[1]
ROWS = int(float(os.environ.get("POPULATION_ROWS", 100_000_000)))
REPEATS = 3
LIMITS = {"peak_rss_mib": 4096}
AT_LEAST = {"spark_sql_rows_s": 1e7, "spark_same_totals": 1}
WAYS = {
    "sums": "the rules as SQL, only added up",
    "sql": "the rules as SQL, written",
    "files": "tasks get the path of a file, written",
    "noop": "mapInArrow that does nothing, written",
    "killed": "tasks get the path of a file, a worker is killed",
}
Told = dict[str, Any]


def run() -> Result:
    """The people first, then the run here, its peers, and Spark; everything is taken away afterwards."""
    frames = peer("frames")
    with tempfile.TemporaryDirectory(dir=os.environ.get("POPULATION_FOLDER")) as place:
        folder = Path(place)
        step("people", folder / "people", ROWS)
        month = step("month", folder / "people", folder / "month", REPEATS)
        table = [Row("yibao: a month, 2 threads", speeds(month), "row/s", 0)]
        for engine in ("polars", "duckdb"):
            command = [frames, PEERS / "frames" / "read_write.py", engine, folder / "people", folder / engine, REPEATS]
            told = asked(command, json.dumps(month["columns"]))
            table.append(Row(f"{engine}: reading and writing only", speeds(told), "row/s"))
        figures = {
            "month_rows_s": table[0].median,
            "read_write_only_rows_s": max(table[1].median, table[2].median),
            "peak_rss_mib": month["peak_rss_mib"],
        }
        if os.environ.get("POPULATION_SPARK") == "0":
            raise PeerMissingError(f"Spark was left out; without it: {figures}")
        table += spark(folder, month["totals"], figures)
    return Result(ROWS, figures, table)


def spark(folder: Path, totals: Told, figures: dict[str, float]) -> list[Row]:
    """The routes of Spark, and whether they say what the run here said."""
    told, rows = on_spark(folder), []
    for way, words in WAYS.items():
        wrong = None if way == "noop" else int(told[way]["totals"] != totals)
        rows.append(Row(f"Spark: {words}", speeds(told[way]), "row/s", wrong))
    figures["spark_sql_rows_s"], figures["spark_files_rows_s"] = rows[0].median, rows[2].median
    figures["spark_same_totals"] = int(not any(row.wrong for row in rows))
    return rows


def speeds(told: Told) -> list[float]:
    """Rows a second of each repeat."""
    return [ROWS / seconds for seconds in told["seconds"]]


def step(name: str, *arguments: object) -> Told:
    """One step of `population_steps.py` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.population_steps", name, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def on_spark(folder: Path) -> Told:
    """What `population_spark.py` measures, driven from Spark's own environment."""
    script, python = ROOT / "tools" / "spark_local.sh", ROOT / ".venv-spark" / "bin" / "python"
    port = {"SPARK_PORT": os.environ.get("SPARK_PORT", "17077")}
    command = [str(script), str(python), "-m", "benchmarks.population_spark", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **port}, capture_output=True, text=True)
    if done.returncode:
        raise PeerMissingError(f"Spark: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))
