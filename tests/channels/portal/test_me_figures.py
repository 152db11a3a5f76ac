"""The pages of one's own record: which figures stand there, and where each comes from.

The numbers in the names are those of the checklist.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

pytestmark = pytest.mark.django_db

VAGUE = re.compile(r"因地区而异|大约|左右|[约近][\d一二三四五六七八九十]|\d%[~～-]\d+%")
MONEY = re.compile(r"\d[\d,]*\.\d\d")


def main_of(response: Any) -> str:
    assert response.status_code == 200, response
    return str(response.content.decode().split("<main")[1].split("</main>")[0])


def words_of(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", html)))


def everything(there: Any, enter: Callable[..., Any]) -> dict[str, str]:
    """Every page of everybody, by its name."""
    return {name: main_of(enter(who).get(path)) for who, pages in there.pages for name, path in pages.items()}


def test_09_every_figure_leads_to_a_reason_that_says_the_same(there: Any, enter: Callable[..., Any]) -> None:
    for who, pages in there.pages:
        client = enter(who)
        for name, path in pages.items():
            html = main_of(client.get(path))
            for href, figure, number in re.findall(
                r'<a class="why[^"]*" href="([^"]+)" data-figure="(\w+)">.*?</span>(.*?)</a>', html
            ):
                head = main_of(client.get(unescape(href))).split("</h1>")[0]
                assert "为什么是" in head, name
                if figure not in ("posted_gross", "posted", "deduction"):
                    assert words_of(number) in words_of(head), (name, href)


def test_09_no_amount_stands_alone(there: Any, enter: Callable[..., Any]) -> None:
    """An amount is a figure with its reason, or part of the words, the sum, the chart and the documents around one."""
    around = re.compile(
        r'<a class="why.*?</a>|<p\b.*?</p>|<ol class="sum">.*?</ol>|<svg.*?</svg>|<details.*?</details>'
        r'|<dl class="facts"><div><dt>参保地.*?</dl>|<ul class="points">.*?</ul>|<h1>.*?</h1>',
        re.DOTALL,
    )
    for name, html in everything(there, enter).items():
        assert MONEY.findall(around.sub("", html)) == [], name


def test_10_the_reason_of_ones_own_allocation(there: Any, enter: Callable[..., Any]) -> None:
    """71 on the last day of September 2026: 110 yuan, 3 of them for the large-amount insurance."""
    said = words_of(main_of(enter(there.people.retiree).get("/me/allocation/2026-09/reason/allocation_net/")))
    for part in (
        "107.00元/月",
        "扣钱以前每月划入110.00元/月",
        "替您扣掉3.00元/月",
        "年龄71岁",
        "在职还是退休退休",
        "2026年9月划入107.00元，和按规定算出来的一样。",
        "北京市·按2026年9月1日的规定",
        "核对于",
        "依据",
        "据报道",
    ):
        assert part in said, part


def half_up(n: int, d: int) -> int:
    return (2 * n + d) // (2 * d)


@pytest.mark.parametrize(
    ("who", "path", "number"),
    [
        ("retiree", "/me/allocation/2026-09/reason/allocation_net/", 110_00 - 3_00),
        ("worker", "/me/allocation/2025-04/reason/allocation_net/", 10_000_00 * 2 // 100),
        ("worker", "/me/years/reason/missing_months/", 25 * 12 - (17 + 1 + 2)),
        ("worker", "/me/what-if/later/3/missing_months/?years=2", 25 * 12 - 20 - ((2043 + 2 - 2026) * 12 + 6 - 10)),
    ],
)
def test_11_the_sum_on_the_page_gives_the_figure(
    there: Any, enter: Callable[..., Any], who: str, path: str, number: int
) -> None:
    html = main_of(enter(getattr(there.people, who)).get(path))
    known: dict[str, Any] = {"half_up": half_up, "min": min, "max": max}
    last = -1
    for code in re.findall(r"<code>([^<]+)</code>", html):
        name, *rest = unescape(code).split(" = ")
        if re.fullmatch(r"-?\d+", rest[-1]):
            known[name] = last = int(rest[-1])
            if len(rest) == 2:
                assert eval(rest[0], {"__builtins__": {}}, known) == last, code
    assert last == number


def test_11_the_posted_and_the_laws_figure_stand_beside_each_other(there: Any, enter: Callable[..., Any]) -> None:
    html = main_of(enter(there.people.retiree).get("/me/allocation/"))
    books, law = (
        words_of(html.split(f"<h2>{head}</h2>")[1].split("</section>")[0]) for head in ("账上记的", "按规定算的")
    )
    for part in ("划入（收入）", "110.00元", "代扣大额医疗费用补助（支出）", "3.00元", "到账"):
        assert part in books
    assert books.endswith("107.00元")
    assert "110.00元/月" in law
    assert "107.00元/月" in law
    assert "和按规定算出来的一样" in words_of(html)
    assert "怎么办" not in words_of(html)


def test_11_a_difference_is_told_with_what_to_do(there: Any, enter: Callable[..., Any]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:  # 69: 100 yuan less 3
        cursor.execute("UPDATE people_person SET born = '1957-03-01' WHERE id = %s", [there.people.retiree.id])
    html = main_of(enter(there.people.retiree).get("/me/allocation/"))
    said = words_of(html)
    assert "2026年9月划入107.00元，按规定算是97.00元，两个数不一样" in said
    assert "两个数不一样，怎么办" in said
    assert 'href="tel:12393"' in html
    reason = words_of(main_of(enter(there.people.retiree).get("/me/allocation/2026-09/reason/allocation_net/")))
    assert "97.00元/月" in reason
    assert "按规定算是97.00元，两个数不一样" in reason


def test_12_as_of_and_area_stand_beside_every_total(there: Any, enter: Callable[..., Any]) -> None:
    pages = everything(there, enter)
    for name in ("allocation", "retiree, allocation", "years", "resident, years", "stop", "move", "later"):
        assert re.search(r"北京市·截至20\d\d年\d+月\d+日\d\d:\d\d", words_of(pages[name])), name


def test_12_18_parts_and_total_of_the_years(there: Any, enter: Callable[..., Any]) -> None:
    html = main_of(enter(there.people.worker).get("/me/years/"))
    counted = re.findall(r'<li[^>]*><span>([^<]+)</span><span class="n">([^<]+)</span>', html)
    assert counted == [
        ("按月缴的", "1年5个月"),  # 5 of 2025-01…06, 12 of 2025-09…2026-09
        ("后来补缴的", "1个月"),
        ("视同缴费", "2个月"),
        ("一共", "1年8个月"),
    ]
    assert "2043年6月" in words_of(html)  # 63 years, by the law of the retirement age


def test_56_have_and_missing_and_what_may_be_done(there: Any, enter: Callable[..., Any]) -> None:
    said = words_of(main_of(enter(there.people.worker).get("/me/years/")))
    for part in ("要交满25年", "还差23年4个月", "按月接着缴可以", "中华人民共和国社会保险法", "用表格看同样的数"):
        assert part in said, part


def test_14_what_is_not_verified_says_so(there: Any, enter: Callable[..., Any]) -> None:
    pages = everything(there, enter)
    for name in ("allocation", "years", "reason of the years", "later"):
        assert 'class="grade unverified"' in pages[name], name
        assert "未核实" in words_of(pages[name])


def test_15_what_the_law_here_does_not_say_is_a_range_said_to_be_one(there: Any, enter: Callable[..., Any]) -> None:
    said = words_of(main_of(enter(there.people.worker).get("/me/what-if/stop/?months=7")))
    assert "从0个月到6个月" in said
    assert "现有的资料定不下来" in said
    assert "能定下这个数的是" in said
    assert "12393" in said


def test_16_results_say_nothing_vague(there: Any, enter: Callable[..., Any]) -> None:
    for name, html in everything(there, enter).items():
        said = re.sub("“[^”]*”|《[^》]*》", "", words_of(html))
        assert VAGUE.findall(said) == [], name


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/me/allocation/", "俗称“返款”"),
        ("/me/years/", "缴费年限：一共缴过多少年医保"),
        ("/me/what-if/stop/?months=7", "待遇等待期：断缴以后"),
        ("/me/what-if/move/?to=上海", "医保关系转移接续：换了参保的城市"),
        ("/me/what-if/later/?years=2", "法定退休年龄：按国家规定"),
    ],
)
def test_17_the_official_word_is_explained(there: Any, enter: Callable[..., Any], path: str, word: str) -> None:
    assert word in words_of(main_of(enter(there.people.worker).get(path)))


def test_18_45_not_applicable_is_a_page_with_its_reason(there: Any, enter: Callable[..., Any]) -> None:
    resident = words_of(main_of(enter(there.people.resident).get("/me/allocation/")))
    assert "居民医保不建个人账户" in resident
    retiree = enter(there.people.retiree)
    stop = main_of(retiree.get("/me/what-if/stop/"))
    assert "您已经退休，不用再缴医保费" in words_of(stop)
    assert 'href="/me/years/"' in stop
    assert "社会保险法第二十七条" in words_of(main_of(retiree.get("/me/years/")))
    move = words_of(main_of(retiree.get("/me/what-if/move/?to=上海")))
    assert "医保关系不转移（医保办发〔2021〕43号第二条）" in move
    for path in ("/me/allocation/", "/me/years/", "/me/what-if/stop/", "/me/what-if/move/?to=上海", "/me/looked/"):
        page = words_of(main_of(enter(there.people.stranger).get(path)))
        assert "这里没有您的参保记录" in page, path
        assert "12393" in page
