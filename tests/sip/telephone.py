"""A hotline to test with, a telephone that calls it, and whether what was heard is what was said."""

from __future__ import annotations

import asyncio
import json
import os
import select
import socket
import subprocess
import tempfile
import threading
import time
import wave
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from inspect import isawaitable
from pathlib import Path
from typing import Any

from yibao.channels.hotline.admission import Admission, networks
from yibao.channels.hotline.g711 import from_alaw
from yibao.channels.hotline.prompts import Prompts
from yibao.channels.hotline.server import Hotline
from yibao.channels.hotline.thinking import Thinkers
from yibao.channels.hotline.transports import Tcp, Transport, Udp
from yibao.channels.hotline.turns import Turn

VOICE = "yibao.channels.hotline.voices.Espeak"
PJSUA = Path(__file__).resolve().parent / "pjsua"
FRAME = 320
"""Bytes of 20 ms as samples."""


def free_port() -> int:
    """A port that nobody has, neither for TCP nor for UDP."""
    while True:
        with socket.socket() as one, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            one.bind(("127.0.0.1", 0))
            try:
                other.bind(one.getsockname())
            except OSError:
                continue
            return int(one.getsockname()[1])


def voice_folder() -> Path:
    """Where the tests of one user keep what they had spoken: the same sentences are not made again in every run."""
    folder = Path(tempfile.gettempdir()) / f"yibao-tests-voice-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@dataclass
class Script:
    """What was said and pressed in a call, in order: its transcript. The conversation is here or in a process."""

    talker: Any
    lines: list[tuple[str, str]] = field(default_factory=list)

    async def start(self) -> Turn:
        return await self._said(self.talker.start())

    async def pressed(self, digits: str) -> Turn:
        self.lines.append(("keys", digits))
        return await self._said(self.talker.pressed(digits))

    def hung_up(self) -> None:
        self.lines.append(("over", ""))
        self.talker.hung_up()

    async def _said(self, given: Any) -> Turn:
        turn: Turn = await given if isawaitable(given) else given
        self.lines += [("says", sentence) for sentence in turn.say]
        return turn

    def said(self) -> list[str]:
        return [text for who, text in self.lines if who == "says"]

    def pressed_keys(self) -> list[str]:
        return [text for who, text in self.lines if who == "keys"]


class Running:
    """A hotline in a thread of its own."""

    def __init__(self, hotline: Hotline, loop: asyncio.AbstractEventLoop, port: int, prompts: Prompts) -> None:
        self.hotline, self.loop, self.port, self.prompts = hotline, loop, port, prompts
        self.scripts: list[Script] = []

    def calls(self) -> int:
        return len(self.hotline.calls)


