"""The pages of the books: balance, movements, months, enrolments, as the small agency has them.

The numbers in the names are those of the checklist. What the worker has (fen): 5,000.00 at the start; 2 % of 10,000.00
for six months of 2025; 2 % of 12,000.00 for each month from 2025-09 to 2026-09 but November 2025; 88.00 spent.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

pytestmark = pytest.mark.django_db
OPENING, SPENT = 5_000_00, 88_00
OF_2025 = 6 * 200_00 + 3 * 240_00  # January to June; September, October, December
OF_2026 = 9 * 240_00


def yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


def main_of(response: Any) -> str:
    assert response.status_code == 200, response
    return unescape(str(response.content.decode().split("<main")[1].split("</main>")[0]))


def figures(html: str, name: str) -> list[str]:
    """The figures of a name, as they stand on the page."""
    found = re.findall(rf'data-figure="{name}">(?:<span class="vh">[^<]*</span>)?([\d,.]+)<', html)
    return [str(text) for text in found]


def test_48_the_balance_is_what_came_in_less_what_went_out(there: Any, enter: Callable[..., Any]) -> None:
    html = main_of(enter(there.people.worker).get("/me/"))
    assert figures(html, "balance") == [yuan(OPENING + OF_2025 + OF_2026 - SPENT)]
    assert figures(html, "carried_over") == [yuan(OPENING + OF_2025)]
    assert figures(html, "credited") == [yuan(OF_2026)]
    assert figures(html, "spent") == [yuan(SPENT)]
    assert "2026年10月8日" in html
    assert "北京市" in html


def test_48_hidden_amounts_are_not_in_the_page_and_stay_hidden(there: Any, enter: Callable[..., Any]) -> None:
    client = enter(there.people.worker)
    for show, seen in (("no", False), ("yes", True)):
        assert client.post("/me/", {"show": show}).status_code == 302
        for _ in range(2):
            html = main_of(client.get("/me/"))
            assert bool(re.search(r"\d\.\d\d", html)) is seen


def test_02_twelve_tasks_are_one_tap_away(there: Any, enter: Callable[..., Any]) -> None:
    client = enter(there.people.worker)
    doors = re.findall(r'<a class="task" href="([^"]+)"', main_of(client.get("/me/")))
    assert len(set(doors)) == 12
    for href in doors:
        assert client.get(href).status_code in (200, 302), href


def test_13_22_movements_tell_sign_and_word_and_add_up(there: Any, enter: Callable[..., Any]) -> None:
    client = enter(there.people.worker)
    html = main_of(client.get("/me/movements/"))
    assert figures(html, "opening") == [yuan(OPENING + OF_2025)]
    assert figures(html, "closing") == [yuan(OPENING + OF_2025 + OF_2026 - SPENT)]
    assert len(figures(html, "assessment")) == 9
    told = re.sub(r"<[^>]+>", "", html)
    assert re.search(r"支出 −[^+−]{0,40}88\.00", told)
    assert told.count("收入 +") == 9
    spent = main_of(client.get("/me/movements/?year=2026&kind=out"))
    assert figures(spent, "assessment") == []
    assert figures(spent, "total_out") == [yuan(SPENT)]


def test_20_the_year_s_chart_says_the_same_as_the_rows(there: Any, enter: Callable[..., Any]) -> None:
    html = main_of(enter(there.people.worker).get("/me/movements/?year=2025"))
    table = html.split("用表格看同样的数")[1]
    assert re.findall(r"<th scope=\"row\">1月</th><td>([\d,.]+)<", table) == [yuan(OPENING + 200_00)]
    assert re.findall(r"<th scope=\"row\">9月</th><td>([\d,.]+)<", table) == [yuan(240_00)]


def test_22_23_24_months_are_told_by_word_and_sum_up(there: Any, enter: Callable[..., Any]) -> None:
    client = enter(there.people.worker)
    assert "<h2>2026 年</h2>" in main_of(client.get("/me/months/")), "it opens on this year"
    html = main_of(client.get("/me/months/?year=2025"))
    rows = html.split('<li><div class="item">')[1:]
    states = {re.findall(r"<b>(.*?)</b>", row)[0]: re.findall(r'"amt state \w+">(\w+)<', row)[0] for row in rows}
    assert (states["2025年4月"], states["2025年11月"], states["2025年1月"]) == ("补缴", "未缴", "已缴")
    assert figures(html, "total_person") == [yuan(OF_2025)]
    assert figures(html, "total_employer") == [yuan(OF_2025 * 9 // 2)]


def test_55_a_month_without_payment_says_what_it_means(there: Any, enter: Callable[..., Any]) -> None:
    html = main_of(enter(there.people.worker).get("/me/months/?year=2025"))
    note = html.split('<section class="note')[2]
    assert "2025年11月没有缴" in note, "the second of the year, after July and August between two jobs"


def test_30_an_empty_year_says_why(there: Any, enter: Callable[..., Any]) -> None:
    for path in ("/me/movements/?year=2019", "/me/movements/?year=2026&kind=in"):
        html = main_of(enter(there.people.resident).get(path))
        assert 'data-figure="care"' not in html
        assert "居民医保" in html or "没有" in html


def test_a_resident_is_told_that_there_is_no_account(there: Any, enter: Callable[..., Any]) -> None:
    html = main_of(enter(there.people.resident).get("/me/"))
    assert "没有个人账户" in html
    assert not re.search(r"\d\.\d\d", html)


def test_enrolments_tell_where_as_whom_and_on_what_base(there: Any, enter: Callable[..., Any]) -> None:
    html = main_of(enter(there.people.worker).get("/me/enrolment/"))
    assert html.index("2025年9月1日") < html.index("2025年1月1日"), "the present one first"
    assert figures(html, "base")[0] == yuan(12_000_00)


@pytest.mark.parametrize("path", ["/me/movements/?year=abc", "/me/movements/?page=999999999", "/me/months/?year=-1"])
def test_nonsense_in_the_address_is_no_error(there: Any, enter: Callable[..., Any], path: str) -> None:
    assert enter(there.people.worker).get(path).status_code == 200
