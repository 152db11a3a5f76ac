"""What does the process with the books do for calls that we make? It says which are due, and notes what came of them.

It is started as a process of conversations is (`thinking.py`), and asked by the same lines: an errand is a conversation
of one step, and what it "says" are the call and the phone, from one process of ours to the other and to nobody's ear.
"""

from __future__ import annotations

import json

from yibao.channels.hotline.dialogue.telling import Telling
from yibao.channels.hotline.shapes import Turn
from yibao.channels.hotline.thinking import Conversation
from yibao.services.sign_in import spoken


class Errand:
    """Something that is asked once: `due`, or `note` with a call and what came of it."""

    def __init__(self, asked: str) -> None:
        self._what, *self._more = json.loads(asked)

    def start(self) -> Turn:
        """The next call and its phone, or nothing."""
        if self._what == "note":
            spoken.note(*self._more)
            return Turn(())
        due = spoken.claim()
        return Turn((str(due.call), due.phone) if due else ())

    def pressed(self, digits: str) -> Turn:
        """Nobody presses anything here."""
        return Turn((), end=True)

    def hung_up(self) -> None:
        """It is over anyhow."""


def made(asked: str, call: str) -> Conversation:
    """An errand, or what is said in a call."""
    return Errand(asked) if call.startswith("errand ") else Telling(asked)
