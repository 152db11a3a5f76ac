"""What does the portal show? Its pages as a browser gets them; each figure by its `data-figure`."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from tests.channels.portal.owners import signed_in
from tests.contract.asked import Figures, Law, Reading
from tests.contract.reading import day_in, figures_in, text_of, value

DOCUMENT = re.compile(r'<div class="law">.*?<h3>(.*?)</h3>', re.S)
UNPAID = re.compile(r"没有缴费 (\d{4}年\d+月)")
OWN = {
    "month": ("{month}已经缴费", "{month}划入"),
    "own_paid": ("个人 {money}",),
    "employer_paid": ("单位 {money}",),
    "total": ("1共 {length}",),
}


def law(asked: Law) -> Reading:
    """The page of an answer."""
    told = {"area": asked.area, "on": asked.on.isoformat(), **asked.facts, "done": "1"}
    html = _main(Client(), f"/answers/{asked.topic}/", told)
    words = text_of(html)
    day = day_in(words, "按 {} 的规定")
    return Reading(_figures(html.split('data-live="facts"')[0]), words, _documents(html), day)


def own(person: Any, part: str) -> Reading:
    """A page of the own record."""
    client = signed_in(person)
    if part == "cover":
        words = text_of(_main(client, "/me/enrolment/"))
        (since,) = re.findall(r"现在：.*?从哪天起 (\S+日)", words)
        return Reading({"since": (value(since),), "insured": (1,)}, words)
    if part == "contribution":
        return _contribution(client)
    page = {"balance": "/me/", "allocation": "/me/allocation/", "years": "/me/years/"}[part]
    html = _main(client, page)
    words = text_of(html)
    named = _figures(html)
    out: Figures = {name: found[:1] for name, found in named.items()}
    if part == "balance":
        out["moved"] = named.get("last", ())
    if part == "years":
        out |= figures_in(words, {"total": OWN["total"]})
        out = {name: found for name, found in out.items() if name in ("total", "required_months", "missing_months")}
    if part == "allocation":
        out |= figures_in(words.split("按规定")[0], {"month": OWN["month"]})
        out["month"] = out.get("month", ())[:1]
    law_day = re.search(r"按哪一天的规定 (\S+)", words)
    return Reading(
        out, words, _documents(html.split("<h2>依据</h2>")[-1]), day_in(law_day[0], "规定{}") if law_day else None
    )


def _contribution(client: Client) -> Reading:
    """The newest month, or year, that was paid; and what is missing by the list of things to do."""
    out: Figures = {}
    home = text_of(_main(client, "/me/"))
    missing = UNPAID.search(home)
    for page in ("/me/months/", "/me/months/?year=2025"):
        html = _main(client, page)
        rows = [text_of(row) for row in re.findall(r'<li><div class="item">(.*?)</div></li>', html, re.S)]
        paid = next((row for row in rows if "个人" in row), "")
        if paid:
            out = figures_in(paid, {name: OWN[name] for name in ("own_paid", "employer_paid")})
            out["month"] = tuple(value(one) for one in re.findall(r"\d{4}年\d+月", paid)[:1])
            break
    if missing:
        out["first_unpaid"] = (value(missing[1]),)
    return Reading(out, f"{home} {text_of(html)}")


def _main(client: Client, page: str, told: dict[str, str] | None = None) -> str:
    response = client.get(page, told)
    assert response.status_code == 200, (page, response.status_code)
    return str(response.content.decode().split("<main")[1].split("</main>")[0])


class _Shown(HTMLParser):
    """The figures of a page: name, what stands there but for what is hidden from the eye, and the unit after it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self._inside: list[str] = []
        self._unit = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if "data-figure" in told:
            self.found.append([told["data-figure"] or "", "", ""])
            self._inside = [""]
        elif self._inside:
            self._inside.append(told.get("class") or "")
        self._unit = told.get("class") == "unit"

    def handle_endtag(self, tag: str) -> None:
        if self._inside:
            self._inside.pop()
        self._unit = False

    def handle_data(self, data: str) -> None:
        if self._unit:
            self.found[-1][2] = data
        elif self._inside and "vh" not in self._inside:
            self.found[-1][1] += data


def _figures(html: str) -> Figures:
    out: Figures = {}
    for name, shown, unit in _Shown(html).found:
        ends = re.sub(r"\s", "", shown).removeprefix("从").split("到")
        values = (value(end + ("元" if "元" in unit and "元" not in end else "")) for end in ends)
        out[name] = (*out.get(name, ()), *values)
    return out


def _documents(html: str) -> tuple[str, ...]:
    return tuple(unescape(re.sub(r"<[^>]+>", "", title)) for title in DOCUMENT.findall(html))
