"""Signing in by keys, and the caller's own account."""

from __future__ import annotations

from yibao.channels.hotline.dialogue.call import Call
from yibao.channels.hotline.dialogue.reports import REPORTS
from yibao.channels.hotline.dialogue.states import Entry, Menu
from yibao.channels.hotline.shapes import Turn
from yibao.services import telephone
from yibao.services.results import Done, Refused
from yibao.services.sign_in import checked_number, locked

NUMBER_KEYS, SECRET_KEYS = 18, 6
READING, FETCHING = 15.0, 30.0
"""Seconds between two keys for who reads a certificate, and for who looks for a message on the telephone in use."""
LOCKS = {"telephone_sign_in_locked", "locked", "tenth_wrong_code", "code_asked_too_often", "caller_tries_too_often"}


def own(call: Call, of: str) -> Turn:
    """The account, once it is sure whose it is."""
    if call.actor is not None:
        return call.go(Menu("own"))

    def typed(call: Call, number: str) -> Turn:
        checked = checked_number(number)
        if isinstance(checked, Refused):
            why = [] if call.is_english else [checked.message]
            return entry.wrong(call, *call.say("number_refused"), *why, *call.say("number_letters"))
        shut = locked(checked.value)
        if shut is not None:
            return _locked(call, shut)
        call.number, call.wrong = checked.value, 0
        return call.go(Menu("method", tuple(call.say("how_to_prove"))))

    asks = [*call.say("number"), *call.say("number_x")]
    entry = Entry(asks, NUMBER_KEYS, typed, secret=True, star_is_x=True, seconds=READING)
    return call.go(entry)


def pin(call: Call, of: str) -> Turn:
    """The PIN of the e-credential."""

    def typed(call: Call, digits: str) -> Turn:
        if len(digits) != SECRET_KEYS:
            return entry.wrong(call, *call.say("pin_short"))
        done = telephone.by_pin(call.number, digits, call.caller)
        if isinstance(done, Done):
            return _in(call, done.value)
        return _locked(call, done) if done.code in LOCKS else _once_more(call, "pin_wrong")

    entry = Entry(call.say("pin"), SECRET_KEYS, typed, secret=True)
    return call.go(entry)


def code(call: Call, of: str) -> Turn:
    """A code on the registered phone."""
    sent = telephone.send_code(call.number, call.caller)
    if isinstance(sent, Refused):
        return _locked(call, sent)
    held = sent.value

    def typed(call: Call, digits: str) -> Turn:
        if len(digits) != SECRET_KEYS:
            return entry.wrong(call, *call.say("code_short"))
        done = telephone.by_code(held, digits)
        if isinstance(done, Done):
            return _in(call, done.value)
        return _locked(call, done) if done.code in LOCKS else _once_more(call, "code_wrong")

    call.tell("code_sent", "code_none")
    entry = Entry(call.say("code"), SECRET_KEYS, typed, secret=True, seconds=FETCHING)
    return call.go(entry)


def report(call: Call, of: str) -> Turn:
    """One of the things that a record tells."""
    return REPORTS[of](call)


def _in(call: Call, signed_in: telephone.SignedIn) -> Turn:
    call.actor, call.area, call.wrong, call.number = signed_in.actor, signed_in.area, 0, ""
    call.tell("signed_in", *(("demo",) if signed_in.is_demo else ()))
    return call.home(Menu("own"))


def _once_more(call: Call, why: str) -> Turn:
    """A wrong secret: the service counts, so nothing is counted here."""
    call.tell(why)
    return call.again()


def _locked(call: Call, refused: Refused) -> Turn:
    call.first += [*call.say("locked"), *call.say("locked_then")] if call.is_english else [refused.message]
    call.number = ""
    return call.home()
