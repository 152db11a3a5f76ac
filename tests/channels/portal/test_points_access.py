"""Points 64 to 68 of the checklist: read aloud, no captcha, the keyboard alone, nobody's number on a page."""

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from yibao.channels.portal.aloud import SPOKEN, parts_of

RETIRED = {"area": "北京", "on": "2025-06-01", "scheme": "employee", "status": "retired", "age": "69"}
ANSWER = "/answers/allocation/?" + urlencode({**RETIRED, "done": "1"})
ID = "11010519491231002X"
VOICE = """(() => {
  window.said = []; let now = null
  const voice = { getVoices: () => window.voices || [{lang: "zh-CN"}],
    cancel: () => { const was = now; now = null; if (was && was.onend) was.onend() },  // as browsers do
    speak: words => { now = words; if (words.text) said.push(words.text)
      if (!window.held) setTimeout(() => { if (now === words && words.onend) words.onend() }, 5) } }
  Object.defineProperty(window, "speechSynthesis", {value: voice, configurable: true})
  window.SpeechSynthesisUtterance = function (text) { this.text = text }
})()"""
BEHIND_THE_BAR = """() => { const e = document.activeElement, bar = document.getElementById("aloud-bar")
  const top = e.getBoundingClientRect().top, low = bar.getBoundingClientRect().bottom
  return !bar.contains(e) && e !== document.body && !e.closest(".top, .skip") && top < low - 1 }"""
SILENT = """(() => { delete window.speechSynthesis
  Object.defineProperty(window, "speechSynthesis", {value: undefined}) })()"""

Opener = Callable[..., Any]


def browser_test(function: Any) -> Any:
    return pytest.mark.browser(pytest.mark.django_db(transaction=True)(function))


def aloud(open_page: Opener, script: str = VOICE, width: int = 360, **more: Any) -> Any:
    """The page of an answer in a browser with a voice that writes down what it says, or without one."""
    page = open_page("/privacy/", width, **more)
    page.add_init_script(script)
    page.goto(ANSWER)
    return page


def button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


@browser_test
def test_point_64_heading_then_main_in_order_in_chinese_money(open_page: Opener) -> None:
    page = aloud(open_page)
    button(page, "朗读").click()
    page.wait_for_function("() => document.getElementById('aloud-bar').hidden && said.length")
    said = page.evaluate("() => said")
    assert said[:2] == ["每月实际到账", "九十七元每月"]
    order = [
        said.index(part)
        for part in ("分开来看", "扣钱以前每月划入：一百元每月", "按这些情况算的", "还不能肯定的", "依据")
    ]
    assert order == sorted(order)
    assert not re.search(r"\d", "".join(said))
    assert said == [part for part in said if part.strip()]


@browser_test
def test_point_64_a_pause_goes_on_where_it_was_and_stop_ends_it(open_page: Opener) -> None:
    page = aloud(open_page)
    page.evaluate("() => { window.held = true }")
    button(page, "朗读").click()
    page.wait_for_function("() => said.length === 1")
    button(page, "暂停").click()
    page.wait_for_timeout(100)
    assert page.evaluate("() => said.length") == 1
    page.evaluate("() => { window.held = false }")
    button(page, "继续").click()
    page.wait_for_function("() => said.length > 4")
    said = page.evaluate("() => said")
    assert said[:3] == ["每月实际到账", "每月实际到账", "九十七元每月"]
    button(page, "朗读").click()
    button(page, "停止").click()
    said = page.evaluate("() => said.length")
    page.wait_for_timeout(200)
    assert page.evaluate("() => said.length") == said
    assert page.locator("#aloud-bar").is_hidden()


@browser_test
def test_point_64_no_voice_no_button_and_no_chinese_voice_is_said(open_page: Opener) -> None:
    assert button(aloud(open_page, SILENT), "朗读").count() == 0
    assert button(aloud(open_page, java_script_enabled=False), "朗读").count() == 0
    page = aloud(open_page, VOICE + ";window.voices = [{lang: 'en-US'}]")
    button(page, "朗读").click()
    assert "没有中文语音" in page.locator("#aloud-bar").inner_text()
    assert page.evaluate("() => said") == []


