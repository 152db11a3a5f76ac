"""The page of the search, its API and its command: marks that are escaped, pages, what is typed kept nowhere."""

import html
import json
import re
from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from yibao.channels.cli import main as cli
from yibao.services.search.marking import marked
from yibao.services.search.query import clean
from yibao.services.search.tokens import phrase


def page(client: Client, **told: str) -> str:
    response = client.get(f"/search/?{urlencode(told)}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_field_alone(client: Client) -> None:
    text = client.get("/search/").content.decode()
    assert text.count("<h1>") == 1
    assert '<label for="q">' in text
    assert 'role="status"' not in text
    assert "错误" not in text


def test_what_is_found(client: Client) -> None:
    text = page(client, q="巴中 住院")
    assert re.search(r'role="status">找到 <b>\d+</b> 条', text)
    first = re.search(r'<ol class="hits"><li>.*?</li>', text, re.DOTALL)
    assert first
    assert 'href="/guide/511900/inpatient/"' in first[0]
    assert "<mark>巴中</mark>" in first[0]
    assert "指南" in first[0]
    assert "未核实" in first[0]
    assert "核对于" in first[0]


def test_a_document_leads_to_its_official_text(client: Client) -> None:
    text = page(client, q="国办发2024 38")
    assert "<mark>国办发〔2024〕38号</mark>" in text
    assert 'href="https://www.gov.cn/zhengce/content/202408/content_6965741.htm" rel="noreferrer external"' in text


def test_pages_are_links(client: Client) -> None:
    text = page(client, q="门诊", page="2")
    assert 'rel="prev">上一页' in text
    assert 'rel="next">下一页' in text
    assert "第 2 页" in text


@pytest.mark.parametrize("number", ["0", "x", "-1", "99999999999", "9999", ""])
def test_a_page_that_is_not_there_shows_one_that_is(client: Client, number: str) -> None:
    assert "<mark>" in page(client, q="巴中 住院", page=number)


def test_nothing_typed_is_a_mistake_beside_the_field(client: Client) -> None:
    text = page(client, q="  ")
    assert "<title>错误：" in text
    assert 'aria-invalid="true"' in text


def test_nothing_found_says_what_to_try(client: Client) -> None:
    text = page(client, q="zzz")
    assert "没有找到“zzz”" in text
    assert 'href="/guide/"' in text
    assert "12393" in text


@given(st.text(alphabet="<>\"'&/=巴中住院mark014号〔〕", max_size=80), st.text(alphabet="<>&巴中住院14", max_size=3))
@settings(max_examples=200, deadline=None)
def test_marks_never_break_escaping(text: str, word: str) -> None:
    shown = render_to_string("portal/_pieces.html", {"pieces": marked(text, [phrase(word)])})
    assert html.unescape(re.sub(r"</?mark>", "", shown)) == text
    assert not re.search(r"[<>\"]", re.sub(r"</?mark>", "", shown))


@given(st.text(alphabet="<>\"'&/=巴中住院 mark script014号〔〕", max_size=60))
@settings(max_examples=60, deadline=None)
def test_what_was_typed_is_shown_and_never_obeyed(typed: str) -> None:
    text = Client().get(f"/search/?{urlencode({'q': typed})}").content.decode()
    value = re.search(r'name="q" type="search" value="([^"]*)"', text)
    assert value
    assert html.unescape(value[1]) == clean(typed)
    assert not re.search(r"<script(?! src=\"/static/)", text)
    assert not any(re.search(r"[<>\"]", inside) for inside in re.findall(r"<mark>(.*?)</mark>", text, re.DOTALL))


@pytest.mark.django_db
def test_the_api(client: Client) -> None:
    body = client.get("/api/v1/search", {"q": "巴中 住院"}).json()
    assert set(body) == {"query", "page", "pages", "total", "whole", "notes", "message", "next", "hits"}
    assert body["hits"][0]["path"] == "/guide/511900/inpatient/"
    assert body["hits"][0]["area"] == {"code": "511900", "name": "巴中市"}
    assert {"text": "巴中", "mark": True} in body["hits"][0]["marked"]["title"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "code"),
    [({"q": ""}, "empty_search"), ({}, "empty_search"), ({"q": "巴中", "page": "99"}, "page_out_of_range"),
     ({"q": "巴中", "page": "x"}, "malformed_query")],
)  # fmt: skip
def test_the_api_refuses(client: Client, told: dict[str, str], code: str) -> None:
    response = client.get("/api/v1/search", told)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == code


@pytest.mark.django_db
def test_the_api_gives_what_it_describes(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert {told["name"] for told in described["paths"]["/api/v1/search"]["get"]["parameters"]} == {"q", "page"}
    hit = client.get("/api/v1/search", {"q": "国办发2021 14"}).json()["hits"][0]
    assert set(hit) == set(described["components"]["schemas"]["Hit"]["properties"])


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "巴中", "住院"]) == 0
    assert capsys.readouterr().out.startswith("[指南] 【巴中】：【住院】")
    assert cli.main(["search", "巴中", "住院", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["query"] == "巴中 住院"
    assert cli.main(["search", " "]) == 2
    assert cli.main(["search", "巴中", "--page", "x"]) == 2


@pytest.mark.django_db
def test_what_is_typed_is_not_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    page(client, q="不要记下这一句")
    client.get("/api/v1/search", {"q": "不要记下这一句", "page": "999"})
    assert "不要记下" not in "".join(record.getMessage() for record in caplog.records)