@contextmanager
def hotline(
    talk: Callable[[str, str], Any] | Thinkers,
    prompts: Prompts,
    *,
    trunks: Sequence[str] = ("127.0.0.1",),
    at_once: int = 100,
    transports: Callable[[int], list[Transport]] | None = None,
) -> Iterator[Running]:
    """Have one running meanwhile; afterwards no call, task or socket of it is left."""
    port = free_port()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    running: Running

    def talker(caller: str, call_id: str) -> Script:
        script = Script((talk.conversation if isinstance(talk, Thinkers) else talk)(caller, call_id))
        running.scripts.append(script)
        return script

    ways = transports(port) if transports else [Udp(("127.0.0.1", port)), Tcp(("127.0.0.1", port))]
    first = 30000 + (os.getpid() * 40) % 1600  # tests that run beside each other do not ask for the same ports first
    admission = Admission(at_once, networks(trunks))
    server = Hotline(ways, talker, prompts, admission, ports=range(first, 32000))
    running = Running(server, loop, port, prompts)
    thread.start()
    try:
        if isinstance(talk, Thinkers):
            asyncio.run_coroutine_threadsafe(talk.start(), loop).result(90)
        asyncio.run_coroutine_threadsafe(running.hotline.start(), loop).result(30)
        yield running
    finally:
        asyncio.run_coroutine_threadsafe(running.hotline.stop(0), loop).result(30)
        if isinstance(talk, Thinkers):
            asyncio.run_coroutine_threadsafe(talk.close(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def until(true: Callable[[], Any], seconds: float = 60.0, what: str = "") -> Any:
    """Wait for a condition; what it gave. Fails where it never came true."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        found = true()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"never came true: {what or true}")


class Caller:
    """PJSIP in its own process."""

    def __init__(self, process: subprocess.Popen[bytes], recording: Path) -> None:
        self._process, self.recording, self._unread = process, recording, b""
        self.told: list[dict[str, Any]] = []

    def order(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def read(self) -> list[dict[str, Any]]:
        """Everything that it has told so far."""
        assert self._process.stdout
        while not self._process.stdout.closed and select.select([self._process.stdout], [], [], 0)[0]:
            more = os.read(self._process.stdout.fileno(), 65536)
            if not more:
                break
            *lines, self._unread = (self._unread + more).split(b"\n")
            self.told += [json.loads(line) for line in lines if line.startswith(b"{")]
        return self.told

    def states(self) -> list[str]:
        return [row["state"] for row in self.read() if row["what"] == "state"]

    def wait_for(self, what: str, times: int = 1) -> None:
        until(lambda: sum(row["what"] == what for row in self.read()) >= times, what=f"{what} in {self.told}")

    def hang_up(self) -> None:
        self.order("hang up")
        self.over()

    def over(self) -> None:
        """Wait until the process has ended by itself, in good order."""
        self._process.wait(60)
        self.read()
        assert self._process.returncode == 0, self.told

    def samples(self) -> bytes:
        """What it heard."""
        with wave.open(str(self.recording)) as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8000, 1, 2)
            return file.readframes(file.getnframes())


@contextmanager
def caller(port: int, recording: Path, *, over: str = "", codec: str = "PCMA") -> Iterator[Caller]:
    """Call the hotline at this port with a telephone that is not ours."""
    scheme = f"sip:12393@127.0.0.1:{port}" + (f";transport={over}" if over else "")
    with _pjsua(scheme, recording, SIP_OVER=over, SIP_CODEC=codec) as one:
        yield one


@contextmanager
def called(port: int, recording: Path, answers: str = "200", codec: str = "PCMA") -> Iterator[Caller]:
    """A telephone that is not ours, and is called at this port."""
    with _pjsua(str(port), recording, SIP_ANSWERS=answers, SIP_CODEC=codec) as one:
        one.wait_for("ready")
        yield one


@contextmanager
def _pjsua(target: str, recording: Path, **told: str) -> Iterator[Caller]:
    subprocess.run([PJSUA / "setup"], check=True, stdout=subprocess.DEVNULL)
    # Its clock skips what it is too late for, so where we may it goes before everything else on a busy machine.
    first = ["nice", "-n", "-15"] if os.geteuid() == 0 else []
    process = subprocess.Popen(
        [*first, PJSUA / ".venv/bin/python", PJSUA / "caller.py", target, recording],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **told},
    )
    try:
        yield Caller(process, recording)
    finally:
        process.kill()
        process.wait()
        for end in (process.stdin, process.stdout):
            if end:
                end.close()


def likeness(said: bytes, heard: bytes) -> float:
    """How much does what went over the wire resemble what was said (both A-law)? Correlation, -1 to 1.

    The beginning is found by a loud piece of what was said; where that is not heard exactly, nothing is alike.
    """
    loud = max(range(0, len(said) - 400, 80), key=lambda at: len(set(said[at : at + 400])))
    found = heard.find(said[loud : loud + 400])
    if found < loud:
        return 0.0
    return correlation(from_alaw(said), from_alaw(heard[found - loud : found - loud + len(said)]))


def share_heard(said: bytes, heard: bytes, piece: int = 160) -> float:
    """Which share of the pieces of 20 ms that are no silence was heard sample for sample, and in their order?

    For what a telephone recorded: its buffer drops or stretches some milliseconds now and then, to keep up with its
    own clock, and on a busy machine more often. Another sentence has next to no such piece in common.
    """
    pieces = [said[at : at + piece] for at in range(0, len(said) - piece, piece)]
    loud = [one for one in pieces if len(set(one)) > 20]
    exact, after = 0, 0
    for one in loud:
        found = heard.find(one, after)
        if found >= 0:
            exact, after = exact + 1, found + piece
    return exact / len(loud)


def correlation(one: bytes, other: bytes) -> float:
    """Pearson's, of two runs of 16-bit samples of the same length."""
    if len(one) != len(other) or not one:
        return 0.0
    a, b = array("h", one), array("h", other)
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    covariance = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    spread = sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)
    return float(covariance / spread**0.5) if spread else 0.0
