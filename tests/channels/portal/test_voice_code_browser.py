"""65: who cannot read a message asks at the code page for a call, in a real browser, with and without JavaScript."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opener = Callable[..., Any]
BUTTON = "打电话告诉我验证码"


@pytest.fixture
def ready(people: Any, settings: Any) -> Any:
    """Somebody who has signed in before, where a hotline dials."""
    from django.test import Client

    settings.VOICE_CODES = True
    people.insured(people.ZHOU)
    people.signs_in(Client())
    return people


def at_the_code(page: Any, people: Any) -> None:
    page.get_by_label("证件号码").fill(people.ZHOU)
    page.get_by_role("button", name="发验证码").click()
    page.get_by_label("验证码是多少").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_65_a_call_is_asked_for_and_its_code_opens(open_page: Opener, ready: Any, scripts: bool) -> None:
    spoken = import_module("yibao.services.sign_in.spoken")
    page = open_page("/sign-in/?next=/credential/pin/", java_script_enabled=scripts)
    at_the_code(page, ready)
    page.get_by_role("button", name=BUTTON).click()
    assert "慢慢念两遍" in page.locator("#hint").inner_text()
    assert page.get_by_role("button", name=BUTTON).count() == 0
    assert page.get_by_role("button", name="没接到，再打一次").count() == 1
    due = spoken.claim()
    assert due.phone == ready.PHONE
    page.get_by_label("验证码是多少").fill(spoken.answered(due.call))
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("heading", name="激活医保码").wait_for()


@pytest.mark.parametrize(
    ("width", "size", "colour"), [(360, "normal", "light"), (360, "elder", "dark"), (320, "xl", "light")]
)
def test_65_the_pages_fit_their_screen(
    open_page: Opener, ready: Any, looking: Any, tmp_path: Path, width: int, size: str, colour: str
) -> None:
    page = open_page("/sign-in/", width, size, colour)
    wrong = {}

    def look(name: str) -> None:
        page.wait_for_load_state()
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        found = page.evaluate(looking.TOO_WIDE) + page.evaluate(looking.TOO_SMALL, 44 if size == "normal" else 60)
        found += looking.serious(page, enhanced=size != "normal") if width > 320 else []
        if found:
            wrong[name] = found

    at_the_code(page, ready)
    look("code")
    page.get_by_role("button", name=BUTTON).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="再打一次").wait_for()
    look("called")
    spoken = import_module("yibao.services.sign_in.spoken")
    for address in range(spoken.CALLS_MAX):
        spoken.may_ask_for_call(ready.ZHOU, str(address))
    page.get_by_role("button", name="再打一次").click()
    page.get_by_role("heading", name="现在不能再打电话").wait_for()
    look("stopped")
    page.get_by_role("link", name="返回填验证码").click()
    page.get_by_label("验证码是多少").wait_for()
    assert wrong == {}
