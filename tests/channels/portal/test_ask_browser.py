"""A question asked by keyboard alone, and without scripts: typed, read, one part of it corrected."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABS_MAX = 40
NAMED = """() => (document.activeElement.textContent || "").trim()"""


def tab_to(page: Any, words: str) -> None:
    """Goes on from element to element until one with these words has the focus."""
    for _ in range(TABS_MAX):
        page.keyboard.press("Tab")
        if words in page.evaluate(NAMED):
            return
    raise AssertionError(f"{words} is not reached by keyboard")


def tab_to_field(page: Any, name: str) -> None:
    for _ in range(TABS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.name || ''") == name:
            return
    raise AssertionError(f"the field {name} is not reached by keyboard")


@pytest.mark.parametrize(("width", "size"), [(360, "elder"), (1280, "normal")])
def test_point_66_a_question_by_keyboard_alone(open_page: Callable[..., Any], width: int, size: str) -> None:
    page = open_page("/", width, size)
    tab_to_field(page, "q")
    page.keyboard.type("北京退休人员69岁每月返多少钱")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask/?q=*")
    assert "97.00" in page.locator("h1").inner_text()
    tab_to(page, "69 岁")
    page.keyboard.press("Enter")
    page.wait_for_url("**at=age*")
    tab_to_field(page, "age")
    page.keyboard.press("Control+a")
    page.keyboard.type("72")
    page.keyboard.press("Enter")
    page.wait_for_url("**age=72*")
    assert "107.00" in page.locator("h1").inner_text()
    assert page.get_by_label("用您自己的话问").input_value() == "北京退休人员69岁每月返多少钱"


def test_point_04_the_same_without_scripts(open_page: Callable[..., Any]) -> None:
    page = open_page("/", 360, java_script_enabled=False)
    page.get_by_label("用您自己的话问").fill("朝阳 医保断缴")
    page.get_by_role("button", name="问", exact=True).click()
    page.get_by_role("link", name="北京市朝阳区").click()
    assert "area=110105" in page.url
    assert page.locator("h1").count() == 1
    page.get_by_role("link", name="修改").first.click()
    page.get_by_role("link", name="多久才能报销").first.click()
    assert "topic=" in page.url
    assert "area=110105" in page.url


def test_the_focus_is_seen_and_the_parts_are_seen_in_forced_colours(open_page: Callable[..., Any]) -> None:
    page = open_page("/ask/?q=北京退休人员69岁每月返多少钱", 360, forced_colors="active")
    chip = page.locator(".chip").first
    assert chip.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
    assert float(chip.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)")) >= 1
    chip.focus()
    assert chip.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_the_page_of_two_answers_has_no_name_twice(open_page: Callable[..., Any]) -> None:
    page = open_page("/ask/?q=北京和上海退休每月返多少")
    twice = page.evaluate(
        "() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id)\n"
        "return ids.filter((id, place) => ids.indexOf(id) !== place) }"
    )
    assert twice == []
