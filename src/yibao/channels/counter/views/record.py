"""The record that lies open, as the counter sees it. Every page is a look that the person can read of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yibao.channels.counter.signed_in import Open, lay_away, remember_name, with_record
from yibao.services import clock, counter, records
from yibao.services.documents.record_sheet import record_pdf
from yibao.services.formats import value_text
from yibao.services.permissions import Actor
from yibao.services.records.words import STATES
from yibao.services.results import Done, Refused
from yibao.services.wording import GRADES


@require_safe
@with_record
def overview(request: HttpRequest, actor: Actor, held: Open) -> HttpResponse:
    """Balance, this month, the last movement, and how the person signs in."""
    found = records.home(actor, whose=held.whose)
    how = counter.served(actor, held.whose)
    if isinstance(found, Refused) or isinstance(how, Refused):
        return _gone(request)
    remember_name(request, found.value.name_masked)
    shown = {"of": found.value, "how": how.value, "state": STATES[found.value.month_state]}
    return _page(request, held._replace(name=found.value.name_masked), "record", shown)


@require_safe
@with_record
def movements(request: HttpRequest, actor: Actor, held: Open) -> HttpResponse:
    """The movements of a year."""
    found = records.movements(actor, year=_whole(request, "year"), page=_whole(request, "page") or 1, whose=held.whose)
    return _of(request, held, "movements", found)


@require_safe
@with_record
def months(request: HttpRequest, actor: Actor, held: Open) -> HttpResponse:
    """The months of a year."""
    return _of(request, held, "months", records.months(actor, _whole(request, "year"), whose=held.whose))


@require_safe
@with_record
def allocation(request: HttpRequest, actor: Actor, held: Open, month: str = "") -> HttpResponse:
    """What was credited for a month, what the law gives, and why."""
    found = records.allocation(actor, _month(month), whose=held.whose)
    return _of(request, held, "allocation", found, law=True)


@require_safe
@with_record
def years(request: HttpRequest, actor: Actor, held: Open) -> HttpResponse:
    """The years on record, and those that the law asks for."""
    return _of(request, held, "years", records.years(actor, whose=held.whose), law=True)


@require_safe
@with_record
def enrolment(request: HttpRequest, actor: Actor, held: Open) -> HttpResponse:
    """Where and as whom the person is insured."""
    return _of(request, held, "enrolment", records.enrolments(actor, whose=held.whose))


@require_safe
@with_record
def printed(request: HttpRequest, actor: Actor, held: Open) -> HttpResponse:
    """The record on paper."""
    found = records.statement(actor, whose=held.whose)
    if isinstance(found, Refused):
        return _gone(request)
    response = HttpResponse(record_pdf(found.value, clock.today()), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="record.pdf"'
    return response


@require_POST
@with_record
def close(request: HttpRequest, actor: Actor, held: Open) -> HttpResponse:
    """The next person, please."""
    lay_away(request)
    return redirect("counter:desk")


def _of(request: HttpRequest, held: Open, page: str, found: Done[Any] | Refused, *, law: bool = False) -> HttpResponse:
    if isinstance(found, Refused):
        if found.code != "not_found":  # a month or a year that cannot be: a sentence, and the record stays open
            return _page(request, held, "record_refused", {"message": found.message})
        return _gone(request)
    of = found.value
    return _page(request, held, f"record_{page}", {"of": of} | (_law(of.answer) if law and of.answer else {}))


def _law(answer: dict[str, Any]) -> dict[str, Any]:
    """The law's side: what was read of the record, the steps, the documents. Words only; no figure is made here."""
    cases = [(case["when"], [_row(name, one) for name, one in case["figures"].items()]) for case in answer["cases"]]
    return {
        "figures": [_row(name, one) for name, one in answer["figures"].items()],
        "cases": [(when, rows) for when, rows in cases if rows],
        "steps": [
            (step.get("plain_label") or step["label"], value_text(step["value"], step["unit"]), step.get("how", ""))
            for step in answer["steps"]
            if "kind" not in step
        ],
        "inputs": [
            (row["label"], row.get("text") or value_text(row["value"], row["unit"])) for row in answer["inputs"]
        ],
        "laws": [
            (
                " ".join(filter(None, (one["document"], one.get("number"), one.get("article")))),
                GRADES[one["grade"]].word,
            )
            for one in answer["citations"]
        ],
        "doubts": answer["caveats"],
    }


def _row(name: str, one: dict[str, Any]) -> tuple[str, str]:
    """A figure as a label and its words; a range by its two ends."""
    unit = one["unit"]
    ends = [one["value"]] if "value" in one else [one["low"], one["high"]]
    return one.get("label", name), " 到 ".join(value_text(end, unit) for end in ends)


def _gone(request: HttpRequest) -> HttpResponse:
    """The record may no longer be read here: it is laid away."""
    lay_away(request)
    return redirect("counter:desk")


def _page(request: HttpRequest, held: Open, page: str, shown: dict[str, Any]) -> HttpResponse:
    return render(request, f"counter/{page}.html", {"held": held, "at": request.resolver_match.url_name} | shown)


def _whole(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _month(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None
