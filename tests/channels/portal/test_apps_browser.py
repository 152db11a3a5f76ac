"""The example app in a real browser, in a process of its own: leave, reading, taking it back, 401 (must show 4)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.channels.portal.titles import title_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EXAMPLE = Path(__file__).parents[3] / "examples" / "third_party_app" / "app.py"


@pytest.fixture
def example(there: Any, live_url: str) -> Iterator[str]:
    """The example, registered with the site and started; its address."""
    from yibao.services.apps import add_app
    from yibao.services.results import Done

    told = ("记账本", "某某科技有限公司", "帮您记医保账", ["http://127.0.0.1/callback"])
    made = add_app(*told, ["openid", "contributions", "coverage"])
    assert isinstance(made, Done)
    command = [sys.executable, str(EXAMPLE), "--yibao", live_url, "--client-id", made.value.client_id, "--port", "0"]
    environment = {**os.environ, "CLIENT_SECRET": made.value.secret}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.kill()


@pytest.mark.parametrize("scripts", [True, False])
def test_leave_reading_and_taking_back(there: Any, browse: Any, live_url: str, example: str, scripts: bool) -> None:
    page = browse(there.people.worker, "/me/apps/", 360, "normal", java_script_enabled=scripts)
    assert "现在没有应用能看您的记录" in page.locator("main").inner_text()
    page.goto(example)
    page.get_by_role("link", name="用医保账户登录").click()
    assert title_of(page).startswith("要不要让“记账本”看您的记录")
    assert page.get_by_label("缴费月份").is_checked()
    page.get_by_role("button", name="不同意").click()
    page.get_by_role("heading", name="没有同意").wait_for()
    page.goto(example)
    page.get_by_role("link", name="用医保账户登录").click()
    page.get_by_text("只给一天").click()
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_role("heading", name="您的医保缴费").wait_for()
    paid = 9 * 1_200_000 * 2 // 100  # fen: January to September 2026, 2 % of 12,000 yuan
    assert page.locator("#paid").inner_text() == f"2026年本人缴了{paid // 100}.{paid % 100:02}元"
    assert page.locator("#cover").inner_text() == "今天在保：北京市"

    page.goto(f"{live_url}/me/looked/")
    assert "您同意了“记账本”读取" in page.locator("main").inner_text()
    page.goto(f"{live_url}/me/settings/")
    page.get_by_role("link", name="授权的应用").click()
    assert "某某科技有限公司" in page.locator("main").inner_text()
    page.get_by_role("button", name="收回").click()
    assert "已经收回" in page.locator("main").inner_text()
    page.goto(f"{example}/record")
    assert page.locator("#status").inner_text() == "401"


@pytest.mark.parametrize(("width", "size"), [(360, "normal"), (360, "elder"), (1280, "normal"), (320, "xl")])
def test_62_66_the_question_the_list_and_the_page_for_developers_fit(
    there: Any, browse: Any, looking: Any, example: str, width: int, size: str
) -> None:
    page = browse(there.people.worker, "/me/apps/", width, size)
    page.goto(f"{example}/login")
    assert title_of(page).startswith("要不要让")
    found = faults(page, looking, width, size)
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_role("heading", name="您的医保缴费").wait_for()
    page.goto("/me/apps/")
    assert title_of(page).startswith("授权的应用")
    found += faults(page, looking, width, size)
    page.goto("/developers/")
    assert found + faults(page, looking, width, size) == []


def faults(page: Any, looking: Any, width: int, size: str) -> list[Any]:
    """What does not fit, is too small to be hit, or cannot be read."""
    found = page.evaluate(looking.TOO_WIDE) + page.evaluate(looking.TOO_SMALL, 44 if size == "normal" else 60)
    return list(found + (looking.serious(page, enhanced=size != "normal") if width > 320 else []))
