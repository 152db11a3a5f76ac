"""What does a caller hear? A caller who listens: every key is the one that was just offered for the own answer."""

from __future__ import annotations

import re
from typing import Any

from tests.channels.hotline.callers import PIN, Caller, Known, typed
from tests.contract.asked import Law, Reading
from tests.contract.reading import LAW, day_in, figures_in, plain

from yibao.channels.hotline.dialogue.words import read

STEPS_MAX = 12
OWN = {
    "balance": ("个人账户里有{money}",),
    "moved": ("最近1笔是.*?[收支][入出]{money}",),
    "credited": ("今年1共收入{money}",),
    "spent": ("今年1共收入[^，]*，支出{money}",),
    "month": ("最近1次：{month}已经缴费", "{month}划入\\d"),
    "own_paid": ("您自己交了{money}",),
    "employer_paid": ("单位交了{money}",),
    "unpaid": ("最近2年有{length}没有交",),
    "first_unpaid": ("最早的是{month}",),
    "posted": ("{month}划入{money}，和",),
    "total": ("您1共交了{length}",),
    "required_months": LAW["required_months"],
    "missing_months": LAW["missing_months"],
    "retires_on": LAW["retires_on"],
}
KEYS = {"balance": "1", "contribution": "2", "allocation": "3", "years": "4"}


class Listener(Caller):
    """A caller whose keys can be pressed again, on a real telephone."""

    def __init__(self, **how: Any) -> None:
        self.keys: list[str] = []
        super().__init__(**how)

    def press(self, *entries: str) -> str:
        """Press keys; the hash key after those that do not end by themselves."""
        for digits in entries:
            most = self.turn.collect.most
            self.keys.append(digits if len(digits) == most or digits in ("#", "*") else f"{digits}#")
            super().press(digits)
        return self.heard


def law(asked: Law, call: Listener | None = None) -> Reading:
    """The question by keys, without signing in."""
    call = call or Listener(today=asked.on)
    call.press("1", "2")
    if "您的医保在哪里" in call.heard:
        here = next((one for one in call.turn.say if one.startswith("在北京市，请按")), "")
        call.press(_key_of(here) if asked.area == "110000" and here else _key(call, "在别的地方"))
    if "六位地区代码" in call.heard:
        call.press(asked.area)
    _choose_topic(call, asked.topic)
    answer_questions(call, asked.facts)
    told = list(call.turn.say)
    answer = "".join(told[: next(place for place, one in enumerate(told) if "请按" in one)])
    ground = call.press("1") if "听依据的是哪个文件，请按一。" in told else ""
    return Reading(figures_in(answer), answer, _documents(ground), day_in(ground, "这是{}的规定"))


def answer_questions(call: Caller, facts: dict[str, str]) -> None:
    """Answer what is asked, from the facts; what is not among them is left open."""
    asked = {name: fact for name, fact in read("facts").items() if "kind" in fact}
    for _ in range(STEPS_MAX):
        heard = call.heard
        name = next((name for name, fact in asked.items() if fact["zh"].split("？")[0] in heard), "")
        if not name:
            return
        if name not in facts:
            call.press("#")
        elif asked[name]["kind"] == "choice":
            call.press(_key(call, asked[name]["values"][facts[name]]["zh"]))
        elif asked[name]["kind"] == "length":
            call.press(*map(str, divmod(int(facts[name]), 12)))
        else:
            call.press(facts[name].replace("-", ""))
    raise AssertionError("the questions have no end")


def own(who: Known, part: str, call: Listener | None = None) -> Reading:
    """The own record, after the certificate number and the PIN."""
    call = call or Listener(never=who.number)
    call.press("1", "1", typed(who.number), "1", PIN)
    call.press(KEYS[part])
    heard = call.heard.partition("听依据")[0]
    figures = figures_in(heard, OWN)
    if part == "allocation":
        named = re.search(r"(\d{4}年\d+月)划入([\d.]+元)", plain(heard))
        figures |= figures_in(named[0], {"month": ("{month}划入",), "posted": ("划入{money}",)}) if named else {}
    ground = call.press("1") if "听依据的是哪个文件，请按一。" in call.turn.say else ""
    return Reading(figures, heard, _documents(ground), day_in(ground, "这是{}的规定"))


def _choose_topic(call: Caller, topic: str) -> None:
    menus = read("menus")
    for menu in ("law", "words"):
        for item in menus[menu].values():
            if item.get("of") == topic:
                if menu == "words":
                    call.press(_key(call, menus["law"]["6"]["zh"]))
                call.press(_key(call, item["zh"]))
                return
    raise AssertionError(f"the hotline does not offer {topic}")


def _key(call: Caller, offer: str) -> str:
    """The key that was just said for an offer."""
    return _key_of(next(one for one in call.turn.say if one.startswith(f"{offer}，请按")))


def _key_of(sentence: str) -> str:
    found = re.search(r"请按(\d)。$", plain(sentence))
    assert found, sentence
    return found[1]


def _documents(ground: str) -> tuple[str, ...]:
    return tuple(re.findall(r"依据是(.*?)。", ground))
