"""Saying that a figure is wrong, and seeing what became of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yibao.channels.portal import mistakes as form
from yibao.channels.portal import words
from yibao.services import mistakes
from yibao.services.answers import WORD_TOPICS, area_named
from yibao.services.formats import day_text
from yibao.services.private_numbers import masked
from yibao.services.results import Refused

NO_FIGURE = Refused("unknown_figure", "还没有选是哪个数，请选一个；都不是就选最后一项。", field="figure")


@require_http_methods(["GET", "HEAD", "POST"])
def mistake(request: HttpRequest) -> HttpResponse:
    """The form; sent, it becomes one report however often it is sent."""
    query = request.POST if request.method == "POST" else request.GET
    about = form.about(query)
    if about is None:
        raise Http404
    figure, told = query.get("figure", ""), form.told(query)
    known = {choice.value for choice in form.choices(about.answer)}
    if request.method != "POST":
        return _form(request, about, figure if figure in known else "", mistakes.Told(""), [])
    errors = [] if figure in known else [NO_FIGURE]
    errors += mistakes.checked(told)
    if not errors:
        name = "" if figure == form.WHOLE else figure
        result = mistakes.report(query.get("key", ""), about.answer, name, told)
        if not isinstance(result, Refused):
            return HttpResponseRedirect(reverse("portal:reported", args=[result.value.code.replace("-", "")]))
        # A new form has a new key, so that pressing once more sends it.
        return _form(request, about, figure, told, [result])
    return _form(request, about, figure, told, errors, query.get("key", ""))


def _form(
    request: HttpRequest, about: form.About, figure: str, told: mistakes.Told, errors: list[Refused], key: str = ""
) -> HttpResponse:
    wrong = {error.field or "text": error.message for error in errors}
    choices = form.choices(about.answer)
    shown = {
        "task": words.TASK_OF.get(about.answer["topic"]),
        "place": about.answer["area"]["name"],
        "on": day_text(about.answer["on"]),
        "choices": choices,
        "in_words": about.answer["topic"] in WORD_TOPICS,
        "figure": figure,
        "told": told,
        "key": key or mistakes.new_key(),
        "carried": about.carried,
        "back": about.back,
        "errors": [("c1" if field == "figure" else field, message) for field, message in wrong.items()],
        "wrong": wrong,
        "longest": mistakes.LONGEST,
    }
    return render(request, "portal/mistake.html", shown)


def _shown(name: str, text: str) -> str:
    """What was written, as whoever holds the address may read it; the number in an address of a page stays."""
    return text if name == "link" else masked(text)


@require_safe
def reported(request: HttpRequest, code: str) -> HttpResponse:
    """A report as it was received, its number, and what became of it."""
    found = mistakes.get(code)
    if isinstance(found, Refused):
        raise Http404
    kept = found.value
    place = area_named(kept.area)
    shown = {
        "kept": kept,
        "status": mistakes.STATUS_WORDS[kept.status],
        "task": words.TASK_OF.get(kept.topic),
        "place": "" if isinstance(place, Refused) else place.value,
        "on": day_text(kept.on.isoformat()),
        "told": [(label, _shown(name, getattr(kept.told, name))) for name, label in mistakes.LABELS.items()],
        "url": request.build_absolute_uri(request.path),
    }
    return render(request, "portal/reported.html", shown)
