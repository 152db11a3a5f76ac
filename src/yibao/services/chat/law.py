"""What is said in a chat to a question in one's own words: the figure, why, by which law, of which day, where more is.

What was asked back is remembered for ten minutes, sealed: a place or the number of a choice is then the answer to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from yibao.services.answers import WORD_TOPICS
from yibao.services.ask import Asked, ask
from yibao.services.chat.fitting import Reply
from yibao.services.deliveries import KEPT
from yibao.services.formats import day_text, value_text
from yibao.services.results import Done, Refused
from yibao.services.wording import GRADES

TALK_SECONDS = 10 * 60
CHOICES_MAX = 20
STEPS_MAX, CITED_MAX, CAVEATS_MAX = 5, 2, 2
ADDRESS_MAX = 600
MORE = "看完整的算法和依据"
ALSO = "您问的也可能是："


def answered(who: str, text: str, site: str, today: date | None = None) -> Reply:
    """What the law says to a message, or what has to be known first. `who` names the talk, never a person."""
    talk = KEPT.get(_name(who)) or {}
    result, asking = _asked(talk, text, today)
    if isinstance(result, Refused):
        return Reply((result.message, *_told_choices(talk)))
    found = result.value
    _remember(who, found, asking)
    return shown(found, site)


def shown(found: Asked, site: str) -> Reply:
    """What was found, as a message."""
    head = [part.told + "。" for part in found.understood if part.kind == "question"]
    head += [found.warning] if found.warning else []
    day = day_text(found.on.isoformat())
    told = [answer for answer in found.answers if answer["topic"] == found.topics[0]]  # the others are offered below
    head += [f"{answer['summary']}（按{day}的规定）" for answer in told]
    if found.back:
        head += [f"还要问您一句：{found.back.question}", *_numbered(found.back.choices)]
        head += [] if found.answers else ["不清楚的，可以打医保服务热线 12393 问。"]
    else:
        head += [*([found.message] if found.message else []), *_numbered(found.nearest)]
        head += [ALSO, *_numbered(found.also)] if found.also else []
    if not found.answers:
        return Reply(tuple(head))
    first = found.answers[0]
    cited = _cited(first)
    link = (MORE, _address(site, first, found))
    return Reply(tuple(head), (*reasons(first), *cited[1:], *_doubts(told)), tuple(cited[:1]), link)


def reasons(answer: Mapping[str, Any]) -> list[str]:
    """How a figure comes about, or what to do, step by step."""
    steps = answer["steps"]
    if not steps:
        return []
    if answer["topic"] in WORD_TOPICS:
        lines = [f"{step['value']}. {step['label']}：{step['plain']}" for step in steps if step["kind"] == "step"]
        return (["怎么做：", *lines] if lines else [])[: STEPS_MAX + 1]
    lines = [f"{one['label']} = {one['how']} = {one['text'] or value_text(one['value'], one['unit'])}" for one in steps]
    return ["怎么算的：", *lines[-STEPS_MAX:]]


def grounds(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """The document on which an answer rests first."""
    return tuple(_cited(answer)[:1])


def _asked(talk: dict[str, Any], text: str, today: date | None) -> tuple[Done[Asked] | Refused, dict[str, Any]]:
    """The message as a question of its own or as the answer to what was asked back; and what it was asked with."""
    own: dict[str, Any] = {"question": text, "area": "", "topic": "", "facts": {}}
    chosen = _choice(talk, text)
    if not talk:
        return _ask(own, today), own
    if chosen is None:
        result = _ask(own, today)
        if talk["name"] == "topic" or isinstance(result, Refused) or result.value.topics:
            return result, own
        if talk["name"] == "area" and result.value.area:  # 我在北京参保
            chosen = result.value.area["code"]
    value = text if chosen is None else chosen
    asking = {name: talk[name] for name in own}
    if talk["name"] in ("area", "topic"):
        asking[talk["name"]] = value
    else:
        asking["facts"] = {**talk["facts"], talk["name"]: value}
    return _ask(asking, today), asking


def _ask(asking: dict[str, Any], today: date | None) -> Done[Asked] | Refused:
    return ask(asking["question"], area=asking["area"], topic=asking["topic"], facts=asking["facts"], today=today)


def _choice(talk: Mapping[str, Any], text: str) -> str | None:
    """The value of a choice that was told by its number or its words."""
    plain = text.strip().rstrip("。.、 ")
    choices = talk.get("choices", [])
    if plain.isascii() and plain.isdigit() and len(plain) < 3 and 1 <= int(plain) <= len(choices):
        return str(choices[int(plain) - 1][0])
    return next((str(value) for value, label in choices if plain in (value, label)), None)


def _remember(who: str, found: Asked, asking: dict[str, Any]) -> None:
    """Keep what was asked back, or forget what was there."""
    if found.back:
        name, choices = found.back.name, found.back.choices
    elif found.nearest or found.also:
        name, choices = "topic", tuple(found.nearest or found.also)
    else:
        KEPT.delete(_name(who))
        return
    held = {**asking, "name": name, "choices": [list(one) for one in choices[:CHOICES_MAX]]}
    KEPT.set(_name(who), held, TALK_SECONDS)


def _name(who: str) -> str:
    return f"talk:{who}"


def _numbered(choices: Sequence[tuple[str, str]]) -> list[str]:
    lines = [f"{number} {label}" for number, (_, label) in enumerate(choices[:CHOICES_MAX], start=1)]
    if not lines:
        return []
    more = "；没有列出的，直接写名字" if len(choices) > CHOICES_MAX else ""
    return [*lines, f"回复前面的数字就行{more}。"]


def _told_choices(talk: Mapping[str, Any]) -> list[str]:
    return _numbered([(value, label) for value, label in talk.get("choices", [])])


def _cited(answer: Mapping[str, Any]) -> list[str]:
    lines = []
    for one in answer["citations"][:CITED_MAX]:
        number = f"（{one['number']}）" if one["number"] else ""
        proof = "" if one["grade"] == "official" else f"，{GRADES[one['grade']].word}"
        lines.append(f"依据：{one['document']}{number}{one['article']}{proof}")
    return lines


def _doubts(answers: Sequence[Mapping[str, Any]]) -> list[str]:
    caveats = [f"要注意：{line}" for answer in answers for line in answer["caveats"][:CAVEATS_MAX]]
    return [*caveats, *(f"接下来：{line}" for line in answers[0]["next"][:CAVEATS_MAX])]


def _address(site: str, answer: Mapping[str, Any], found: Asked) -> str:
    """The page of the answer, with the same facts."""
    page = f"{site}answers/{answer['topic']}/"
    facts = found.facts if answer["topic"] == found.topics[0] else {}
    told = urlencode({"area": answer["area"]["code"], "on": found.on.isoformat(), **facts, "done": "1"})
    return f"{page}?{told}" if len(page) + len(told) < ADDRESS_MAX else page
