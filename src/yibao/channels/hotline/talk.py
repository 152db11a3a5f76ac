"""How does one call go? Say what the conversation says, listen for keys meanwhile, give them to it, until the end.

Speech stops at the first key. What is pressed before anybody was asked for it is kept: who knows the menu need not
wait for it. The conversation computes elsewhere (`thinking.py`); here its turns are awaited.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine
from typing import Any, Protocol

from yibao.channels.hotline.line import SILENCE, Line
from yibao.channels.hotline.prompts import Prompts
from yibao.channels.hotline.shapes import Collect, Turn
from yibao.channels.hotline.thinking import STEP_S

log = logging.getLogger(__name__)
BETWEEN = 15
"""Silent frames after a sentence: 0.3 s."""
PATIENCE_S = 1.5
LONGEST_S = 30 * 60
TYPED_AHEAD = 64
WAIT = {"zh": "请稍等。", "en": "One moment, please."}
SORRY = {
    "zh": "对不起，系统现在忙，请过一会儿再打来。再见。",
    "en": "We are sorry, the system is busy. Please call again later. Goodbye.",
}
SENTENCES = (*WAIT.values(), *SORRY.values())
"""What the telephone says of its own."""


class Talker(Protocol):
    """What is asked of a conversation."""

    async def start(self) -> Turn: ...

    async def pressed(self, digits: str) -> Turn: ...

    def hung_up(self) -> None: ...


class Talk:
    """One call's talk. `run` ends when the conversation ends; the call's end cancels it."""

    def __init__(self, conversation: Talker, line: Line, prompts: Prompts) -> None:
        self._conversation, self._line, self._prompts = conversation, line, prompts
        self._keys: deque[str] = deque(maxlen=TYPED_AHEAD)
        self._key_came = asyncio.Event()
        self._may_interrupt = False
        self._language = "zh"

    def pressed(self, key: str) -> None:
        """A key, at the moment it comes."""
        self._keys.append(key)
        self._key_came.set()
        if self._may_interrupt:
            self._line.hush()

    async def run(self) -> None:
        """The whole talk, of half an hour at most."""
        try:
            async with asyncio.timeout(LONGEST_S):
                await self._turns()
        except TimeoutError:
            log.info("a call was ended after half an hour")

    async def _turns(self) -> None:
        step = self._conversation.start()
        while True:
            turn = await self._next(step)
            self._language = turn.language
            await self._say(turn)
            if turn.end:
                await self._line.silent.wait()
                return
            digits = await self._collect(turn.collect) if turn.collect else await self._heard()
            step = self._conversation.pressed(digits)

    async def _next(self, step: Coroutine[Any, Any, Turn]) -> Turn:
        """The next turn; an apology and the end where it cannot be had."""
        self._may_interrupt = False
        working = asyncio.ensure_future(step)
        try:
            done, _ = await asyncio.wait({working}, timeout=PATIENCE_S)
            if not done:
                await self._speak(WAIT[self._language], "normal")
                done, _ = await asyncio.wait({working}, timeout=STEP_S)
            if done:
                return working.result()
            log.error("a step of a call took longer than %s s", STEP_S)
        except Exception as problem:  # whatever broke, the caller is told so and not left in silence
            log.error("a step of a call failed: %s", type(problem).__name__)
        finally:
            working.cancel()
        return Turn((SORRY[self._language],), end=True)

    async def _say(self, turn: Turn) -> None:
        """Say the turn, up to the first key if keys are waited for."""
        self._may_interrupt = not turn.end
        if self._keys and turn.collect is not None:
            return  # typed ahead
        for sentence in turn.say:
            if not sentence.strip():
                continue
            await self._speak(sentence, turn.speed)
            if self._may_interrupt and self._keys:
                self._line.hush()
                return

    async def _speak(self, sentence: str, speed: str) -> None:
        """Put a sentence behind what is being said; the next one is made while this one is heard."""
        codec = self._line.media.codec
        clip = await self._prompts.clip(sentence, speed, codec)
        self._line.say(clip + SILENCE[codec] * BETWEEN)

    async def _heard(self) -> str:
        """A turn that asks nothing is heard out, or cut short by a key, and the next follows."""
        await self._line_silent_or_key()
        return ""

    async def _collect(self, wanted: Collect) -> str:
        """The keys, without the one that ended them; "" where none came in time, "#" where the end key came alone."""
        digits = ""
        while len(digits) < wanted.most:
            key = await self._key(wanted.seconds)
            if key is None:
                break
            if key == wanted.ends:
                return digits or key
            digits += key
            if digits == "*":
                break
        return digits

    async def _key(self, seconds: float) -> str | None:
        """The next key; None if none came for so long after the last word. While the call is held time stands still."""
        await self._line_silent_or_key()
        while not self._keys:
            self._key_came.clear()
            try:
                await asyncio.wait_for(self._key_came.wait(), seconds)
            except TimeoutError:
                if self._line.media.sends:
                    return None
        return self._keys.popleft()

    async def _line_silent_or_key(self) -> None:
        while not self._keys and not self._line.silent.is_set():
            self._key_came.clear()
            waits = {asyncio.ensure_future(self._line.silent.wait()), asyncio.ensure_future(self._key_came.wait())}
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
