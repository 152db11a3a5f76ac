"""The page that says what is answered where, and the first page with many topics."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from yibao.channels.portal import words
from yibao.channels.portal.views import coverage as view
from yibao.channels.portal.views.coverage import AGED, CERTAINTIES, _kind
from yibao.services.answers import ALL_TOPICS
from yibao.services.answers.coverage import coverage
from yibao.services.answers.examples import questions
from yibao.services.clock import today
from yibao.services.wording import GRADES


def text_of(response: Any) -> str:
    return str(response.content.decode())


def page(client: Client, **told: str) -> str:
    return text_of(client.get("/coverage/?" + urlencode(told))).split("<main")[1].split("</main>")[0]


def cells(html: str) -> list[str]:
    return re.findall(r"<a class=\"cell\".*?</a>", html, re.DOTALL)


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
        assert f"<h3>{row.name}" in html
    assert html.count("最早核对 <span") == len(rows) + 1, "each area, and the province"


def test_a_cell_says_certainty_grade_and_day_in_words_and_leads_to_the_question(client: Client) -> None:
    shown = cells(page(client, province="北京市"))
    groups = list(words.GROUPS)
    told = sorted(coverage(today())[0].cells, key=lambda cell: groups.index(ALL_TOPICS[cell.question.topic].group))
    for cell, html in zip(told, shown, strict=True):
        assert CERTAINTIES[_kind(cell)][0] in html
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
    assert topics == {topic.name for topic in ALL_TOPICS.values() if topic.group == "care"}
    assert '<option value="care" selected>' in html
    everywhere = page(client, group="retirement")
    assert everywhere.count("<table") == len({row.province for row in coverage(today())})


def test_one_topic_everywhere_is_folded_by_province_and_one_place_is_not(client: Client) -> None:
    html = page(client, topic="inpatient")
    assert set(re.findall(r'href="/answers/([\w-]+)/', html)) == {"inpatient"}
    assert '<option value="inpatient" selected>' in html
    assert html.count('<details class="card area">') == len({row.province for row in coverage(today())})
    one = page(client, area="深圳", topic="inpatient")
    assert 'class="card area"' not in one
    assert len(cells(one)) == len([question for question in questions() if question.topic == "inpatient"])
    assert 'role="rowheader">深圳市' in one


def test_a_place_without_law_of_its_own_leads_to_the_row_that_stands_for_it(client: Client) -> None:
    assert "广东省的其他各市" in page(client, area="韶关")
    elsewhere = next(row.asked for row in coverage(today()) if not row.province)
    assert "其他各地，按国家的框架" in page(client, area=elsewhere)
    assert "<h2>北京市</h2>" in page(client, area="海淀区"), "a district is its pooling area"


def test_a_place_that_is_not_understood_is_asked_back(client: Client) -> None:
    several = page(client, area="朝阳", topic="care")
    assert 'class="errors"' in several
    assert "topic=care" in several.split('class="chips"')[1].split("</p>")[0]
    assert "不实行内地的基本医疗保险" in page(client, area="香港")


def test_what_was_last_checked_more_than_a_year_ago_is_marked_by_word(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = coverage(today())
    assert f"有的{AGED}" not in page(client)
    oldest = max(cell.checked for row in shown for cell in row.cells)
    later = date.fromisoformat(oldest) + timedelta(days=367)
    monkeypatch.setattr(view, "coverage", lambda on: shown)
    monkeypatch.setattr(view.clock, "today", lambda: later)
    marked = cells(page(client, area="北京"))
    known = [cell for row in shown if row.code == "110000" for cell in row.cells if cell.checked]
    assert sum(AGED in html for html in marked) == len(known) > 0
    assert page(client).count(f"有的{AGED}") == len({row.province for row in shown})


def test_nonsense_is_said_and_shows_everything(client: Client) -> None:
    html = page(client, province="<火星>", group="x")
    assert "&lt;火星&gt;" in html
    assert 'class="errors"' in html
    assert "<b>北京市</b>" in html


def test_the_first_page_begins_with_what_is_asked_most_and_has_everything(client: Client) -> None:
    html = text_of(client.get("/"))
    topics = re.findall(r'formaction="/answers/([\w-]+)/"', html)
    assert topics[: len(words.first_tasks())] == [task.topic for task in words.first_tasks()]
    assert sorted(topics) == sorted(ALL_TOPICS), "each topic once"
    assert 'href="/compare/"' in html
    assert 'href="/coverage/"' in html


@pytest.mark.parametrize("topic", sorted(ALL_TOPICS))
def test_every_topic_has_its_part_of_life(topic: str) -> None:
    assert ALL_TOPICS[topic].group in words.GROUPS
