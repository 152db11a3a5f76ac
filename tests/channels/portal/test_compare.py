"""Comparing areas and days of retirement: the questions, the table, its reasons, what cannot be read."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from yibao.services.answers import TOPICS

RETIRED = {"on": "2025-06-01", "scheme": "employee", "status": "retired", "age": "70"}
FIGURE = re.compile(r'<a class="why[^"]*" href="([^"]*)" data-figure="(\w+)"><span class="vh">[^<]*</span>(.*?)</a>')


def text_of(response: Any) -> str:
    return str(response.content.decode())


def compare(topic: str, *areas: str, **told: str) -> str:
    return f"/compare/{topic}/?" + urlencode([*(("area", area) for area in areas), *told.items()])


def main_of(client: Client, path: str) -> str:
    return text_of(client.get(path, follow=True)).split("<main")[1].split("</main>")[0]


def test_every_topic_can_be_compared(client: Client) -> None:
    html = text_of(client.get("/compare/"))
    assert sorted(set(re.findall(r'href="/compare/([\w-]+)/"', html))) == sorted(TOPICS)
    assert 'href="/compare/contribution-years/?mode=later"' in html


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_every_topic_comes_to_a_table_whatever_is_not_known(client: Client, topic: str) -> None:
    path = compare(topic, "北京", "深圳", "拉萨", on="2025-06-01")
    skipped = urlencode([("skip", name) for name in TOPICS[topic].facts])
    html = main_of(client, f"{path}&{skipped}")
    assert "换个城市会怎样" in html
    heads = html.split('class="heads"')[1].split("</ul>")[0]
    assert heads.count("的完整答案") == 3


def test_facts_are_asked_once_for_all_areas_and_carried(client: Client) -> None:
    html = main_of(client, compare("allocation", "北京", "上海", on="2025-06-01"))
    assert "<h1>参加的是哪种医保？</h1>" in html
    assert re.findall(r'type="hidden" name="area" value="([^"]+)"', html) == ["北京", "上海"]
    told = {"on": "2025-06-01", "scheme": "employee", "status": "retired"}
    assert "今年多大年纪" in main_of(client, compare("allocation", "北京", "上海", **told))
    answered = client.get(compare("allocation", "北京", "上海", **RETIRED, asked="age"))
    assert answered.status_code == 302
    assert "asked" not in answered.headers["Location"]


def test_each_figure_leads_to_its_reason_in_its_own_area(client: Client) -> None:
    html = main_of(client, compare("allocation", "北京", "深圳", "重庆", **RETIRED))
    figures = FIGURE.findall(html)
    places = {re.findall(r"area=(\d{6})", href)[0] for href, _, _ in figures}
    assert places == {"110000", "440300", "500000"}
    for href, _, shown in figures:
        reason = text_of(client.get(unescape(href)))
        assert re.sub(r"<[^>]+>", "", shown) in re.sub(r"<[^>]+>", "", reason.split("<h1>")[1].split("</h1>")[0])


def test_the_difference_to_the_first_is_told_in_words(client: Client) -> None:
    html = main_of(client, compare("allocation", "北京", "重庆", **RETIRED))
    net = html.split('role="rowheader">每月实际到账')[1].split("</tr>")[0]
    first, second = net.split("</td>")[:2]
    assert "107.00" in first
    assert "diff" not in first
    assert "104.50" in second
    assert "少 2.50 元/月" in second, "107.00 in 北京, 104.50 in 重庆 from 2025 on"


def test_an_area_without_own_law_says_so(client: Client) -> None:
    html = main_of(client, compare("allocation", "北京", "拉萨", average_pension="4500", **RETIRED))
    assert "这里自己的规定没有查到，只能按国家的框架说" in html
    born = {"on": "2025-06-01", "sex": "male", "born": "1970-06-15"}
    same = main_of(client, compare("retirement-age", "北京", "拉萨", **born))
    assert same.count("用的是全国一样的规定") == 2
    assert "一样" in same
    outside = main_of(client, compare("retirement-age", "北京", "香港", **born))
    assert "不实行内地的基本医疗保险" in outside


def test_a_name_with_several_bearers_offers_them_in_place(client: Client) -> None:
    html = main_of(client, compare("allocation", "北京", "朝阳"))
    ways = [unescape(href) for href in re.findall(r'class="chip" href="([^"]+)"', html)]
    assert any("area=%E8%BE%BD%E5%AE%81%E7%9C%81%E6%9C%9D%E9%98%B3%E5%B8%82" in way for way in ways)
    assert all("area=%E5%8C%97%E4%BA%AC&" in way for way in ways)
    assert 'id="area2" name="area" list="areas" value="朝阳"' in html


@pytest.mark.parametrize(
    "areas", [("北京", "北京市"), ("北京", "海淀区"), ("北京",), ("北京", "上海", "重庆", "深圳", "兰州")]
)
def test_too_few_too_many_and_the_same_twice_are_said(client: Client, areas: tuple[str, ...]) -> None:
    assert 'class="errors"' in main_of(client, compare("allocation", *areas))


def test_two_years_later(client: Client) -> None:
    told = {"sex": "male", "retires": "2026-01", "paid_months": "200", "deemed_months": "0", "local_months": "100"}
    html = main_of(client, compare("contribution-years", "深圳", mode="later", on="2025-06-01", **told))
    assert "同一个人，两年后退休" in html
    assert "晚两年，这两年不再缴" in html
    paying = html.split('role="rowheader">还差')[1].split("</tr>")[0].split("</td>")[2]
    assert "少 2年" in paying
    assert "火星" in main_of(client, compare("contribution-years", "火星", mode="later"))
    assert "换个城市" in main_of(client, compare("allocation", "北京", "上海", mode="later", **RETIRED)), "years only"


def test_no_such_topic(client: Client) -> None:
    assert client.get("/compare/weather/").status_code == 404
