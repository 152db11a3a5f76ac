"""OpenFisca-core, or its fork PolicyEngine-core with CORE=policyengine_core: build, set the inputs, calculate."""

import numpy as np
import workload as w
from country import CORE, core, rules
from country.system import system

SimulationBuilder = core("simulations").SimulationBuilder
EnumArray = core("enums" if CORE == "policyengine_core" else "indexed_enums").EnumArray
SYSTEM = system()
PERIOD = "2024-01"
ENUMS = {"area": rules.Area, "scheme": rules.Scheme, "level": rules.Level}


def prepare(workload, data):
    data = dict(data)
    if "self_bp" in data:
        data["self_share"] = data.pop("self_bp") / 10_000
        data["level"] = data["level"] - 1
    for name in ENUMS.keys() & data.keys():
        data[name] = EnumArray(data[name].astype(np.uint8), ENUMS[name])
    return data


def run(workload, data):
    simulation = SimulationBuilder().build_default_simulation(SYSTEM, count=len(data["retired"]))
    for name, values in data.items():
        simulation.set_input(name, PERIOD, values)
    return tuple(simulation.calculate(name, PERIOD) for name in w.FIGURES[workload])
