"""The pages of answers in words: numbered steps, warnings and misreadings marked, the law at the foot, saved."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from yibao.channels.portal import words
from yibao.services.answers import WORD_TOPICS


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def page(client: Client, topic: str, **told: str) -> str:
    response = client.get(f"/answers/{topic}/", told)
    assert response.status_code == 200
    return text_of(response)


@pytest.mark.parametrize("topic", sorted(WORD_TOPICS))
def test_the_area_is_all_that_is_asked(client: Client, topic: str) -> None:
    assert "您在哪里参保" in page(client, topic)
    html = page(client, topic, area="绍兴")
    assert f"<h1>{WORD_TOPICS[topic].title}</h1>" in html or "没有查到" in html
    assert "绍兴市" in html
    assert html.count("<h1") == 1


def test_the_first_page_lists_every_topic(client: Client) -> None:
    html = text_of(client.get("/"))
    for topic in WORD_TOPICS.values():
        assert topic.verb in html
        assert f"/answers/{topic.name}/" in html
    assert set(words.TOPIC_ICONS) >= set(WORD_TOPICS)
    assert {words.TOPIC_ICONS[name] for name in WORD_TOPICS} <= set(words.ICONS)


def test_steps_are_a_numbered_list_and_the_law_stands_at_the_foot(client: Client) -> None:
    html = page(client, "balance", area="绍兴")
    (steps,) = re.findall(r'<ol class="told">(.*?)</ol>', html, re.DOTALL)
    titles = re.findall(r"<h3>(.*?)</h3>", steps)
    assert titles[0] == "用手机查：国家医保服务平台"
    assert "打电话问：0575-12393" in titles
    order = [html.index(f"<h2>{title}</h2>") for title in ("怎么做", "当心", "规定是怎么说的", "您可能读到过", "依据")]
    assert order == sorted(order)
    assert "社会保险经办条例" in html[order[-1] :]
    assert "用到它的：打电话问：0575-12393" in html, "a document says which step rests on it"


def test_what_people_read_is_told_with_what_is_right_and_not_among_the_doubts(client: Client) -> None:
    html = page(client, "balance", area="绍兴")
    told = html.split("<h2>您可能读到过</h2>")[1].split("</section>")[0]
    assert "12333。其实" in told
    doubts = html.split("<h2>还不能肯定的</h2>")[1].split("</section>")[0]
    assert "12333" not in doubts
    assert "123456" not in doubts


def test_a_step_that_is_less_proven_than_the_sentence_says_so(client: Client) -> None:
    html = page(client, "balance", area="绍兴")
    (step,) = [li for li in re.findall(r"<li>(.*?)</li>", html, re.DOTALL) if "<h3>打电话问：0575-12393</h3>" in li]
    assert "未核实" in step


def test_one_may_read_only_what_concerns_the_own_scheme(client: Client) -> None:
    html = page(client, "paying", area="巴中")
    (href,) = re.findall(r'href="([^"]+)">只看居民医保的', html)
    narrow = text_of(client.get(href))
    assert "在单位上班的" in html
    assert "在单位上班的" not in narrow
    assert "只看居民医保的" not in narrow
    assert "居民医保" in narrow


def test_the_way_back_leads_to_the_area_not_round_in_a_circle(client: Client) -> None:
    html = page(client, "balance", area="绍兴")
    (back,) = re.findall(r'class="back" href="([^"]+)"', html)
    assert "您在哪里参保" in text_of(client.get(back))


def test_what_is_not_known_names_the_document_and_the_office(client: Client) -> None:
    html = page(client, "pension-adjustment", area="北京", on="1950-01-01")
    assert "这一项的规定没有查到" in html
    assert "能说清这件事的是" in html
    assert "tel:12333" in html


def test_outside_the_mainland_there_is_no_list_of_steps(client: Client) -> None:
    html = page(client, "balance", area="香港")
    assert "不实行内地的基本医疗保险" in html
    assert "<ol" not in html


def test_nothing_is_compared_by_words(client: Client) -> None:
    assert client.get("/compare/balance/").status_code == 404


@pytest.mark.django_db
def test_it_can_be_saved_shown_again_and_printed(client: Client) -> None:
    saved = client.post("/shared/", {"topic": "balance", "area": "绍兴"})
    path = saved.headers["Location"]
    html = text_of(client.get(path))
    assert '<ol class="told">' in html
    assert "原样保存" in html
    assert "只看居民医保的" not in html, "a saved page leads nowhere else"
    paper = client.get(path.rstrip("/") + ".pdf")
    assert paper.content.startswith(b"%PDF")


@pytest.mark.django_db
def test_a_statement_can_be_reported_as_wrong(client: Client) -> None:
    html = text_of(client.get("/mistake/", {"topic": "balance", "area": "绍兴", "figure": "phone"}))
    assert "是哪一条" in html
    assert re.search(r'value="phone" checked', html)
    (key,) = re.findall(r'name="key" value="([^"]+)"', html)
    told = {"topic": "balance", "area": "绍兴", "figure": "phone", "text": "电话打不通", "key": key}
    sent = client.post("/mistake/", told)
    assert sent.status_code == 302
    assert "0575-12393" in text_of(client.get(sent.headers["Location"]))
