"""The pages of one's own record: each is one sheet, with a few keys that lead on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from yibao.channels.kiosk import at_terminal as at
from yibao.channels.kiosk import sheets
from yibao.channels.kiosk.at_terminal import inside
from yibao.services import records
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused

TITLES = {
    "home": "我的账户",
    "movements": "账户收支",
    "months": "缴费月份",
    "allocation": "每月划入",
    "years": "我的年限",
    "enrolments": "参保情况",
    "looked": "谁看过我",
}


class Key(NamedTuple):
    """A key of the screen that leads somewhere."""

    words: str
    href: str


class Shown(NamedTuple):
    """A sheet, the keys beside it, and the slip that says the same ("" for none)."""

    sheet: sheets.Sheet
    keys: list[Key]
    slip: str = ""


def sheet_of(request: HttpRequest, actor: Actor, task: str) -> Done[Shown] | Refused:
    """A page of the record; 404 where there is no such page, or this kind of place does not offer it."""
    if task != "home" and task not in request.machine.profile.tasks:
        raise Http404
    return _SHEETS[task](request, actor)


@inside
@require_safe
def record_page(request: HttpRequest, actor: Actor, task: str) -> HttpResponse:
    """The first page after the PIN with the keys to all others, or one of those."""
    return _shown(request, sheet_of(request, actor, task), task)


def _shown(request: HttpRequest, found: Done[Shown] | Refused, task: str) -> HttpResponse:
    if isinstance(found, Refused):
        return at.refused_page(request, found)
    shown = found.value
    tasks = [Key(TITLES[name], reverse("kiosk:task", args=[name])) for name in request.machine.profile.tasks]
    slip = reverse("kiosk:slip", args=[shown.slip]) if shown.slip else ""
    more: dict[str, Any] = {
        "sheet": shown.sheet,
        "keys": tasks if task == "home" else shown.keys,
        "task": task,
        "page_title": TITLES[task],  # a browser keeps titles: nobody's name stands in one
        "slip": f"{slip}?{request.GET.urlencode()}" if slip and request.GET else slip,
    }
    return at.page(request, "sheet", more)


def _home(request: HttpRequest, actor: Actor) -> Done[Shown] | Refused:
    found = records.home(actor)
    return found if isinstance(found, Refused) else Done(Shown(sheets.home_sheet(found.value), [], "home"))


def _movements(request: HttpRequest, actor: Actor) -> Done[Shown] | Refused:
    found = records.movements(actor, _whole(request, "year"), "", _whole(request, "page") or 1)
    if isinstance(found, Refused):
        return found
    of = found.value
    keys = _years_beside(of.year, of.years)
    if of.page > 1:
        keys.append(Key("更近的一页", _with(year=of.year, page=of.page - 1)))
    if of.page < of.pages:
        keys.append(Key("更早的一页", _with(year=of.year, page=of.page + 1)))
    return Done(Shown(sheets.movements_sheet(of), keys, "movements"))


def _months(request: HttpRequest, actor: Actor) -> Done[Shown] | Refused:
    found = records.months(actor, _whole(request, "year"))
    if isinstance(found, Refused):
        return found
    return Done(Shown(sheets.months_sheet(found.value), _years_beside(found.value.year, found.value.years), "months"))


def _allocation(request: HttpRequest, actor: Actor) -> Done[Shown] | Refused:
    found = records.allocation(actor, _month(request.GET.get("month", "")))
    if isinstance(found, Refused):
        return found
    of = found.value
    earlier = next((month for month in of.months if month < of.month), None)
    later = next((month for month in reversed(of.months) if month > of.month), None)
    near = [month for month in (earlier, later) if month is not None]
    keys = [Key(f"看{sheets.month_words(month)}", f"?month={month:%Y-%m}") for month in near]
    return Done(Shown(sheets.allocation_sheet(of), keys, "allocation"))


def _years(request: HttpRequest, actor: Actor) -> Done[Shown] | Refused:
    old_age = request.GET.get("old_age", "")
    found = records.years(actor, old_age=old_age if old_age in ("50", "55") else "")
    if isinstance(found, Refused):
        return found
    of = found.value
    is_open = "female" in (of.facts.get("sex"), of.retirement_facts.get("sex"))
    is_open = is_open and bool(of.retirement) and of.scheme != "resident"  # whose years are not counted
    keys = [Key(f"原来{age}岁退休", f"?old_age={age}") for age in ("50", "55")] if is_open else []
    return Done(Shown(sheets.years_sheet(of), keys, "years"))


def _enrolments(request: HttpRequest, actor: Actor) -> Done[Shown] | Refused:
    found = records.enrolments(actor)
    return found if isinstance(found, Refused) else Done(Shown(sheets.enrolments_sheet(found.value), [], "enrolments"))


def _looked(request: HttpRequest, actor: Actor) -> Done[Shown] | Refused:
    found = records.lookers(actor, _whole(request, "page") or 1)
    if isinstance(found, Refused):
        return found
    of = found.value
    keys = [Key("更早的一页", _with(page=of.page + 1))] if of.page < of.pages else []
    return Done(Shown(sheets.looked_sheet(of), keys))


_SHEETS: dict[str, Callable[[HttpRequest, Actor], Done[Shown] | Refused]] = {
    "home": _home,
    "movements": _movements,
    "months": _months,
    "allocation": _allocation,
    "years": _years,
    "enrolments": _enrolments,
    "looked": _looked,
}


def _years_beside(year: int, years: tuple[int, ...]) -> list[Key]:
    """The years before and after, as far as there is something to see."""
    earlier, later = max((y for y in years if y < year), default=0), min((y for y in years if y > year), default=0)
    return [Key(f"看{one}年", _with(year=one)) for one in (earlier, later) if one]


def _with(**told: int) -> str:
    return "?" + urlencode(told)


def _whole(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError:
        return None
