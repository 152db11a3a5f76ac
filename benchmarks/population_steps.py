"""`python -m benchmarks.population_steps STEP …`: the steps of `population.py` that need a process of their own.

people FOLDER ROWS          made-up people of 北京 in a dozen files or more
month FOLDER OUT REPEATS    the month's allocation of them, here
Each prints a line of JSON.
"""

import json
import resource
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from yibao.population import totals
from yibao.population.people import making
from yibao.population.runs import run

AREA, ON, CHAIN = "110000", date(2025, 6, 30), "allocation"
FILES = 12


def people(folder: str, rows: str) -> dict[str, Any]:
    """Fewer people stand in as many files, so that a short run tries what a long one does."""
    making.PART = min(making.PART, max(int(rows) // FILES, 1))
    made = making.make(int(rows), AREA, ON, Path(folder))
    return {"people": made.people, "files": len(made.files)}


def month(folder: str, out: str, repeats: str) -> dict[str, Any]:
    """The first repeat, in which the rules are lowered and the kernel is compiled or found, counts like the others."""
    seconds, told = [], totals.Totals()
    for _ in range(int(repeats)):
        shutil.rmtree(out, ignore_errors=True)
        start = time.perf_counter()
        told = run(Path(folder), Path(out), CHAIN, on=ON, area=AREA, threads=2, progress=False)
        seconds.append(time.perf_counter() - start)
    return {
        "seconds": seconds,
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "totals": told.to_json(),
        "columns": columns(Path(folder), Path(out)),
    }


def columns(folder: Path, out: Path) -> dict[str, Any]:
    """What the run reads and writes, for whoever is to read and write the same."""
    from pyarrow import parquet, types

    from yibao.law.lowering.over import lowered

    there = parquet.read_schema(next(iter(sorted(folder.glob("*.parquet"))))).names
    written = parquet.read_schema(next(iter(sorted(out.glob("*.parquet")))))
    kept = [name for name in written.names if name in there]
    figures = sum(types.is_int64(written.field(name).type) for name in written.names if name not in kept)
    read = [name for name in lowered(CHAIN, [(AREA, ON)]).columns if name in there]
    return {"read": read, "kept": kept, "figures": figures, "reasons": len(written.names) - len(kept) - figures}


STEPS = {"people": people, "month": month}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
