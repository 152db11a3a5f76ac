"""Points 10 to 21 of the checklist: where a figure comes from, how it is written, what is said where there is none."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from yibao.services.answers import FACTS, TOPICS, answer, areas_with_own_law
from yibao.services.answers.examples import QUESTIONS
from yibao.services.formats import fen_text
from yibao.services.results import Done

BEIJING = {"area": "北京", "on": "2025-06-01"}
RETIRED = {**BEIJING, "scheme": "employee", "status": "retired", "age": "69"}
EXAMPLE = {question.topic: question.facts for question in reversed(QUESTIONS)}
BROWSER = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VAGUE = re.compile(r"因地区而异|大约|左右|[约近][\d一二三四五六七八九十]|\d%[~～-]\d+%")

Opener = Callable[..., Any]


def done(topic: str, **told: str) -> str:
    return f"/answers/{topic}/?{urlencode({**told, 'done': '1'})}"


def main_of(response: Any) -> str:
    return str(response.content.decode().split("<main")[1].split("</main>")[0])


def words_of(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", html)))


def browser_test(function: Any) -> Any:
    for mark in BROWSER:
        function = mark(function)
    return function


@browser_test
def test_point_10_the_reason_of_each_rule(open_page: Opener) -> None:
    page = open_page("/privacy/")
    for topic, told in EXAMPLE.items():
        page.goto(done(topic, **BEIJING, **told))
        if page.locator("main .why").count() == 0:
            assert "缺的是什么" in page.locator("main").inner_text()
            continue
        page.locator("main .why").first.click()
        shown = page.locator("main").inner_text()
        for part in ("为什么是", "用到的您的情况", "依据", "核对于", "2025年6月1日 的规定", "接下来可以"):
            assert part in shown, topic
        assert page.locator(".sum .res, .facts .why").count() > 0, topic
        assert page.locator(".law h3").first.inner_text(), topic
        links = page.locator(".law a").evaluate_all("all => all.map(a => a.href)")
        assert all(link.startswith("http") for link in links), topic


def half_up(n: int, d: int) -> int:
    return (2 * n + d) // (2 * d)


def test_point_11_the_sum_on_the_page_gives_the_figure_to_the_fen(client: Client, reason_path: str) -> None:
    html = main_of(client.get(reason_path))
    known: dict[str, Any] = {"half_up": half_up, "min": min, "max": max}
    last = 0
    for code in re.findall(r"<code>([^<]+)</code>", html):
        name, *rest = unescape(code).split(" = ")
        if re.fullmatch(r"-?\d+", rest[-1]):
            known[name] = last = int(rest[-1])
            if len(rest) == 2:
                assert eval(rest[0], {"__builtins__": {}}, known) == last, code
    assert fen_text(last) in html.split("</h1>")[0]


@browser_test
def test_points_12_13_day_and_area_beside_every_figure_and_digits_of_one_width(
    open_page: Opener, pages: dict[str, str]
) -> None:
    page = open_page("/")
    for name, place in {
        "answer": "北京市",
        "answer of a province": "甘肃省",
        "range": "西藏自治区",
        "hospital": "北京市",
    }.items():
        page.goto(pages[name])
        head = page.locator("main header").first
        assert re.search(rf"{place} · 按 2025年6月1日 的规定", head.inner_text())
        figures = page.locator("main [data-figure]")
        assert figures.count() > 0
        for digits in figures.evaluate_all("all => all.map(e => getComputedStyle(e).fontVariantNumeric)"):
            assert digits == "tabular-nums"


def test_point_13_more_and_less_are_said_in_words(client: Client, pages: dict[str, str]) -> None:
    shown = client.get(pages["compared"]).content.decode()
    differences = re.findall(r'<span class="diff">([^<]+)</span>', shown)
    assert differences
    assert all(text.startswith(("多 ", "少 ", "一样", "有一边")) for text in differences)


def unverified() -> str:
    """The address of an answer that stands on something not verified."""
    for place in areas_with_own_law():
        for topic, told in EXAMPLE.items():
            result = answer(topic, area=place, on=date(2025, 6, 1), facts=told)
            if isinstance(result, Done) and result.value.grade == "unverified" and result.value.figures:
                return done(topic, **{**BEIJING, "area": place}, **told)
    raise AssertionError("nothing in the law is unverified any more: look for another example")


def test_point_14_what_is_not_verified_says_so_and_is_no_basis_of_a_decision(client: Client) -> None:
    head = main_of(client.get(unverified())).split("</header>")[0]
    assert 'class="grade unverified"' in head
    assert "未核实" in words_of(head)
    assert "别拿它作决定" in client.get("/about/").content.decode()


@pytest.mark.parametrize("topic", EXAMPLE)
def test_point_15_before_the_first_law_there_is_no_figure_and_never_zero(client: Client, topic: str) -> None:
    html = main_of(client.get(done(topic, **{**BEIJING, "on": "1990-01-01"}, **EXAMPLE[topic])))
    if "data-figure" in html:  # a rule that knows no first day: it must cite what it stands on
        assert 'class="law"' in html
        return
    assert not re.search(r"\b0\.00", html)
    assert 'href="tel:123' in html
    assert "缺的是什么" in html or "您没有这一项" in html


def test_point_16_results_say_nothing_vague(client: Client, pages: dict[str, str]) -> None:
    exact = ("answer", "answer in cases", "hospital", "retirement", "compared", "reason", "reason in hospital")
    for name in exact:
        said = re.sub("“[^”]*”|《[^》]*》", "", words_of(main_of(client.get(pages[name]))))
        assert VAGUE.findall(said) == [], name


@pytest.mark.parametrize("topic", [topic for topic in EXAMPLE if TOPICS[topic].gloss])
def test_point_17_the_official_word_is_explained_on_its_answer(client: Client, topic: str) -> None:
    assert words_of(TOPICS[topic].gloss) in words_of(main_of(client.get(done(topic, **BEIJING, **EXAMPLE[topic]))))


@browser_test
def test_point_18_not_applicable_is_shown_with_its_reason(open_page: Opener, pages: dict[str, str]) -> None:
    page = open_page(pages["not applicable"])
    assert page.locator("h1").inner_text() == "您没有这一项"
    assert "居民医保" in page.locator("main header p").nth(1).inner_text()
    assert page.locator(".errors").count() == 0


@browser_test
def test_point_21_what_is_saved_holds_no_name_and_no_number_of_a_person(open_page: Opener) -> None:
    page = open_page(done("allocation", **RETIRED, name="张三", id="11010519491231002X"))
    page.get_by_role("button", name="保存为 PDF / 分享").click()
    saved = page.locator("main").inner_text()
    link = page.locator(".url").inner_text()
    assert page.url == link
    paper = page.request.get(page.locator("a.btn", has_text="打开 PDF").get_attribute("href"))
    assert paper.headers["content-type"] == "application/pdf"
    for kept in (saved, link, page.content(), paper.body().decode("latin-1")):
        assert "张三" not in kept
        assert "11010519491231002X" not in kept
    told = set(page.locator(".facts dt").all_inner_texts())
    assert told <= {fact.label for fact in FACTS.values()} | {"参保地", "按哪一天的规定", "扣钱以前每月划入"}
