"""My years against the law's: how they were counted, what is missing, what may be done, when one retires."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yibao.channels.portal import context, own
from yibao.channels.portal.signed_in import actor_of, signed_in
from yibao.services import records
from yibao.services.answers import FACTS
from yibao.services.records.shapes import YearsOfRecord
from yibao.services.results import Refused

OLD_AGES = ("50", "55")
"""The old retirement ages of women; that of men is known."""


@require_safe
@signed_in
def years_page(request: HttpRequest) -> HttpResponse:
    """The years of the record beside those that the law asks for."""
    old_age = _old_age(request)
    found = records.years(actor_of(request), old_age=old_age)
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    return render(request, "portal/me_years.html", _shown(found.value, old_age))


@require_safe
@signed_in
def reason_page(request: HttpRequest, figure: str) -> HttpResponse:
    """Why a figure of the years is what it is."""
    old_age = _old_age(request)
    found = records.years(actor_of(request), old_age=old_age)
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    of = found.value
    return own.reason(request, of.answer, of.facts, figure, _address("portal:me_years", old_age), of_record=True)


@require_safe
@signed_in
def retirement_reason(request: HttpRequest, figure: str) -> HttpResponse:
    """Why one retires in that month."""
    old_age = _old_age(request)
    found = records.years(actor_of(request), old_age=old_age)
    if isinstance(found, Refused):
        return own.refused_page(request, found)
    of, back = found.value, _address("portal:me_years", old_age)
    return own.reason(request, of.retirement, of.retirement_facts, figure, back, of_record=True)


def _shown(of: YearsOfRecord, old_age: str) -> dict[str, Any]:
    def link(name: str, case: int = 0) -> str:
        return _address("portal:me_years_reason", old_age, name, case)

    page = context.answer_page(of.answer, link, of.facts)
    return page | {
        "of": of,
        "others": [row for row in page["others"] if not of.is_retired or row.name.startswith("required_")],
        "old_age": old_age,
        "as_of": own.as_of_text(of.as_of),
        "counted": _counted(of),
        "total": of.counted.total,
        "carried": own.day_words(of.carried_as_of) if of.carried_as_of else "",
        "retirement": _retirement(of, old_age),
        "options": _options(of),
        "inputs": own.inputs(of.answer, of.facts),
        "mistake": own.mistake_href(of.answer, of.facts),
        "back": own.home_href(),
    }


def _counted(of: YearsOfRecord) -> list[tuple[str, int, str]]:
    """How the months came to count: a label, how many, and what the word means."""
    counted = of.counted
    rows = (
        ("按月缴的", counted.paid, ""),
        ("后来补缴的", counted.back_paid, ""),
        ("视同缴费", counted.deemed, "没有缴钱，按规定当作缴过的，比如早年的工龄、军龄"),
        ("以前缴的，结转过来", counted.carried_paid, "这里建账以前缴的"),
        ("以前视同的，结转过来", counted.carried_deemed, "这里建账以前认定的"),
    )
    return [row for row in rows if row[1]]


def _retirement(of: YearsOfRecord, old_age: str) -> dict[str, Any] | None:
    """When the law retires this person; a woman whose old age is not told is told both, and asked."""
    if not of.retirement:
        return None

    def link(name: str, case: int = 0) -> str:
        return _address("portal:me_retirement_reason", old_age, name, case)

    page = context.answer_page(of.retirement, link, of.retirement_facts)
    is_open = of.facts.get("sex") == "female" or of.retirement_facts.get("sex") == "female"
    chips = [
        (f"{label}，{hint}", _address("portal:me_years", value), value == old_age)
        for value, label, hint in FACTS["old_age"].options
        if value in OLD_AGES
    ]
    return page | {"choices": chips if is_open else []}


def _options(of: YearsOfRecord) -> list[str]:
    """The other questions that go on from here, as addresses of `what-if`."""
    return [] if of.is_retired else ["later", "stop", "move"]


def _old_age(request: HttpRequest) -> str:
    told = request.GET.get("old_age", "")
    return told if told in OLD_AGES else ""


def _address(name: str, old_age: str, figure: str = "", case: int = 0) -> str:
    query = [("old_age", old_age)] if old_age else []
    query += [("case", str(case))] if case else []
    address = reverse(name, args=[figure] if figure else [])
    return f"{address}?{urlencode(query)}" if query else address
