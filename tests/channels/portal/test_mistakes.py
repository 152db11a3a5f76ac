"""Saying that a figure is wrong: the way to the form, one report however often it is sent, its page, no harm."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from yibao.books.cases.models import MistakeReport

BEIJING = {"area": "北京", "on": "2025-06-01", "scheme": "employee", "status": "retired", "age": "69"}
FORM = {"topic": "allocation", "figure": "allocation_net", **BEIJING}
KEY = "00000000-0000-4000-8000-000000000001"
SENT = {**FORM, "key": KEY, "text": "应该是100元"}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def main_of(html: str) -> str:
    return html.split("<main")[1].split("</main>")[0]


def link_in(html: str) -> str:
    return unescape(re.findall(r'href="(/mistake/\?[^"]+)"', html)[0])


def test_answer_and_reason_lead_to_the_form_with_the_figure_chosen(client: Client) -> None:
    told = urlencode(BEIJING)
    whole = link_in(text_of(client.get(f"/answers/allocation/?{told}&done=1")))
    assert " checked" not in main_of(text_of(client.get(whole)))
    one = link_in(text_of(client.get(f"/answers/allocation/reason/allocation_net/?{told}")))
    html = main_of(text_of(client.get(one)))
    assert re.findall(r'value="(\w+)" checked', html) == ["allocation_net"]
    assert "97.00 元/月" in html
    cases = urlencode({key: value for key, value in BEIJING.items() if key != "age"})
    case = link_in(text_of(client.get(f"/answers/allocation/reason/allocation_net/?{cases}&case=2")))
    assert 'value="allocation_net.2" checked' in text_of(client.get(case))


@pytest.mark.django_db
def test_a_saved_answer_leads_to_the_form_too(client: Client) -> None:
    saved = client.post("/shared/", {**BEIJING, "topic": "allocation"}).headers["Location"]
    link = link_in(text_of(client.get(saved)))
    assert link.startswith("/mistake/?code=")
    assert saved in text_of(client.get(link)), "the way back"
    told = {"code": saved.split("/")[2], "figure": "allocation_net", "key": KEY, "text": "不对"}
    assert client.post("/mistake/", told).status_code == 302


@pytest.mark.django_db
def test_sent_it_has_a_number_and_its_page_opens_again(client: Client) -> None:
    where = client.post("/mistake/", SENT).headers["Location"]
    assert re.fullmatch(r"/mistake/[0-9A-HJKMNP-TV-Z]{26}/", where)
    for _ in range(2):
        main = main_of(text_of(client.get(where)))
        for part in ("等人核对", "97.00 元/月", "应该是100元", "不会去找您", 'href="tel:12393"', where):
            assert part in main


@pytest.mark.django_db
def test_point_41_sent_twice_it_is_one_report(client: Client) -> None:
    places = {client.post("/mistake/", SENT).headers["Location"] for _ in range(3)}
    assert len(places) == MistakeReport.objects.count() == 1


@pytest.mark.django_db
def test_other_words_under_the_same_key_are_asked_about_and_then_sent(client: Client) -> None:
    client.post("/mistake/", SENT)
    html = text_of(client.post("/mistake/", {**SENT, "text": "还有一处不对"}))
    assert "已经交过一次" in html
    (key,) = re.findall(r'name="key" value="([\w-]+)"', html)
    assert key != KEY
    assert client.post("/mistake/", {**SENT, "text": "还有一处不对", "key": key}).status_code == 302
    assert MistakeReport.objects.count() == 2


def test_what_is_wrong_is_said_twice_and_nothing_is_cleared(client: Client) -> None:
    told = {**SENT, "figure": "", "text": "", "should_be": "一百元", "link": "没有"}
    html = text_of(client.post("/mistake/", told))
    assert "<title>错误：" in html
    main = main_of(html)
    summary = main.split('class="errors"')[1].split("</div>")[0]
    assert "有 3 处要改" in summary
    for field, message in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary):
        assert f'id="{field}"' in main
        assert main.count(message) == 2
    assert 'value="一百元"' in main
    assert 'value="没有"' in main
    assert KEY in main, "the same form, put right, is still the same form"


@pytest.mark.django_db
def test_hostile_words_do_no_harm(client: Client) -> None:
    told = {**SENT, "text": "<script>alert(1)</script>\x00\u202e{% now %}", "document": '"><img src=x onerror=y>'}
    html = text_of(client.get(client.post("/mistake/", told).headers["Location"]))
    assert "<script>" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{% now %}" in html
    assert "javascript:" not in html


def test_points_38_68_no_name_is_asked(client: Client) -> None:
    main = main_of(text_of(client.get("/mistake/?" + urlencode(FORM))))
    fields = set(re.findall(r'name="(\w+)"', main)) - set(FORM) - {"csrfmiddlewaretoken", "key"}
    assert fields == {"text", "should_be", "document", "link"}
    assert main.count("（选填）") == 3


@pytest.mark.parametrize("told", [{}, {"topic": "weather"}, {"topic": "allocation"}, {**FORM, "age": "200"},
                                  {**FORM, "area": "火星"}, {**FORM, "on": "2025-02-30"}])  # fmt: skip
def test_a_form_about_nothing_is_no_page(client: Client, told: dict[str, str]) -> None:
    assert client.get("/mistake/?" + urlencode(told)).status_code == 404
    assert client.post("/mistake/", {**told, "key": KEY, "text": "不对"}).status_code == 404


@pytest.mark.django_db
def test_a_number_that_is_none_is_no_page_and_sending_needs_our_own_token(client: Client) -> None:
    for code in ("0" * 26, "XX", "U" * 26):
        assert client.get(f"/mistake/{code}/").status_code == 404
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/mistake/", SENT).status_code == 403
    assert MistakeReport.objects.count() == 0
