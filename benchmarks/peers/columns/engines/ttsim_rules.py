"""TTSIM, the engine under GETTSIM, with NumPy below: its function for the policy is built once and used again.

TTSIM_PATH=full makes one call of `main` each time, as most users do.
"""

import os
from pathlib import Path

import numpy as np
import workload as w
from ttsim import InputData, MainTarget, OrigPolicyObjects, TTTargets, main
from ttsim.tt import Currency, UnitSystem

UNITS = UnitSystem(currencies={"FEN": Currency(statutory_from="0001-01-01")})
ROOT = Path(__file__).resolve().parents[1] / "policy_ttsim"
NEEDED = {name: {"self_share" if c == "self_bp" else c for c in columns} for name, columns in w.COLUMNS.items()}
FULL = os.environ.get("TTSIM_PATH") == "full"
COMMON = {
    "policy_date_str": "2024-01-01",
    "evaluation_date_str": "2024-01-01",
    "unit_system": UNITS,
    "rounding": True,
    "backend": "numpy",
}


def prepare(workload, data):
    data = dict(data)
    if workload == "w2":
        data["self_share"] = data.pop("self_bp") / 10_000
        data["total"] = data["total"].astype(float)
        data["fund_so_far"] = data["fund_so_far"].astype(float)
    for name in data.keys() & {"area", "age", "scheme", "level", "admission"}:
        data[name] = data[name].astype(np.int64)
    return {"p_id": np.arange(len(data["retired"])), **data}


READY = {}


def run(workload, data):
    figures = w.FIGURES[workload]
    asked = {
        **COMMON,
        "orig_policy_objects": OrigPolicyObjects.root(ROOT),
        "tt_targets": TTTargets.tree(dict.fromkeys(figures)),
        "input_data": InputData.tree(data),
    }
    if FULL:
        out = main(main_target=MainTarget.results.tree, **asked)
    else:
        if workload not in READY:
            READY[workload] = main(main_target=MainTarget.tt_function, **asked)
        out = READY[workload]({name: column for name, column in data.items() if name in NEEDED[workload]})
    return tuple(np.asarray(out[name]) for name in figures)
