"""Reads the law, cases and how often to measure as JSON from standard input; prints results and times as JSON."""

import json
import sys
import time

from country import system
from openfisca_core.simulations import SimulationBuilder

PERIOD = "2025-06"
WANTED = ("fund_pays", "large_amount_pays", "person_pays")


def answered(made, case, trace=False):
    """The figures of one person in a simulation of their own."""
    simulation = SimulationBuilder().build_default_simulation(made, count=1)
    simulation.trace = trace
    for name, value in case.items():
        simulation.set_input(name, PERIOD, [value])
    return [int(simulation.calculate(name, PERIOD)[0]) for name in WANTED]


def microseconds(made, case, calls, repeats, trace):
    """Microseconds for one person, for each repeat."""
    out = []
    for _ in range(repeats):
        start = time.perf_counter()
        for _ in range(calls):
            answered(made, case, trace)
        out.append((time.perf_counter() - start) / calls * 1e6)
    return out


def main():
    asked = json.load(sys.stdin)
    made = system(asked["law"], "2023-01-01")
    out = {"results": [answered(made, case) for case in asked["cases"]]}
    for name, trace in (("plain_us", False), ("traced_us", True)):
        out[name] = microseconds(made, asked["measured"], asked["calls"], asked["repeats"], trace)
    json.dump(out, sys.stdout)


main()
