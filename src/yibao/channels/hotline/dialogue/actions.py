"""What the items of the menus do, by the names that `menus.yaml` gives them."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from yibao.channels.hotline.dialogue import law, own, person
from yibao.channels.hotline.dialogue.call import Call
from yibao.channels.hotline.dialogue.states import Menu
from yibao.channels.hotline.shapes import Language, Speed, Turn


def menu(call: Call, of: str) -> Turn:
    """A menu within a menu."""
    return call.go(Menu(of))


def language(call: Call, of: str) -> Turn:
    """Which language is spoken from now on."""
    call.language = cast(Language, of)
    call.stack[:] = [Menu("main", is_first=True)]
    if call.is_english:
        call.tell("hello")
    return call.again()


def slowly(call: Call, of: str) -> Turn:
    """Mandarin, but slowly."""
    call.speed = "slow"
    return language(call, "zh")


def speed(call: Call, of: str) -> Turn:
    """How fast is spoken from now on."""
    call.speed = cast(Speed, of)
    call.tell("speed_set")
    return call.back()


ACTIONS: dict[str, Callable[[Call, str], Turn]] = {
    "menu": menu,
    "language": language,
    "slowly": slowly,
    "speed": speed,
    "own": own.own,
    "pin": own.pin,
    "code": own.code,
    "report": own.report,
    "law": law.law,
    "topic": law.topic,
    "person": person.person,
    "ring_caller": person.ring_caller,
    "ring_other": person.ring_other,
}
