"""The way to an answer: one question a page, errors that say what to do, nothing cleared, nothing foreign carried."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from yibao.services.answers import areas_with_own_law

BEIJING = {"area": "北京", "on": "2025-06-01", "scheme": "employee", "status": "retired"}


def journey(**told: str) -> str:
    return "/answers/allocation/?" + urlencode(told)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def title_of(html: str) -> str:
    return unescape(html.split("<title>")[1].split("</title>")[0])


def main_of(html: str) -> str:
    return html.split("<main")[1].split("</main>")[0]


def words_of(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", html)))


def test_points_34_40_an_error_says_what_to_do_twice_and_clears_nothing(client: Client, error_path: str) -> None:
    html = text_of(client.get(error_path))
    assert title_of(html).startswith("错误：")
    main = main_of(html)
    summary = main.split('class="errors"')[1].split("</div>")[0]
    field, message = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)[0]
    assert main.index('class="errors"') < main.index("<h1")
    assert main.count(message) == 2, "the same words at the field"
    assert f'id="{field}"' in main
    assert 'role="alert" tabindex="-1" autofocus' in main
    assert not re.search("系统繁忙|非法|无效|操作失败", message)


def test_point_34_an_error_keeps_every_answer(client: Client, pages: dict[str, str]) -> None:
    main = main_of(text_of(client.get(pages["age 200"])))
    assert 'id="age" name="age" value="200"' in main
    for name, told in BEIJING.items():
        assert f'<input type="hidden" name="{name}" value="{told}">' in main


def test_a_name_of_several_places_is_asked_back(client: Client) -> None:
    html = text_of(client.get(journey(area="朝阳", scheme="employee")))
    links = [unescape(href) for href in re.findall(r'<a class="item" href="([^"]+)"', html)]
    assert "您说的是哪一个" in html
    assert len(links) == 2
    for href in links:
        assert "scheme=employee" in href
        assert client.get(href).status_code == 200
    assert not title_of(html).startswith("错误")


def test_an_unknown_name_gets_the_nearest_as_links(client: Client) -> None:
    html = text_of(client.get(journey(area="合非")))
    assert title_of(html).startswith("错误：")
    assert re.search(r'<a class="chip" href="[^"]*%E5%90%88%E8%82%A5[^"]*">', html)


@pytest.mark.parametrize("name", areas_with_own_law())
def test_the_areas_offered_are_understood(client: Client, name: str) -> None:
    html = text_of(client.get("/?" + urlencode({"area": name})))
    assert f"按<b>{name}</b>的规定算" in html


@pytest.mark.parametrize("on", ["2025-3-1", "20250301", "2025年3月1日", "２０２５年３月１日", "2025/03/01"])
def test_point_37_a_day_may_be_written_in_many_ways(client: Client, on: str) -> None:
    html = text_of(client.get(journey(**{**BEIJING, "on": on, "age": "69", "done": "1"})))
    assert "2025年3月1日</span> 的规定" in html


def test_point_36_full_width_digits_are_digits(client: Client, pages: dict[str, str]) -> None:
    told = {**BEIJING, "age": "６９岁", "done": "1"}
    assert "97.00" in text_of(client.get(journey(**told)))


def test_points_31_33_one_question_a_page_and_then_the_check(client: Client) -> None:
    told = {"area": "北京", "on": "2025-06-01"}
    for asked, given, number in (("scheme", "employee", 1), ("status", "retired", 2), ("age", "70", 3)):
        html = text_of(client.get(journey(**told)))
        assert f"第 {number} 题" in html
        assert f'name="asked" value="{asked}"' in html
        assert "我不清楚" in html
        assert "为什么问这个" in html
        response = client.get(journey(**told, asked=asked, **{asked: given}))
        told[asked] = given
        assert (response.status_code, response.headers["Location"]) == (302, journey(**told))
    html = text_of(client.get(journey(**told)))
    assert title_of(html).startswith("检查您的回答")
    assert main_of(html).count(">修改<") == 5  # area, three facts, day


def test_point_33_the_check_page_comes_back_after_a_change(client: Client) -> None:
    told = {**BEIJING, "age": "69"}
    html = text_of(client.get(journey(**told)))
    for href in [unescape(href) for href in re.findall(r'class="ch"><a href="([^"]+)"', html)]:
        page = client.get(href)
        assert page.status_code == 200
        assert "<h1" in text_of(page)
        assert "检查您的回答" not in title_of(text_of(page))
    response = client.get(journey(**{**told, "age": "70"}, asked="age"), follow=True)
    assert title_of(text_of(response)).startswith("检查您的回答")


def test_point_32_the_question_before_keeps_the_answers(client: Client) -> None:
    html = text_of(client.get(journey(**BEIJING)))
    back = unescape(re.findall(r'<a class="back" href="([^"]+)"', html)[0])
    assert 'value="retired" checked' in text_of(client.get(back))


def test_not_knowing_is_an_answer(client: Client) -> None:
    response = client.get(journey(**BEIJING, asked="age", age="", skip="age"))
    assert response.headers["Location"] == journey(**BEIJING, skip="age")
    response = client.get(journey(area="北京", asked="scheme", scheme="?"))
    assert response.headers["Location"] == journey(area="北京", skip="scheme")
    assert "我不清楚</dd>" in text_of(client.get(journey(**BEIJING, skip="age")))


def test_a_missing_age_gives_every_case_its_own_reason(client: Client, pages: dict[str, str]) -> None:
    html = text_of(client.get(pages["answer in cases"]))
    shown = words_of(main_of(html))
    assert "不满70周岁" in shown
    assert "97.00元/月" in shown
    assert "107.00元/月" in shown
    assert "case=2" in html


def test_what_is_no_fact_is_not_carried_along(client: Client) -> None:
    html = text_of(client.get(journey(area="北京", evil="<b>", utm_source="x")))
    assert "evil" not in main_of(html)
    assert "utm_source" not in main_of(html)


def test_what_is_typed_is_shown_as_text(client: Client) -> None:
    html = text_of(client.get(journey(area='"><script>alert(1)</script>')))
    assert "<script>" not in html
