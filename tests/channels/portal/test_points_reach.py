"""Points 2 to 8 of the checklist: everything near at hand, light, for old browsers, never writing."""

import gzip
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client

import yibao.channels.portal
from yibao.services.answers import ALL_TOPICS

STATIC = Path(yibao.channels.portal.__file__).parent / "static" / "portal"
SCRIPTS = ["app.js", "credential.js", "portal.js", "session.js", "simulate.js", "sw.js"]
"""Our own; what lies in `vendor` is of the analysts' page alone."""
KILOBYTE = 1024
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 // 8, "uploadThroughput": 750_000 // 8}
LARGEST_PAINT = """() => new Promise(told => new PerformanceObserver(list =>
  told(list.getEntries().pop().startTime)).observe({type: "largest-contentful-paint", buffered: true}))"""
FURTHER = ("/compare/", "/coverage/", "/search/", "/check/", "/display/", "/privacy/", "/about/")
NEWER_SCRIPT = {  # what Chrome 80 or iOS 13.0 cannot read, or does not have
    "a newer operator": r"\?\?|\?\.(?!\d)|&&=|\|\|=",
    "a newer method": r"\.(?:at|replaceAll|flatMap|flat|findLast|matchAll|allSettled|any|hasOwn|toSorted)\(",
    "a newer global": r"\b(?:structuredClone|BigInt|WeakRef|AggregateError|globalThis)\b",
    "a newer form of class or import": r"#\w+\s*[=(;]|\bstatic\s*\{|\bimport\b|\bexport\b|\bawait\b|\basync\b",
    "a newer number or pattern": r"\b\d+_\d+|\b\d+n\b|\(\?<[=!]",
}
NEWER_STYLE = (
    r":has\(|:is\(|:where\(|@container|@layer|\binset:|aspect-ratio|\b(?:row-|column-)?gap:|\d[ds]vh\b|color-mix"
)


def links(html: str) -> set[str]:
    """Where a page leads: its links, and its buttons with the area that was told."""
    told = set(re.findall(r'href="(/[^"#]*)"', html))
    told |= {f"{path}?{urlencode({'area': '北京'})}" for path in re.findall(r'formaction="([^"]+)"', html)}
    return {unescape(path) for path in told if "/static/" not in path}


def test_point_02_whatever_one_comes_for_is_at_most_three_taps_away(client: Client) -> None:
    taps, edge = {"/": 0}, ["/"]
    for tap in (1, 2):
        found = {path for here in edge for path in links(client.get(here).content.decode())}
        edge = [path for path in found if path not in taps]
        taps |= dict.fromkeys(edge, tap)
        edge = [path for path in edge if "/compare/" in path or tap < 2][:12]
    reached = {urlsplit(path).path for path in taps}
    wanted = {f"/answers/{topic}/" for topic in ALL_TOPICS} | set(FURTHER)
    assert wanted - reached == set()
    assert client.get(f"/answers/allocation/?{urlencode({'area': '北京'})}").status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_point_03_the_first_page_is_light_and_soon_there(open_page: Callable[..., Any]) -> None:
    page = open_page("/privacy/")
    sizes: dict[str, int] = {}

    def weigh(response: Any) -> None:
        if not response.url.endswith(".svg"):
            sizes[response.url] = len(gzip.compress(response.body()))

    page.on("response", weigh)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto("/", wait_until="networkidle")
    assert len(sizes) == 3, "the page, its style, its script"
    assert sum(sizes.values()) <= 100 * KILOBYTE
    assert page.evaluate(LARGEST_PAINT) <= 2500


def bare(source: str) -> str:
    """A script without its words: comments and texts out."""
    return re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", '""', source, flags=re.DOTALL)


@pytest.mark.parametrize("what", NEWER_SCRIPT)
def test_point_05_the_script_is_read_by_old_browsers(what: str) -> None:
    scripts = sorted(STATIC.glob("*.js"))
    assert [script.name for script in scripts] == SCRIPTS
    for script in scripts:
        assert re.findall(NEWER_SCRIPT[what], bare(script.read_text())) == [], script.name


def test_point_05_the_style_is_read_by_old_browsers() -> None:
    for sheet in sorted(STATIC.glob("*.css")):
        styles = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL).replace("grid-gap:", "")
        assert re.findall(NEWER_STYLE, styles) == [], sheet.name


@pytest.mark.django_db
def test_point_08_reading_writes_nothing(client: Client, pages: dict[str, str]) -> None:
    told = {
        "area": "北京",
        "on": "2025-06-01",
        "scheme": "employee",
        "status": "retired",
        "age": "69",
        "topic": "allocation",
    }
    saved = client.post("/shared/", told).headers["Location"]
    key = "00000000-0000-4000-8000-000000000001"
    report = client.post("/mistake/", {**told, "figure": "allocation_net", "text": "不对", "key": key}).headers[
        "Location"
    ]
    written = []

    def only_read(execute: Any, sql: str, *rest: Any) -> Any:
        if not re.match(r"(?i)\s*(SELECT|SAVEPOINT|RELEASE)", sql):
            written.append(sql)
        return execute(sql, *rest)

    kept = [saved, f"{saved}delete/", f"{saved}reason/allocation_net/", f"{saved[:-1]}.pdf", report]
    with connection.execute_wrapper(only_read):
        for path in [*pages.values(), *kept]:
            assert client.get(path).status_code in (200, 404)
    assert written == []
