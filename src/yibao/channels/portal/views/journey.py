"""The way to an answer: the area, one question a page, the check, the answer. All of it lives in the address."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yibao.channels.portal import context, words
from yibao.channels.portal.areas import refused_area
from yibao.channels.portal.change import form_of
from yibao.channels.portal.guides import guide_of
from yibao.channels.portal.mistakes import form_href
from yibao.channels.portal.query import UNSURE, Asked
from yibao.services.answers import ALL_TOPICS, FACTS, TOPICS, WORD_TOPICS, answer, areas_with_own_law, journey
from yibao.services.formats import day_text
from yibao.services.results import Refused

NARROW = (("employee", "只看职工医保的"), ("resident", "只看居民医保的"))
NO_AREA = "还没有填参保地，请填缴医保的城市，比如“北京”"


@require_safe
def journey_page(request: HttpRequest, topic: str) -> HttpResponse:
    """Shows the page that is due: what is wrong first, then what is asked for, then what is still open."""
    if topic not in ALL_TOPICS:
        raise Http404
    asked = Asked.read(request.GET, topic)
    if not asked.area:
        return area_question(request, asked, error=NO_AREA if asked.just == "area" else "")
    on = asked.day()
    if isinstance(on, Refused):
        return day_question(request, asked, error=on.message)
    result = answer(topic, area=asked.area, on=on, facts=asked.facts)
    if isinstance(result, Refused):
        return refusal(request, asked, result)
    if left_empty(asked):
        return question(request, asked, asked.just, error=empty_message(asked.just))
    if asked.just or has_unsure(request):
        return HttpResponseRedirect(asked.href(done=asked.done))
    if asked.at == "area":
        return area_question(request, asked)
    if asked.at == "on":
        return day_question(request, asked)
    if asked.at in FACTS:
        return question(request, asked, asked.at)
    answer_json = result.value.to_json()
    if asked.done:
        return answer_page(request, asked, answer_json)
    path = journey(topic, area=asked.area, on=on, facts=asked.facts, skipped=asked.skipped)
    if isinstance(path, Refused):
        return refusal(request, asked, path)
    if path.next is not None:
        return question(request, asked, path.next.name)
    if topic in WORD_TOPICS:  # nothing was asked, so there is nothing to check
        return answer_page(request, asked, answer_json)
    return check_page(request, asked, answer_json, [fact.name for fact in path.later])


def refusal(request: HttpRequest, asked: Asked, refused: Refused) -> HttpResponse:
    """The page on which what was refused can be put right, with everything told still there."""
    if asked.form and refused.field in _path(asked):
        return change_refused(request, asked, refused)
    if refused.field in FACTS:
        return question(request, asked, refused.field, error=refused.message)
    if refused.field == "on":
        return day_question(request, asked, error=refused.message)
    if refused.field == "area" or "area" in refused.code:
        named = refused_area(refused)
        choices = [(name, asked.href(area=name)) for name in named.choices]
        if named.several:
            shown = {"task": words.TASK_OF[asked.topic], "asked": asked.area, "choices": choices}
            return render(request, "portal/which_area.html", shown | {"back": asked.href(at="area")})
        return area_question(request, asked, error=named.message, choices=choices)
    shown = {"message": refused.message, "next": refused.next, "back": asked.href()}
    return render(request, "portal/refused.html", shown | {"task": words.TASK_OF[asked.topic]})


def area_question(
    request: HttpRequest, asked: Asked, error: str = "", choices: list[tuple[str, str]] | None = None
) -> HttpResponse:
    """Where one is insured."""
    shown = {
        "task": words.TASK_OF.get(asked.topic),  # a question in one's own words may have no topic yet
        "known": areas_with_own_law(),
        "back": asked.back_from_area,
        "scope": asked.scope,
        "value": asked.area,
        "carried": asked.pairs(without="area"),
        "error": error,
        "choices": choices or [],
    }
    return render(request, "portal/area.html", shown)


def day_question(request: HttpRequest, asked: Asked, error: str = "") -> HttpResponse:
    """For which day the law is asked."""
    shown = {
        "task": words.TASK_OF.get(asked.topic),
        "value": asked.on,
        "scope": asked.scope,
        "carried": asked.pairs(without="on"),
        "error": error,
        "back": replace(asked, on="").href(),
    }
    return render(request, "portal/day.html", shown)


def question(request: HttpRequest, asked: Asked, name: str, error: str = "") -> HttpResponse:
    """One question, with the answer already given, if any."""
    fact = ALL_TOPICS[asked.topic].fact(name)
    before = _before(asked, name)
    shown: dict[str, Any] = {
        "task": words.TASK_OF[asked.topic],
        "fact": fact,
        "scope": asked.scope,
        "value": UNSURE if name in asked.skipped else asked.facts.get(name, ""),
        "unsure": UNSURE,
        "carried": asked.pairs(without=name),
        "number": asked.number_of(before),
        "back": asked.back_from(before),
        "error": error,
        "decimal": fact.kind in ("yuan", "decimal"),
    }
    return render(request, "portal/question.html", shown)


def check_page(request: HttpRequest, asked: Asked, answer_json: context.Json, later: list[str]) -> HttpResponse:
    """Everything told, each with the way to change it, before the answer; and what is assumed without having asked."""
    names, assumed = _path(asked), TOPICS[asked.topic].assumed
    rows = [(FACTS[name].label, _told(asked, name), asked.href(at=name)) for name in names]
    taken = [(FACTS[name].label, context.told(name, assumed[name][0]), asked.href(at=name)) for name in later]
    shown = {
        "task": words.TASK_OF[asked.topic],
        "rows": rows,
        "taken": taken,
        "place": answer_json["area"]["name"],
        "area_href": asked.href(at="area"),
        "on": day_text(answer_json["on"]),
        "is_today": not asked.on,
        "on_href": asked.href(at="on"),
        "carried": asked.pairs(),
        "back": asked.href(at=names[-1] if names else "area"),
    }
    return render(request, "portal/check.html", shown)


def answer_page(request: HttpRequest, asked: Asked, answer_json: context.Json) -> HttpResponse:
    """The answer, every figure with the way to its reason."""
    shown = answer_shown(asked, answer_json)
    if asked.topic not in WORD_TOPICS:
        shown["form"] = form_of(asked, _changeable(asked, answer_json), asked.href(done=True))
        shown["path"] = asked.path
    return render(request, "portal/answer.html", shown)


def answer_shown(asked: Asked, answer_json: context.Json) -> dict[str, Any]:
    """What an answer shows, with the addresses that lead on from it."""
    shown = context.answer_page(answer_json, asked.reason_href, asked.facts)
    for kind in ("needs", "wanted"):
        shown[kind] = [(need["label"], asked.href(at=need["name"])) for need in answer_json.get(kind, ())]
    shown["cases"] = [(case, asked.href(area=case.area, done=True) if case.area else "") for case in shown["cases"]]
    shown |= {"mistake": form_href([("topic", asked.topic), *asked.pairs()]), "guide_href": guide_of(answer_json)}
    if asked.topic in WORD_TOPICS:
        shown["narrow"] = [(word, asked.href(facts={"scheme": scheme})) for scheme, word in NARROW]
    change = asked.href(at="area") if asked.topic in WORD_TOPICS else asked.href()
    return shown | {"change": change, "carried": asked.pairs(), "topic": asked.topic}


def change_refused(request: HttpRequest, asked: Asked, refused: Refused) -> HttpResponse:
    """The form of the answer's page, where something typed into it cannot be: the same words at the field."""
    form = form_of(asked, _path(asked), request.get_full_path(), refused.field, refused.message)
    wrong = {"wrong": f"change-{refused.field}", "error": refused.message, "back": asked.href()}
    shown = {"task": words.TASK_OF[asked.topic], "heading": "先改一处，再算", "form": form, "path": asked.path} | wrong
    return render(request, "portal/change.html", shown)


