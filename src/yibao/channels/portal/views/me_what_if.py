"""What if I stop paying, move, retire later? Three plain questions, answered from one's own record and the law."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yibao.channels.portal import context, own, what_if
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.channels.portal.what_if import CHANGES, QUESTIONS, Change, Question, Told
from yibao.services import records
from yibao.services.answers import areas_with_own_law
from yibao.services.charts import chart_of, chart_of_several
from yibao.services.permissions import Actor
from yibao.services.records.shapes import Outcome, WhatIf
from yibao.services.results import Refused

EMPTY = {
    "to": "还没有填城市，请填上，比如“上海”。",
    "old_age": "还没有选，请选一项；不知道就选“我不清楚”。",
}
EMPTY_NUMBER = "还没有填，请填一个整数；说不准就点下面的按钮。"


@require_safe
@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """The three questions."""
    shown = {"changes": CHANGES.values(), "back": own.home_href()}
    return render(request, "portal/me_what_if.html", shown)


@require_safe
@signed_in
def what_if_page(request: HttpRequest, change: str) -> HttpResponse:
    """Shows what is due: what is wrong first, then what is still open, then the answer."""
    task, told = _change(change), Told.read(request.GET)
    actor = actor_of(request)
    names = _names(actor, task)
    if isinstance(names, Refused):
        return own.refused_page(request, names)
    if isinstance(names, WhatIf):
        return render(request, "portal/me_not_for_you.html", _not_for_you(task, names))
    wanted = told.open_one(names)
    arguments = told.arguments(names)
    if isinstance(arguments, Refused):
        return _question(request, task, told, names, arguments)
    if wanted:
        empty = Refused("empty", EMPTY.get(wanted, EMPTY_NUMBER), field=wanted) if told.just == wanted else None
        return _question(request, task, told, names, None if told.at else empty, wanted)
    found = records.what_if(actor, change, **arguments)  # type: ignore[arg-type]
    if isinstance(found, Refused):
        if found.field in names:
            return _question(request, task, told, names, found)
        return own.refused_page(request, found)
    return render(request, "portal/me_outcomes.html", _outcomes(task, told, names, found.value))


@require_safe
@signed_in
def reason_page(request: HttpRequest, change: str, number: int, figure: str) -> HttpResponse:
    """Why a figure of an outcome is what it is."""
    task, told = _change(change), Told.read(request.GET)
    actor = actor_of(request)
    names = _names(actor, task)
    if isinstance(names, Refused):
        return own.refused_page(request, names)
    arguments = told.arguments(names) if isinstance(names, tuple) else {}
    found = None if isinstance(arguments, Refused) else records.what_if(actor, change, **arguments)  # type: ignore[arg-type]
    if found is None or isinstance(found, Refused) or not 1 <= number <= len(found.value.outcomes):
        raise Http404
    outcome = found.value.outcomes[number - 1]
    back = reverse("portal:me_change", args=[change]) + told.query()
    said = {"scope": outcome.title, "supposed": outcome.words, "of_record": True}
    return own.reason(request, outcome.answer, outcome.facts, figure, back, **said)


def _change(name: str) -> Change:
    if name not in CHANGES:
        raise Http404
    return CHANGES[name]


def _names(actor: Actor, task: Change) -> tuple[str, ...] | WhatIf | Refused:
    """The questions for this person; what the record says instead, where the change cannot happen to them."""
    if task.name == "move":
        return what_if.asked_of(task.name, None)
    before = records.what_if(actor, task.name)
    if isinstance(before, Refused):
        return before
    return before.value if what_if.does_not_apply(before.value) else what_if.asked_of(task.name, before.value)


def _question(
    request: HttpRequest, task: Change, told: Told, names: tuple[str, ...], refused: Refused | None, wanted: str = ""
) -> HttpResponse:
    question: Question = QUESTIONS[refused.field if refused else wanted]
    number = names.index(question.name) + 1
    here = reverse("portal:me_change", args=[task.name])
    before = names[number - 2] if number > 1 else ""
    shown = {
        "task": task,
        "question": question,
        "number": number,
        "value": told.values.get(question.name, ""),
        "is_skipped": question.name in told.skipped,
        "error": refused.message if refused else "",
        "choices": [(name, f"{here}{Told({'to': name}).query()}") for name in refused.next] if refused else [],
        "carried": told.pairs(without=question.name),
        "known": areas_with_own_law() if question.name == "to" else (),
        "back": f"{here}{told.query(at=before)}" if before else reverse("portal:me_what_if"),
    }
    return render(request, "portal/me_question.html", shown)


def _not_for_you(task: Change, found: WhatIf) -> dict[str, Any]:
    others = [one for one in CHANGES.values() if one is not task]
    back = reverse("portal:me_what_if")
    return {"task": task, "of": found, "words": found.outcomes[0].words, "others": others, "back": back}


def _outcomes(task: Change, told: Told, names: tuple[str, ...], of: WhatIf) -> dict[str, Any]:
    """The outcomes, each with its figures, and one list of all the documents they stand on."""

    def link(number: int) -> context.Link:
        def address(name: str, case: int = 0) -> str:
            more = {"case": str(case)} if case else {}
            return reverse("portal:me_change_reason", args=[task.name, number, name]) + told.query(**more)

        return address

    rows = [_row(outcome, link(number)) for number, outcome in enumerate(of.outcomes, start=1)]
    here = reverse("portal:me_change", args=[task.name])
    return {
        "task": task,
        "of": of,
        "as_of": own.as_of_text(of.as_of),
        "rows": rows,
        "picture": _picture(of, link),
        "glosses": dict.fromkeys(row["gloss"] for row in rows),
        "asked": [(QUESTIONS[name], told.values.get(name, ""), here + told.query(at=name)) for name in names],
        "others": [one for one in CHANGES.values() if one is not task],
        "change": here + told.query(at=names[-1]),
        **{name: _all(rows, name) for name in ("citations", "doubts", "others_say", "next")},
        "mistake": own.mistake_href(of.outcomes[0].answer, of.outcomes[0].facts),
    }


def _row(outcome: Outcome, link: context.Link) -> dict[str, Any]:
    page = context.answer_page(outcome.answer, link, outcome.facts)
    shown = [page["main"], *page["others"]] if page["main"] else []
    return page | {
        "outcome": outcome,
        "shown": shown,
        "next": outcome.answer["next"],
        "inputs": own.inputs(outcome.answer, outcome.facts),
    }


def _picture(of: WhatIf, link: Any) -> context.Picture | None:
    """The outcomes side by side, where they answer the same question; else the picture of the only one."""
    topic = of.outcomes[-1].answer["topic"]
    same = [(n, one) for n, one in enumerate(of.outcomes, start=1) if one.answer["topic"] == topic]
    if len(same) == 1:
        return context.picture(chart_of(same[0][1].answer), link(same[0][0]))
    chart = chart_of_several([(one.title, one.answer) for _, one in same])
    return context.picture(chart, lambda name, case: link(same[case - 1][0])(name))


def _all(rows: list[dict[str, Any]], name: str) -> list[Any]:
    """What several outcomes say, each once; a document once, with everything that was taken from it."""
    if name != "citations":
        return list(dict.fromkeys(line for row in rows for line in row[name]))
    found: dict[str, context.Citation] = {}
    for law in (law for row in rows for law in row["citations"]):
        gives = [*(found[law.title].gives if law.title in found else ()), *law.gives]
        found[law.title] = law._replace(gives=list(dict.fromkeys(gives)))
    return list(found.values())
