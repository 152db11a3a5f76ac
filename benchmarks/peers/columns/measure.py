"""measure.py ENGINE WORKLOAD FOLDER REPEATS: one engine on one workload in this process; prints a line of JSON.

The engine's figures are compared on every row first; then it is timed. A module of `engines` has
`prepare(workload, data)`, which is not timed, and `run(workload, ready)`, which gives the figures in their order.
"""

import importlib
import json
import sys
import time
from pathlib import Path

import workload as w


def main(engine, workload, folder, repeats):
    """How many rows are wrong, and the seconds of each repeat."""
    data, wanted = w.load(Path(folder), workload)
    module = importlib.import_module(f"engines.{engine}")
    ready = module.prepare(workload, data)
    wrong = w.wrong_rows(module.run(workload, ready), wanted)
    seconds = []
    for _ in range(int(repeats)):
        start = time.perf_counter()
        module.run(workload, ready)
        seconds.append(time.perf_counter() - start)
    return {"wrong": wrong, "seconds": seconds}


print(json.dumps(main(*sys.argv[1:])))
