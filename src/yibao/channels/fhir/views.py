"""GET /fhir/…: one resource by its number, or a Bundle of what a search finds; of the person who gave the token."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from yibao.channels.fhir.dates import Dates, dates_of
from yibao.channels.fhir.outcomes import JSON_TYPE, refusal
from yibao.services import apps, records
from yibao.services.apps.subjects import subject_of
from yibao.services.clock import CHINA
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused, RefusedError

ABSENT = Refused("not_found", "没有找到这份记录，请检查号码；要帮忙，请拨打 12393。")
MISSING = Refused(
    "fhir_not_installed",
    "这里没有安装 FHIR 部分。请管理员执行 pip install 'yibao[fhir]'，再重新启动。"
    "The FHIR face is not installed: pip install 'yibao[fhir]', then restart.",
)
FORMATS = {"json", "application/json", "application/fhir+json", "application/json+fhir", "text/json"}
GENERAL = {"_format", "_pretty", "_summary"}
DAY_IN_NUMBER = re.compile(r"([0-9a-f]{32})\.([0-9]{4})([0-9]{2})([0-9]{2})")
View = Callable[..., HttpResponse]


def answered(view: View) -> View:
    """A view as FHIR is answered: the extra is there, the method reads, the format is JSON, a refusal is an outcome."""

    def answer(request: HttpRequest, **where: str) -> HttpResponse:
        try:
            import_module("yibao.channels.fhir.resources")
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in ("fhir", "fhir_core"):
                raise
            return refusal(MISSING, 501)
        if request.method not in ("GET", "HEAD"):
            response = refusal(Refused("fhir_reads_only", "这里只能读，不能写。请用 GET。"), 405)
            response.headers["Allow"] = "GET, HEAD"
            return response
        if not _takes_json(request):
            return refusal(Refused("fhir_json_only", "这里只给 JSON，请用 _format=json。"), 406)
        try:
            return view(request, **where)
        except RefusedError as error:
            return refusal(error.refused, 404 if error.refused.code in ("not_found", "not_enrolled") else 400)

    return csrf_exempt(answer)  # no cookie opens anything here


def for_app(view: View) -> View:
    """A view that an app sees with its token."""

    def answer(request: HttpRequest, **where: str) -> HttpResponse:
        said, _, token = request.headers.get("Authorization", "").partition(" ")
        actor = apps.actor_of_token(token.strip() if said.lower() == "bearer" else "")
        if isinstance(actor, Refused):
            return refusal(actor, 401)
        return view(request, actor.value, **where)

    return answered(answer)


@answered
def metadata(request: HttpRequest) -> HttpResponse:
    """What this server can do."""
    capability = import_module("yibao.channels.fhir.capability")
    return _sent(capability.statement(_base(request), request.build_absolute_uri("/").rstrip("/")))


@for_app
def read(request: HttpRequest, actor: Actor, kind: str, number: str) -> HttpResponse:
    """One resource by its number."""
    serviced = None
    if kind == "CoverageEligibilityResponse":
        serviced = _day_of(number)
    found = [one for one in _every(actor, kind, serviced) if one.id == number]
    if not found:
        raise RefusedError(ABSENT.code, ABSENT.message)
    return _sent(found[0])


@for_app
def search(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """What a search finds; several values with commas are one or the other, several parameters all of them."""
    known = import_module("yibao.channels.fhir.capability").SEARCHES[kind]
    asked = [(name, value) for name in request.GET for value in request.GET.getlist(name) if name not in GENERAL]
    unknown = [name for name, _ in asked if name not in known]
    if unknown:
        message = f"没有“{unknown[0][:30]}”这个查询条件，请对照 /fhir/metadata 检查。"
        raise RefusedError("unknown_search_parameter", message, tuple(known), unknown[0][:30])
    serviced = None
    for name, value in asked:
        if name == "serviced":
            serviced = _one_day(value)
    found = [
        one
        for one in _every(actor, kind, serviced)
        if all(any(_fits(one, name, part) for part in value.split(",")) for name, value in asked)
    ]
    base = _base(request)
    resources = import_module("yibao.channels.fhir.resources")
    return _sent(resources.bundle(base, f"{kind}?{urlencode(asked, quote_via=quote)}".rstrip("?"), found))


def _every(actor: Actor, kind: str, serviced: date | None) -> list[Any]:
    """Every resource of a kind that the token opens."""
    made, number = import_module("yibao.channels.fhir.resources"), subject_of(actor)
    if kind == "Patient":
        return [made.patient(number, _value(records.patient(actor)))]
    if kind == "Coverage":
        covers = _value(records.coverage(actor))
        return [made.coverage(number, cover, covers.as_of) for cover in covers.covers]
    return [made.eligibility(number, _value(records.eligibility(actor, serviced)))]


def _value(found: Done[Any] | Refused) -> Any:
    if isinstance(found, Refused):
        raise RefusedError(found.code, found.message, found.next, found.field)
    return found.value


def _fits(one: Any, name: str, value: str) -> bool:
    """Whether a resource fits one value of one parameter."""
    if name in ("patient", "beneficiary"):
        owner = one.patient if one.get_resource_type() == "CoverageEligibilityResponse" else one.beneficiary
        return bool(owner.reference == f"Patient/{value.removeprefix('Patient/')}")
    if name in ("_id", "status", "gender"):
        return bool(getattr(one, name.removeprefix("_")) == value.rpartition("|")[2])
    if name == "serviced":
        return True  # it chose the day
    dates = _dates(name, value)
    if name == "period":
        return dates.fits(one.period.start, one.period.end)
    day = one.birthDate if name == "birthdate" else one.created.astimezone(CHINA).date()
    return dates.fits(day, day)


def _dates(name: str, value: str) -> Dates:
    found = dates_of(value)
    if found is None:
        message = "日期写得不对，请写成 2025-06-01、2025-06 或 2025，前面可以加 ge、le 等。"
        raise RefusedError("not_a_search_date", message, field=name)
    return found


def _one_day(value: str) -> date:
    """The day that is asked about: one, since each has its own response."""
    dates = _dates("serviced", value)
    if dates.prefix != "eq" or dates.first != dates.last:
        raise RefusedError("not_one_day", "请写一个日子，例如 serviced=2025-06-01。", field="serviced")
    return dates.first


def _day_of(number: str) -> date:
    """The day in the number of a response."""
    found = DAY_IN_NUMBER.fullmatch(number)
    dates = dates_of("-".join(found.groups()[1:])) if found else None
    if dates is None:
        raise RefusedError(ABSENT.code, ABSENT.message)
    return dates.first


def _takes_json(request: HttpRequest) -> bool:
    """Whether the caller takes JSON: what the address says stands above the header."""
    told = request.GET.get("_format", "")
    if told:
        return told.partition(";")[0].strip().replace(" ", "+").lower() in FORMATS
    accepted = [part.partition(";")[0].strip().lower() for part in request.headers.get("Accept", "*/*").split(",")]
    return any(part in FORMATS or part in ("", "*/*", "application/*") for part in accepted)


def _base(request: HttpRequest) -> str:
    return str(request.build_absolute_uri("/fhir"))


def _sent(resource: Any) -> HttpResponse:
    response = HttpResponse(resource.model_dump_json(), content_type=JSON_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response
