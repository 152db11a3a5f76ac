"""Sixty telephones at once: what did each hear, was every key read, how long was the longest silence on the wire?

Each asks the hotline, with its real conversation, at what age somebody retires, somewhere in China. The hotline, the
callers (SIPp) and who listens on the wire are processes; the one that listens sees what the kernel sent, with the
kernel's times. Needs root, for SIPp's keys and for the wire, and a database: the environment names it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.sip.telephone import free_port
from tests.sip.wire import Stream, read_streams

HERE = Path(__file__).resolve().parent
AREAS = ("110000", "120000", "210100", "310000", "330100", "350100", "420100", "440100", "500000", "510100", "610100")
WHO = ("11", "12", "2")
"""Keys of who it is: a woman of fifty or of fifty-five, a man of sixty."""
LAW, RETIREMENT = "12", "5"
"""Mandarin and the rules; then the place; then this question."""


@dataclass
class Call:
    """One call, as the hotline had it."""

    stream: Stream
    pressed: str
    """What the caller pressed."""
    lines: list[tuple[str, str]]
    """What was said and read, in order."""

    @property
    def read(self) -> str:
        """The keys that were read."""
        return "".join(text for who, text in self.lines if who == "keys")

    def after(self, keys: str) -> str:
        """The first sentence after these keys, which may stand anywhere in what was pressed."""
        read, ends = "", self.pressed.index(keys) + len(keys)
        for place, (who, text) in enumerate(self.lines):
            read += text if who == "keys" else ""
            if who == "keys" and len(read) == ends:
                return next(text for who, text in self.lines[place:] if who == "says")
        raise AssertionError(f"{keys} were not read")


@dataclass
class Heard:
    """What a drill found."""

    calls: list[Call]
    at_once: int
    failed: str = ""

    @property
    def longest_gap_ms(self) -> float:
        """The longest time between two packets of sound of one call, of all calls."""
        return max((call.stream.longest_gap_ms for call in self.calls), default=float("inf"))


def missing() -> str:
    """What the drill needs and is not here; nothing where all is there."""
    absent = [program for program in ("sipp", "espeak-ng", "sox") if not shutil.which(program)]
    if absent:
        return f"{', '.join(absent)} missing"
    return "" if os.geteuid() == 0 else "needs root"


def drill(calls: int, *, hears: float, a_second: int = 20) -> Heard:
    """Let so many call at once; after the last keys each listens for so many seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pressed = _numbers(folder / "keys.csv", calls)
        port = free_port()
        with _hotline(port, folder), _wire(folder):
            failed = _sipp(port, folder, calls, hears, a_second)
        kept = json.loads((folder / "read.json").read_text())
        streams = {stream.port: stream for stream in read_streams(folder / "wire")}
        rows = [
            Call(streams[row["port"]], pressed[row["caller"]], [(who, text) for who, text in row["lines"]])
            for row in kept["calls"]
        ]
        return Heard(rows, kept["at_once"], failed)


def _numbers(path: Path, calls: int) -> dict[str, str]:
    """A number and keys for each call, drawn with a seed."""
    drawn = random.Random(12393)
    pressed, rows = {}, ["SEQUENTIAL"]
    for n in range(calls):
        where = LAW + drawn.choice(AREAS) + RETIREMENT
        who = f"{drawn.choice(WHO)}{drawn.randrange(1966, 1986)}{drawn.randrange(1, 13):02}{drawn.randrange(1, 29):02}"
        pressed[f"1001{n:07}"] = where + who
        rows.append(f"1001{n:07};{where};{who}")
    path.write_text("\n".join(rows) + "\n")
    return pressed


@contextmanager
def _hotline(port: int, folder: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.sip.drill_server", str(port), str(folder / "read.json")]
    log = (folder / "server.log").open("w+")
    server = subprocess.Popen(command, cwd=HERE.parents[1], stdout=subprocess.PIPE, stderr=log, text=True)
    assert server.stdout
    try:
        if server.stdout.readline().strip() != "ready":
            raise RuntimeError((folder / "server.log").read_text()[-2000:])
        yield
    finally:
        server.terminate()
        server.wait(30)
        server.stdout.close()
        log.close()


@contextmanager
def _wire(folder: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.sip.wire", str(folder / "wire")]
    listener = subprocess.Popen(command, cwd=HERE.parents[1], stdout=subprocess.PIPE, text=True)
    assert listener.stdout
    try:
        assert listener.stdout.readline().strip() == "listening"
        yield
    finally:
        time.sleep(0.2)  # the last packets are in its hands
        listener.terminate()
        listener.wait(60)
        listener.stdout.close()


def _sipp(port: int, folder: Path, calls: int, hears: float, a_second: int) -> str:
    """Run SIPp to its end; what went wrong, or nothing."""
    scenario = (HERE / "keys.xml").read_text().replace("@HEARS@", str(round(hears * 1000)))
    (folder / "keys.xml").write_text(scenario)
    command = ["sipp", f"127.0.0.1:{port}", "-sf", str(folder / "keys.xml"), "-inf", str(folder / "keys.csv")]
    command += ["-m", str(calls), "-l", str(calls), "-r", str(a_second)]
    command += ["-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", str(free_port()), "-nostdin", "-trace_err"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=200)
    errors = "".join(path.read_text()[:2000] for path in folder.glob("*errors.log"))
    return "" if done.returncode == 0 else f"sipp {done.returncode}: {done.stderr.decode()[-500:]}{errors}"
