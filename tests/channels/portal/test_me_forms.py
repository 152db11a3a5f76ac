"""The questions of "what if" on one's own record: one a page, nothing asked twice, what is wrong said with what to do.

The numbers in the names are those of the checklist.
"""

import re
from html import unescape
from importlib import import_module
from typing import Any

import pytest

pytestmark = pytest.mark.django_db

FORBIDDEN_WORDS = ("系统繁忙", "非法", "无效", "操作失败")


@pytest.fixture
def worker(there: Any) -> Any:
    """A man in work, signed in."""
    return import_module("tests.channels.portal.owners").signed_in(there.people.worker)


@pytest.fixture
def resident(there: Any) -> Any:
    """A woman in the residents' scheme, signed in."""
    return import_module("tests.channels.portal.owners").signed_in(there.people.resident)


def html_of(response: Any) -> str:
    assert response.status_code == 200, response
    return str(response.content.decode())


def text_of(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", html.split("<main")[1].split("</main>")[0])))


QUESTIONS = ("stop/", "move/", "later/")


@pytest.mark.parametrize("path", QUESTIONS)
def test_31_32_38_one_question_a_page_with_its_label_as_heading_and_a_way_back(
    worker: Any, resident: Any, path: str
) -> None:
    for client in (worker, resident):
        html = html_of(client.get(f"/me/what-if/{path}"))
        assert html.count("<h1>") == 1
        assert re.search(r'<h1><label for="(\w+)">.*?id="\1"|<legend><h1>', html, re.DOTALL)
        fields = re.findall(r'<input class="field[^>]* name="(\w+)"', html) + re.findall(
            r'type="radio" name="(\w+)"', html
        )
        assert len(set(fields)) == 1
        assert 'class="back" href="/me/what-if/' in html
        assert "*" not in text_of(html)


def test_32_the_way_back_shows_the_answer_given(worker: Any, resident: Any) -> None:
    result = html_of(worker.get("/me/what-if/stop/?months=7"))
    back = unescape(re.findall(r'class="back" href="([^"]+)"', result)[0])
    assert 'value="7"' in html_of(worker.get(back))
    second = html_of(resident.get("/me/what-if/later/?old_age=55"))
    assert 'name="years"' in second
    back = unescape(re.findall(r'class="back" href="([^"]+)"', second)[0])
    assert re.search(r'value="55" checked', html_of(resident.get(back)))


def test_33_each_answer_can_be_changed_from_the_result(resident: Any) -> None:
    result = html_of(resident.get("/me/what-if/later/?old_age=55&years=1"))
    rows = re.findall(r'class="ch"><a href="([^"]+)">修改<span class="vh">([^<]+)</span>', result)
    assert [label for _, label in rows] == ["改革以前该几岁退休？", "想比规定的年龄晚几年退休？"]
    first = html_of(resident.get(unescape(rows[0][0])))
    assert 'value="55" checked' in first
    assert '<input type="hidden" name="years" value="1">' in first, "the other answer is kept, and is not asked again"


@pytest.mark.parametrize(
    ("path", "field", "told", "says"),
    [
        ("stop/?asked=months&months=", "months", "", "还没有填"),
        ("stop/?asked=months&months=半年", "months", "半年", "请填一个整数"),
        ("stop/?asked=months&months=0", "months", "0", "要在1到240个月之间"),
        ("stop/?asked=months&months=241", "months", "241", "要在1到240个月之间"),
        ("stop/?asked=months&months=2.5", "months", "2.5", "请填一个整数"),
        ("move/?asked=to&to=", "to", "", "还没有填城市"),
        ("move/?asked=to&to=火星", "to", "火星", "请写城市的全名"),
        ("move/?asked=to&to=朝阳", "to", "朝阳", "请写全名"),
        ("later/?asked=years&years=", "years", "", "还没有填"),
        ("later/?asked=years&years=11", "years", "11", "要在1到10年之间"),
    ],
)
def test_34_35_40_what_is_wrong_stands_above_and_at_the_field_and_nothing_is_cleared(
    worker: Any, path: str, field: str, told: str, says: str
) -> None:
    html = html_of(worker.get(f"/me/what-if/{path}"))
    assert "<title>错误：" in html
    assert html.index('class="errors"') < html.index("<h1>")
    summary = re.findall(rf'<a href="#{field}">([^<]+)</a>', html)[0]
    assert says in summary
    assert f'id="field-error">{summary}</p>' in html
    assert re.search(rf'id="{field}" name="{field}" value="{re.escape(told)}"[^>]*aria-invalid="true"', html)
    assert not [word for word in FORBIDDEN_WORDS if word in summary]


def test_34_a_choice_not_made_is_said_and_leads_to_the_choice(resident: Any) -> None:
    for path in ("?asked=old_age", "?asked=old_age&old_age=77"):
        html = html_of(resident.get(f"/me/what-if/later/{path}"))
        assert "<title>错误：" in html
        assert '<a href="#o1">' in html
        assert 'id="o1"' in html


def test_34_a_place_of_two_names_is_chosen_by_a_link(worker: Any) -> None:
    html = html_of(worker.get("/me/what-if/move/?asked=to&to=朝阳"))
    chips = [unescape(href) for href in re.findall(r'class="chip" href="([^"]+)"', html)]
    assert len(chips) == 2
    for href in chips:
        assert "医保关系" in text_of(html_of(worker.get(href)))


@pytest.mark.parametrize("text", ["7", "７", " 7 ", "7个月", "７ 个月"])
def test_36_numbers_are_understood_as_people_type_them(worker: Any, text: str) -> None:
    said = text_of(html_of(worker.get("/me/what-if/stop/", {"months": text})))
    assert "停缴7个月" in said
    assert "从2026年11月起停7个月，2027年6月再续上" in said


@pytest.mark.parametrize("text", ["上海", "上海市", " 上 海 ", "310000"])
def test_36_places_are_understood_as_people_type_them(worker: Any, text: str) -> None:
    assert "10个工作日" in text_of(html_of(worker.get("/me/what-if/move/", {"to": text})))


def test_39_what_the_record_knows_is_never_asked(worker: Any, resident: Any) -> None:
    """A man's old age is 60; a woman is asked for hers. Wages, months and birthday are known of both."""
    assert 'name="years"' in html_of(worker.get("/me/what-if/later/"))
    assert 'name="old_age"' in html_of(resident.get("/me/what-if/later/"))
    assert 'name="missed"' in html_of(resident.get("/me/what-if/stop/"))
    assert 'name="months"' in html_of(worker.get("/me/what-if/stop/"))
    said = text_of(html_of(worker.get("/me/what-if/later/?years=2")))
    assert "2045年6月退休，从现在起再缴18年8个月：年限还差4年8个月" in said
    assert "别的都来自您的参保记录" in said


def test_39_who_does_not_know_goes_on(worker: Any, resident: Any) -> None:
    said = text_of(html_of(worker.get("/me/what-if/stop/?months=&skip=months&asked=months")))
    assert "停缴3个月" in said
    assert "停缴4个月" in said
    said = text_of(html_of(resident.get("/me/what-if/later/?skip=old_age&years=2")))
    assert "2045年1月" in said
    assert "2048年1月" in said
    said = text_of(html_of(resident.get("/me/what-if/stop/?missed=2&asked=missed")))
    assert "连着2年不交居民医保费" in said
    assert "要等5个月" in said  # 3 and one for each year


def test_08_nothing_of_the_record_stands_in_an_address(worker: Any, resident: Any) -> None:
    for client in (worker, resident):
        for path in (
            "allocation/",
            "years/",
            "what-if/stop/?skip=months&skip=missed",
            "what-if/later/?skip=old_age&years=1",
        ):
            html = html_of(client.get(f"/me/{path}"))
            for href in map(unescape, re.findall(r'href="([^"]+)"', html)):
                assert not re.search(r"born|base|paid_months|1980|1990", href), href


def test_settings_lead_to_everything_that_may_be_set(worker: Any) -> None:
    html = html_of(worker.get("/me/settings/"))
    for href in ("/me/looked/", "/credential/", "/privacy/"):
        assert f'href="{href}"' in html
    assert '<form method="post" action="/sign-out/"' in html
    for name in ("长辈版", "关怀版", "关爱版", "亲情版"):
        assert name in html
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[0]
    chosen = {"size": "elder", "colour": "dark", "next": "/me/settings/", "csrfmiddlewaretoken": token}
    assert worker.post("/display/", chosen).headers["Location"] == "/me/settings/"
    assert '<html lang="zh-CN" class="elder dark">' in html_of(worker.get("/me/settings/"))
