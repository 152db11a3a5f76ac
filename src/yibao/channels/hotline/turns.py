"""What does a caller hear, and what do the keys do? The seam between the conversation and the telephone around it.

`Conversation.start()` gives the first `Turn`; each `pressed(digits)` gives the next. Digits come without the key that
ended them; "" is silence until the time ran out, "#" is the end key with nothing before it. A star as the first of
several keys ends the collecting at once ("*": back); later it is a key like the others (an X at a number's end).
A conversation blocks (it asks the database), is used by one thread at a time, and knows neither sound nor sockets.
"""

from __future__ import annotations

import logging
from datetime import date

from yibao.channels.hotline.dialogue.call import MISSES_MAX, Call
from yibao.channels.hotline.dialogue.states import Greeting
from yibao.channels.hotline.dialogue.words import HASH, STAR, fixed
from yibao.channels.hotline.shapes import Collect, Turn

__all__ = ["Collect", "Conversation", "Turn", "fixed_sentences"]

log = logging.getLogger(__name__)
KEYS = frozenset(f"0123456789{STAR}{HASH}")


class Conversation:
    """One call, from the first word to the last. `caller` is the number that calls, empty where it is withheld."""

    def __init__(self, caller: str = "", call_id: str = "", today: date | None = None) -> None:
        self._call = Call(caller, today)
        self._call_id = call_id
        self._silent = 0
        self._is_over = False

    def start(self) -> Turn:
        """The greeting."""
        return self._call.go(Greeting())

    def pressed(self, digits: str) -> Turn:
        """What follows the keys; the third silence in a row ends the call."""
        call = self._call
        if self._is_over or not call.stack:
            return Turn((), end=True)
        if digits:
            self._silent = 0
            return self._safely("".join(key for key in digits if key in KEYS) or HASH)
        self._silent += 1
        if self._silent < MISSES_MAX:
            call.tell("not_heard")
            return self._safely("")
        return self._ended(call.say("goodbye_silent"))

    def hung_up(self) -> None:
        """The caller is gone: nothing of the call is kept."""
        self._call = Call()
        self._is_over = True

    def _safely(self, digits: str) -> Turn:
        try:
            return self._call.stack[-1].take(self._call, digits)
        except Exception as error:  # what failed may hold a number, so only its kind is written down
            log.error("a conversation failed (call %s): %s", self._call_id, type(error).__name__)
            self._call.first.clear()
            return self._ended(self._call.say("trouble"))

    def _ended(self, says: list[str]) -> Turn:
        turn = self._call.turn(says, end=True)
        self.hung_up()
        return turn


def fixed_sentences() -> list[str]:
    """Every sentence that does not depend on the caller, to be made ahead. One without a Chinese character is English,
    in a turn of either language: the greeting says in English how to get English."""
    return list(dict.fromkeys(fixed()))
