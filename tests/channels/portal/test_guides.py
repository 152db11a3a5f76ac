"""The pages of the guides: there for every area and topic, small, with titles of their own, and read by machines."""

import gzip
import json
import re
import time
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from tests.services.guides.made import A_DOZEN

from yibao.services.answers import ALL_TOPICS
from yibao.services.guides import addresses, codes

THREE = {
    "北京 allocation": "/guide/110000/allocation/",
    "深圳 contribution years": "/guide/440300/contribution-years/",
    "巴中 inpatient": "/guide/511900/inpatient/",
}
LARGEST = 20 * 1024
"""Bytes of a page, compressed."""
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def client() -> Client:
    return Client()


def body(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return str(answer.content.decode())


def compressed(html: str) -> int:
    return len(gzip.compress(html.encode(), mtime=0))


@pytest.mark.parametrize("path", THREE.values(), ids=THREE)
def test_the_three_guides_have_all_their_parts(client: Client, path: str) -> None:
    html = body(client, path)
    for words in (
        "<caption",
        'scope="row"',
        'scope="col"',
        "依据</h2>",
        "核对于",
        "相关的问题",
        "带什么、等多久、收不收钱",
    ):
        assert words in html, words
    assert f'<link rel="canonical" href="http://testserver{path}">' in html
    told = json.loads(JSON_LD.findall(html)[0])
    assert told["url"] == f"http://testserver{path}"
    assert told["dateModified"] >= "2026-11-21"


def test_beijing_shows_its_figures_with_the_way_to_their_reasons(client: Client) -> None:
    html = body(client, THREE["北京 allocation"])
    found = re.findall(r'<a class="why" href="([^"]*)" data-figure="allocation_net">.*?</span>([0-9.,]+)</a>', html)
    assert [number for _, number in found] == ["97.00", "107.00", "107.00", "100.00", "160.00", "240.00"]
    for href, number in found:
        assert number in body(client, href.replace("&amp;", "&"))
    assert 'href="/answers/allocation/?area=110000"' in html


def test_shenzhen_tells_men_and_women_apart_from_2030(client: Client) -> None:
    html = body(client, THREE["深圳 contribution years"])
    table = html.split("<h2", 3)[1]
    assert re.findall(r'data-figure="required_months">.*?</span>([0-9年]+)</a>', table) == [
        "25年",
        "30年",
        "25年",
        "25年",
    ]


def test_bazhong_has_no_figure_but_a_reason_and_who_to_ask(client: Client) -> None:
    html = body(client, THREE["巴中 inpatient"])
    assert "data-figure" not in html
    assert "起付标准没有查到" in html
    assert "0827-12393" in html
    assert "能定下这个数的是：巴中市基本医疗保险住院待遇的文件" in html


class Tables(HTMLParser):
    """Counts what a table needs for somebody who does not see it."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = self.captions = self.without_scope = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tables += tag == "table"
        self.captions += tag == "caption"
        self.without_scope += tag == "th" and "scope" not in dict(attrs)


@pytest.mark.parametrize("code", A_DOZEN)
def test_every_topic_of_a_dozen_areas_has_a_small_page(client: Client, code: str) -> None:
    titles = []
    for topic in ALL_TOPICS:
        html = body(client, f"/guide/{code}/{topic}/")
        assert compressed(html) <= LARGEST, topic
        found = Tables()
        found.feed(html)
        assert found.tables == found.captions
        assert found.without_scope == 0
        json.loads(JSON_LD.findall(html)[0])
        titles += re.findall("<title>(.*?)</title>", html)
    assert len(titles) == len(set(titles)) == len(ALL_TOPICS)


@pytest.mark.soak
def test_every_listed_page_is_there_small_and_has_a_title_of_its_own(client: Client) -> None:
    titles: set[str] = set()
    for parts, _ in addresses():
        html = body(client, "/" + "/".join(("guide", *parts)) + "/")
        assert compressed(html) <= LARGEST, parts
        title = re.findall("<title>(.*?)</title>", html)[0]
        assert title not in titles, parts
        titles.add(title)


def test_the_lists_lead_to_every_guide(client: Client) -> None:
    found = set(re.findall('href="(/guide/[^"]*)"', body(client, "/guide/")))
    assert {f"/guide/{code}/" for code in codes()} <= found
    found = set(re.findall('href="(/guide/[^"]*)"', body(client, "/guide/511900/")))
    assert {f"/guide/511900/{topic}/" for topic in ALL_TOPICS} <= found
    assert 'href="/guide/511900/"' in body(client, "/guide/510000/")


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/guide/110108/", "/guide/110000/"),
        ("/guide/110103/allocation/", "/guide/110000/allocation/"),
        ("/guide/511902/inpatient/", "/guide/511900/inpatient/"),
        ("/guide/巴中/inpatient/", "/guide/511900/inpatient/"),
    ],
    ids=["district", "retired", "district of 巴中", "name"],
)
def test_smaller_and_older_places_lead_to_their_pooling_area_for_good(client: Client, path: str, to: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (301, to)


def test_what_is_no_guide_is_a_page_that_helps(client: Client) -> None:
    assert 'href="/guide/"' in body(client, "/guide/999999/", 404)
    assert 'href="/guide/' in body(client, "/guide/朝阳/allocation/", 404).split("<main")[1]
    assert "没有这一篇指南" in body(client, "/guide/110000/weather/", 404)
    assert 'href="/guide/110000/allocation/"' in body(client, "/guide/110000/weather/", 404)
    assert "不实行内地的基本医疗保险" in body(client, "/guide/810000/allocation/", 404)


def test_the_sitemap_lists_every_page_once_and_robots_name_it(client: Client) -> None:
    listed = re.findall("<loc>(.*?)</loc>", body(client, "/sitemap.xml"))
    assert len(listed) == len(set(listed))
    guides = {one for one in listed if "/guide/" in one}
    assert guides == {"http://testserver/" + "/".join(("guide", *parts)) + "/" for parts, _ in addresses()}
    told = body(client, "/robots.txt")
    assert "Sitemap: http://testserver/sitemap.xml" in told
    assert "Disallow: /me/" in told
    assert "Disallow: /guide" not in told


def test_a_guide_asks_nothing_of_the_database_and_is_quick(client: Client) -> None:
    path = THREE["北京 allocation"]
    body(client, path)
    spent = []
    for code in ("440300", "420100", "310000", "330600", "120000"):
        began = time.perf_counter()
        body(client, f"/guide/{code}/allocation/")
        spent.append(time.perf_counter() - began)
    assert min(spent) < 0.3  # the best of several: the machine may be busy


def test_home_and_answers_lead_to_the_guides(client: Client) -> None:
    assert 'href="/guide/"' in body(client, "/")
    html = body(client, "/answers/allocation/?area=北京&status=retired&age=70&done=1")
    assert 'href="/guide/110000/allocation/"' in html
    assert 'href="/guide/511900/paying/"' in body(client, "/answers/paying/?area=巴中")
    assert "/guide/" not in body(client, "/answers/allocation/?area=香港&done=1").split("<main")[1].split("</main")[0]


BLOCKED = "Service Worker registration blocked by Playwright"
"""Said by the tests' own browser, which keeps no pages from one test to the next."""


@pytest.fixture
def said_by_the_console(open_page: Any) -> Any:
    """Opens a page and gives what the browser complained of."""

    def opened(path: str, **more: Any) -> tuple[Any, list[str]]:
        page = open_page("/display/", **more)
        said: list[str] = []
        page.on("console", lambda message: None if BLOCKED in message.text else said.append(message.text))
        page.goto(path)
        return page, said

    return opened


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", ["normal", "elder"])
@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("path", THREE.values(), ids=THREE)
def test_a_guide_fits_the_screen_and_its_data_block_is_let_through(
    said_by_the_console: Any, path: str, width: int, size: str
) -> None:
    page, said = said_by_the_console(path, width=width, size=size)
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("main table caption").count() == page.locator("main table").count() > 0


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_printed_a_guide_shows_what_is_folded(open_page: Any) -> None:
    page = open_page(THREE["北京 allocation"])
    folded = page.locator("details .points li").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    assert not page.locator(".top").is_visible()
