"""Where is the caller insured? One key for the areas kept here, six for any other."""

from __future__ import annotations

from collections.abc import Callable

from yibao.channels.hotline.dialogue.call import Call, State
from yibao.channels.hotline.dialogue.states import Choice, Entry
from yibao.channels.hotline.dialogue.words import read
from yibao.channels.hotline.shapes import Turn
from yibao.services.answers import area_named
from yibao.services.answers.places import place_with_law
from yibao.services.results import Refused
from yibao.services.telephone import areas_here

OTHER = "other"
SHOWN = 3
CODE_KEYS = 6


def which_area(call: Call, then: Callable[[Call, str], Turn]) -> State:
    """The state that asks for the area; `then` gets its code."""
    here = areas_here()[:SHOWN]
    if not here:
        return _by_code(call, then)
    values = {code: {"zh": f"在{name}", "en": f"{name}"} for code, name in here}
    values[OTHER] = read("sentences")["other_area"]

    def chosen(call: Call, code: str) -> Turn:
        return call.go(_by_code(call, then)) if code == OTHER else then(call, code)

    return Choice(call.say("which_area")[0], values, chosen)


def name_of(code: str) -> str:
    """The name of an area."""
    named = area_named(code)
    return "" if isinstance(named, Refused) else named.value


def _by_code(call: Call, then: Callable[[Call, str], Turn]) -> Entry:
    def typed(call: Call, digits: str) -> Turn:
        found = place_with_law(digits)
        if isinstance(found, Refused):
            outside = found.code == "area_outside" and not call.is_english
            return entry.wrong(call, *([found.message] if outside else call.say("area_unknown")))
        if found.value.kind != "pooling":
            return entry.wrong(call, *call.say("area_province"))
        call.wrong = 0
        return then(call, found.value.code)

    entry = Entry(call.say("area_code"), CODE_KEYS, typed)
    return entry
