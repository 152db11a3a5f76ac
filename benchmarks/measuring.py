"""How a benchmark measures: medians of several repeats, wall time, one thing at a time."""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

REPEATS = 9
PEERS = Path(__file__).resolve().parent / "peers"


class PeerMissingError(Exception):
    """A peer that cannot be run: the benchmark fails, for a table without its peer says nothing."""


@dataclass(frozen=True)
class Row:
    """One engine's line: its times (or sizes) and how many results were wrong, None where nothing is compared."""

    engine: str
    times: Sequence[float]
    unit: str
    wrong: int | None = None
    may_be_wrong: bool = False
    """A peer whose wrong results are a finding: told, and no reason to fail."""

    @property
    def median(self) -> float:
        """The figure that counts."""
        return median(self.times)

    def to_json(self) -> dict[str, Any]:
        """The line in the fixed shape."""
        ends = {"median": self.median, "min": min(self.times), "max": max(self.times)}
        rounded = {name: float(f"{value:.4g}") for name, value in ends.items()}
        return {"engine": self.engine, **rounded, "unit": self.unit, "wrong": self.wrong}


@dataclass(frozen=True)
class Result:
    """What one benchmark found: how many rows it compared, its figures, and its table."""

    rows: int
    figures: Mapping[str, float]
    table: Sequence[Row]
    notes: Sequence[str] = field(default_factory=tuple)


def calls_us(call: Callable[[], object], calls: int, repeats: int = REPEATS) -> list[float]:
    """Microseconds a call, for each repeat; one unmeasured round before."""
    out = []
    for place in range(repeats + 1):
        start = time.perf_counter_ns()
        for _ in range(calls):
            call()
        if place:
            out.append((time.perf_counter_ns() - start) / calls / 1000)
    return out


def process_s(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """Seconds from starting a program until it has printed everything and ended."""
    start = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment)
    took = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr.decode()[-2000:]}")
    return took


def peer(name: str) -> Path:
    """The Python of a peer's own environment under `peers/NAME`, made from its locks when first asked for."""
    environment = {**os.environ, "PYTHON": sys.executable}
    made = subprocess.run([str(PEERS / "setup"), name], env=environment, capture_output=True, text=True)
    if made.returncode:
        raise PeerMissingError(f"{name} could not be installed: {made.stderr[-1000:]}")
    return PEERS / name / ".venv" / "bin" / "python"


def asked(command: Sequence[str | Path], text: str = "", environment: Mapping[str, str] | None = None) -> Any:
    """What a peer answers: the last line that it prints, as JSON. It sees nothing of our own environment."""
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    words = [str(word) for word in command]
    done = subprocess.run(words, input=text, env={**clean, **(environment or {})}, capture_output=True, text=True)
    if done.returncode:
        raise PeerMissingError(f"{' '.join(words)} did not answer: {done.stderr[-1000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    cpu = Path("/proc/cpuinfo")
    models = [line for line in cpu.read_text().splitlines() if line.startswith("model name")] if cpu.exists() else []
    return {
        "cpu": models[0].partition(":")[2].strip() if models else platform.processor(),
        "cores": os.cpu_count(),
        "memory_mib": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_1m": round(os.getloadavg()[0], 2),
        "optimised": bool(sys.flags.optimize),
    }
