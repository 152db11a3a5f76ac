"""Signing in, the end of a session and the e-credential in a real browser, with and without JavaScript."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from tests.channels.portal.titles import title_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[..., Any]
SYMBOL = """() => { const svg = document.querySelector(".qr svg"), size = svg.viewBox.baseVal.width
    return svg.getBoundingClientRect().width * (size - 4) / size }"""
"""How wide the code itself is, without its white margin."""
SHOW_END = "() => { const e = document.getElementById('ending'); if (e) e.hidden = false }"
"""As the page is without JavaScript, and in the last minutes."""


@pytest.fixture
def people(settings: Any) -> Any:
    module = import_module("tests.channels.portal.people")  # not before Django is set up
    settings.SMS_SENDER = f"{module.__name__}.Recorder"
    module.SENT.clear()
    module.insured(module.ZHOU)
    return module


def signs_in(page: Any, people: Any) -> None:
    """As one does with a thumb."""
    page.get_by_label("证件号码").fill(people.ZHOU)
    page.get_by_role("button", name="第一次登录").click()
    page.get_by_label("姓名").fill(people.NAME)
    page.get_by_role("button", name="继续").click()
    page.get_by_label("手机号").fill(people.PHONE)
    page.get_by_role("button", name="发验证码").click()
    page.get_by_label("验证码").fill(people.code_sent())
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_load_state()


def activates(page: Any, people: Any) -> None:
    page.get_by_label("密码").fill(people.PIN)
    page.get_by_role("button", name="继续").click()
    page.get_by_label("再填一遍").fill(people.PIN)
    page.get_by_role("button", name="激活").click()
    page.get_by_role("heading", name="医保码", exact=True).wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_04_54_from_signing_in_to_the_code_and_out_again(open_page: Opener, people: Any, scripts: bool) -> None:
    page = open_page("/sign-in/?next=/credential/", java_script_enabled=scripts)
    signs_in(page, people)
    activates(page, people)
    assert page.evaluate(SYMBOL) >= 240
    first = page.locator(".qr svg").inner_html()
    page.get_by_role("link", name="换新码").click()
    assert page.locator(".qr svg").inner_html() != first
    if not scripts:
        renew = page.locator('meta[http-equiv="refresh"]').get_attribute("content")
        assert 30 <= int(renew) < 60, "renewed without JavaScript too"
    main = page.locator("main").inner_text()
    assert re.search(r"\d\d:\d\d:\d\d 前有效", main)
    assert "社保卡" in main
    page.get_by_role("button", name="退出").click()
    page.get_by_role("heading", name="已经退出").wait_for()


def test_54_the_code_renews_itself_and_counts_down_in_words(open_page: Opener, people: Any) -> None:
    page = open_page("/sign-in/?next=/credential/")
    page.clock.install()
    signs_in(page, people)
    activates(page, people)
    first = page.locator(".qr svg").inner_html()
    page.get_by_text("秒换新码").wait_for()
    page.clock.fast_forward(20_000)
    assert re.search(r"还有 3\d 秒换新码", page.locator(".valid").inner_text())
    page.evaluate("window.same = true")
    page.clock.fast_forward(39_000)
    page.wait_for_function("first => document.querySelector('.qr svg').innerHTML !== first", arg=first)
    assert page.evaluate("window.same"), "in its place: a screen reader is not thrown back to the top"
    page.clock.fast_forward(2_000)
    assert re.search(r"还有 5\d 秒换新码", page.locator(".valid").inner_text())


def test_54_the_code_is_black_on_white_in_every_theme(open_page: Opener, people: Any) -> None:
    page = open_page("/sign-in/?next=/credential/")
    signs_in(page, people)
    activates(page, people)
    for size, colour in (("normal", "dark"), ("elder", "contrast"), ("xl", "dark")):
        page.context.add_cookies([{"name": "display", "value": f"{size}.{colour}", "url": page.url}])
        page.reload()
        assert page.evaluate(SYMBOL) >= 240
        colours = page.evaluate("""() => [...document.querySelectorAll(".qr, .qr svg path")].map(e => {
            const style = getComputedStyle(e)
            return e.matches("div") ? style.backgroundColor : [style.fill, style.stroke].join() })""")
        assert colours[0] == "rgb(255, 255, 255)"
        assert colours[1].startswith("rgb(255, 255, 255)")
        assert colours[2].endswith("rgb(0, 0, 0)")


def test_65_66_by_keyboard_alone_with_the_code_pasted(open_page: Opener, people: Any) -> None:
    page = open_page("/sign-in/?next=/credential/pin/")
    page.evaluate("navigator.clipboard && 0")
    for label, text in (("证件号码", people.ZHOU), ("姓名", people.NAME), ("手机号", people.PHONE)):
        page.get_by_label(label).focus()
        page.keyboard.insert_text(text)
        if label == "证件号码":
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_load_state()
    field = page.get_by_label("验证码")
    field.focus()
    pasted = f" {people.code_sent()[:3]} {people.code_sent()[3:]}\n"
    kept = field.evaluate(
        """(e, text) => { const data = new DataTransfer(); data.setData("text", text)
        const paste = new ClipboardEvent("paste", {clipboardData: data, cancelable: true, bubbles: true})
        return e.dispatchEvent(paste) }""",
        pasted,
    )
    assert kept, "nothing on the page refuses what is pasted"
    page.keyboard.insert_text(pasted.strip())
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="激活医保码").wait_for()
    button = page.get_by_role("button", name="退出")
    for _ in range(6):
        page.keyboard.press("Tab")
        if button.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="已经退出").wait_for()


def test_34_the_summary_has_the_focus(open_page: Opener, people: Any) -> None:
    page = open_page("/sign-in/")
    page.get_by_label("证件号码").fill("12")
    page.get_by_role("button", name="发验证码").click()
    page.locator(".errors").wait_for()
    assert title_of(page).startswith("错误：")
    assert page.evaluate("document.activeElement.className") == "errors"
    page.locator(".errors a").click()
    assert page.evaluate("document.activeElement.id") == "number"


def test_44_the_end_is_told_three_minutes_before_and_one_tap_puts_it_off(open_page: Opener, people: Any) -> None:
    page = open_page("/sign-in/?next=/credential/pin/")
    page.clock.install()
    signs_in(page, people)
    told = page.locator("#ending")
    assert not told.is_visible()
    page.clock.fast_forward("26:30")
    assert not told.is_visible()
    page.get_by_label("密码").fill("48")
    page.clock.fast_forward("01:00")
    told.wait_for(state="visible")
    assert re.search(r"\d\d:\d\d 自动退出", told.inner_text())
    with page.expect_response("**/session/") as answer:
        told.get_by_role("button").click()
    assert answer.value.ok
    told.wait_for(state="hidden")
    assert page.get_by_label("密码").input_value() == "48", "nothing typed is lost"
    page.clock.fast_forward("26:30")
    assert not told.is_visible()
    import_module("django.contrib.sessions.models").Session.objects.all().delete()  # the server's clock runs on too
    page.clock.fast_forward("04:00")
    page.wait_for_url("**/sign-in/?next=**")


def test_44_without_javascript_the_end_and_the_button_stand_on_the_page(open_page: Opener, people: Any) -> None:
    page = open_page("/sign-in/?next=/credential/pin/", java_script_enabled=False)
    signs_in(page, people)
    assert re.search(r"\d\d:\d\d 自动退出", page.locator("#ending").inner_text())
    page.get_by_role("button", name="再用 30 分钟").click()
    assert page.url.endswith("/credential/pin/")


@pytest.mark.parametrize("scripts", [True, False])
def test_69_after_signing_out_the_way_back_shows_nothing(open_page: Opener, people: Any, scripts: bool) -> None:
    page = open_page("/sign-in/?next=/credential/", java_script_enabled=scripts)
    signs_in(page, people)
    activates(page, people)
    page.get_by_role("button", name="退出").click()
    page.get_by_role("heading", name="已经退出").wait_for()
    for _ in range(3):
        page.go_back()
        assert page.locator(".qr").count() == 0
        assert people.ZHOU not in page.content()


@pytest.mark.parametrize(
    ("width", "size", "colour"),
    [
        (360, "normal", "light"),
        (360, "elder", "dark"),
        (1280, "normal", "light"),
        (1280, "elder", "contrast"),
        (320, "xl", "light"),
    ],
)
def test_61_66_every_page_fits_its_screen(
    open_page: Opener, people: Any, looking: Any, width: int, size: str, colour: str
) -> None:
    page = open_page("/sign-in/?next=/credential/", width, size, colour)
    wrong = {}

    def look(name: str) -> None:
        page.wait_for_load_state()
        page.evaluate(SHOW_END)
        found = page.evaluate(looking.TOO_WIDE) + page.evaluate(looking.TOO_SMALL, 44 if size == "normal" else 60)
        found += looking.serious(page, enhanced=size != "normal") if width > 320 else []
        if found:
            wrong[name] = found

    look("number")
    page.get_by_role("button", name="发验证码").click()
    page.locator(".errors").wait_for()
    look("number, error")
    signs_in_looking = (
        ("证件号码", people.ZHOU, "第一次登录"),
        ("姓名", people.NAME, "继续"),
        ("手机号", people.PHONE, "发验证码"),
    )
    for label, text, button in signs_in_looking:
        page.get_by_label(label).fill(text)
        page.get_by_role("button", name=button).click()
        page.wait_for_load_state()
        look(f"after {label}")
    page.get_by_label("验证码").fill(people.code_sent())
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("heading", name="激活医保码").wait_for()
    look("pin")
    activates(page, people)
    look("credential")
    page.goto("/credential/open/")
    look("open")
    page.get_by_role("button", name="退出").click()
    page.get_by_role("heading", name="已经退出").wait_for()
    look("signed out")
    assert wrong == {}
