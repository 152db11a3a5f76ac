"""`python benchmarks/run.py [NAME …]`: runs benchmarks (all of them without a name), prints tables, writes results.

Exit status: 0 measured and within the limits; 1 a limit is broken, a result wrong or a peer missing; 2 no such name.
"""

import importlib
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
if __package__ in (None, ""):  # run as a file: the folder above holds the package
    sys.path.insert(0, str(HERE.parent))

from benchmarks.measuring import PeerMissingError, Result, machine  # noqa: E402  needs the line above

RESULTS = HERE / "results"
NAMES = ("law", "columns", "population", "ledger", "portal", "ask", "hotline")


def main(names: Sequence[str]) -> int:
    """Runs the benchmarks named, or all; several in a process each, so that none finds what another left."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    if len(names) == 1:
        return _run(names[0])
    return max(subprocess.run([sys.executable, str(HERE / "run.py"), name]).returncode for name in names or NAMES)


def _run(name: str) -> int:
    module = importlib.import_module(f"benchmarks.{name}")
    before = machine()
    try:
        result: Result = module.run()
    except PeerMissingError as error:
        print(f"{name}: peer missing: {error}", file=sys.stderr)
        return 1
    body = {
        "bench": name,
        "rows": result.rows,
        "machine": before,
        "figures": {key: float(f"{value:.4g}") for key, value in result.figures.items()},
        "table": [row.to_json() for row in result.table],
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _print_table(body, result.notes)
    return _print_figures(body["figures"], module.LIMITS, getattr(module, "AT_LEAST", {}), result)


def _print_table(body: dict[str, Any], notes: Sequence[str]) -> None:
    about = body["machine"]
    print(
        f"\n{body['bench']} · {about['cpu']}, {about['cores']} cores, Python {about['python']}, load {about['load_1m']}"
    )
    width = max(len(row["engine"]) for row in body["table"])
    print(f"{'':{width}} {'median':>10} {'min':>10} {'max':>10}  unit  wrong of {body['rows']}")
    for row in body["table"]:
        wrong = "" if row["wrong"] is None else row["wrong"]
        ends = " ".join(f"{row[key]:>10.4g}" for key in ("median", "min", "max"))
        print(f"{row['engine']:{width}} {ends}  {row['unit']:4}  {wrong}")
    for note in notes:
        print(f"  {note}")


def _print_figures(
    figures: dict[str, float], at_most: dict[str, float], at_least: dict[str, float], result: Result
) -> int:
    """Each figure with its limit; 1 where one is broken or a result is wrong."""
    broken = {name for name, limit in at_most.items() if figures[name] > limit}
    broken |= {name for name, limit in at_least.items() if figures[name] < limit}
    wrong = [row.engine for row in result.table if row.wrong and not row.may_be_wrong]
    for name, value in figures.items():
        held = "NO" if name in broken else "yes"
        told = f"  (at most {at_most[name]}: {held})" if name in at_most else ""
        told += f"  (at least {at_least[name]}: {held})" if name in at_least else ""
        print(f"{name} = {value}{told}")
    for engine in wrong:
        print(f"{engine}: results are wrong", file=sys.stderr)
    return 1 if broken or wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
