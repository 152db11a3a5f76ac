"""The page that says what is answered where, and the first page with many topics."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from yibao.channels.portal import words
from yibao.channels.portal.views.coverage import CERTAINTIES
from yibao.services.answers import TOPICS
from yibao.services.answers.coverage import coverage
from yibao.services.answers.examples import questions
from yibao.services.clock import today
from yibao.services.wording import GRADES


def text_of(response: Any) -> str:
    return str(response.content.decode())


def page(client: Client, **told: str) -> str:
    return text_of(client.get("/coverage/?" + urlencode(told))).split("<main")[1].split("</main>")[0]


def cells(html: str) -> list[str]:
    return re.findall(r"<td role=\"cell\">(.*?)</td>", html, re.DOTALL)


def test_every_province_with_law_of_its_own_is_a_way_on(client: Client) -> None:
    html = page(client)
    assert cells(html) == [], "the first page stays small"
    for row in coverage(today()):
        if row.province:
            assert f"<b>{row.province}</b>" in html
            assert f'href="/coverage/?{urlencode({"province": row.province})}"' in html


def test_a_province_shows_every_topic_of_each_of_its_areas(client: Client) -> None:
    rows = [row for row in coverage(today()) if row.province == "甘肃省"]
    html = page(client, province="甘肃省")
    assert len(cells(html)) == len(rows) * len(questions())
    for row in rows:
        assert f'role="rowheader">{row.name}' in html


def test_a_cell_says_certainty_grade_and_day_in_words_and_leads_to_the_question(client: Client) -> None:
    shown = cells(page(client, province="北京市"))
    for cell, html in zip(coverage(today())[0].cells, shown, strict=True):
        assert CERTAINTIES[cell.certainty][0] in html
        if cell.grade:
            assert GRADES[cell.grade].word in html
            assert "<svg" in html, "a shape, not the colour alone"
            assert "核对" in html
        href = unescape(re.findall(r'href="([^"]+)"', html)[0])
        assert href.startswith(f"/answers/{cell.question.topic}/?area=%E5%8C%97%E4%BA%AC%E5%B8%82")
        assert client.get(href).status_code == 200


def test_parts_of_life_and_provinces_can_be_chosen_together(client: Client) -> None:
    html = page(client, province="北京市", group="care")
    topics = set(re.findall(r'href="/answers/([\w-]+)/', html))
    assert topics == {topic.name for topic in TOPICS.values() if topic.group == "care"}
    assert '<option value="care" selected>' in html
    everywhere = page(client, group="retirement")
    assert everywhere.count("<table") == len({row.province for row in coverage(today())})


def test_nonsense_is_said_and_shows_everything(client: Client) -> None:
    html = page(client, province="<火星>", group="x")
    assert "&lt;火星&gt;" in html
    assert 'class="errors"' in html
    assert "<b>北京市</b>" in html


def test_the_first_page_begins_with_what_is_asked_most_and_has_everything(client: Client) -> None:
    html = text_of(client.get("/"))
    topics = re.findall(r'formaction="/answers/([\w-]+)/"', html)
    assert topics[: len(words.first_tasks())] == [task.topic for task in words.first_tasks()]
    assert sorted(topics) == sorted(TOPICS), "each topic once"
    assert 'href="/compare/"' in html
    assert 'href="/coverage/"' in html


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_every_topic_has_its_part_of_life(topic: str) -> None:
    assert TOPICS[topic].group in words.GROUPS
