"""The same person in two to four areas, or retiring two years later: what differs, and by how much."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yibao.channels.portal import compared, context, words
from yibao.channels.portal.areas import refused_area
from yibao.channels.portal.compared import LATER_MODE, Compared
from yibao.channels.portal.views.journey import NO_AREA, day_question, empty_message, has_unsure, left_empty, question
from yibao.services.answers import FACTS, TOPICS, area_named, areas_with_own_law, comparing
from yibao.services.formats import day_text
from yibao.services.results import Refused


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Which topic is to be compared."""
    groups = [
        (word, [task for task in words.TASKS if task.topic in TOPICS and TOPICS[task.topic].group == group])
        for group, word in words.GROUPS.items()
    ]
    shown = {"groups": [one for one in groups if one[1]], "later_topic": comparing.LATER_TOPIC, "later": LATER_MODE}
    return render(request, "portal/compare_start.html", shown)


@require_safe
def compare_page(request: HttpRequest, topic: str) -> HttpResponse:
    """Shows what is due: what is wrong first, then the areas, then what is still open, then the table."""
    if topic not in TOPICS:
        raise Http404
    asked = Compared.read(request.GET, topic)
    if not asked.areas or asked.at == "area":
        return areas_question(request, asked, _areas(asked) if asked.just == "area" else None)
    areas = _areas(asked)
    if isinstance(areas, Refused):
        return areas_question(request, asked, areas)
    on = asked.day()
    if isinstance(on, Refused):
        return day_question(request, asked, error=on.message)
    if asked.at == "on":
        return day_question(request, asked)
    path = comparing.next_question(topic, areas, on, asked.facts, asked.skipped)
    if isinstance(path, Refused):
        return refusal(request, asked, path)
    if left_empty(asked):
        return question(request, asked, asked.just, error=empty_message(asked.just))
    if asked.just or has_unsure(request):
        return HttpResponseRedirect(asked.href())
    wanted = asked.at if asked.at in FACTS else path.value.name if path.value else ""
    if wanted:
        return question(request, asked, wanted)
    if asked.later:
        sides = comparing.two_years_later(areas[0], on, asked.facts)
    else:
        sides = comparing.across_areas(topic, areas, on, asked.facts)
    return refusal(request, asked, sides) if isinstance(sides, Refused) else result(request, asked, sides.value)


def refusal(request: HttpRequest, asked: Compared, refused: Refused) -> HttpResponse:
    """The page on which what was refused can be put right."""
    if refused.field in FACTS:
        return question(request, asked, refused.field, error=refused.message)
    shown = {"message": refused.message, "next": refused.next, "back": asked.href(at="area")}
    return render(request, "portal/refused.html", shown | {"task": words.TASK_OF[asked.topic]})


def areas_question(request: HttpRequest, asked: Compared, found: tuple[str, ...] | Refused | None) -> HttpResponse:
    """Where the person might be insured: two to four names, or one."""
    wrong = found if isinstance(found, Refused) else None
    fields = 1 if asked.later else comparing.MOST
    place = int(wrong.field[-1]) - 1 if wrong else -1
    named = refused_area(wrong) if wrong else None
    names = [*asked.areas, *[""] * fields][:fields]
    choices = [(name, asked.with_area(place, name)) for name in named.choices] if named else []
    shown = {
        "task": words.TASK_OF[asked.topic],
        "later": asked.later,
        "scope": asked.scope,
        "names": "、".join(asked.areas),
        "known": areas_with_own_law(),
        "fields": [
            (f"area{number}", f"第{'一二三四'[number - 1]}个地方", name, number > comparing.FEWEST)
            for number, name in enumerate(names, 1)
        ],
        "carried": asked.pairs(without="area"),
        "wrong": wrong.field if wrong else "",
        "error": wrong.message if wrong else "",
        "choices": choices,
    }
    return render(request, "portal/compare_areas.html", shown)


def result(request: HttpRequest, asked: Compared, sides: tuple[comparing.Side, ...]) -> HttpResponse:
    """The table."""
    answer_json = sides[0].answer.to_json()
    told = [
        (FACTS[name].label, "我不清楚" if name in asked.skipped else context.told(name, asked.facts[name]), name)
        for name in TOPICS[asked.topic].facts
        if name in asked.facts or name in asked.skipped
    ]
    shown = context.surroundings(answer_json) | {
        "heads": compared.heads(asked, sides),
        "rows": compared.rows(asked, sides),
        "picture": compared.picture(asked, sides),
        "told": [(label, text, asked.href(at=name)) for label, text, name in told],
        "areas_href": asked.href(at="area"),
        "on_href": asked.href(at="on"),
        "on": day_text(answer_json["on"]),
        "names": "、".join(dict.fromkeys(side.answer.area["name"] for side in sides)),
        "later": asked.later,
    }
    return render(request, "portal/compare.html", shown)


def _areas(asked: Compared) -> tuple[str, ...] | Refused:
    """The areas as they are called in full, which is what the addresses of the answers carry."""
    if asked.later:
        found = area_named(asked.areas[0]) if asked.areas else Refused("too_few_areas", NO_AREA)
        if isinstance(found, Refused):
            return Refused(found.code, found.message, found.next, "area1")
        return (asked.areas[0],)
    several = comparing.areas_of(asked.areas)
    return several if isinstance(several, Refused) else several.value
