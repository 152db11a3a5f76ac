"""The terminal in a real browser: a virtual card through the real pcscd, the reach of the keys, what is left behind."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.channels.kiosk import virtual_card
from tests.channels.portal.test_browser import serious
from tests.channels.portal.titles import arrive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Screen = Callable[..., Any]
TALL, WIDE = (1080, 1920), (1280, 800)
TASKS = ("movements", "months", "allocation", "years", "enrolments", "looked")
TOUCHED = "a, button, input:not([type=hidden]), summary, select, textarea"
BOXES = f"""() => [...document.querySelectorAll("{TOUCHED}")].map(e => [e, e.getBoundingClientRect()])
    .filter(([e, b]) => b.width > 1 && getComputedStyle(e).pointerEvents !== "none")
    .map(([e, b]) => ({{words: e.textContent.trim(), top: b.top, bottom: b.bottom, left: b.left, right: b.right,
        height: b.height, width: b.width,
        cut: e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1}}))"""
BIG = """() => ({scroll: document.documentElement.scrollHeight - innerHeight,
    wide: document.documentElement.scrollWidth - innerWidth,
    letters: parseFloat(getComputedStyle(document.body).fontSize)})"""


def fill_pin(page: Any, pin: str) -> None:
    for digit in pin:
        page.locator(f"[data-digit='{digit}']").click()
    page.get_by_role("button", name="确定").click()


def let_in(page: Any, machine: Any, number: str, pin: str) -> None:
    """By a card and its PIN to the first page."""
    machine.insert(number)
    arrive(page, "/pin/")
    fill_pin(page, pin)
    arrive(page, "/home/")


def test_a_card_through_the_real_reader_a_slip_and_the_card_pulled_out_midway(
    screen: Screen, machine: Any, agency: Any, reader: virtual_card.Reader, tmp_path: Path
) -> None:
    cards = import_module("yibao.channels.kiosk.terminal.cards").Cards(machine.state.card_event)
    cards.start()
    try:
        page = screen()
        page.get_by_text("把社保卡插进读卡口").wait_for()
        reader.put_in(agency.worker)
        arrive(page, "/pin/")
        fill_pin(page, "111112")
        page.get_by_text("密码不对，还可以试 4 次").wait_for()
        fill_pin(page, agency.pin)
        arrive(page, "/home/")
        assert "8,992.00" in page.locator("main").inner_text()
        page.get_by_role("button", name="印一张小票").click()
        page.get_by_text("小票印好了").wait_for()
        paper = next(tmp_path.glob("slip-*.png")).read_bytes()
        assert paper.startswith(b"\x89PNG")
        page.get_by_role("link", name="返回我的账户").click()
        page.get_by_role("link", name="账户收支").click()
        page.get_by_text("2026年的收支").wait_for()
        reader.pull_out()
        arrive(page, "/kiosk/")
        page.get_by_text("查自己的医保").wait_for()
        assert machine.state.visit.cookies == {}
        page.go_back()
        assert "2026年的收支" not in page.content()
        assert "8,992.00" not in page.content()
        page.goto(f"{machine.address}movements/")
        assert page.url == machine.address, "who pulls the card out is gone"
    finally:
        cards.stop()


@pytest.mark.parametrize(("size", "look"), [(TALL, ""), (TALL, "large"), (TALL, "contrast"), (TALL, "low"), (WIDE, "")])
def test_what_is_touched_lies_low_is_large_and_fits(
    screen: Screen, machine: Any, agency: Any, size: tuple[int, int], look: str
) -> None:
    page = screen(*size)
    if look:
        page.locator(f"[name=name][value={look}]").click()
    found = {}

    def see(name: str) -> None:
        height = size[1]
        from_top = height * {"low": 0.58}.get(look, 0.5) if size == TALL else 0
        shown = page.evaluate(BIG)
        wrong = [f"too high: {box}" for box in page.evaluate(BOXES) if box["top"] < from_top]
        wrong += [f"too small: {box}" for box in page.evaluate(BOXES) if min(box["height"], box["width"]) < 60]
        wrong += [f"cut: {box}" for box in page.evaluate(BOXES) if box["cut"] or box["bottom"] > height]
        wrong += [f"letters {shown['letters']}"] if shown["letters"] < (30 if size == TALL else 24) else []
        wrong += [f"scrolls {shown}"] if shown["scroll"] > 0 or shown["wide"] > 0 else []
        wrong += serious(page, enhanced=True) if look in ("", "contrast") and size == TALL else []
        if wrong:
            found[name] = wrong

    see("start")
    page.get_by_role("link", name="不用卡").click()
    see("ask")
    page.locator(".keys a").first.click()
    see("answer")
    page.goto(f"{machine.address}ask/?q=住院&area=110000&topic=inpatient")
    see("asked back")
    page.goto(machine.address)
    machine.insert(agency.worker)
    arrive(page, "/pin/")
    see("pin")
    fill_pin(page, agency.pin)
    arrive(page, "/home/")
    see("home")
    for task in TASKS:
        page.goto(f"{machine.address}{task}/")
        see(task)
    assert found == {}


def test_what_does_not_fit_is_reached_by_keys_below(screen: Screen, machine: Any, agency: Any) -> None:
    page = screen()
    let_in(page, machine, agency.worker, agency.pin)
    page.goto(f"{machine.address}months/?year=2025")
    last = page.locator(".lines > div").last
    down = page.get_by_role("button", name="往下看")
    for _ in range(8):
        if down.is_disabled():
            break
        down.click()
    assert down.is_disabled()
    box, show = last.bounding_box(), page.locator("#show").bounding_box()
    assert box["y"] + box["height"] <= show["y"] + show["height"] + 1


def test_the_wiping_is_announced_and_put_off_by_a_touch(screen: Screen, machine: Any, agency: Any) -> None:
    page = screen()
    let_in(page, machine, agency.worker, agency.pin)
    page.clock.install()
    page.goto(f"{machine.address}years/")
    words, said = page.locator("#left-words"), page.locator("#said")
    page.clock.run_for(9_000)
    assert words.inner_text().startswith("不碰屏幕")
    assert said.text_content() == ""
    page.clock.run_for(2_000)
    assert "就清空" in words.inner_text()
    assert "请碰一下屏幕" in said.text_content()
    page.get_by_role("button", name="我还在看").click()
    assert words.inner_text().startswith("不碰屏幕")
    page.clock.run_for(25_000)
    assert "就清空" in words.inner_text()
    page.clock.run_for(6_000)
    page.get_by_text("查自己的医保").wait_for()
    assert "我的缴费年限" not in page.content()


def test_a_scanner_types_the_e_credential(screen: Screen, machine: Any, agency: Any) -> None:
    page = screen()
    shown = import_module("yibao.services.credential").show(agency.people.retiree.id).value
    page.get_by_text("打开医保码，对准扫码口").wait_for()
    page.keyboard.type(shown.token)
    page.keyboard.press("Enter")
    arrive(page, "/pin/")
    fill_pin(page, agency.pin)
    arrive(page, "/home/")
    assert "107.00" in page.locator("main").inner_text()
    page.get_by_role("button", name="查完了，退出").click()
    arrive(page, machine.address)
    assert machine.state.visit.cookies == {}


def test_nothing_stays_in_the_browser_or_in_its_folder(browser: Any, machine: Any, agency: Any, tmp_path: Path) -> None:
    folder = tmp_path / "browser"
    screen = import_module("yibao.channels.kiosk.terminal.screen")
    arguments = [one for one in screen.ARGUMENTS if one not in ("--kiosk", "--incognito")]  # harder: not even incognito
    context = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=screen.shutil.which("chromium"), args=["--no-sandbox", *arguments], headless=True
    )
    try:
        page = context.new_page()
        page.goto(machine.address)
        let_in(page, machine, agency.worker, agency.pin)
        for task in TASKS:
            page.goto(f"{machine.address}{task}/")
        machine.pull_out()
        arrive(page, machine.address)
        page.get_by_text("查自己的医保").wait_for()
        assert context.cookies() == []
        kept = page.evaluate("async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length]")
        assert kept == [0, 0, 0]
        page.go_back()
        assert not re.search("8,992|收支|划入|王", page.locator("body").inner_text())
    finally:
        context.close()
    private = [agency.worker, agency.pin, "8,992.00", "王*国", "6,920.00"]
    forms = [form for text in private for form in (text.encode(), text.encode("utf-16-le"))]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files, "a browser leaves something: that was looked at"
    assert [path.name for path in files if any(form in path.read_bytes() for form in forms)] == []


def test_the_machine_answers_its_own_browser_only(machine: Any) -> None:
    port = machine.bridge.server_port

    def status(path: str, body: bytes | None = None, **headers: str) -> int:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", body, {k.replace("_", "-"): v for k, v in headers.items()}
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as problem:
            with problem:
                return problem.code

    assert status("/kiosk/") == 200
    assert status("/kiosk/", Host="elsewhere.example") == 403, "another name made to lead here"
    assert status("/kiosk/end/", b"", Sec_Fetch_Site="cross-site") == 403
    assert status("/kiosk/end/", b"") == 403
    assert status("/local/touch", b"", Sec_Fetch_Site="same-origin") == 204
    assert {status(path) for path in ("/me/", "/api/v1/openapi.json", "/healthz", "/local/")} == {404}
