"""A person calls back: on the telephone that is being used, or on another. The counter sees it in its queue."""

from __future__ import annotations

from yibao.channels.hotline.dialogue.call import Call
from yibao.channels.hotline.dialogue.places import which_area
from yibao.channels.hotline.dialogue.states import Entry, Menu
from yibao.channels.hotline.shapes import Turn
from yibao.services import callbacks
from yibao.services.results import Refused
from yibao.services.telephone import areas_here

PHONE_KEYS = 12
RINGABLE = 7
ABOUT = "热线来电：{about}"
NOTHING_CHOSEN = "没有说什么事"
FINAL = {"callback_asked_too_often"}


def person(call: Call, of: str) -> Turn:
    """A person is wanted: which area's, and on which phone."""
    here = [code for code, _ in areas_here()]
    if call.area in here or len(here) == 1:
        return _which_phone(call, call.area if call.area in here else here[0])
    if call.place in here:
        return _which_phone(call, call.place)
    return call.go(which_area(call, _which_phone))


def ring_caller(call: Call, of: str) -> Turn:
    """Call back the phone that is being used."""
    return _ask(call, call.caller)


def ring_other(call: Call, of: str) -> Turn:
    """Call back another phone."""
    return call.go(_other_phone(call))


def _which_phone(call: Call, area: str) -> Turn:
    call.counter = area
    if sum(sign.isdigit() for sign in call.caller) >= RINGABLE:
        return call.go(Menu("callback", tuple(call.say("which_phone"))))
    call.tell("called_back_how")
    return call.go(_other_phone(call))


def _other_phone(call: Call) -> Entry:
    asks = [*call.say("other_phone"), *call.say("end_with_hash")]
    return Entry(asks, PHONE_KEYS, _ask, secret=True)


def _ask(call: Call, phone: str) -> Turn:
    person = call.actor.person_id if call.actor else None
    about = ABOUT.format(about=call.about or NOTHING_CHOSEN)
    done = callbacks.ask_for_callback(call.counter, phone, about, person)
    if not isinstance(done, Refused):
        call.tell("called_back", "more")
        return call.home()
    why = call.say("call_refused") if call.is_english else [done.message]
    state = call.stack[-1]
    if isinstance(state, Entry) and done.field == "phone" and done.code not in FINAL:
        call.first += why
        return call.again()
    call.first += why
    return call.home()
