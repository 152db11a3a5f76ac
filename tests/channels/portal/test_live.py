"""Point 19 of the checklist: the answer follows what is typed, told once, the address in step; also without script."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from tests.channels.portal.titles import title_of

RETIRED = {"area": "北京", "on": "2025-06-01", "scheme": "employee", "status": "retired", "age": "69"}
ANSWER = "/answers/allocation/?" + urlencode({**RETIRED, "done": "1"})
LISTEN = """() => { window.heard = []
  const status = document.getElementById("told")
  new MutationObserver(all => all.forEach(one => one.addedNodes.forEach(text => heard.push(text.data))))
    .observe(status, {childList: true, subtree: true}) }"""
SLOW_NET = """() => { const real = fetch; let running = 0; window.most = 0
  window.fetch = (...what) => { window.most = Math.max(window.most, ++running)
    return new Promise(go => setTimeout(go, 600)).then(() => real(...what)).finally(() => running--) } }"""
HEARD = "() => heard.splice(0)"
FASTEST = 0.3

Opener = Callable[..., Any]


def browser_test(function: Any) -> Any:
    return pytest.mark.browser(pytest.mark.django_db(transaction=True)(function))


@pytest.fixture
def form(open_page: Opener) -> Any:
    """The page of an answer with its form open, and what a screen reader hears written down."""
    page = open_page(ANSWER)
    page.locator(".change summary").click()
    page.evaluate(LISTEN)
    page.asked = []  # what is asked of the server from now on
    page.on("request", lambda request: page.asked.append(request.url) if "/answers/" in request.url else None)
    return page


def figure(page: Any) -> str:
    return str(page.locator("h1").inner_text().split("\n")[-1])


def settled(page: Any, shown: str) -> None:
    page.wait_for_function("shown => document.querySelector('h1').innerText.includes(shown)", arg=shown)
    page.wait_for_timeout(50)


@browser_test
def test_point_19_a_change_shows_its_result_and_is_told_once(form: Any) -> None:
    form.get_by_label("年龄").fill("70")
    settled(form, "107.00")
    assert form.evaluate(HEARD) == ["每月实际到账 107.00 元/月"]
    assert "107.00" in form.locator(".now").inner_text()
    assert "70 岁" in form.locator(".facts").last.inner_text()
    assert "107.00" in title_of(form)
    assert parse_qs(urlsplit(form.url).query) == {
        name: [told] for name, told in {**RETIRED, "age": "70", "done": "1"}.items()
    }
    assert form.evaluate("() => document.activeElement.id") == "change-age", "one types on where one was"
    form.reload()
    assert "107.00" in figure(form)
    assert form.locator("h1 .why").get_attribute("href")


@browser_test
def test_point_19_typing_asks_once_and_the_last_wins(form: Any) -> None:
    field = form.get_by_label("年龄")
    field.fill("")
    field.press_sequentially("70", delay=40)
    settled(form, "107.00")
    assert len(form.asked) == 1
    field.fill("69")
    settled(form, "97.00")
    form.evaluate(HEARD)
    form.evaluate(SLOW_NET)
    for age in ("70", "75", "60"):
        field.fill(age)
        form.wait_for_timeout(400)
    form.wait_for_timeout(1000)
    assert figure(form).startswith("97.00")
    assert form.evaluate(HEARD) == ["结果没有变。每月实际到账 97.00 元/月"], (
        "what was overtaken is neither shown nor told"
    )
    assert parse_qs(urlsplit(form.url).query)["age"] == ["60"]
    assert form.evaluate("() => window.most") == 1, "one at a time"


@browser_test
def test_point_19_what_cannot_be_is_said_at_the_field_and_the_old_figure_goes(form: Any) -> None:
    field = form.get_by_label("年龄")
    field.fill("200")
    form.locator(".field-error").wait_for()
    message = form.locator(".field-error").inner_text()
    assert message == "年龄要在0到130岁之间，您填的是200岁，请填实际周岁。"
    assert form.evaluate(HEARD) == [message]
    assert field.get_attribute("aria-invalid") == "true"
    assert field.get_attribute("aria-describedby") == form.locator(".field-error").get_attribute("id")
    assert "97.00" not in form.locator("main").inner_text()
    assert field.input_value() == "200"
    assert title_of(form).startswith("错误：")
    form.get_by_role("button", name="计算").click()
    field.fill("70")
    settled(form, "107.00")
    assert form.locator(".field-error").count() == 0
    assert field.get_attribute("aria-invalid") is None


@browser_test
def test_point_19_the_questions_of_the_form_follow_the_law(form: Any) -> None:
    form.get_by_label("在职还是退休").select_option("active")
    form.get_by_label("缴费基数").wait_for()
    assert form.evaluate("() => document.activeElement.tagName") != "INPUT"
    form.get_by_label("缴费基数").fill("8000")
    settled(form, "160.00")  # 8,000 yuan x 2 %
    form.get_by_label("年龄").fill("")
    form.wait_for_function("() => location.search.includes('skip=age')")
    assert form.locator("#told").get_attribute("aria-live") == "polite"


@browser_test
def test_point_19_without_a_net_the_button_still_sends_the_form(form: Any) -> None:
    form.route(
        "**/answers/**", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    form.get_by_label("年龄").fill("70")
    form.wait_for_timeout(500)
    with form.expect_navigation():
        form.get_by_role("button", name="计算").click()
    assert "107.00" in figure(form)


@browser_test
def test_points_04_19_the_form_works_without_javascript(open_page: Opener) -> None:
    page = open_page(ANSWER, java_script_enabled=False)
    page.locator(".change summary").click()
    page.get_by_label("年龄").fill("200")
    page.get_by_role("button", name="计算").click()
    assert title_of(page).startswith("错误：")
    assert page.get_by_label("年龄").input_value() == "200"
    assert page.locator(".errors a").inner_text() == page.locator(".field-error").inner_text()
    page.get_by_label("年龄").fill("７０岁")
    page.get_by_role("button", name="计算").click()
    assert "107.00" in figure(page)
    page.get_by_label("年龄").fill("")
    page.get_by_role("button", name="计算").click()
    assert "看您是哪一种" in page.locator("h1").inner_text()
    assert page.get_by_label("年龄").input_value() == ""


def test_point_19_the_server_answers_the_form_soon(client: Client) -> None:
    client.get(ANSWER)
    spent = []
    for age in ("70", "71", "72", "200", ""):
        began = time.perf_counter()
        client.get("/answers/allocation/?" + urlencode({**RETIRED, "age": age, "done": "1", "form": "1"}))
        spent.append(time.perf_counter() - began)
    assert sorted(spent)[2] <= FASTEST


def test_point_39_the_form_is_filled_with_what_was_told(client: Client) -> None:
    html = client.get(ANSWER).content.decode()
    form = html.split('id="change"')[1].split("</form>")[0]
    assert 'name="age" value="69"' in form
    assert '<option value="retired" selected>' in form
    assert '<input type="hidden" name="area" value="北京">' in form
