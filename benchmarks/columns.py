"""The rules over columns beside the engines that others use: two workloads, one question each, every row compared.

W1 credits retirees by area and age; W2 settles a stay in hospital (`peers/columns/workload.py`). Ours are the rules of
`columns_rules.py`, lowered like any rule of the law. Each peer runs in a process of its own, from its own environment,
on the same 10^7 rows; its figures are compared on every row with the plain rule before its speed counts. Columns are
made ready before the clock starts, outputs are used again where an engine can, two threads where it has them; medians
of 5.
Then the real law of 北京, by itself: a month's allocation, a stay, and a person's stays of a year one after another.

wrong_rows            rows of ours that differ from the plain rule, in the workloads and under the real law
w1_over_openfisca …   our rows a second over those of OpenFisca-core, and over the fastest of OpenFisca-core,
w1_over_best_peer     PolicyEngine-core, TTSIM, NumPy by hand, Polars and DuckDB
w2_over_hand_lowered  ours over numba lowered by hand, by who knew the two rules
allocation_rows_s …   rows (stays) a second under the law of 北京: gross and net; the five figures of a settled stay
copy_bandwidth_share  bytes read and written a second by W2, over those of copying memory on two threads

`COLUMNS_ROWS=1000000` measures on fewer rows.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from benchmarks import columns_rules as rules
from benchmarks.columns_law import of_the_law
from benchmarks.measuring import PEERS, Result, Row, asked, peer
from yibao.law.lowering.kernel import kernel
from yibao.law.lowering.lower import lower

HERE = PEERS / "columns"
sys.path.insert(0, str(HERE))
import workload as w  # noqa: E402  numbers and NumPy only: the peers have it from the same folder

ROWS = int(float(os.environ.get("COLUMNS_ROWS", 10_000_000)))
REPEATS = 5
AREA, ON = "110000", date(2025, 6, 1)
LIMITS = {"wrong_rows": 0}
AT_LEAST = {
    "w1_over_openfisca": 500, "w2_over_openfisca": 200, "w1_over_best_peer": 1, "w2_over_best_peer": 1,
    "w2_over_hand_lowered": 0.8, "allocation_rows_s": 1e8, "inpatient_rows_s": 1e8, "sequence_rows_s": 1e8,
}  # fmt: skip


class Peer(NamedTuple):
    """An engine: its name, its module under `engines`, its environment, what it is told, and whether it is a peer that
    a user picks (otherwise it is a yardstick: written by hand for these two rules)."""

    name: str
    module: str
    environment: str
    told: dict[str, str]
    is_picked: bool = True


ENGINES = (
    Peer("OpenFisca-core", "openfisca", "openfisca", {}),
    Peer("PolicyEngine-core", "openfisca", "policyengine", {"CORE": "policyengine_core"}),
    Peer("TTSIM", "ttsim_rules", "ttsim", {}),
    Peer("NumPy by hand", "numpy_columns", "frames", {}),
    Peer("NumPy by hand, blocks, 2 threads", "numpy_blocks", "frames", {}),
    Peer("Polars", "polars_expr", "frames", {}),
    Peer("DuckDB", "duckdb_sql", "frames", {}),
    Peer("numba by hand, as written", "numba_scalar", "frames", {}, False),
    Peer("numba by hand, lowered", "numba_lowered", "frames", {}, False),
)


def run() -> Result:
    """Compares every engine, then measures it; the law of 北京 last."""
    for environment in dict.fromkeys(engine.environment for engine in ENGINES):
        peer(environment)
    table, figures, wrong = [], {}, 0
    copied = copy_bandwidth()
    for workload in w.RULES:
        mine, rates = ours(workload)
        lines = {"yibao": mine, **rates}
        table += lines.values()
        wrong += mine.wrong or 0
        picked = [lines[engine.name].median for engine in ENGINES if engine.is_picked]
        figures[f"{workload}_over_openfisca"] = mine.median / lines["OpenFisca-core"].median
        figures[f"{workload}_over_best_peer"] = mine.median / max(picked)
    figures["w2_over_hand_lowered"] = mine.median / lines["numba by hand, lowered"].median
    figures["copy_bandwidth_share"] = mine.median * w.BYTES_PER_ROW["w2"] / copied
    for name, row in of_the_law(AREA, ON, ROWS, REPEATS).items():
        table.append(row)
        wrong += row.wrong or 0
        figures[f"{name}_rows_s"] = row.median
    note = f"copying memory, two threads: {copied / 1e9:.1f} GB/s; wrong rows of peers are theirs and only told"
    return Result(ROWS, {"wrong_rows": wrong, **figures}, table, [note])


def ours(workload: str) -> tuple[Row, dict[str, Row]]:
    """Our line on a workload, and those of all peers on the very same rows.

    Ours is taken again after each peer, so that a slow minute of the machine is everybody's.
    """
    with tempfile.TemporaryDirectory() as folder:
        data, wanted = w.save(Path(folder), workload, ROWS)
        call, wrong = ready(workload, data, wanted)
        del data, wanted
        speeds, peers = [], {}
        for engine in ENGINES:
            peers[engine.name] = peer_line(engine, workload, folder)
            speeds += rates(call, ROWS)
        return Row(f"{workload}: yibao", speeds, "row/s", wrong), peers


def ready(
    workload: str, data: dict[str, np.ndarray], wanted: list[np.ndarray]
) -> tuple[Callable[[], object], int]:
    """The workload's rule, lowered, to be run on two threads; and how many rows it has wrong."""
    rule, laws = {"w1": (rules.credit, rules.credit_laws), "w2": (rules.settle, rules.settle_laws)}[workload]
    program = lower((rule,), laws(w))
    run = kernel(program, parallel=True)
    columns = {name: np.ascontiguousarray(column) for name, column in rules.our_columns(workload, data).items()}
    out = run(columns)
    wrong = w.wrong_rows([out[name] for name in program.figures], wanted) + int(out["reason"].any())
    return lambda: run(columns, out), wrong


def peer_line(engine: Peer, workload: str, folder: str) -> Row:
    """One peer on one workload, in a process of its own."""
    python, script = PEERS / engine.environment / ".venv" / "bin" / "python", HERE / "measure.py"
    told = asked([python, script, engine.module, workload, folder, REPEATS], environment=engine.told)
    speeds = [ROWS / seconds for seconds in told["seconds"]]
    return Row(f"{workload}: {engine.name}", speeds, "row/s", told["wrong"], may_be_wrong=True)


def rates(call: Callable[[], object], rows: int) -> list[float]:
    """Rows a second, for each repeat."""
    out = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        call()
        out.append(rows / (time.perf_counter() - start))
    return out


def copy_bandwidth(megabytes: int = 400, threads: int = 2) -> float:
    """Bytes read and written a second when memory is copied: the end of every road over columns."""
    source: np.ndarray[Any, Any] = np.ones(megabytes * 125_000)
    target = np.zeros_like(source)
    edges = np.linspace(0, len(source), threads + 1).astype(int)
    parts = [slice(start, end) for start, end in pairwise(edges)]
    with ThreadPoolExecutor(threads) as pool:
        speeds = rates(lambda: list(pool.map(lambda part: np.copyto(target[part], source[part]), parts)), source.nbytes)
    return 2 * median(speeds)
