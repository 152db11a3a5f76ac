"""The pages of one's own record in a real browser: screens, keyboard, no JavaScript, read aloud.

The numbers in the names are those of the checklist.
"""

import re
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from tests.channels.portal.titles import title_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[..., Any]
ALL_OF_THEM = pytest.mark.soak
"""`make test` looks at every page in some sizes and colours, `make soak` in each."""
SIZES = [
    (360, "elder", "light"),
    (1280, "normal", "light"),
    (320, "xl", "light"),
    pytest.param(360, "normal", "light", marks=ALL_OF_THEM),
    pytest.param(1280, "elder", "light", marks=ALL_OF_THEM),
]
COLOURS = [
    (360, "normal", "dark"),
    (360, "xl", "contrast"),
    pytest.param(360, "normal", "contrast", marks=ALL_OF_THEM),
    pytest.param(360, "elder", "dark", marks=ALL_OF_THEM),
]


@pytest.mark.parametrize(("width", "size", "colour"), [*SIZES, *COLOURS])
def test_06_61_62_66_every_page_fits_its_screen(
    there: Any, browse: Opener, looking: Any, owners: Any, width: int, size: str, colour: str
) -> None:
    """Sizes are looked at on all pages; colours, and what axe finds, on all on a phone, else on one of each kind."""
    owners.looks(there.people.worker, 31)
    wrong = {}
    for who, pages in there.screens:
        page = browse(who, "/me/settings/", width, size, colour)
        for name, path in pages.items():
            is_kind = name in ("allocation", "years", "stop", "stop, empty", "looked", "settings")
            if colour != "light" and not is_kind:
                continue
            page.goto(path)
            page.evaluate("document.querySelectorAll('main details').forEach(e => { e.open = true })")
            found = page.evaluate(looking.TOO_WIDE) + page.evaluate(looking.TOO_SMALL, 44 if size == "normal" else 60)
            if width == 360 or (width > 320 and is_kind):
                found += looking.serious(page, enhanced=size != "normal" or colour == "contrast")
            if found:
                wrong[name] = found
    assert wrong == {}


def test_06_62_nothing_is_wider_than_the_smallest_screen_with_wide_spacing(
    there: Any, browse: Opener, looking: Any
) -> None:
    page = browse(there.people.worker, "/me/settings/", 320, "xl", "light", bypass_csp=True)
    for name, path in there.pages[0][1].items():
        page.goto(path)
        page.add_style_tag(content=looking.SPACED)
        assert page.evaluate(looking.TOO_WIDE) == [], name


def test_61_62_print_is_large_in_elder_mode_and_lines_are_apart(there: Any, browse: Opener, looking: Any) -> None:
    for size, least in (("normal", 17), ("elder", 20), ("xl", 30)):
        page = browse(there.people.worker, "/me/allocation/", 360, size)
        assert page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)") >= least
        letters, line = page.evaluate(looking.LETTERS_AND_LINE)
        assert line / letters >= 1.5


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", ["normal", "elder"])
def test_04_32_39_60_the_three_questions(there: Any, browse: Opener, scripts: bool, size: str) -> None:
    page = browse(there.people.worker, "/me/what-if/", 360, size, java_script_enabled=scripts)
    page.get_by_role("link", name="要是停缴一段时间").click()
    page.get_by_role("button", name="继续").click()
    assert title_of(page).startswith("错误：")
    page.get_by_label("打算停缴几个月？").fill("两")
    page.get_by_role("button", name="继续").click()
    assert title_of(page).startswith("错误：")
    assert page.get_by_label("打算停缴几个月？").input_value() == "两", "nothing is cleared"
    page.get_by_label("打算停缴几个月？").fill("２")
    page.get_by_role("button", name="继续").click()
    assert "没有等待期，续上的那个月就能报销" in page.locator("main").inner_text()
    page.locator("main .why").first.click()
    assert "假定停缴2个月" in page.locator("main").inner_text()
    page.go_back()
    page.get_by_role("link", name="修改").click()
    assert page.get_by_label("打算停缴几个月？").input_value() == "２"
    page.go_back()
    page.get_by_role("link", name="要是换个城市").click()
    page.get_by_label("要换到哪个城市？").fill("上海")
    page.get_by_role("button", name="继续").click()
    assert "10个工作日" in page.locator("main").inner_text()
    page.get_by_role("link", name="要是晚几年退休").click()
    page.get_by_label("想比规定的年龄晚几年退休？").fill("2")
    page.get_by_role("button", name="继续").click()
    assert "2045年6月退休" in page.locator("main").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_04_60_from_the_month_to_the_reason_and_to_another_month(there: Any, browse: Opener, scripts: bool) -> None:
    for size in ("normal", "elder"):
        page = browse(there.people.worker, "/me/allocation/", 360, size, java_script_enabled=scripts)
        assert "240.00" in page.locator("h1").inner_text()
        page.locator("summary", has_text="2025年").click()
        page.get_by_role("link", name=re.compile("^2025年 ?4月$")).click()
        assert "200.00" in page.locator("h1").inner_text()
        page.locator("h1 .why").click()
        assert "为什么是" in page.locator("h1").inner_text()
        page.get_by_role("link", name="返回结果").click()
        assert page.url.endswith("/me/allocation/2025-04/")


def test_13_digits_have_one_width(there: Any, browse: Opener) -> None:
    for path in ("/me/allocation/", "/me/years/"):
        page = browse(there.people.worker, path)
        figures = page.locator("main [data-figure], main .sum .n")
        assert figures.count() > 2
        for digits in figures.evaluate_all("all => all.map(e => getComputedStyle(e).fontVariantNumeric)"):
            assert digits == "tabular-nums"


