"""The guides as pages for any web server: made by the same templates, their links turned into relative ones.

What needs the site (one's own figures, the reasons, the settings) leads to its address where it is told, else the link
is left out and its words stand alone. Large print needs no cookie here: it is the same pages again under `elder/`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from yibao.channels.portal import guides
from yibao.channels.portal.display_modes import COOKIE
from yibao.channels.portal.views.guides import NOT_FOR_ROBOTS, area_page, index_page, path_of
from yibao.services.guides import addresses, guide, json_ld, place, sitemap
from yibao.services.results import Refused

MODES = {"": "normal", "elder/": "elder"}
ASSETS = ("portal.css", "portal.js", "icon.svg")
LINK = re.compile(r'<a\b([^>]*?) href="(/[^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
ASSET = re.compile(r'(href|src)="/static/')
SWITCH = '<a class="sw" href="{}">长辈版</a>'


def pages(base_url: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every file of the export: its path, and how it is made."""
    listed = list(addresses())
    there = {path_of(parts) for parts, _ in listed}
    yield "index.html", partial(_page, "index.html", (), "", there, base_url)
    for parts, _ in listed:
        for mode in MODES:
            path = f"{mode}{_file_of(path_of(parts))}"
            yield path, partial(_page, path, parts, mode, there, base_url)
    for name in ASSETS:
        yield f"static/portal/{name}", partial(_asset, name)
    if base_url:
        yield "sitemap.xml", lambda: sitemap((base_url + path_of(parts), day) for parts, day in listed).encode()
        yield "robots.txt", lambda: _robots(base_url)


def count(base_url: str) -> int:
    """How many files there will be."""
    return len(MODES) * sum(1 for _ in addresses()) + 1 + len(ASSETS) + (2 if base_url else 0)


def _robots(base_url: str) -> bytes:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS), f"Sitemap: {base_url}/sitemap.xml"]
    return ("\n".join(lines) + "\n").encode()


def _asset(name: str) -> bytes:
    return files("yibao.channels.portal").joinpath("static", "portal", name).read_bytes()


def _file_of(path: str) -> str:
    """The file of an address: /guide/110000/ is guide/110000/index.html."""
    return f"{path.strip('/')}/index.html"


def _page(file: str, parts: tuple[str, ...], mode: str, there: set[str], base_url: str) -> bytes:
    path = path_of(parts)
    canonical = f"{base_url}{path}" if base_url else ""
    # Stands in for a visitor: only the size of the print is asked of it, and no form is offered.
    visitor = SimpleNamespace(COOKIES={COOKIE: f"{MODES[mode]}.auto"}, method="", get_full_path=lambda: path)
    template, shown = _shown(parts, canonical, bool(base_url))
    html = render_to_string(template, {**shown, "canonical": canonical, "request": visitor})
    return _Links(file, mode, there, base_url).turn(html, path).encode()


def _shown(parts: tuple[str, ...], canonical: str, has_site: bool) -> tuple[str, dict[str, Any]]:
    if not parts:
        return "portal/guides.html", index_page()
    if len(parts) == 1:
        found = place(parts[0])
        name = "" if isinstance(found, Refused) else found.value.name
        return "portal/guide_area.html", area_page(parts[0], name)
    made = guide(parts[0], parts[1])
    if isinstance(made, Refused):
        raise ValueError(made.message)  # every listed address has a guide
    shown = guides.page(made.value) | {"json_ld": mark_safe(json_ld(made.value, canonical))}  # noqa: S308 - escaped there
    return "portal/guide.html", shown | ({} if has_site else {"own": "", "has_figures": False})


class _Links:
    """Turns the links of one page: relative where the page is there, else to the site, else into plain words."""

    def __init__(self, file: str, mode: str, there: set[str], base_url: str) -> None:
        self.folder, self.mode, self.there, self.base_url = posixpath.dirname(file), mode, there, base_url

    def turn(self, html: str, path: str) -> str:
        html = ASSET.sub(lambda m: f'{m[1]}="{self._to("static")}/', html)
        other = self._to(_file_of(path) if self.mode else f"elder/{_file_of(path)}")
        switch = f'<a class="sw" href="{other}">{"标准版" if self.mode else "长辈版"}</a>'
        html = html.replace(SWITCH.format(reverse("portal:display")), switch)
        return LINK.sub(self._link, html)

    def _to(self, target: str) -> str:
        return posixpath.relpath(target, self.folder or ".")

    def _link(self, found: re.Match[str]) -> str:
        before, href, after, words = found.groups()
        if href == "/" and not self.base_url:
            href = reverse("portal:guides")  # without the site, the list of all places is the first page
        if href in self.there:
            return f'<a{before} href="{self._to(self.mode + _file_of(href))}"{after}>{words}</a>'
        if self.base_url:
            return f'<a{before} href="{self.base_url}{href}"{after}>{words}</a>'
        if 'class="why' in before:
            return f'<span class="num">{words.split("</span>", 1)[1]}</span>'  # no reason to follow, so no dots
        return f'<span class="s">{words}</span>' if 'class="chip' in before else ""
