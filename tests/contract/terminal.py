"""What does the self-service terminal show? Its pages as its own program asks for them, the card put in by number."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from tests.channels.hotline.callers import PIN, Known
from tests.contract.asked import Figures, Law, Reading, labels_of
from tests.contract.reading import day_in, figures_in, text_of, value

BIG = re.compile(r'class="big-figure"><span>(.*?)</span><b class="num">(.*?)</b><span>(.*?)</span>')
ROW = re.compile(r'<dt>(.*?)(?:<span class="s">(.*?)</span>)?</dt><dd class="num">(.*?)</dd>', re.S)
OWN = {
    "balance": {"账户余额": "balance", "今年划入": "credited", "今年用掉": "spent"},
    "allocation": {"到账": "posted"},
    "years": {"已经算数的": "total", "规定缴费年限": "required_months", "还差的缴费年限": "missing_months"},
}
PAID = {"own_paid": ("个人缴 {money}",), "employer_paid": ("单位缴 {money}",)}


def machine(token: str) -> Client:
    """The program of a machine."""
    return Client(HTTP_AUTHORIZATION=f"Bearer {token}", HTTP_X_TERMINAL_PRINTS="slip,record")


def law(asked: Law, token: str) -> Reading:
    """The page to which the keys lead: the question, the area, the topic and what was answered by taps and digits."""
    told = {"q": asked.words, "area": asked.area, "topic": asked.topic, **asked.facts}
    html = _page(machine(token), "ask/", told)
    words = text_of(html)
    figures, labels = Figures(), labels_of(asked.topic)
    for label, shown in [(label, f"{number}{unit}") for label, number, unit in BIG.findall(html)] + _cells(html):
        if label in labels and re.search(r"\d|可以", shown):
            unit = "元" if "元" in shown else ""
            ends = tuple(value(one if unit in one else one + unit) for one in re.split("～", shown))
            figures[labels[label]] = (*figures.get(labels[label], ()), *ends)
    return Reading(figures, words, _documents(html), day_in(words, "按 {} 的规定"))


def _cells(html: str) -> list[tuple[str, str]]:
    """The lines of a page: a label and its figure, or a case and its figures."""
    out = []
    for label, note, shown in ROW.findall(html):
        if shown:
            out.append((label, shown))
        else:
            out += [tuple(part.split(" ", 1)) for part in note.split("，") if " " in part]
    return [(label, shown) for label, shown in out]


def own(who: Known, part: str, token: str) -> Reading:
    """A page of the own record, after card and PIN."""
    at = machine(token)
    assert at.post("/kiosk/card/", {"number": who.number}).status_code == 204
    assert at.post("/kiosk/pin/", {"pin": PIN}).status_code == 302
    if part == "contribution":
        return _contribution(at)
    html = _page(at, {"balance": "home/", "cover": "enrolments/"}.get(part, f"{part}/"))
    words = text_of(html)
    cells = [(label, f"{number}{unit}") for label, number, unit in BIG.findall(html)] + _cells(html)
    figures: Figures = {OWN[part][label]: (value(shown),) for label, shown in cells if label in OWN.get(part, {})}
    if part == "balance":
        moved = [shown for label, shown in cells if label.startswith("最近一笔")]
        figures["moved"] = tuple(value(re.sub("收入|支出", "", shown)) for shown in moved)
    if part == "allocation":
        figures["month"] = tuple(value(one) for one in re.findall(r"<h1>(\d{4}年\d+月)划入", html))
    if part == "cover":
        since = [shown for _, shown in cells if shown.endswith("到现在")]
        figures = {"since": tuple(value(one.removesuffix("到现在")) for one in since), "insured": (len(since),)}
    return Reading(figures, words, _documents(html))


def _contribution(at: Client) -> Reading:
    """The newest month, or year, that was paid; and what is missing by the first page."""
    home, figures = _page(at, "home/"), {}
    for page in ("months/", "months/?year=2025"):
        html = _page(at, page)
        year = re.search(r"<h1>(\d{4})年", html)
        paid = [(label, note) for label, note, shown in ROW.findall(html) if shown in ("已缴", "补缴")]
        if paid and year:
            label, note = paid[0]
            figures = figures_in(note, PAID)
            figures["month"] = (value(f"{year[1]}年{label if label.endswith('月') else '1月'}"),)
            break
    missing = [(note, shown) for label, note, shown in ROW.findall(home) if label == "没有缴费的"]
    if missing:
        figures |= {"first_unpaid": (value(missing[0][0]),), "unpaid": (value(missing[0][1]),)}
    return Reading(figures, text_of(home) + text_of(html))


def _page(at: Client, page: str, told: dict[str, str] | None = None) -> str:
    response: Any = at.get(f"/kiosk/{page}", told)
    assert response.status_code == 200, (page, response.status_code)
    return str(response.content.decode())


def _documents(html: str) -> tuple[str, ...]:
    found = re.search(r'<p class="s">依据：(.*?)</p>', html)
    return tuple(re.findall(r"\[.*?\] ([^；]+)", found[1])) if found else ()