@pytest.mark.parametrize("path", ["/me/years/", "/me/what-if/stop/?skip=months", "/me/what-if/later/?years=2"])
def test_20_a_chart_has_its_data_as_a_table_and_a_sentence(there: Any, browse: Opener, path: str) -> None:
    page = browse(there.people.worker, path)
    section = page.locator("section:has(.chart)")
    assert len(section.locator("p").first.inner_text()) > 10
    section.locator("summary").click()
    told = section.locator(".data").inner_text()
    drawn = [text for text in section.locator("svg text").all_text_contents() if re.search(r"\d", text)]
    assert drawn
    for text in drawn:
        assert re.sub(r"\D+", "", text) in re.sub(r"\D+", "", told), text


@pytest.mark.parametrize("scripts", [True, False])
def test_59_the_switch_stands_on_every_page_and_leads_back_to_it(there: Any, browse: Opener, scripts: bool) -> None:
    page = browse(there.people.worker, "/me/what-if/stop/?months=7", java_script_enabled=scripts)
    page.get_by_role("button", name="长辈版").click()
    page.locator("html.elder").wait_for()
    assert page.url.endswith("/me/what-if/stop/?months=7")
    page.goto("/me/settings/")
    page.locator("label", has_text="标准").click()
    page.get_by_role("button", name="就这样").click()
    page.locator("html:not(.elder)").wait_for()
    assert page.url.endswith("/me/settings/")


def test_63_nothing_opens_that_was_not_asked_for(there: Any, browse: Opener) -> None:
    page = browse(there.people.worker, "/me/settings/")
    opened: list[Any] = []
    page.on("dialog", lambda dialog: (opened.append(dialog), dialog.dismiss()))
    page.context.on("page", lambda other: opened.append(other))
    for path in there.pages[0][1].values():
        page.goto(path)
        assert page.locator("dialog[open], [role=dialog], iframe, video, [autoplay]").count() == 0
        asked = page.evaluate("performance.getEntriesByType('resource').map(e => new URL(e.name).host)")
        assert set(asked) <= {page.evaluate("location.host")}, "nothing comes from another site"
    assert opened == []


def test_64_a_page_is_read_aloud_in_order_with_money_in_words(there: Any, browse: Opener) -> None:
    page = browse(there.people.retiree, "/me/allocation/")
    told = page.request.get("/me/allocation/", headers={"Accept": "application/vnd.yibao.spoken+json"})
    parts = told.json()["parts"]
    assert parts[:2] == ["二零二六年九月划入，到账", "一百零七元"]
    assert any("和按规定算出来的一样" in part for part in parts[:4])
    assert told.headers["cache-control"] == "no-store"
    looked = page.request.get("/me/looked/", headers={"Accept": "application/vnd.yibao.spoken+json"}).json()["parts"]
    assert not [part for part in looked if "一个小时里" in part], "what is folded is not read"


def retired_in_town(number: str, people: Any) -> None:
    """A made-up woman with a phone on file, 61 in September 2026: 100 yuan, of which 3 go."""
    agency = import_module("tests.services.records.agency")
    models = import_module("yibao.books.people.models")
    kinds = import_module("yibao.books.ledger.accounts")
    import_module("yibao.books.areas.models").Area.objects.create(code=agency.AREA, is_demo=True)
    person = models.Person.objects.get(pk=people.insured(number, enrolled=False))
    agency.enrol(person, agency.Kind.RETIRED, date(2020, 1, 1))
    month, funds = date(2026, 9, 1), kinds.AccountKind
    agency.moved(person, "allocation/z", kinds.EntryKind.ALLOCATION, month, 10_000, agency.fund(funds.POOLED_EMPLOYEE))
    agency.moved(person, "deduction/z", kinds.EntryKind.DEDUCTION, month, -300, agency.fund(funds.LARGE_AMOUNT))


def test_65_66_by_keyboard_alone_in_to_the_reason_of_an_allocation_and_out(
    open_page: Opener, looking: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code is read where the demo prints it: on the console of the server."""
    people = import_module("tests.channels.portal.people")
    monkeypatch.setattr(import_module("yibao.services.clock"), "today", lambda: date(2026, 10, 20))
    retired_in_town(people.ZHOU, people)
    page = open_page("/sign-in/?next=/me/allocation/", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    for field, text, button in (
        ("#number", people.ZHOU, 'button[name="first"]'),
        ("#name", people.NAME, "main .btn"),
        ("#phone", people.PHONE, "main .btn"),
    ):
        looking.tab_to(page, field)
        page.keyboard.type(text)
        looking.tab_to(page, button)
        looking.press_enter(page)
    code = re.findall(r"\b\d{6}\b", capsys.readouterr().err)[-1]
    looking.tab_to(page, "#code")
    page.keyboard.type(code)
    looking.press_enter(page)
    assert page.url.endswith("/me/allocation/")
    assert "97.00" in page.locator("h1").inner_text()
    looking.tab_to(page, "h1 .why")
    looking.press_enter(page)
    read = page.locator("main").inner_text()
    for part in ("为什么是", "100.00 元/月", "3.00 元/月", "61岁", "依据", "核对于", "和按规定算出来的一样"):
        assert part in read
    looking.tab_to(page, 'form[action="/sign-out/"] button')
    looking.press_enter(page)
    page.get_by_role("heading", name="已经退出").wait_for()
    page.goto("/me/allocation/2026-09/reason/allocation_net/")
    assert page.url.split("?")[0].endswith("/sign-in/")
