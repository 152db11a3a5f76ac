"""The screens in a real browser: nothing wider than the screen, targets large enough, keyboard only, no JavaScript."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.channels.portal.titles import title_of

from yibao.channels.portal import words
from yibao.services.answers import ALL_TOPICS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).parents[2] / "vendor" / "axe.min.js").read_text()
RUN_AXE = """enhanced => axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: {"color-contrast-enhanced": {enabled: enhanced}}})"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("main *, header *, aside *, footer *")].filter(e => e.getBoundingClientRect().right >
  innerWidth + 1 && !e.closest(".vh")).slice(0, 5).map(e => e.tagName + "." + e.className)"""
# A link inside a sentence is exempt (WCAG 2.5.8); a radio is pressed by its label.
TOO_SMALL = """least => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter(e => !e.classList.contains("skip") && getComputedStyle(e).display !== "inline" && e.getClientRects().length)
  .map(e => [e, (["radio", "checkbox"].includes(e.type) ? e.nextElementSibling : e).getBoundingClientRect()])
  .filter(([e, box]) => box.height < least - 0.5 || box.width < 24)
  .map(([e, box]) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 12)} ${box.width}x${box.height}`)"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }"""
LETTERS_AND_LINE = """() => { const style = getComputedStyle(document.querySelector("main p"))
  return [style.fontSize, style.lineHeight].map(parseFloat) }"""
OUTLINE = """() => { const style = getComputedStyle(document.activeElement)
  return [style.outlineStyle, parseFloat(style.outlineWidth)] }"""
ALSO = ("/me/", "/compare/", "/guide/", "/coverage/")
ALL_OF_THEM = pytest.mark.soak
"""`make test` looks at every page in large letters on a phone and in usual ones on a desk; `make soak` in each."""
SCREENS = [
    (360, "elder"),
    (1280, "normal"),
    pytest.param(360, "normal", marks=ALL_OF_THEM),
    pytest.param(1280, "elder", marks=ALL_OF_THEM),
]
KINDS = ("home", "home, area not understood", "choice", "age 200", "answer", "range", "reason", "display")
"""One page of each kind, for what is the same on all of them."""
COLOURS = [
    ("elder", "dark"),
    ("xl", "contrast"),
    pytest.param("normal", "dark", marks=ALL_OF_THEM),
    pytest.param("normal", "contrast", marks=ALL_OF_THEM),
]

Opener = Callable[..., Any]


def serious(page: Any, enhanced: bool) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate(RUN_AXE, enhanced)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize(("width", "size"), SCREENS)
def test_points_06_61_66_screens(open_page: Opener, pages: dict[str, str], width: int, size: str) -> None:
    page = open_page("/", width, size)
    wrong = {}
    for name, path in pages.items():
        page.goto(path)
        found = page.evaluate(TOO_WIDE) + page.evaluate(TOO_SMALL, 60 if size == "elder" else 44)
        if (width, size) == (360, "elder") or name in KINDS:  # what axe finds hardly depends on a page's width
            found += serious(page, enhanced=size == "elder")
        if found:
            wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize(("size", "colour"), COLOURS)
def test_points_62_66_colours(open_page: Opener, pages: dict[str, str], size: str, colour: str) -> None:
    page = open_page("/", 360, size, colour)
    for name in KINDS:
        page.goto(pages[name])
        assert serious(page, enhanced=colour == "contrast") == [], name


@pytest.mark.parametrize("size", ["normal", "xl", pytest.param("elder", marks=ALL_OF_THEM)])
def test_points_06_62_nothing_is_wider_than_the_smallest_screen(
    open_page: Opener, pages: dict[str, str], size: str
) -> None:
    page = open_page("/", 320, size, bypass_csp=True)
    for name, path in pages.items():
        page.goto(path)
        assert page.evaluate(TOO_WIDE) == [], name
        page.add_style_tag(content=SPACED)
        assert page.evaluate(TOO_WIDE) == [], f"{name}, with the spacing of WCAG 1.4.12"


def test_points_61_62_print_is_large_in_elder_mode_and_lines_are_apart(
    open_page: Opener, pages: dict[str, str]
) -> None:
    for size, least in (("normal", 15), ("elder", 19), ("xl", 26)):
        page = open_page(pages["about"], 360, size)
        letters, line = page.evaluate(LETTERS_AND_LINE)
        assert letters >= least
        assert line / letters >= 1.5
        body = page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)")
        assert body >= {"normal": 17, "elder": 20, "xl": 30}[size]


def test_point_01_home_shows_what_is_asked_most_on_a_small_screen(open_page: Opener) -> None:
    page = open_page("/", 360)
    bottoms = [box["y"] for box in (task.bounding_box() for task in page.locator(".task").all())]
    assert bottoms[len(words.MOST_ASKED) - 1] < 640, "the most asked ones, without scrolling"
    assert len(bottoms) == len(ALL_TOPICS) + len(ALSO), "and all the others below them"


def walk(page: Any) -> None:
    """From the first page to the answer and a reason, as one does with a thumb."""
    page.get_by_label("您在哪里参保").fill("北京")
    page.get_by_role("button", name="每月划入多少").click()
    page.get_by_text("职工医保，单位给交").click()
    page.get_by_role("button", name="继续").click()
    page.locator("label", has_text="已经享受退休人员医保待遇").click()
    page.get_by_role("button", name="继续").click()
    page.get_by_role("textbox").fill("200")
    page.get_by_role("button", name="继续").click()
    assert title_of(page).startswith("错误：")
    page.locator(".errors:focus").wait_for()
    page.get_by_role("textbox").fill("70")
    page.get_by_role("button", name="继续").click()
    assert title_of(page).startswith("检查您的回答")
    page.go_back()
    page.go_forward()
    page.locator(".ch a", has_text="年龄").click()
    assert page.get_by_role("textbox").input_value() == "70"
    page.get_by_role("textbox").fill("６９")
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="没有错，看结果").click()
    assert "97.00" in page.locator("h1").inner_text()
    page.locator("h1 .why").click()
    assert "为什么是" in page.locator("h1").inner_text()
    page.get_by_role("link", name="返回结果").click()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("size", ["normal", "elder"])
def test_points_04_34_60_the_whole_way(open_page: Opener, javascript: bool, size: str) -> None:
    page = open_page("/", 360, size, java_script_enabled=javascript)
    walk(page)
    page.get_by_role("button", name="保存为 PDF / 分享").click()
    assert "这是保存下来的结果" in page.locator("main").inner_text()
    page.get_by_role("link", name="删除").click()
    page.get_by_role("button", name="确定删除").click()
    assert "已经删除" in page.locator("h1").inner_text()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("size", ["normal", "elder"])
def test_points_04_60_comparing_and_reporting(
    open_page: Opener, pages: dict[str, str], javascript: bool, size: str
) -> None:
    page = open_page("/", 360, size, java_script_enabled=javascript)
    page.get_by_role("link", name="换个城市会怎样").click()
    page.locator("main a.item", has_text="每月划入多少").click()
    page.get_by_label("第一个地方").fill("北京")
    page.get_by_label("第二个地方").fill("重庆")
    page.get_by_role("button", name="继续").click()
    for choice in ("职工医保，单位给交", "已经享受退休人员医保待遇"):
        page.locator("label", has_text=choice).click()
        page.get_by_role("button", name="继续").click()
    page.get_by_role("textbox").fill("70")
    page.get_by_role("button", name="继续").click()
    assert "少 2.50 元/月" in page.locator(".compared").inner_text()
    page.locator(".compared .why").first.click()
    page.get_by_role("link", name="这个数不对？报告错误").click()
    page.get_by_role("button", name="提交").click()
    assert title_of(page).startswith("错误：")
    page.locator(".errors:focus").wait_for()
    page.get_by_label("哪里不对").fill("应该是110元")
    page.get_by_role("button", name="提交").click()
    assert "报告收到了" in page.locator("h1").inner_text()
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(TOO_SMALL, 60 if size == "elder" else 44) == []
    page.reload()
    assert "应该是110元" in page.locator("main").inner_text()


def test_point_59_the_switch_works_in_a_browser_that_hides_where_it_comes_from(
    open_page: Opener, pages: dict[str, str]
) -> None:
    page = open_page(pages["age 200"], java_script_enabled=False)
    page.get_by_role("button", name="长辈版").click()
    assert page.locator("html").get_attribute("class") == "elder light"
    assert page.get_by_role("textbox").input_value() == "200", "the answers are still there"
    page.get_by_role("button", name="标准版").click()
    assert page.locator("html").get_attribute("class") == "light"


def tab_to(page: Any, what: str) -> None:
    """Presses Tab until the element has the focus, and sees that the focus can be seen."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            assert page.evaluate(OUTLINE) == ["solid", 3]
            return
    raise AssertionError(f"{what} is not reached by the keyboard")


def press_enter(page: Any) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_point_66_keyboard_alone(open_page: Opener) -> None:
    page = open_page("/", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    tab_to(page, "#area")
    page.keyboard.type("北京")
    tab_to(page, ".task")
    press_enter(page)
    for choice in ("职工医保，单位给交", "退休"):
        tab_to(page, "input[type=radio]")
        page.keyboard.press("Space")
        for _ in range(5):
            if choice in page.locator("input:checked + label").inner_text():
                break
            page.keyboard.press("ArrowDown")
        tab_to(page, "main .btn")
        press_enter(page)
    tab_to(page, "input.field")
    page.keyboard.type("69")
    press_enter(page)
    tab_to(page, "main .btn")
    press_enter(page)
    tab_to(page, "h1 .why")
    press_enter(page)
    assert "97.00" in page.locator("h1").inner_text()
    assert "为什么是" in page.locator("h1").inner_text()
