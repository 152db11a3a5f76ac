"""Points 31 to 40 of the checklist: one question a page, nothing asked twice, nothing cleared, errors that help."""

import ast
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.channels.portal.titles import title_of

import yibao
from yibao.services.answers import TOPICS

BEIJING = {"area": "北京", "on": "2025-06-01", "scheme": "employee", "status": "retired"}
TEMPLATES = sorted(Path(yibao.__file__).parent.glob("channels/portal/templates/portal/*.html"))
SERVICES = sorted(Path(yibao.__file__).parent.glob("services/**/*.py"))
QUESTIONS = [(topic.name, fact) for topic in TOPICS.values() for fact in topic.facts]

Opener = Callable[..., Any]


def browser_test(function: Any) -> Any:
    return pytest.mark.browser(pytest.mark.django_db(transaction=True)(function))


def journey(topic: str = "allocation", **told: str) -> str:
    return f"/answers/{topic}/?{urlencode(told)}"


def main_of(response: Any) -> str:
    return str(response.content.decode().split("<main")[1].split("</main>")[0])


@pytest.mark.parametrize(("topic", "fact"), QUESTIONS)
def test_points_31_32_one_question_a_page_and_its_words_are_the_heading(client: Client, topic: str, fact: str) -> None:
    main = main_of(client.get(journey(topic, area="北京", at=fact)))
    asked = set(re.findall(r'<(?:input|select|textarea)(?! type="hidden")[^>]* name="(\w+)"', main))
    assert asked == {fact}
    assert re.search(rf'<legend><h1>[^<]+</h1></legend>|<h1><label for="{fact}">[^<]+</label></h1>', main)
    assert re.search(r'<a class="back" href="[^"]+"', main)
    assert "*" not in re.sub(r"<[^>]+>", "", main)


@browser_test
def test_point_32_the_browsers_own_way_back_shows_what_was_answered(open_page: Opener) -> None:
    page = open_page(journey(area="北京", on="2025-06-01"))
    page.locator("label", has_text="职工医保，单位给交").click()
    page.get_by_role("button", name="继续").click()
    page.locator("label", has_text="已经享受退休人员医保待遇").click()
    page.get_by_role("button", name="继续").click()
    page.get_by_role("link", name="上一题").click()
    assert page.locator("input:checked").get_attribute("value") == "retired"
    page.go_back()
    page.go_back()
    assert page.locator("h1").inner_text() == "在职还是退休？" or page.locator("input[value=retired]").count() == 1


@browser_test
def test_point_33_a_change_comes_back_to_the_check(open_page: Opener) -> None:
    page = open_page(journey(**BEIJING, age="69"))
    rows = page.locator(".check > div")
    for number in range(rows.count()):
        row = rows.nth(number)
        name = row.locator("dt").inner_text()
        assert row.locator(".ch a").evaluate("a => a.textContent") == f"修改{name}"
    page.locator(".ch a", has_text="年龄").click()
    page.get_by_role("textbox").fill("75")
    page.get_by_role("button", name="继续").click()
    assert title_of(page).startswith("检查您的回答")
    assert "75 岁" in page.locator(".check").inner_text()


@browser_test
def test_points_34_35_what_is_wrong_is_said_after_sending_only_and_stays_in_the_field(open_page: Opener) -> None:
    for javascript in (True, False):
        page = open_page(journey(**BEIJING), java_script_enabled=javascript)
        field = page.get_by_role("textbox")
        field.fill("200")
        field.press("Tab")
        assert page.locator(".field-error, .errors").count() == 0, "leaving the field says nothing"
        assert page.locator("form[novalidate]").count() == 1
        page.get_by_role("button", name="继续").click()
        assert title_of(page).startswith("错误：")
        summary = page.locator(".errors")
        page.locator(".errors:focus").wait_for()
        assert summary.bounding_box()["y"] < page.locator("h1").bounding_box()["y"]
        assert summary.get_by_role("link").inner_text() == page.locator(".field-error").inner_text()
        assert field.input_value() == "200"
        summary.get_by_role("link").click()
        assert page.url.endswith("#age")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("age", "６９"), ("age", " 69 "), ("age", "6 9"), ("age", "69岁"), ("age", "69周岁"), ("base", "8,000.00"),
        ("base", "８０００"), ("base", "8 000"), ("base", "８，０００．００"),
        ("base", "¥8000"), ("base", "8000元"), ("base", "0.8万"), ("on", "2025-6-1"), ("on", "２０２５０６０１"),
    ],
)  # fmt: skip
def test_point_36_what_is_typed_may_have_blanks_commas_and_wide_digits(client: Client, name: str, typed: str) -> None:
    status = "active" if name == "base" else "retired"
    html = main_of(client.get(journey(**{**BEIJING, "status": status, "age": "69", "done": "1", name: typed})))
    assert "160.00" in html if name == "base" else "97.00" in html  # 8,000 yuan x 2 %; 100 - 3 yuan
    assert "field-error" not in html


def test_point_38_what_may_stay_empty_says_so_in_words() -> None:
    for template in TEMPLATES:
        shown = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]+>", "", template.read_text(), flags=re.DOTALL)
        assert "*" not in shown, template.name
        assert "required" not in template.read_text(), template.name
    assert "（选填）" in (TEMPLATES[0].parent / "mistake.html").read_text()


@browser_test
def test_point_39_what_was_told_once_is_not_asked_again(open_page: Opener) -> None:
    page = open_page("/?" + urlencode({"area": "合肥"}))
    assert page.get_by_label("您在哪里参保").input_value() == "合肥市"
    page.get_by_role("button", name="每月划入多少").click()
    asked = []
    while "检查您的回答" not in title_of(page):
        asked.append(page.locator("input[name=asked]").get_attribute("value"))
        if page.locator("input[type=radio]").count():
            page.locator(".opt label").nth(1 if asked[-1] == "status" else 0).click()
        else:
            page.get_by_role("textbox").fill("70")
        page.get_by_role("button", name="继续").click()
    assert "area" not in asked
    assert len(asked) == len(set(asked)) > 1
    assert "合肥" in page.locator(".check").inner_text()


@pytest.mark.parametrize("source", SERVICES, ids=lambda source: source.name)
def test_point_40_no_message_leaves_one_alone(source: Path) -> None:
    texts = [node.value for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Constant)]
    said = [text for text in texts if isinstance(text, str)]
    assert [text for text in said if re.search("系统繁忙|非法|无效|操作失败|错误代码|系统异常", text)] == []


def test_point_40_an_error_says_what_to_do(client: Client, error_path: str) -> None:
    summary = main_of(client.get(error_path)).split('class="errors"')[1].split("</div>")[0]
    for message in re.findall(r'<a href="#[^"]+">([^<]+)</a>', summary):
        assert re.search("请|填|选|写|试|换|改", unescape(message)), message
