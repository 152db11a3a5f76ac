"""Questions about the law: where, what, and as many facts as the law of that place reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yibao.channels.hotline.dialogue.answers import Answer, grounds, in_english
from yibao.channels.hotline.dialogue.call import Call
from yibao.channels.hotline.dialogue.places import name_of, which_area
from yibao.channels.hotline.dialogue.states import Choice, Entry, Menu
from yibao.channels.hotline.dialogue.words import CASES_MAX, read, said
from yibao.channels.hotline.shapes import Turn
from yibao.services.answers import ALL_TOPICS, Fact, WordTopic, answer, journey
from yibao.services.results import Refused

DAY_KEYS, MONTH_KEYS, YEARS_KEYS = 8, 6, 2
STEPS_MAX = 3


def law(call: Call, of: str) -> Turn:
    """The questions, once it is said where."""

    def there(call: Call, code: str) -> Turn:
        call.place = code
        lead = [*call.say("area_is", area=name_of(code)), *(call.say("area_name", area=name_of(code)))]
        return call.go(Menu("law", tuple(lead)))

    return call.go(which_area(call, there))


def topic(call: Call, of: str) -> Turn:
    """One question, to its answer."""
    items = (item for name in ("law", "words") for item in read("menus")[name].values() if item.get("of") == of)
    may_be_sent = next(items).get("message") != "no"
    question = Question(of, call.place, may_be_sent)
    return question.further(call)


@dataclass
class Question:
    """A question on its way: the facts so far, in the order in which they were told."""

    topic: str
    place: str
    may_be_sent: bool
    facts: dict[str, str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    depth: int = 0

    def further(self, call: Call) -> Turn:
        """The next fact that the law reads, or the answer."""
        self.depth = self.depth or len(call.stack)
        del call.stack[self.depth :]
        path = journey(self.topic, area=self.place, on=call.today, facts=self.facts, skipped=self.skipped)
        if isinstance(path, Refused):
            return self._not_so(call, path)
        if path.next is None:
            return self._answer(call)
        return call.go(self._asks(call, path.next))

    def _asks(self, call: Call, fact: Fact) -> Choice | Entry:
        spec: dict[str, Any] = read("facts")[fact.name]
        ask = said(spec, call.language)
        told, unsure = self._taker(fact.name), self._skipper(fact.name)
        if spec["kind"] == "choice":
            values = {value: item for value, item in spec["values"].items() if value in fact.values}
            return Choice(ask, values, told, unsure, self._undo, "sure" in spec)
        return ENTRIES[spec["kind"]](call, ask, spec, told, unsure, self._undo)

    def _taker(self, name: str) -> Callable[[Call, str], Turn]:
        def told(call: Call, value: str) -> Turn:
            self.facts[name] = value
            self.order.append(name)
            call.wrong = 0
            return self.further(call)

        return told

    def _skipper(self, name: str) -> Callable[[Call], Turn]:
        def unsure(call: Call) -> Turn:
            self.skipped.append(name)
            self.order.append(name)
            return self.further(call)

        return unsure

    def _undo(self, call: Call) -> Turn:
        """Back to the fact before, or to the menu."""
        if not self.order:
            return call.back()
        last = self.order.pop()
        self.facts.pop(last, None)
        if last in self.skipped:
            self.skipped.remove(last)
        return self.further(call)

    def _not_so(self, call: Call, refused: Refused) -> Turn:
        """What was told last cannot be: why, and the same fact again."""
        call.first += call.say("fact_refused") if call.is_english else [refused.message]
        return self._undo(call)

    def _answer(self, call: Call) -> Turn:
        done = answer(self.topic, area=self.place, on=call.today, facts=self.facts)
        if isinstance(done, Refused):
            return self._not_so(call, done)
        answered = done.value.to_json()
        says = in_english(call, answered) if call.is_english else in_chinese(call, answered)
        message = _message(answered) if self.may_be_sent else ""
        if call.is_english and assumed_of(self.topic).keys() & {*self.skipped}:
            says += call.say("assumed")
        if call.is_english and message:
            says += call.say("in_chinese")
        anew = self._anew if self.order else None
        return call.go(Answer(says, ground=grounds(call, answered), message=message, anew=anew))

    def _anew(self, call: Call) -> Turn:
        del call.stack[self.depth :]
        return Question(self.topic, self.place, self.may_be_sent).further(call)


def assumed_of(name: str) -> dict[str, str]:
    """What a topic assumes where a fact is left open, in words, by fact."""
    topic = ALL_TOPICS[name]
    return {} if isinstance(topic, WordTopic) else {fact: words for fact, (_, words) in topic.assumed.items()}


def in_chinese(call: Call, answered: dict[str, Any]) -> list[str]:
    """The sentence of an answer and what it assumes; of one in words, the first steps."""
    if len(answered["cases"]) > CASES_MAX:
        return call.say("too_many_cases")
    topic = ALL_TOPICS[answered["topic"]]
    if isinstance(topic, WordTopic):
        return [answered["summary"], *(f"{step['label']}：{step['how']}" for step in answered["steps"][:STEPS_MAX])]
    told = assumed_of(topic.name).values()
    out = [answered["summary"], *(line for line in answered["caveats"] if line in told)]
    return out if answered["figures"] or answered["cases"] else [*out, *answered["next"]]


def _message(answered: dict[str, Any]) -> str:
    """The answer as a short message."""
    if len(answered["cases"]) > CASES_MAX:
        return ""
    documents = [f"《{cited['document']}》" for cited in answered["citations"][:1]]
    return answered["summary"] + "".join(f"依据：{text}。" for text in documents) + f"按{answered['on']}的规定。"


Asked = Callable[[Call, str], Turn]
Unsure = Callable[[Call], Turn]


def _number(call: Call, ask: str, spec: dict[str, Any], then: Asked, unsure: Unsure, before: Unsure) -> Entry:
    return Entry([ask, *call.say("end_with_hash")], int(spec["most"]), then, unsure, before)


def _length(call: Call, ask: str, spec: dict[str, Any], then: Asked, unsure: Unsure, before: Unsure) -> Entry:
    """Years, then the months beside them."""
    ways = read("facts")["ways"]

    def years(call: Call, digits: str) -> Turn:
        def months(call: Call, more: str) -> Turn:
            return then(call, str(int(digits) * 12 + int(more)))

        return call.go(Entry([said(ways["length_months"], call.language)], 2, months))

    return Entry([ask, said(ways["length_years"], call.language)], YEARS_KEYS, years, unsure, before)


def _day(call: Call, ask: str, spec: dict[str, Any], then: Asked, unsure: Unsure, before: Unsure) -> Entry:
    return _date(call, ask, "day", DAY_KEYS, then, unsure, before)


def _month(call: Call, ask: str, spec: dict[str, Any], then: Asked, unsure: Unsure, before: Unsure) -> Entry:
    return _date(call, ask, "month", MONTH_KEYS, then, unsure, before)


def _date(call: Call, ask: str, kind: str, keys: int, then: Asked, unsure: Unsure, before: Unsure) -> Entry:
    ways = read("facts")["ways"]

    def typed(call: Call, digits: str) -> Turn:
        try:
            if len(digits) != keys:
                raise ValueError(digits)
            found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:] or 1))
        except ValueError:
            return entry.wrong(call, said(ways["not_a_day"], call.language))
        return then(call, found.isoformat()[: 10 if kind == "day" else 7])

    entry = Entry([ask, said(ways[kind], call.language)], keys, typed, unsure, before)
    return entry


ENTRIES = {"number": _number, "length": _length, "day": _day, "month": _month}
"""How the kinds of facts that are not a choice are keyed."""
