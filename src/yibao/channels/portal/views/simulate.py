"""For analysts: one change of the law, run over made-up people, with tables, charts and the law before and after."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from threading import Lock
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from yibao.services import clock, rates
from yibao.services.answers import area_named, areas_with_own_law
from yibao.services.answers.parsing import day
from yibao.services.answers.places import place_with_law
from yibao.services.results import Done, Refused, RefusedError

ROWS, MOST_ROWS = 50_000, 200_000
NEEDED = {"area": "参保地", "path": "要改的参数", "value": "新的数"}
FIELDS = ("area", "topic", "on", "path", "value", "rows", "seed")
LONGEST = 120
WAIT = 20  # seconds: one simulation at a time in a process, so that pages stay quick

Told = dict[str, str]

_running = Lock()


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def page(request: HttpRequest) -> HttpResponse:
    """The form; sent, the result. What is wrong is told at its field."""
    source = request.POST if request.method == "POST" else request.GET
    told = {name: source.get(name, "").strip()[:LONGEST] for name in FIELDS}
    if request.method != "POST":
        sent_empty = "area" in source and not told["area"]
        return _form(request, told, _empty("area"), 422) if sent_empty else _form(request, told)
    allowed = rates.may_simulate(_address(request))
    if not isinstance(allowed, Done):
        refused, seconds = allowed
        response = _form(request, told, refused, 429)
        response.headers["Retry-After"] = str(seconds)
        return response
    done = _run(told)
    return _form(request, told, done, 422) if isinstance(done, Refused) else _result(request, told, done.value)


def _run(told: Told) -> Done[Any] | Refused:
    """The simulation that a form asks for."""
    asked = _asked(told)
    if isinstance(asked, Refused):
        return asked
    if not _running.acquire(timeout=WAIT):
        return Refused("simulation_busy", "正在替别人演算，请过一会儿再点。", field="rows")
    try:
        done = import_module("yibao.services.simulate").simulate(asked)
    finally:
        _running.release()
    if isinstance(done, Refused) and done.field == "set":
        return Refused(done.code, done.message, done.next, "path" if done.code == "unknown_parameter" else "value")
    return done


def _asked(told: Told) -> Any:
    simulation = import_module("yibao.services.simulate")
    typed = import_module("yibao.services.simulate.choosing").typed
    on = _day(told["on"])
    if isinstance(on, Refused):
        return on
    for name in NEEDED:
        if not told[name]:
            return _empty(name)
    rows, seed = _whole(told, "rows", ROWS, MOST_ROWS), _whole(told, "seed", 1, 10**9)
    for number in (rows, seed):
        if isinstance(number, Refused):
            return number
    change = f"{told['path']}={typed(told['value'])}"
    return simulation.Asked((told["area"],), (change,), on, rows=rows, seed=seed, chain=told["topic"], threads=1)


def _empty(name: str) -> Refused:
    return Refused("field_empty", f"还没有填{NEEDED[name]}。", field=name)


def _whole(told: Told, name: str, otherwise: int, most: int) -> int | Refused:
    text = told[name].replace(",", "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        words = {"rows": "人数", "seed": "随机种子"}[name]
        return Refused("number_out_of_range", f"{words}要是1到{most:,}的整数。", field=name)
    return int(text)


def _day(text: str) -> date | Refused:
    try:
        return day(text, "on", "日期") if text else clock.today()
    except RefusedError as error:
        return error.refused


def _form(request: HttpRequest, told: Told, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    choosing = import_module("yibao.services.simulate.choosing")
    listed: list[Any] = []
    on = _day(told["on"])
    topic = told["topic"] if told["topic"] in choosing.TOPICS else "allocation"
    if told["area"] and not (refused and refused.field in ("area", "on")):
        place = place_with_law(told["area"])
        if isinstance(place, Refused) or isinstance(on, Refused):
            refused, status = refused or next(one for one in (place, on) if isinstance(one, Refused)), 422
        elif place.value.kind != "pooling":
            message = f"{place.value.name}不是统筹区，请写一个市。"
            refused, status = Refused("not_a_pooling_area", message, field="area"), 422
        else:
            named = area_named(told["area"])
            told = {**told, "area": named.value if isinstance(named, Done) else told["area"]}
            listed = choosing.choices(topic, place.value.code, on)
    shown = {
        "told": {**told, "topic": topic, "rows": told["rows"] or f"{ROWS}", "seed": told["seed"] or "1"},
        "topics": choosing.TOPICS.items(), "known": areas_with_own_law(), "choices": listed,
        "error": refused.message if refused else "", "field": refused.field if refused else "",
        "nearest": refused.next if refused else (), "most": f"{MOST_ROWS:,}",
    }  # fmt: skip
    return render(request, "portal/simulate.html", shown, status=status)


def _result(request: HttpRequest, told: Told, done: Any) -> HttpResponse:
    words = import_module("yibao.services.simulate.words")
    simulation = import_module("yibao.services.simulate")
    shown = {
        "told": told, "done": done, "title": words.title(done), "headline": words.headline(done),
        "explained": list(words.explained(done)), "on": words.on_words(done), "doubts": words.doubts(done),
        "changes": [(area, one, words.changed_lines(one), words.name_of(one)) for area, one in done.changes],
        "tables": [(table, _rows(table), _series(table)) for table in simulation.tables(done)],
        "made_up": words.MADE_UP,
    }  # fmt: skip
    return render(request, "portal/simulate_result.html", shown)


def _rows(table: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rows of a table, each cell with its head, which a phone shows beside it."""
    return [(row[0], list(zip(table.heads[1:], row[1:], strict=True))) for row in table.rows]


def _series(table: Any) -> dict[str, Any]:
    """What the page's script draws: the names, the whole numbers and their words."""
    if table.chart is None:
        return {}
    pieces = [piece for bar in table.chart.bars for piece in bar.pieces]
    names = [bar.label for bar in table.chart.bars]
    if table.chart.kind == "parts":
        names = [piece.label for piece in pieces]
    texts = [table.chart.text(piece) for piece in pieces]
    return {"title": table.chart.title, "names": names, "values": [piece.high for piece in pieces], "texts": texts}


def _address(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))
