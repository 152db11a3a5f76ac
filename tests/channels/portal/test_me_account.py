"""The account's own pages: one line of the record by itself, what is open, and what is never shown to somebody else.

The numbers in the names are those of the checklist.
"""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from importlib import import_module
from typing import Any

import pytest

from yibao.services import clock

pytestmark = pytest.mark.django_db
MONEY = r"\d\.\d\d"


@pytest.fixture
def agency() -> Any:
    return import_module("tests.services.records.agency")  # not before Django is set up


def main_of(response: Any) -> str:
    assert response.status_code == 200, response
    return unescape(str(response.content.decode().split("<main")[1].split("</main>")[0]))


def words_of(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def rows_of(html: str) -> list[str]:
    """The rows of the list of movements or months."""
    return re.findall(r'<li><div class="item.*?</li>', html, re.DOTALL)


def fen(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def test_09_every_amount_of_a_row_leads_to_its_reason_or_to_the_row(there: Any, enter: Callable[..., Any]) -> None:
    client = enter(there.people.worker)
    rows = rows_of(main_of(client.get("/me/movements/")))
    assert len(rows) == 10
    for row in rows:
        href, name = re.findall(r'<a class="why" href="([^"]+)" data-figure="(\w+)">', row)[0]
        wanted = r"/me/allocation/2026-\d\d/" if name == "assessment" else r"/me/movements/2026-10-08/1/"
        assert re.fullmatch(wanted, href)
        assert "为什么是" not in main_of(client.get(href)) or name == "assessment"
    for path in ("/me/", "/me/movements/", "/me/months/?year=2025", "/me/enrolment/"):
        html = re.sub(r"<svg.*?</svg>|<table.*?</table>", "", main_of(client.get(path)), flags=re.DOTALL)
        bare = re.sub(r"<(a|span)[^>]*data-figure=.*?</\1>", "", html, flags=re.DOTALL)
        told = re.sub(r"<p>[^<]*(?:收入|支出)[^<]*。</p>", "", bare)  # the sentence of the chart
        assert not re.search(MONEY, told), f"an amount without data-figure on {path}"


def test_12_as_of_and_area_stand_beside_every_balance(there: Any, enter: Callable[..., Any]) -> None:
    client = enter(there.people.worker)
    for path in ("/me/", "/me/movements/", "/me/movements/?year=2025", "/me/months/"):
        told = words_of(main_of(client.get(path)))
        assert re.search(r"截至20\d\d年\d+月\d+日\d\d:\d\d", told), path
        assert "北京市" in told, path
    html = main_of(client.get("/me/"))
    card = html.split('<section class="balance"')[1].split("</section>")[0]
    assert "截至" in card
    assert "北京市" in card


def test_18_a_resident_has_no_account_and_every_page_says_why(there: Any, enter: Callable[..., Any]) -> None:
    client = enter(there.people.resident)
    assert "居民医保不设个人账户" in words_of(main_of(client.get("/me/")))
    told = words_of(main_of(client.get("/me/movements/")))
    assert "没有个人账户" in told
    assert "居民医保" in told
    assert "12393" in told
    months = main_of(client.get("/me/months/?year=2025"))
    assert "2025年度" in months
    assert 'class="mo' not in months, "a year that is paid at once has no months to show"


def test_22_the_filter_stands_in_the_address_and_is_kept_by_the_links(there: Any, enter: Callable[..., Any]) -> None:
    client = enter(there.people.worker)
    html = main_of(client.get("/me/movements/?year=2025&kind=assessment"))
    assert len(rows_of(html)) == 9
    assert re.search(r'href="\?year=2025&kind=assessment" aria-current="true"', html)
    assert re.search(r'href="\?year=2025" aria-current="true">2025年', html)
    assert re.search(r'href="\?year=2026">2026年', html)
    assert "aria-current" not in re.findall(r'<a class="chip" href="\?year=2025"[^>]*>全部', html)[0]
    assert client.get("/me/movements/?kind=nonsense").status_code == 200


def test_23_24_tiles_rows_and_totals_say_the_same(there: Any, enter: Callable[..., Any]) -> None:
    html = main_of(enter(there.people.worker).get("/me/months/?year=2025"))
    tiles = dict(re.findall(r'<li class="mo \w+"><b>(\d+)月</b><span>(\w+)</span>', html))
    rows = {re.findall(r"<b>2025年(\d+)月</b>", row)[0]: row for row in rows_of(html)}
    assert len(tiles) == 12
    for number, row in rows.items():
        assert re.findall(r'class="amt state \w+">(\w+)<', row) == [tiles[number]]
    assert [tiles[n] for n in ("1", "4", "7", "11")] == ["已缴", "补缴", "未参保", "未缴"]
    paid = [re.findall(r'data-figure="person_paid">(?:<span.*?</span>)?([\d,.]+)', row) for row in rows.values()]
    total = re.findall(r'data-figure="total_person">(?:<span.*?</span>)?([\d,.]+)', html)[0]
    assert sum(fen(one[0]) for one in paid if one) == fen(total)
    counted = html.split("一共算多少")[1]
    years = words_of(main_of(enter(there.people.worker).get("/me/years/")))
    assert "1年8个月" in words_of(counted), "9 of 2025, 9 of 2026, 2 deemed of 2024"
    assert "1年8个月" in years, "the page of the years counts the same"
    deemed = main_of(enter(there.people.worker).get("/me/months/?year=2024"))
    assert len(re.findall(r'<li class="mo deemed">', deemed)) == 2


def test_23_a_retiree_sees_that_nothing_is_to_be_paid_and_is_not_asked_for_it(
    there: Any, enter: Callable[..., Any]
) -> None:
    html = main_of(enter(there.people.retiree).get("/me/months/"))
    assert len(re.findall(r'<li class="mo not_needed"><b>\d+月</b><span>不用缴</span>', html)) == 10
    assert rows_of(html) == []
    years = html.split("更早的年份")
    assert "2021年" in years[0]
    assert "2020年" in years[1], "since 2020: the seventh year is folded"
    earlier = main_of(enter(there.people.retiree).get("/me/months/?year=2020"))
    assert '<details class="kinds" open' in earlier


def test_27_thirty_rows_a_page_and_links_to_the_others(there: Any, enter: Callable[..., Any], agency: Any) -> None:
    kinds = import_module("yibao.books.ledger.accounts")
    provider = agency.fund(kinds.AccountKind.PAYABLE, "演示药店")
    for number in range(45):
        day = date(2026, 2, 1 + number // 2)
        key = f"care/many{number}"
        agency.moved(there.people.worker, key, kinds.EntryKind.CARE, date(2026, 2, 1), -100, provider, day)
    client = enter(there.people.worker)
    first = main_of(client.get("/me/movements/"))
    assert len(rows_of(first)) == 30
    assert "第1页，共2页，55笔" in words_of(first)
    older = re.findall(r'href="([^"]+)">看更早的', first)[0]
    second = main_of(client.get(f"/me/movements/{older}"))
    assert len(rows_of(second)) == 25
    assert "看更早的" not in second
    assert re.findall(r'href="([^"]+)">看更近的', second)
    only = main_of(client.get("/me/movements/?kind=care&page=2"))
    assert len(rows_of(only)) == 16


def test_29_each_row_leads_to_a_page_with_what_to_say(there: Any, enter: Callable[..., Any]) -> None:
    client = enter(there.people.worker)
    movements, months = (main_of(client.get(path)) for path in ("/me/movements/", "/me/months/?year=2025"))
    for html in (movements, months):
        for row in rows_of(html):
            assert re.search(r'<a class="wrong" href="/me/[^"]+#wrong">这条记录不对<', row)
    href = re.findall(r'class="wrong" href="([^"#]+)#wrong"', movements)[0]
    told = words_of(main_of(client.get(href)))
    assert "2026年10月8日有一笔“看病买药”，演示医院，支出88.00元" in told
    assert "9,080.00元支出−88.00元记这一笔以后的余额=8,992.00元" in told
    month = words_of(main_of(client.get("/me/months/2025-11/")))
    assert "我2025年11月的医保费，账上写的是“未缴”" in month
    law = re.findall(r'class="wrong" href="([^"#]+)#wrong"', movements)[1]
    form = re.findall(r'<a class="row-link" href="(/mistake/[^"]+)"', main_of(client.get(law)))[0]
    assert client.get(form).status_code == 200
    assert "person" not in form


def test_30_an_empty_list_says_why_and_what_to_do(there: Any, enter: Callable[..., Any]) -> None:
    cases = [
        (there.people.worker, "/me/movements/?year=2019", "换一年看"),
        (there.people.worker, "/me/movements/?year=2025&kind=out", "换一年看"),
        (there.people.worker, "/me/months/?year=2019", "换一年看"),
        (there.people.resident, "/me/movements/", "12393"),
        (there.people.stranger, "/me/", "12393"),
        (there.people.stranger, "/me/movements/", "12393"),
    ]
    for who, path, advice in cases:
        told = words_of(main_of(enter(who).get(path)))
        assert advice in told, path


def test_48_open_matters_name_the_unpaid_months_and_the_retirement(
    there: Any, enter: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    html = main_of(enter(there.people.worker).get("/me/"))
    assert "有1个月没有缴费" in html
    assert "2025年11月" in html
    months = main_of(enter(there.people.worker).get("/me/months/?year=2025"))
    assert [re.findall("<b>(.*?)</b>", row)[0] for row in rows_of(months) if "未缴" in row] == ["2025年11月"]
    assert "没有要您办的事" in main_of(enter(there.people.retiree).get("/me/"))
    assert "2026年度的居民医保费还没有交" in main_of(enter(there.people.resident).get("/me/"))
    # Born 1980-06: 60 years and, from 2025 on, one month more for each four months after 1965-01, 36 at most: 2043-06.
    monkeypatch.setattr(clock, "today", lambda: date(2042, 8, 20))
    assert "2043年6月可能退休，看年限够不够" in main_of(enter(there.people.worker).get("/me/"))
    monkeypatch.setattr(clock, "today", lambda: date(2042, 5, 20))
    assert "可能退休" not in main_of(enter(there.people.worker).get("/me/"))


def test_another_persons_row_is_not_found(there: Any, enter: Callable[..., Any], caplog: Any) -> None:
    """No address names an entry or a person: what is there for one is not there for another, and is not told apart."""
    theirs = set(re.findall(r"/me/movements/[\d-]{10}/\d/", main_of(enter(there.people.worker).get("/me/movements/"))))
    assert len(theirs) == 10
    absent = {f"/me/movements/2026-10-{day}/{number}/" for day, number in (("08", 2), ("09", 1), ("32", 1), ("00", 9))}
    theirs -= {"/me/movements/2026-09-28/1/"}  # the retiree has an allocation on the same day
    client = enter(there.people.retiree)
    for path in sorted(theirs | absent):
        response = client.get(path)
        assert response.status_code == 404
        assert not re.search(MONEY, response.content.decode())
    assert "看病买药" not in main_of(client.get("/me/movements/2026-09-28/1/"))
    for path in ("/me/months/2025-13/", "/me/months/2019-01/", "/me/months/0000-01/", "/me/movements/1/"):
        assert client.get(path).status_code == 404
    entry = import_module("yibao.books.ledger.models").LedgerEntry.objects.first()
    for secret in (there.people.worker.id, there.people.retiree.id, entry.id):
        assert str(secret) not in caplog.text
    assert not re.search(r"王|李秀英|990100", caplog.text)


def test_movements_of_one_day_have_pages_of_their_own(there: Any, enter: Callable[..., Any]) -> None:
    client = enter(there.people.retiree)
    first, second = (words_of(main_of(client.get(f"/me/movements/2026-09-28/{number}/"))) for number in (1, 2))
    assert "每月划入（返款）" in first
    assert "收入+110.00元" in first
    assert "代扣大额医疗费用补助" in second
    assert "110.00元支出−3.00元记这一笔以后的余额=107.00元" in second


def test_rows_are_never_kept_and_are_asked_for_by_their_own_person_only(
    there: Any, enter: Callable[..., Any], client: Any
) -> None:
    mine = re.findall(r"/me/movements/2026-10-08/1/", main_of(enter(there.people.worker).get("/me/movements/")))[0]
    for path in (mine, "/me/", "/me/movements/", "/me/months/", "/me/months/2025-11/", "/me/enrolment/"):
        response = enter(there.people.worker).get(path)
        assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
        assert "演示数据，非官方" in response.content.decode()
        assert client.get(path).headers["Location"].startswith("/sign-in/?next=%2Fme%2F")
