"""A page as it is read aloud: its heading, then its main part in order, in words that a voice can say.

Any page, asked for with `Accept: application/vnd.yibao.spoken+json`, comes as `{"parts": [...]}`: what is folded,
hidden or meant for the hand only (the way back) is left out. The words are made by `yibao.services.speech`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers

from yibao.services.speech import spoken

SPOKEN = "application/vnd.yibao.spoken+json"
LONGEST = 80
"""A part longer than this is cut into its sentences, so that going on after a pause repeats little."""
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_SILENT = {"svg", "script", "style", "select", "textarea", "datalist", "details", "template"}
_SILENT_CLASSES = {"vh", "back", "hint"}
_INLINE = {"a", "b", "i", "em", "strong", "small", "code", "time"}
_INLINE_SPANS = {"", "nb", "ib", "num", "unit", "grade"}
_SENTENCE = re.compile(r"(?<=[。？！；])")


class _Page(HTMLParser):
    """Collects the texts of <main>, a row for each block, the heading apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.heading: list[str] = []
        self.rows: list[str] = []
        self._open: list[tuple[str, bool]] = []  # the elements around the text in <main>, and whether each is silent
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "main" and not self._open:
            return
        told = {name: value or "" for name, value in attrs}
        classes = set(told.get("class", "").split())
        silent = _is_silent(tag, told, classes) or any(silent for _, silent in self._open)
        if not (silent or tag == "dd" or _flows(tag, classes)):
            self._end_row()
        if tag not in _VOID:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or tag not in [name for name, _ in self._open]:
            return
        if tag == "dt":
            self._text += "："  # 年龄：六十九岁
        elif tag not in _INLINE and tag != "span":
            self._end_row()
        while self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and not self._open[-1][1]:
            self._text += data

    def _end_row(self) -> None:
        row = " ".join(self._text.split())
        self._text = ""
        if row.strip("："):
            (self.heading if any(name == "h1" for name, _ in self._open) else self.rows).append(row)


def _flows(tag: str, classes: set[str]) -> bool:
    """Whether an element stands in the middle of a sentence."""
    if tag == "a":
        return classes <= {"why", "ends"}
    return tag in _INLINE or (tag == "span" and bool((classes or {""}) & _INLINE_SPANS) and "fig" not in classes)


def _is_silent(tag: str, told: dict[str, str], classes: set[str]) -> bool:
    unfolded = tag == "details" and "open" in told
    hidden = "hidden" in told or told.get("aria-hidden") == "true"
    return hidden or (tag in _SILENT and not unfolded) or bool(classes & _SILENT_CLASSES)


def parts_of(html: str) -> list[str]:
    """What a voice says of a page, in order, each part short enough to be said again.

    >>> parts_of('<title>x</title><main><a class="back">返回</a><h1>到账</h1><p>97.00<small>元/月</small></p></main>')
    ['到账', '九十七元每月']
    """
    page = _Page()
    page.feed(html)
    page.close()
    parts = []
    for row in [*page.heading, *page.rows]:
        said = spoken(row)
        cut = _SENTENCE.split(said) if len(said) > LONGEST else [said]
        parts += [part.strip() for part in cut if re.search(r"\w", part)]
    return parts


class Aloud:
    """Answers with the spoken form of a page where a browser asks for it; every other answer passes unchanged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.headers.get("Content-Type", "").startswith("text/html") or response.streaming:
            return response
        if SPOKEN not in request.headers.get("Accept", ""):
            patch_vary_headers(response, ["Accept"])
            return response
        told = JsonResponse({"parts": parts_of(response.content.decode())}, status=response.status_code)
        told.headers["Content-Type"] = SPOKEN
        if "Cache-Control" in response.headers:  # a page of one's own is not to be kept, spoken no more than written
            told.headers["Cache-Control"] = response.headers["Cache-Control"]
        patch_vary_headers(told, ["Accept"])
        return told
