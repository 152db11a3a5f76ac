"""Who thinks while others are on the telephone? Processes of their own, fed with keys, that give back what is said.

A conversation computes and asks the database. In the process that sends sound each 20 ms that would be heard as a gap
by all callers. A call stays with its process. Where one dies its calls are told so at their next step, and another is
started in its place. Over a pair of sockets go lines of JSON: [call, step, text] there, [call, turn or null] back.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any, Protocol

from yibao.channels.hotline.shapes import Collect, Turn
from yibao.channels.hotline.speaking import give_way

log = logging.getLogger(__name__)
REAL = f"{__package__}.thinking:real"
"""Where the conversations come from: a function without arguments that makes everything ready and gives `Make`."""
THINKERS = min(8, max(2, (os.cpu_count() or 2) - 1))
"""One core is for the sound."""
DESK = f"{__package__}.thinking:desk"
"""The same for the calls that we make."""
START_S, STEP_S, END_S, AGAIN_S = 60.0, 20.0, 10.0, 1.0
"""For a start, for a step, for the end, and between a death and the next start."""
LINE_BYTES = 1 << 20


class Conversation(Protocol):
    """What is asked of a conversation in its process."""

    def start(self) -> Turn: ...

    def pressed(self, digits: str) -> Turn: ...

    def hung_up(self) -> None: ...


Make = Callable[[str, str], Conversation]
"""A conversation for a caller's number and the number of the call."""


