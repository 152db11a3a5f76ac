"""The analysts' page: what may be changed, what comes out, and what is refused at its field."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from yibao.services import rates

ASKED = {
    "area": "重庆市", "topic": "allocation", "on": "2025-06-01", "path": "allocation.retired_bands",
    "value": "1.25倍", "rows": "2000", "seed": "7",
}  # fmt: skip


def sent(client: Client, **changed: str) -> Any:
    return client.post("/simulate/", {**ASKED, **changed})


def text(response: Any) -> str:
    return str(response.content.decode())


def test_parameters_are_listed_with_their_value_of_today(client: Client) -> None:
    assert "看可以改的数" in text(client.get("/simulate/"))
    page = text(client.get("/simulate/?" + urlencode({"area": "重庆", "topic": "allocation", "on": "2025-06-01"})))
    assert '<option value="allocation.retired_bands.2.amount">退休人员划入标准：70岁起，115.00 元</option>' in page


@pytest.mark.django_db
def test_the_result_tells_law_sums_and_charts(client: Client) -> None:
    response = sent(client)
    page = text(response)
    assert response.status_code == 200
    for words in ("重庆市：如果改“退休人员划入标准”", "131.25 元", "143.75 元", "不是真实数据", "由统筹基金出"):
        assert words in page, words
    assert page.count("<svg") > page.count("<table class") > 5
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("area", "火星", "没有找到"),
        ("area", "甘肃", "不是统筹区"),
        ("area", "", "还没有填"),
        ("on", "2025-02-30", "日期"),
        ("path", "allocation.retired_band", "最接近"),
        ("value", "", "还没有填"),
        ("value", "120", "要写金额"),
        ("value", "-500元", "小于0"),
        ("rows", "200001", "200,000"),
        ("rows", "many", "整数"),
        ("seed", "0", "整数"),
    ],
)
def test_bad_input_is_told_at_its_field(client: Client, field: str, value: str, words: str) -> None:
    response = sent(client, **{field: value})
    page = text(response)
    assert response.status_code == 422
    assert words in page
    assert f'href="#{field}"' in page


def test_the_first_step_sent_without_an_area_says_so(client: Client) -> None:
    answer = client.get("/simulate/", {"area": " ", "topic": "allocation", "on": ""})
    assert answer.status_code == 422
    assert "还没有填参保地" in answer.content.decode()
    assert client.get("/simulate/").status_code == 200, "nobody has sent anything yet"


@pytest.mark.django_db
def test_an_address_may_simulate_only_so_often(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "SIMULATIONS", 1)
    assert sent(client, value="").status_code == 422
    refused = sent(client, value="")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60


@pytest.mark.parametrize("page", ["/developers/", "/coverage/"])
@pytest.mark.django_db
def test_analysts_find_it_and_the_first_page_stays_as_it_is(client: Client, page: str) -> None:
    assert 'href="/simulate/"' in text(client.get(page))
    assert "/simulate/" not in text(client.get("/"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_analyst_changes_a_figure_on_the_screen(open_page: Callable[..., Any]) -> None:
    for width, drawn in ((360, False), (1280, True)):
        page = open_page("/simulate/", width)
        page.fill("#area", "重庆")
        page.click("text=看可以改的数")
        page.select_option("#path", "allocation.retired_bands")
        page.fill("#value", "1.25倍")
        page.fill("#rows", "2000")
        page.click("button:text-is('演算')")
        page.wait_for_selector("h1:has-text('退休人员划入标准')")
        if drawn:
            page.locator(".drawn canvas").nth(3).wait_for()  # a script draws them once the page is there
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert (page.locator(".drawn canvas").count() > 3) is drawn
        assert (page.locator(".drawn svg").count() > 3) is not drawn