def _changeable(asked: Asked, answer_json: context.Json) -> list[str]:
    """The facts that the form of the answer's page shows: those told, and those that would still count."""
    open_ones = [need["name"] for kind in ("needs", "wanted") for need in answer_json.get(kind, ())]
    on = date.fromisoformat(answer_json["on"])
    path = journey(asked.topic, area=asked.area, on=on, facts=asked.facts, skipped=asked.skipped)
    if isinstance(path, Refused):
        return [*_path(asked), *open_ones]
    following = [path.next] if path.next else []
    return [*_path(asked), *open_ones, *(fact.name for fact in (*following, *path.later))]


def _path(asked: Asked) -> list[str]:
    """The questions of this person's way, answered or skipped, in the order in which they are asked."""
    return [name for name in ALL_TOPICS[asked.topic].facts if name in asked.facts or name in asked.skipped]


def _before(asked: Asked, name: str) -> list[str]:
    """The questions that come before one."""
    order = ALL_TOPICS[asked.topic].facts
    return [known for known in _path(asked) if name not in order or order.index(known) < order.index(name)]


def _told(asked: Asked, name: str) -> str:
    return "我不清楚" if name in asked.skipped else context.told(name, asked.facts.get(name, ""))


def left_empty(asked: Asked) -> bool:
    return asked.just in FACTS and asked.just not in asked.facts and asked.just not in asked.skipped


def empty_message(name: str) -> str:
    chosen = FACTS[name].options
    return "请选一项；不知道就选“我不清楚”" if chosen else "请填上；不知道就点“我不清楚，跳过”"


def has_unsure(request: HttpRequest) -> bool:
    return UNSURE in request.GET.values()