class Thinker:
    """One such process, from its start to its end."""

    def __init__(
        self, process: subprocess.Popen[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process, self._reader, self._writer = process, reader, writer
        self._steps: dict[str, asyncio.Future[Turn]] = {}
        self._heard_of = time.monotonic()
        self.calls: set[str] = set()
        self.life = asyncio.ensure_future(self._listen())

    @classmethod
    async def started(cls, make: str) -> Thinker:
        """One that is ready; OSError where it cannot be had."""
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", __name__, make]
            process = subprocess.Popen(command, stdin=theirs.fileno(), process_group=0)  # as in speaking.py
        reader, writer = await asyncio.open_connection(sock=ours, limit=LINE_BYTES)
        ready = b""
        try:
            with contextlib.suppress(TimeoutError, OSError):
                ready = await asyncio.wait_for(reader.readline(), START_S)
        finally:
            if not ready:
                process.kill()
                process.wait()
                writer.close()
        if not ready:
            raise OSError("对话程序启动不了。The process of the conversations cannot be started.")
        return cls(process, reader, writer)

    async def ask(self, call: str, step: str, text: str) -> Turn:
        """What a step of a call gives; OSError where it cannot be had. A process that gives nothing any more ends."""
        asked = time.monotonic()
        self._send(call, step, text)
        self._steps[call] = answer = asyncio.get_running_loop().create_future()
        try:
            return await answer
        finally:
            del self._steps[call]
            if not self.life.done() and time.monotonic() - max(asked, self._heard_of) > STEP_S:
                self._process.kill()

    def forget(self, call: str) -> None:
        """The call is over."""
        self.calls.discard(call)
        with contextlib.suppress(OSError):
            self._send(call, "hung_up", "")

    async def close(self) -> None:
        """End the process: it goes when it has done what it was told and nobody can tell it more."""
        self._writer.close()
        try:
            await asyncio.to_thread(self._process.wait, END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            await asyncio.to_thread(self._process.wait)
        await self.life

    def _send(self, *asked: str) -> None:
        if self.life.done():
            raise OSError("the process of a call has died")
        self._writer.write(json.dumps(asked).encode() + b"\n")

    async def _listen(self) -> None:
        """Take answers until the process dies."""
        with contextlib.suppress(OSError):
            while line := await self._reader.readline():
                call, told = json.loads(line)
                self._heard_of = time.monotonic()
                waits = self._steps.get(call)
                if waits is not None and not waits.done():
                    waits.set_result(_turn(told)) if told else waits.set_exception(OSError("a step failed"))
        for waits in self._steps.values():
            if not waits.done():
                waits.set_exception(OSError("the process of a call has died"))


@dataclass(frozen=True)
class Remote:
    """A call's conversation, in the process with which it stays."""

    thinker: Thinker
    caller: str
    call: str

    async def start(self) -> Turn:
        """The first words."""
        return await self.thinker.ask(self.call, "start", self.caller)

    async def pressed(self, digits: str) -> Turn:
        """What follows the keys."""
        return await self.thinker.ask(self.call, "pressed", digits)

    def hung_up(self) -> None:
        """Over, behind the step that may still be running."""
        self.thinker.forget(self.call)


class Thinkers:
    """A few of them. Used in one loop."""

    def __init__(self, make: str = REAL, many: int = THINKERS) -> None:
        self._make, self._many = make, many
        self._all: list[Thinker] = []
        self._keepers: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Have all of them ready; OSError where they cannot be had."""
        started = [Thinker.started(self._make) for _ in range(self._many)]
        found = await asyncio.gather(*started, return_exceptions=True)
        self._all = [one for one in found if isinstance(one, Thinker)]
        for problem in found:
            if isinstance(problem, BaseException):
                await self.close()
                raise problem
        self._keepers = [asyncio.ensure_future(self._keep(place)) for place in range(self._many)]

    def conversation(self, caller: str, call: str) -> Remote:
        """A new call's, with the one that has the fewest."""
        thinker = min(self._all, key=lambda one: (one.life.done(), len(one.calls)))
        thinker.calls.add(call)
        return Remote(thinker, caller, call)

    async def close(self) -> None:
        """End all of them."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        await asyncio.gather(*(one.close() for one in self._all))

    async def _keep(self, place: int) -> None:
        """Put another in the place of one that died."""
        while True:
            await asyncio.shield(self._all[place].life)
            log.error("a process of conversations has died; another is started")
            await self._all[place].close()
            while self._all[place].life.done():
                await asyncio.sleep(AGAIN_S)
                with contextlib.suppress(OSError):
                    self._all[place] = await Thinker.started(self._make)


def _turn(told: dict[str, Any]) -> Turn:
    collect = told.pop("collect")
    return Turn(**{**told, "say": tuple(told["say"])}, collect=Collect(**collect) if collect else None)


def real() -> Make:
    """The conversation of `turns.py`. What the first questions need is loaded now, and not while somebody waits."""
    import django

    django.setup()
    from yibao.channels.hotline.turns import Conversation
    from yibao.services.answers import TOPICS, answer
    from yibao.services.clock import today

    for topic in TOPICS:
        answer(topic, area="北京", on=today(), facts={})
    first = Conversation()
    first.start()
    for keys in ("1", "1", "*", "2", "1", "*", "*", "0"):  # into each menu and out again; the third asks the books
        first.pressed(keys)
    first.hung_up()
    return Conversation


def desk() -> Make:
    """What `desk.py` makes, the books at hand."""
    import django

    django.setup()
    from yibao.channels.hotline.desk import made

    return made


def main(name: str) -> None:
    """Think until nobody asks any more."""
    from django.db import connections

    give_way()
    module, _, function = name.partition(":")
    make: Make = getattr(import_module(module), function)()
    calls: dict[str, Conversation] = {}
    with (
        contextlib.suppress(BrokenPipeError),  # nobody waits for the answer any more
        socket.socket(fileno=0) as pipe,
        pipe.makefile("rwb") as lines,
    ):
        lines.write(b"ready\n")
        lines.flush()
        for line in lines:
            call, step, text = json.loads(line)
            if step == "hung_up":
                gone = calls.pop(call, None)
                if gone is not None:
                    gone.hung_up()
                continue
            turn = _stepped(calls, make, call, step, text)
            connections.close_all()  # a call lasts minutes, and so may the next wait
            lines.write(json.dumps([call, asdict(turn) if turn else None]).encode() + b"\n")
            lines.flush()


def _stepped(calls: dict[str, Conversation], make: Make, call: str, step: str, text: str) -> Turn | None:
    try:
        if step == "pressed":
            return calls[call].pressed(text)
        calls[call] = make(text, call)
        return calls[call].start()
    except Exception as problem:  # what failed may hold a number, so only its kind is written down
        log.error("a step of a call failed: %s", type(problem).__name__)
        return None


if __name__ == "__main__":
    main(sys.argv[1])