@browser_test
def test_points_61_63_66_the_bar_of_reading_aloud_is_large_and_hides_no_focus(open_page: Opener) -> None:
    for size, least in (("normal", 44), ("elder", 60)):
        page = aloud(open_page, size=size)
        page.evaluate("() => { window.held = true }")
        button(page, "朗读").click()
        for name in ("暂停", "停止"):
            box = button(page, name).bounding_box()
            assert min(box["width"], box["height"]) >= least
        page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
        for _ in range(30):
            page.keyboard.press("Shift+Tab")
            assert not page.evaluate(BEHIND_THE_BAR), page.evaluate("() => document.activeElement.outerHTML")
        page.keyboard.press("Escape")
        assert page.locator("#aloud-bar").is_hidden()


def test_point_64_every_page_can_be_read_and_no_digit_is_left(client: Client, any_path: str) -> None:
    response = client.get(any_path, headers={"accept": SPOKEN})
    assert response.headers["Content-Type"] == SPOKEN
    parts = json.loads(response.content)["parts"]
    html = client.get(any_path).content.decode()
    heading = re.sub(r"<[^>]+>|\s", "", html.split("<h1")[1].split("</h1>")[0].split(">", 1)[1])
    assert parts[0][:2] == heading[:2]
    assert not re.search(r"\d", "".join(parts))


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        (f"<main><p>证件号{ID}</p></main>", ["证件号一串号码，这里不念"]),
        ("<main><p>先</p><h1>题</h1><p>后</p></main>", ["题", "先", "后"]),
        ("<main><details><summary>折</summary><p>里</p></details><p hidden>藏</p><p>见</p></main>", ["见"]),
        (
            "<nav>栏</nav><main><dl><dt>到账</dt><dd><span>97.00</span><small>元/月</small></dd></dl></main>",
            ["到账：九十七元每月"],
        ),
    ],
)
def test_point_64_what_is_read_of_a_page(html: str, parts: list[str]) -> None:
    assert parts_of(html) == parts


@browser_test
def test_point_65_no_puzzle_and_a_code_may_be_pasted(open_page: Opener, pages: dict[str, str]) -> None:
    page = open_page("/check/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("() => navigator.clipboard.writeText('0123-4567')")
    page.get_by_role("textbox").focus()
    page.keyboard.press("Control+V")
    assert page.get_by_role("textbox").input_value() == "0123-4567"
    for name in ("home", "number", "choice", "answer", "code", "mistake", "compare, areas", "display"):
        page.goto(pages[name])
        assert page.locator("canvas, input[type=password], img, [onpaste], [oncopy], [draggable=true]").count() == 0, (
            name
        )


@browser_test
def test_point_66_a_skip_link_landmarks_and_headings_in_order(open_page: Opener, pages: dict[str, str]) -> None:
    page = open_page("/")
    for name, path in pages.items():
        page.goto(path)
        assert [page.locator(one).count() for one in ("header.top", "main", "aside", "footer")] == [1, 1, 1, 1], name
        levels = [int(tag[1]) for tag in page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(e => e.tagName)")]
        main = levels[levels.index(1) :]
        assert all(after <= before + 1 for before, after in pairwise(main)), name
    page.goto(pages["number"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


@pytest.mark.django_db
def test_point_68_a_report_takes_no_number_of_a_person_and_masks_what_may_be_one(client: Client) -> None:
    sent = {**RETIRED, "topic": "allocation", "figure": "allocation_net", "key": "00000000-0000-4000-8000-000000000001"}
    for number in (ID, "110105 19491231 002X", "138 1234 5678"):
        assert "请删掉它" in client.post("/mistake/", {**sent, "text": f"我的号{number}"}).content.decode()
    link = "https://a.example/art/t20220830_123456789.html"
    told = {"text": "护照E12345678，卡6222 0210 0111 2233", "link": link, "document": "〔2022〕30号"}
    shown = client.get(client.post("/mistake/", {**sent, **told}).headers["Location"]).content.decode()
    assert "护照E1*****78，卡6222********2233" in shown
    for part in (link, "〔2022〕30号"):
        assert part in shown


@pytest.mark.parametrize("field", ["age", "area"])
def test_point_68_no_page_keeps_a_number_in_its_words(client: Client, field: str) -> None:
    html = client.get("/answers/allocation/?" + urlencode({**RETIRED, field: ID, "done": "1"})).content.decode()
    said = re.sub(r"<[^>]+>", "", html.split("<main")[1])
    assert ID not in said
