"""The three kinds of state: a menu, one question with a few answers, and keys that are a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from yibao.channels.hotline.dialogue.call import Call
from yibao.channels.hotline.dialogue.words import HASH, PERSON, STAR, offered, read, said
from yibao.channels.hotline.shapes import Collect, Turn

Item = dict[str, str]
TELLING = ("main", "own", "law", "words")
"""Menus whose choice tells what a call is about."""
PATIENCE = 8.0
"""Seconds for somebody who has to look at the keys first."""


def act(call: Call, do: str, of: str) -> Turn:
    """Do what an item names. The actions need the states, so they are looked up at the time."""
    from yibao.channels.hotline.dialogue.actions import ACTIONS

    return ACTIONS[do](call, of)


def to_person(call: Call) -> Turn:
    """A person, from wherever one is."""
    return act(call, "person", "")


@dataclass
class Menu:
    """A menu of `menus.yaml`. `lead` is said once, before the offers; `shown` leaves items out."""

    name: str
    lead: tuple[str, ...] = ()
    shown: Callable[[Item], bool] = lambda item: True
    is_first: bool = False
    says_once_more: bool = False

    def items(self, call: Call) -> dict[str, Item]:
        """What is offered, by key."""
        found: dict[str, Any] = read("menus")[self.name]
        return {key: item for key, item in found.items() if said(item, call.language) and self.shown(item)}

    def enter(self, call: Call) -> Turn:
        """The offers, the most wanted first; the way back and to a person at the end."""
        offers = [offered(said(item, call.language), key, call.language) for key, item in self.items(call).items()]
        ways = [*(call.say("once_more") if self.says_once_more else []), *([] if self.is_first else call.say("back"))]
        return call.turn([*self.lead, *offers, *ways, *call.say("person")], Collect(1, seconds=PATIENCE))

    def take(self, call: Call, digits: str) -> Turn:
        """What a key does."""
        if digits == PERSON:
            return to_person(call)
        if digits == STAR:
            return call.back()
        item = self.items(call).get(digits)
        if item is None:
            if digits not in ("", HASH) and call.missed():
                call.tell("wrong_thrice")
                return to_person(call)
            self.lead = ()
            return call.again()
        call.wrong, self.lead = 0, ()
        if self.name in TELLING:
            call.about = item["zh"]
        return self.do(call, item)

    def do(self, call: Call, item: Item) -> Turn:
        """What an item does."""
        return act(call, item["do"], item.get("of", ""))


@dataclass
class Greeting:
    """The first words. Who presses nothing is spoken to in Mandarin."""

    def enter(self, call: Call) -> Turn:
        """Who speaks, and in which language to go on: each is offered in itself."""
        items = read("menus")["greeting"]
        offers = [offered(item.get("zh") or item["en"], key, "zh") for key, item in items.items()]
        return call.turn([*call.say("hello"), *offers], Collect(1, seconds=5.0))

    def take(self, call: Call, digits: str) -> Turn:
        """Any key leads on."""
        item = read("menus")["greeting"].get(digits)
        if digits == PERSON:
            call.stack[:] = [Menu("main", is_first=True)]
            return to_person(call)
        return act(call, item["do"], item.get("of", "")) if item else act(call, "language", "zh")


@dataclass
class Choice:
    """One question with a few answers."""

    ask: str
    values: dict[str, Item]
    then: Callable[[Call, str], Turn]
    unsure: Callable[[Call], Turn] | None = None
    before: Callable[[Call], Turn] = Call.back
    is_sure: bool = False

    def enter(self, call: Call) -> Turn:
        """The question and its answers."""
        offers = [offered(said(item, call.language), key, call.language) for key, (_, item) in self._keys(call).items()]
        ways = call.say("unsure") if self.unsure and not self.is_sure else []
        return call.turn(
            [self.ask, *offers, *ways, *call.say("back"), *call.say("person")], Collect(1, seconds=PATIENCE)
        )

    def take(self, call: Call, digits: str) -> Turn:
        """What a key does."""
        if digits == PERSON:
            return to_person(call)
        if digits == STAR:
            return self.before(call)
        if digits == HASH and self.unsure:
            return self.unsure(call)
        chosen = self._keys(call).get(digits)
        if chosen is None:
            if digits not in ("", HASH) and call.missed():
                call.tell("wrong_thrice")
                return to_person(call)
            return call.again()
        call.wrong = 0
        return self.then(call, chosen[0])

    def _keys(self, call: Call) -> dict[str, tuple[str, Item]]:
        told = [(value, item) for value, item in self.values.items() if said(item, call.language)]
        return {str(key): one for key, one in enumerate(told, 1)}


@dataclass
class Entry:
    """Keys that are a number: what is said, how many keys, and what is done with them."""

    ask: Iterable[str]
    most: int
    then: Callable[[Call, str], Turn]
    unsure: Callable[[Call], Turn] | None = None
    before: Callable[[Call], Turn] = Call.back
    secret: bool = False
    star_is_x: bool = False
    seconds: float = PATIENCE

    def enter(self, call: Call) -> Turn:
        """The question, and how it is answered with keys."""
        ways = [*(call.say("unsure") if self.unsure else []), *call.say("back")]
        return call.turn([*self.ask, *ways], Collect(self.most, seconds=self.seconds, secret=self.secret))

    def take(self, call: Call, digits: str) -> Turn:
        """The number; a star in its midst begins anew, unless it stands for an X."""
        if digits == STAR:
            return self.before(call)
        if digits == HASH and self.unsure:
            return self.unsure(call)
        number = digits.replace(STAR, "X") if self.star_is_x else digits.rpartition(STAR)[2]
        if number in ("", HASH):
            return call.again()
        return self.then(call, number)

    def wrong(self, call: Call, *says: str) -> Turn:
        """It cannot be: why, and once more; the third time a person."""
        call.first += says
        call.wrong += 1
        if call.wrong >= 3:
            call.wrong = 0
            call.tell("wrong_thrice")
            return to_person(call)
        return call.again()
