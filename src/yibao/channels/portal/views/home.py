"""The first page, and the pages about this site."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yibao.channels.portal import words
from yibao.channels.portal.areas import place_named
from yibao.channels.portal.display_modes import ELDER_NAMES
from yibao.channels.portal.query import LONGEST
from yibao.services.answers import areas_with_own_law
from yibao.services.wording import GRADES


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, where one is insured, and what one may want to know: the most asked first."""
    asked = request.GET.get("area", "").strip()[:LONGEST]
    if asked in ELDER_NAMES:  # people type it into whatever field there is
        return HttpResponseRedirect(reverse("portal:display"))
    found = place_named(asked) if asked else None
    context = {
        "tasks": words.first_tasks(),
        "more": words.other_tasks(),
        "sentence": words.SERVICE_SENTENCE,
        "examples": words.ASK_EXAMPLES,
        "known": areas_with_own_law(),
        "area": asked,
        "found": found,
    }
    return render(request, "portal/home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who makes this, what the grades mean, how fresh the law is."""
    grades = [(name, grade.word, grade.meaning) for name, grade in GRADES.items()]
    return render(request, "portal/about.html", {"grades": grades, "known": areas_with_own_law()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about a visitor, and for how long."""
    return render(request, "portal/privacy.html")
