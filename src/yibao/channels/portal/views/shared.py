"""Answers that were saved: shown again exactly as issued, as a page or as paper, checked by their code, deleted."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yibao.channels.portal import context
from yibao.channels.portal.mistakes import form_href
from yibao.channels.portal.query import Asked
from yibao.channels.portal.views.reason import of_figure
from yibao.services import shared as shared_answers
from yibao.services.answers import ALL_TOPICS, answer
from yibao.services.documents import answer_pdf
from yibao.services.results import Refused

NO_CODE = "没有填校验码，请把纸上或网址里的 26 位校验码填进来"
SHORT_CODE = "校验码是 26 位字母和数字，现在是 {} 位，请对照着再填一次"
_LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def read_code(text: str) -> str:
    """The code that was meant: spaces and hyphens out, letters large, what looks like a digit is the digit.

    >>> read_code("o1il-0000")
    '01110000'
    """
    return re.sub(r"[^0-9A-Z]", "", text.upper()).translate(_LOOKALIKE)


@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """Saves the answer to what was asked, and goes to its page or straight to the paper."""
    topic = request.POST.get("topic", "")
    if topic not in ALL_TOPICS:
        raise Http404
    asked = Asked.read(request.POST, topic)
    on = asked.day()
    if not asked.area or isinstance(on, Refused):
        return HttpResponseRedirect(asked.href())
    result = answer(topic, area=asked.area, on=on, facts=asked.facts)
    if isinstance(result, Refused):
        return HttpResponseRedirect(asked.href())
    code = read_code(shared_answers.save(result.value.to_json(), dict(asked.facts)))
    name = "portal:shared_pdf" if request.POST.get("as") == "pdf" else "portal:shared"
    return HttpResponseRedirect(reverse(name, args=[code]))


@require_safe
def shared(request: HttpRequest, code: str) -> HttpResponse:
    """A saved answer as it was issued."""
    kept, plain = _kept(code), read_code(code)
    shown = context.answer_page(kept.answer, _link(plain), kept.facts)
    shown["cases"] = [(case, "") for case in shown["cases"]]
    shown |= {"code": plain, "kept": kept, "url": _url(request, plain), "mistake": form_href([("code", plain)])}
    return render(request, "portal/shared.html", shown)


@require_safe
def reason(request: HttpRequest, code: str, figure: str) -> HttpResponse:
    """Why a figure of a saved answer is what it is, by the law as it stood in the answer."""
    kept, plain = _kept(code), read_code(code)
    case = request.GET.get("case", "")
    number = int(case) if case.isascii() and case.isdigit() and len(case) < 4 else 0
    shown = of_figure(kept.answer, figure, number, _link(plain))
    mistake = form_href([("code", plain)], figure, number)
    links = {"back": reverse("portal:shared", args=[plain]), "mistake": mistake}
    return render(request, "portal/reason.html", shown | links)


@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """A saved answer on paper."""
    kept = _kept(code)
    plain = read_code(code)
    paper = answer_pdf(kept.answer, kept.code, _url(request, plain), timezone.localdate(kept.issued_at))
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="yibao-{plain[:8]}.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, code: str) -> HttpResponse:
    """Asks once more, then deletes a saved answer for good."""
    kept = _kept(code)
    plain = read_code(code)
    if request.method == "POST":
        shared_answers.delete(plain)
        return render(request, "portal/deleted.html", {"code": plain})
    return render(request, "portal/delete.html", {"code": plain, "kept": kept, "answer": kept.answer})


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Where somebody who holds a paper types its code to see whether it is genuine."""
    text = request.GET.get("code")
    if text is None:
        return render(request, "portal/check_code.html", {"value": "", "error": ""})
    plain = read_code(text)
    error = NO_CODE if not plain else SHORT_CODE.format(len(plain)) if len(plain) != 26 else ""
    if not error:
        found = shared_answers.get(plain)
        error = found.message if isinstance(found, Refused) else ""
    if error:
        return render(request, "portal/check_code.html", {"value": text, "error": error})
    return HttpResponseRedirect(reverse("portal:shared", args=[plain]))


def _kept(code: str) -> shared_answers.Shared:
    found = shared_answers.get(read_code(code))
    if isinstance(found, Refused):
        raise Http404
    return found.value


def _url(request: HttpRequest, plain: str) -> str:
    return request.build_absolute_uri(reverse("portal:shared", args=[plain]))


def _link(plain: str) -> context.Link:
    def link(figure: str, case: int) -> str:
        address = reverse("portal:shared_reason", args=[plain, figure])
        return f"{address}?case={case}" if case else address

    return link
