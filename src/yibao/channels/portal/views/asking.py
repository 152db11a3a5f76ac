"""The page for a question in one's own words: what was understood, each part to be corrected by a tap, and the answer.

Like the way to an answer it lives in the address and needs no JavaScript: a tap on a part leads to the same page with
`at=PART`, which asks for that part alone and comes back with everything else kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from yibao.channels.portal import asking, words
from yibao.channels.portal.asking import Worded
from yibao.channels.portal.display_modes import ELDER_NAMES
from yibao.channels.portal.views import journey
from yibao.services.answers import ALL_TOPICS, WORD_TOPICS, areas_with_own_law
from yibao.services.ask import Asked as Understood
from yibao.services.ask import ask
from yibao.services.ask.text import READ_MAX
from yibao.services.private_numbers import masked
from yibao.services.results import Refused

CLAUSE = re.compile("[^，。]+[，。]?")
NOTHING_TYPED = "还没有写要问的事，请写一句话，比如“北京退休人员每月返多少钱”"
NO_SUCH_TOPIC = "没有这个题目，请从下面选一个"


@require_safe
def ask_page(request: HttpRequest) -> HttpResponse:
    """Shows what is due: what is wrong first, then the part that is to be corrected, then the answer."""
    asked = Worded.read_words(request.GET)
    if asked.words in ELDER_NAMES:  # the first field of the site is where people type it
        return HttpResponseRedirect(reverse("portal:display"))
    if len(request.GET.get("q", "")) > READ_MAX:  # a page carries its own address, so that has to be a short one
        return HttpResponseRedirect(replace(asked, words=f"{asked.words}…").href())  # the mark tells that it was cut
    if not asked.words:
        return empty(request, NOTHING_TYPED if "q" in request.GET else "")
    on = asked.day()
    if isinstance(on, Refused):
        return journey.day_question(request, asked, error=on.message)
    result = ask(
        request.GET["q"],
        area=asked.area,
        topic=asked.chosen,
        facts=asked.corrections,
        on=on if asked.on else None,
    )
    if isinstance(result, Refused):
        return refused(request, asked, result)
    found = result.value
    asked = replace(asked, topic=found.topics[0] if found.topics else "")
    return correction(request, asked, found) or answered(request, asked, found)


def empty(request: HttpRequest, error: str) -> HttpResponse:
    """The box alone."""
    return render(request, "portal/ask.html", {"error": error, "examples": words.ASK_EXAMPLES, "lead": True})


def refused(request: HttpRequest, asked: Worded, why: Refused) -> HttpResponse:
    """The part that cannot be, to be put right."""
    if why.field == "topic":
        return topic_question(request, replace(asked, chosen=""), [], error=NO_SUCH_TOPIC)
    return journey.refusal(request, asked, why)


def correction(request: HttpRequest, asked: Worded, found: Understood) -> HttpResponse | None:
    """The page of the part that is to be corrected, if one is; None if the answer is due."""
    reads = ALL_TOPICS[asked.topic].facts if asked.topic else ()
    wrong = asking.wrong_fact(asked, found)
    if wrong:
        return journey.question(request, asked, wrong[0], error=wrong[1])
    if asked.just == "area" and not asked.area:
        return journey.area_question(request, asked, error=journey.NO_AREA)
    if journey.left_empty(asked) and asked.just in reads:
        return journey.question(request, asked, asked.just, error=journey.empty_message(asked.just))
    if asked.just or journey.has_unsure(request):
        return HttpResponseRedirect(asked.href())
    if asked.at == "topic":
        return topic_question(request, asked, [*found.topics, *(name for name, _ in found.nearest)])
    if asked.at == "area":
        return journey.area_question(request, replace(asked, area=found.area["name"] if found.area else ""))
    if asked.at == "on":
        return journey.day_question(request, replace(asked, on=found.on.isoformat()))
    if asked.at in found.facts or asked.at in reads:
        told = {asked.at: found.facts[asked.at]} if asked.at in found.facts else {}
        return journey.question(request, replace(asked, facts={**asked.facts, **told}), asked.at)
    return None


def topic_question(request: HttpRequest, asked: Worded, likely: list[str], error: str = "") -> HttpResponse:
    """Which of the topics is meant: the likely ones first, then all others by the part of life they belong to."""

    def link(task: words.Task) -> tuple[words.Task, str]:
        return task, asked.href(chosen=task.topic)

    groups = [("最像的", [link(words.TASK_OF[name]) for name in dict.fromkeys(likely)])]
    for group, word in words.GROUPS.items():
        rest = [task for task in words.TASKS if ALL_TOPICS[task.topic].group == group and task.topic not in likely]
        groups.append((word, [link(task) for task in rest]))
    shown = {"groups": [one for one in groups if one[1]], "error": error, "back": replace(asked, at="").href()}
    return render(request, "portal/ask_topic.html", shown | {"words": masked(asked.words)})


def answered(request: HttpRequest, asked: Worded, found: Understood) -> HttpResponse:
    """What was understood, and the answers, the question that comes back, or that nothing was found."""
    back = found.back if found.back and found.back.name not in asked.skipped else None
    rows = [] if back else [row for row in found.answers if row["topic"] == found.topics[0]]
    several = len(rows) > 1 or bool(found.warning)
    answers = [answer_of(request, asked, found, row, "h2" if several else "h1") for row in rows]
    heading = heading_of(found, answers, back is not None)
    shown: dict[str, Any] = {
        "words": asked.words,
        "said": masked(found.question),
        "found": found,
        "chips": asking.chips(asked, found),
        "notes": asking.notes(found),
        "how": [part for part in found.understood if part.typed and part.kind != "question"],
        "answers": [html for _, html in answers],
        "heading": heading,
        "clauses": CLAUSE.findall(heading),
        "hint": _first_sentence(back.question)[1] if back else "",
        "warning": found.warning.removeprefix("提醒您："),
        "alone": answers[0][0] if len(answers) == 1 else None,
        "also": also(asked, found),
        "back": back,
        "choices": [(label, asked.with_choice(back.name, value)) for value, label in back.choices] if back else [],
        "back_skip": asked.href(skipped=(*asked.skipped, back.name)) if back and back.kind == "fact" else "",
        "carried": asked.pairs(without=back.name) if back else [],
        "known": areas_with_own_law(),
        "nearest": [(words.TASK_OF[name], title, asked.href(chosen=name)) for name, title in found.nearest],
        "all_topics": asked.href(at="topic"),
    }
    return render(request, "portal/ask.html", shown)


def answer_of(
    request: HttpRequest, asked: Worded, found: Understood, row: dict[str, Any], level: str
) -> tuple[dict[str, Any], str]:
    """One of the answers: what it shows, and the same as a piece of the page."""
    shown = journey.answer_shown(asking.plain_question(asked, found, row), row)
    shown |= {"level": level, "keep": "portal/_keep.html" if level == "h1" else "", "warned": found.warning}
    if level == "h2":  # one of several: their numbers one after the other, and charts where one opens an answer
        shown["picture"] = None
    part = "portal/_words.html" if shown["topic"] in WORD_TOPICS else "portal/_answer.html"
    return shown, render_to_string(part, shown, request)


def also(asked: Worded, found: Understood) -> list[tuple[words.Task, str, str]]:
    """What may have been meant instead: each with what the law says to it, or what it is, and its address."""
    says = {str(row["topic"]): str(row["summary"]) for row in found.answers}
    return [
        (words.TASK_OF[topic], says.get(topic) or words.TASK_OF[topic].hint, asked.href(chosen=topic))
        for topic, _ in found.also
    ]


def heading_of(found: Understood, answers: list[tuple[dict[str, Any], str]], asked_back: bool) -> str:
    """The heading of a page that has more or less than one answer; empty where the answer's own heading does."""
    if asked_back and found.back:
        return _first_sentence(found.back.question)[0]
    if found.warning:
        return "先提醒您"
    if len(answers) == 1:
        return ""
    if not answers:
        return "没有看懂您问的事" if found.nearest else "这个问题现在答不了"
    return f"{'、'.join(dict.fromkeys(str(shown['place']) for shown, _ in answers))}，分开回答"


def _first_sentence(text: str) -> tuple[str, str]:
    """A question and what is said after it; a heading is one sentence."""
    question, mark, rest = text.partition("？")
    return question + mark, rest
