"""What the law says, without a card: the questions that are asked most here, each one tap away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from yibao.channels.kiosk import at_terminal as at
from yibao.channels.kiosk.at_terminal import at_terminal
from yibao.channels.kiosk.reading import Key
from yibao.channels.kiosk.sheets import law_sheet
from yibao.services.answers import ALL_TOPICS, FACTS
from yibao.services.ask import Asked, Back, ask
from yibao.services.results import Refused

CHOICES_MAX = 8
NUMBERS = ("age", "yuan", "months", "years", "count")
"""Kinds of facts that the keys of the screen can type."""


@at_terminal
@require_safe
def ask_page(request: HttpRequest) -> HttpResponse:
    """The questions to choose from, or the answer to `q`; what is asked back is answered by a tap or with digits."""
    words = request.GET.get("q", "").strip()
    if not words:
        area = request.machine.area
        keys = [
            Key(one.words, _address({"q": one.words, "area": area, "topic": one.topic, **dict(one.facts)}))
            for one in request.machine.profile.questions
        ]
        return at.page(request, "ask", {"keys": keys})
    facts = {name: text for name, text in request.GET.items() if name in FACTS}
    found = ask(words, area=request.GET.get("area", ""), topic=request.GET.get("topic", ""), facts=facts)
    if isinstance(found, Refused):
        return at.refused_page(request, found)
    of = found.value
    if of.back is not None or not of.answers:
        return at.page(request, "back", _question(of, request))
    title = ALL_TOPICS[of.answers[0]["topic"]].title
    shown = {"sheet": law_sheet(of.answers[0]), "title": title, "page_title": title, "keys": [], "task": "ask"}
    return at.page(request, "sheet", shown)


def _question(of: Asked, request: HttpRequest) -> dict[str, Any]:
    """The one question that is asked back, with its answers as keys, or digits to type."""
    back = of.back
    if back is None:
        return {"of": of, "keys": []}
    told = {name: text for name, text in request.GET.items() if name != back.name}
    keys = [Key(label, _address({**told, back.name: value})) for value, label in back.choices[:CHOICES_MAX]]
    return {"of": of, "keys": keys, "told": told, "digits": not keys and _takes_digits(back)}


def _takes_digits(back: Back) -> bool:
    return back.kind == "fact" and FACTS[back.name].kind in NUMBERS


def _address(told: dict[str, str]) -> str:
    return f"{reverse('kiosk:ask')}?{urlencode(told)}"
