"""The account in a real browser, with and without JavaScript: the first page, its eye, its doors, filters and pages.

The numbers in the names are those of the checklist.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.channels.portal.titles import title_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[..., Any]
MONEY = re.compile(r"\d\.\d\d")
ROWS = ("/me/movements/2026-10-08/1/", "/me/movements/2026-09-28/1/", "/me/months/2025-11/", "/me/months/2025-04/")
SIZES = [(360, "normal", "light"), (360, "elder", "light"), (1280, "elder", "dark"), (320, "xl", "light")]


def bottom(place: Any) -> float:
    box = place.bounding_box()
    return float(box["y"] + box["height"])


def test_01_balance_month_and_open_matters_stand_on_the_first_screen(there: Any, browse: Opener) -> None:
    for who in (there.people.worker, there.people.retiree, there.people.resident):
        page = browse(who, "/me/", 360)
        assert page.viewport_size == {"width": 360, "height": 640}
        assert bottom(page.locator(".balance .fig")) < 640
        assert bottom(page.locator(".balance .two .v").first) < 640
        matters = page.locator("section[aria-labelledby=open] li, section[aria-labelledby=open] p")
        assert bottom(matters.first) <= 640
        assert page.evaluate("() => scrollY") == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_02_each_of_the_twelve_tasks_is_reached_with_one_tap(there: Any, browse: Opener, scripts: bool) -> None:
    page = browse(there.people.worker, "/me/", 360, java_script_enabled=scripts)
    names = [name.strip() for name in page.locator(".doors .task").all_inner_texts()]
    assert len(set(names)) == 12
    for name in names:
        page.goto("/me/")
        page.locator(".doors .task", has_text=name).click()
        page.locator("h1").wait_for()
        assert not page.url.endswith("/me/"), name
        assert title_of(page).endswith("医保明白账")
        assert "错误" not in title_of(page), name


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", ["normal", "elder"])
def test_04_48_60_the_eye_takes_the_amounts_out_of_the_page(
    there: Any, browse: Opener, scripts: bool, size: str
) -> None:
    page = browse(there.people.worker, "/me/", 360, size, java_script_enabled=scripts)
    for shown in ("8,992.00", "6,920.00", "2,160.00", "88.00", "2026年10月8日"):
        assert shown in page.locator(".balance").inner_text()
    page.get_by_role("button", name="隐藏金额").click()
    page.get_by_role("button", name="显示金额").wait_for()
    assert not MONEY.search(page.content()), "not hidden by a style: they are not there"
    page.goto("/me/")
    assert not MONEY.search(page.content()), "remembered on this device"
    cookie = next(one for one in page.context.cookies() if one["name"] == "amounts")
    assert (cookie["value"], cookie["httpOnly"], cookie["sameSite"]) == ("hidden", True, "Strict")
    page.get_by_role("button", name="显示金额").click()
    page.get_by_role("button", name="隐藏金额").wait_for()
    assert "8,992.00" in page.locator(".balance").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_04_22_27_filters_are_links_and_stay_in_the_address(there: Any, browse: Opener, scripts: bool) -> None:
    page = browse(there.people.worker, "/me/movements/", 360, java_script_enabled=scripts)
    assert page.locator(".chip[aria-current]").first.inner_text() == "2026年"
    page.get_by_role("link", name="2025年", exact=True).click()
    page.get_by_role("link", name="收入", exact=True).click()
    assert re.search(r"\?year=2025&kind=in$", page.url)
    assert page.locator(".item.row").count() == 10, "what was there at the start, and nine months"
    page.reload()
    assert page.locator(".item.row").count() == 10
    page.locator("summary", has_text="只看一种").click()
    page.get_by_role("link", name="本人缴费划入", exact=True).click()
    assert page.locator(".item.row").count() == 9
    page.go_back()
    assert page.locator(".item.row").count() == 10


@pytest.mark.parametrize("scripts", [True, False])
def test_04_09_29_from_a_row_to_its_reason_and_to_what_to_say(there: Any, browse: Opener, scripts: bool) -> None:
    page = browse(there.people.worker, "/me/movements/", 360, java_script_enabled=scripts)
    page.locator(".item.row", has_text="本人缴费划入").first.locator(".why").click()
    assert page.url.endswith("/me/allocation/2026-09/")
    assert "240.00" in page.locator("h1").inner_text()
    page.go_back()
    page.locator(".item.row", has_text="看病买药").get_by_role("link", name="这条记录不对").click()
    assert page.url.endswith("/me/movements/2026-10-08/1/#wrong")
    assert "支出88.00元" in page.locator("#wrong").inner_text()
    page.get_by_role("link", name="返回账户收支").click()
    page.locator("main").wait_for()
    page.goto("/me/months/?year=2025")
    page.get_by_role("link", name=re.compile("这条记录不对 ?：2025年11月")).click()
    assert "账上写的是“未缴”" in page.locator("#wrong").inner_text()


def test_13_movements_say_in_words_and_by_sign_what_came_and_went(there: Any, browse: Opener) -> None:
    page = browse(there.people.worker, "/me/movements/", 360)
    for row in page.locator(".item.row .amt").all():
        assert re.match(r"(收入 \+|支出 −)\s.*为什么是\s+[\d,]+\.\d\d元", row.inner_text(), re.DOTALL)
    figures = page.locator("main [data-figure]")
    for digits in figures.evaluate_all("all => all.map(e => getComputedStyle(e).fontVariantNumeric)"):
        assert digits == "tabular-nums"


def test_20_the_year_s_chart_has_its_data_as_a_table_and_a_sentence(there: Any, browse: Opener) -> None:
    page = browse(there.people.worker, "/me/movements/?year=2026", 360)
    section = page.locator("section:has(.chart)")
    assert "每月收入都是240.00元；只有10月有支出，88.00元" in section.locator("p").first.inner_text()
    assert section.locator("svg rect[class^=c-fund]").count() == 9 + 1, "nine months and the key"
    assert section.locator("svg rect[class^=c-own]").count() == 1 + 1
    section.locator("summary").click()
    cells = [row.split("\t") for row in section.locator("tbody").inner_text().splitlines()]
    assert cells[0] == ["1月", "240.00", "0.00"]
    assert cells[9] == ["10月", "0.00", "88.00"]
    assert cells[-1] == ["合计", "2,160.00", "88.00"]


def test_23_a_month_is_told_by_word_and_shape_in_every_colour(there: Any, browse: Opener) -> None:
    for colour in ("light", "dark", "contrast"):
        page = browse(there.people.worker, "/me/months/?year=2025", 360, "normal", colour)
        for state, word, line in (("unpaid", "未缴", "dashed"), ("back_paid", "补缴", "solid")):
            tile = page.locator(f".mo.{state}")
            assert tile.inner_text().split() == [f"{'11' if state == 'unpaid' else '4'}月", word]
            assert tile.evaluate("e => getComputedStyle(e).borderTopStyle") == line


def test_55_a_gap_is_told_with_its_months_and_when_benefits_come_back(there: Any, browse: Opener) -> None:
    page = browse(there.people.worker, "/me/months/?year=2025", 360)
    note = page.locator(".note", has_text="2025年11月没有缴")
    told = note.inner_text()
    assert "断了1个月" in told
    assert "报销从 2025年12月 起恢复" in told
    assert note.locator(".grade").count() == 1
    assert bottom(note) < page.locator(".tiles").bounding_box()["y"], "what it means stands before the months"


@pytest.mark.parametrize(("width", "size", "colour"), SIZES)
def test_06_61_66_the_pages_of_one_row_fit_their_screens(
    there: Any, browse: Opener, looking: Any, width: int, size: str, colour: str
) -> None:
    page = browse(there.people.worker, "/me/settings/", width, size, colour)
    wrong = {}
    for path in (*ROWS, "/me/", "/me/movements/", "/me/months/?year=2025", "/me/enrolment/"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach(e => { e.open = true })")
        found = page.evaluate(looking.TOO_WIDE) + page.evaluate(looking.TOO_SMALL, 44 if size == "normal" else 60)
        found += looking.serious(page, enhanced=size != "normal") if width > 320 else []
        if found:
            wrong[path] = found
    assert wrong == {}
