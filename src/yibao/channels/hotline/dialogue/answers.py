"""An answer on the telephone: what is said, and then its ground, a message, or the question anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from yibao.channels.hotline.dialogue.call import Call
from yibao.channels.hotline.dialogue.states import Item, Menu
from yibao.channels.hotline.dialogue.words import HASH, read
from yibao.channels.hotline.shapes import Turn
from yibao.services import telephone
from yibao.services.results import Refused
from yibao.services.speech_english import day_in_english, figure_in_english

DOCUMENTS_MAX = 2


class Answer(Menu):
    """The menu after an answer: the answer is said on coming in, and once more on the hash key."""

    def __init__(
        self,
        says: Sequence[str],
        *,
        ground: Sequence[str] = (),
        message: str = "",
        is_own: bool = False,
        anew: Callable[[Call], Turn] | None = None,
    ) -> None:
        super().__init__("after", tuple(says), says_once_more=True)
        self.says, self.ground, self.message, self.is_own, self.anew = tuple(says), tuple(ground), message, is_own, anew

    def items(self, call: Call) -> dict[str, Item]:
        """Only what there is: no ground without a document, no message where none can arrive."""
        reachable = self.is_own or telephone.is_mobile(call.caller)
        there = {
            "ground": bool(self.ground),
            "message": bool(self.message) and reachable,
            "anew": self.anew is not None,
        }
        return {key: item for key, item in super().items(call).items() if there[item["do"]]}

    def take(self, call: Call, digits: str) -> Turn:
        """The hash key says the answer once more."""
        if digits == HASH:
            self.lead = self.says
            return call.again()
        return super().take(call, digits)

    def do(self, call: Call, item: Item) -> Turn:
        """Its ground, a message, or the question anew."""
        if item["do"] == "anew" and self.anew is not None:
            return self.anew(call)
        if item["do"] == "message":
            self._send(call)
        else:
            self.lead = self.ground
        return call.again()

    def _send(self, call: Call) -> None:
        """By short message: what the law says to the caller, what a record says to the registered phone."""
        if self.is_own:
            done = telephone.answer_to_registered(call.signed_in, self.message)
        else:
            done = telephone.answer_to_caller(call.caller, self.message)
        if isinstance(done, Refused):
            call.first += call.say("message_refused") if call.is_english else [done.message]
        else:
            call.tell("message_sent_home" if self.is_own else "message_sent")


def grounds(call: Call, answered: dict[str, Any]) -> list[str]:
    """The documents of an answer, the first ones, each with the day since which it is in force."""
    out: list[str] = []
    if call.is_english:
        return out
    cited_once = {cited["document"]: cited for cited in answered["citations"]}
    for cited in list(cited_once.values())[:DOCUMENTS_MAX]:
        number = f"，{cited['number']}" if cited["number"] else ""
        issuer = "" if cited["document"].startswith(cited["issuer"]) else f"{cited['issuer']}的"
        out += call.say("grounds", document=f"{issuer}{cited['document']}{number}")
        if cited["effective_from"]:
            out += call.say("grounds_since", day=cited["effective_from"])
    return [*out, *call.say("as_of", day=answered["on"])] if out else []


def in_english(call: Call, answered: dict[str, Any]) -> list[str]:
    """The figures of an answer in English sentences, or why there are none."""
    figures, out = answered["figures"], []
    if answered["certainty"] == "not_applicable":
        return call.say("not_applicable")
    if len(answered["cases"]) > 1:
        return call.say("too_many_cases")
    for name, how in read("figures").items():
        if name not in figures or how.get("unless") in figures:
            continue
        found = figures[name]
        per = "a year" if found["unit"] == "fen/year" else "a month"
        ends = [found["value"]] if "value" in found else [found["low"], found["high"]]
        told = [figure_in_english(end, found["unit"]) for end in ends]
        if ends == [0] and "zero" in how:
            out.append(how["zero"])
        elif None not in told:
            out.append(how["say"].format(value=" to ".join(str(one) for one in told), per=per))
    if not out:
        return call.say("figure_unknown")
    out = [one[0].upper() + one[1:] for one in out]
    if answered["grade"] in ("reported", "unverified"):
        out += call.say(f"grade_{answered['grade']}")
    return [*out, *call.say("as_of", day=day_in_english(date.fromisoformat(answered["on"])))]
