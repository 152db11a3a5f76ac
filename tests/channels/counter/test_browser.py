"""The counter on real screens: it fits, it is large enough, axe finds no fault; a passkey signs in."""

from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from tests.channels.counter.conftest import AREA, PASSWORD, opens, signs_in
from tests.channels.portal.test_browser import TOO_SMALL, TOO_WIDE, serious
from tests.channels.portal.titles import arrive

from yibao.services import callbacks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = ((360, "normal"), (360, "elder"), (1280, "normal"), (1280, "elder"))
LOOKED_AT_BY_AXE = ((360, "normal"), (1280, "elder"))
RECORD = ("", "movements/", "months/?year=2025", "allocation/", "years/", "enrolment/", "phone/", "pin/", "code/")
PAGES = ("/counter/", "/counter/passkey/", *(f"/counter/record/{page}" for page in RECORD))


@pytest.fixture
def busy(there: Any, wang: Any) -> Any:
    """A desk with a record open and calls that wait."""
    callbacks.ask_for_callback(AREA, "10012345678", "这个月划入了多少")
    mine = callbacks.ask_for_callback(AREA, "10087654321", "断缴了有什么影响")
    client = signs_in(wang)
    client.post(f"/counter/callbacks/{mine.value}/", {"do": "take"})  # type: ignore[union-attr]
    opens(client, there.worker.number)
    client.mine = f"/counter/callbacks/{mine.value}/"  # type: ignore[union-attr]
    return client


@pytest.mark.parametrize(("width", "size"), SCREENS)
def test_every_page_fits_its_screen_and_the_finger(
    busy: Any, counter_page: Callable[..., Any], width: int, size: str
) -> None:
    page = counter_page(busy, "/counter/", width, size)
    wrong = {}
    for address in (*PAGES, busy.mine):
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        found = page.evaluate(TOO_WIDE) + page.evaluate(TOO_SMALL, 60 if size == "elder" else 44)
        if (width, size) in LOOKED_AT_BY_AXE:
            found += serious(page, enhanced=size == "elder")
        if found:
            wrong[address] = found
    assert wrong == {}


def test_signing_in_with_the_keyboard_and_finding_a_record(there: Any, wang: Any, open_page: Any) -> None:
    app_code = import_module("tests.channels.counter.conftest").app_code
    page = open_page("/counter/", 1280)
    page.get_by_label("登录名").fill("wang")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    arrive(page, "/sign-in/code/")
    page.get_by_label("验证器上现在的 6 位数字").fill(app_code(wang.key))
    page.keyboard.press("Enter")
    arrive(page, "/counter/")
    page.get_by_label("证件号码").fill(there.worker.number)
    page.get_by_role("button", name="打开记录").click()
    assert "请选为什么要看" in page.get_by_role("alert").inner_text()
    page.get_by_label("为什么要看").select_option("visit")
    page.get_by_label("具体办什么事").fill("核对今年的缴费")
    page.get_by_role("button", name="打开记录").click()
    arrive(page, "/counter/record/")
    assert "王*国" in page.locator("h1").inner_text()


def test_a_passkey_is_made_and_then_signs_in(wang: Any, counter_page: Callable[..., Any]) -> None:
    staff = import_module("yibao.services.staff")
    page = counter_page(signs_in(wang), "/counter/passkey/", 1280)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    keeps = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    told = {**keeps, "isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": told})
    page.get_by_role("button", name="加一个通行密钥").click()
    page.get_by_text("通行密钥加好了").wait_for()
    assert staff.has_passkey(wang.user.pk)
    page.get_by_role("button", name="退出").click()
    arrive(page, "/counter/sign-in/")
    page.get_by_label("登录名").fill("wang")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="改用通行密钥").click()
    with page.expect_request(lambda one: one.method == "POST" and one.url.endswith("/sign-in/passkey/")) as sent:
        page.get_by_role("button", name="用通行密钥").click()
    arrive(page, "/counter/")
    assert "经办wang" in page.locator("body").inner_text()
    told = parse_qs(sent.value.post_data)["told"][0]
    later = Client()  # what was shown to one session is nothing to another
    later.post("/counter/sign-in/", {"name": "wang", "password": PASSWORD})
    for shown in (told, "", "{}", "[]", "null", '{"id": "x"}'):
        later.get("/counter/sign-in/passkey/")
        answer = later.post("/counter/sign-in/passkey/", {"told": shown})
        assert "通行密钥没有通过" in answer.content.decode(), shown
    assert "_auth_user_id" not in later.session
