"""Who has to be called, and what came of it? The calls that tell a code of signing in (语音验证码).

What is due, what is said and what came of it is known by a process of its own, the desk (`desk.py`): this one sends
sound and waits for no database. A call that is on is a call like any other, with its line, its keys and its end.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
import socket

from yibao.channels.hotline.dialling import Dialling, NotAnswered
from yibao.channels.hotline.offers import OfferRefused, agreed, offer_of, undecided
from yibao.channels.hotline.server import Hotline, OnCall
from yibao.channels.hotline.shapes import Turn
from yibao.channels.hotline.thinking import STEP_S, Remote, Thinkers
from yibao.channels.hotline.transports import Address

log = logging.getLogger(__name__)
LOOK_S, FAILED_S = 2.0, 15.0
AT_ONCE = 4
OURS = "ours"
"""In place of a caller's address: what we make is not counted among the exchange's own calls."""
LONGEST_S = 110.0
"""Once it is answered; the desk lets nobody call again before that."""
NOTED_TRIES = 5
"""How often a desk that cannot be reached is told what came of a call; otherwise the call would be made again."""
END_S, TAKEN_BACK_S = 3.0, 0.5
"""At the stop: for notes that are still to be made, and for exchanges to hear that nobody is called any more."""


class Telling:
    """The conversation of such a call, in the desk's process; remembers whether it had something to say."""

    def __init__(self, remote: Remote) -> None:
        self._remote, self.has_begun = remote, False

    async def start(self) -> Turn:
        """What is said to whoever answers."""
        turn = await self._remote.start()
        self.has_begun = True
        return turn

    async def pressed(self, digits: str) -> Turn:
        """What follows a key."""
        return await self._remote.pressed(digits)

    def hung_up(self) -> None:
        """Over."""
        self._remote.hung_up()


class Ringing:
    """Looks for calls that are due and makes them, a few at once, until it is stopped."""

    def __init__(self, hotline: Hotline, desk: Thinkers, there: Address) -> None:
        self._hotline, self._desk, self._there = hotline, desk, there
        self._numbers = itertools.count()
        self._looks: asyncio.Task[None] | None = None
        self._stops = asyncio.Event()
        self._calls: set[asyncio.Task[None]] = set()
        self._before: set[asyncio.Task[None]] = set()
        """Those of them that nobody has answered yet."""

    def start(self) -> None:
        """Begin to look."""
        self._looks = asyncio.ensure_future(self._look())

    async def stop(self) -> None:
        """Make no more calls, and let no telephone ring any longer; who is being spoken to is not cut short here."""
        self._stops.set()
        if self._looks is not None:
            await self._looks  # to the end of its errand: what it gets is given back
        tasks = list(self._before)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if tasks:
            await asyncio.sleep(TAKEN_BACK_S)

    async def close(self) -> None:
        """The hotline has stopped: note what is still to be noted."""
        await self.stop()
        if self._calls:
            _, left = await asyncio.wait(self._calls, timeout=END_S)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _look(self) -> None:
        while not self._stops.is_set():
            wait = LOOK_S
            try:
                while len(self._calls) < AT_ONCE and await self._begun():
                    pass
            except Exception as problem:  # the desk cannot be reached, or its books; the next look may find more
                log.error("no look at the calls that are due: %s", type(problem).__name__)
                wait = FAILED_S
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stops.wait(), wait)

    async def _begun(self) -> bool:
        """Begin the next call that is due; whether there may be more."""
        due = (await self._errand("due")).say
        if due and self._stops.is_set():
            await self._noted(due[0], "broke_off")
        if not due or self._stops.is_set():
            return False
        task = asyncio.ensure_future(self._call(*due))
        self._calls.add(task)
        self._before.add(task)
        task.add_done_callback(self._calls.discard)
        task.add_done_callback(self._before.discard)
        return True

    async def _errand(self, *what: str) -> Turn:
        """Ask the desk for something; each errand is a conversation of one step."""
        remote = self._desk.conversation(json.dumps(what), f"errand {next(self._numbers)}")
        try:
            async with asyncio.timeout(STEP_S):
                return await remote.start()
        finally:
            remote.hung_up()

    async def _call(self, call: str, phone: str) -> None:
        """One call, from the first ring to the note of what came of it."""
        answer = "broke_off"
        try:
            answer = await self._made(call, phone)
        except NotAnswered as nobody:
            answer = nobody.answer
        except OfferRefused:
            answer = "refused_sound"
            log.error("somebody answered, but with no sound that we speak")
        except Exception as problem:
            log.error("a call that was to be made broke off: %s", type(problem).__name__)
        finally:
            await self._noted(call, answer)

    async def _noted(self, call: str, answer: str) -> None:
        for _ in range(NOTED_TRIES):
            try:
                await self._errand("note", call, answer)
                return
            except (OSError, TimeoutError):
                await asyncio.sleep(1)
        log.error("what came of a call could not be noted")

    async def _made(self, call: str, phone: str) -> str:
        """Call, and let the conversation speak; what came of it."""
        signalling = self._hotline.by_udp()
        there = await self._found()
        address = self._hotline.address(signalling, there)
        line, port = await self._hotline.open_line(signalling, undecided(), there[0])
        dialling = Dialling(signalling, there, address, phone)
        offer = offer_of(address, port)
        try:
            answer = await dialling.answered(offer)
        except BaseException:
            line.close()
            raise
        self._before.discard(asyncio.current_task())
        theirs = dialling.call
        if theirs is None:
            raise NotAnswered("broke_off")
        try:
            line.agreed(agreed(offer, answer))
        except OfferRefused:
            line.close()
            signalling.hang_up(theirs)
            raise
        telling = Telling(self._desk.conversation(call, f"telling {theirs.call_id}"))
        ended = await self._hotline.talk(OnCall(theirs, signalling, line, address, OURS, telling, port), LONGEST_S)
        if ended:
            return "told" if telling.has_begun else "broke_off"  # else they heard an apology
        return "broke_off" if self._hotline.is_stopping else "hung_up"

    async def _found(self) -> Address:
        """Where the exchange is; its name is asked for anew each time."""
        host, port = self._there
        found = await asyncio.get_running_loop().getaddrinfo(host, port, family=socket.AF_INET, type=socket.SOCK_DGRAM)
        address = found[0][4]
        return str(address[0]), int(address[1])
