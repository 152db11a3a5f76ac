"""What is known of one call, and how it goes from one state to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from yibao.channels.hotline.dialogue.words import aloud, sentence
from yibao.channels.hotline.shapes import Collect, Language, Speed, Turn
from yibao.services import clock
from yibao.services.permissions import Actor

MISSES_MAX = 3
"""So often nothing or a wrong key is borne: then the call ends, or a person is offered."""


class State(Protocol):
    """A place in the conversation: what is said on coming there, and what the keys do."""

    def enter(self, call: Call) -> Turn: ...

    def take(self, call: Call, digits: str) -> Turn: ...


@dataclass
class Call:
    """One call. `area` keeps the caller's record, `place` is where the law is asked, `counter` who is to call back."""

    caller: str = ""
    day: date | None = None
    language: Language = "zh"
    speed: Speed = "normal"
    actor: Actor | None = None
    area: str = ""
    place: str = ""
    counter: str = ""  # the area that is to call back
    number: str = field(default="", repr=False)  # of the certificate, while somebody signs in
    about: str = ""  # what was chosen last, for whoever calls back
    wrong: int = 0
    stack: list[State] = field(default_factory=list)
    first: list[str] = field(default_factory=list)  # what is said before whatever comes next

    @property
    def today(self) -> date:
        """The day of the call in China."""
        return self.day or clock.today()

    @property
    def signed_in(self) -> Actor:
        """Who signed in; the menu of the own account is not reached otherwise."""
        if self.actor is None:
            raise PermissionError("nobody has signed in")
        return self.actor

    @property
    def is_english(self) -> bool:
        """Whether English is spoken."""
        return self.language == "en"

    def say(self, name: str, **filled: str) -> list[str]:
        """A sentence of the menus in the language of the call."""
        return sentence(name, self.language, **filled)

    def tell(self, *names: str, **filled: str) -> None:
        """Say these sentences before whatever comes next."""
        self.first += [text for name in names for text in self.say(name, **filled)]

    def turn(self, says: Iterable[str], collect: Collect | None = None, *, end: bool = False) -> Turn:
        """What is said next, as it is spoken."""
        texts, self.first = [*self.first, *says], []
        heard = tuple(one for text in texts for one in aloud(text))
        return Turn(heard, None if end else collect, end, self.speed, self.language)

    def go(self, state: State) -> Turn:
        """On to a further state."""
        self.stack.append(state)
        return state.enter(self)

    def swap(self, state: State) -> Turn:
        """To a state in place of this one."""
        self.stack[-1] = state
        return state.enter(self)

    def again(self) -> Turn:
        """The same state once more."""
        return self.stack[-1].enter(self)

    def back(self) -> Turn:
        """To the state before this one."""
        if len(self.stack) > 1:
            self.stack.pop()
        return self.again()

    def home(self, *further: State) -> Turn:
        """To the first menu, and on from there without a stop."""
        self.stack[1:] = list(further)
        return self.again()

    def missed(self, name: str = "no_such_key") -> bool:
        """Count a wrong key; whether it was one too many."""
        self.wrong += 1
        if self.wrong >= MISSES_MAX:
            self.wrong = 0
            return True
        self.tell(name)
        return False
