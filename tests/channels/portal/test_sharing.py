"""Saving an answer, showing it again as issued, checking its code, deleting it; and the settings of the display."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from yibao.channels.portal.templatetags.portal import code_groups
from yibao.channels.portal.views.shared import read_code

BEIJING = {"area": "北京", "on": "2025-06-01", "scheme": "employee", "status": "retired"}
TOLD = {**BEIJING, "topic": "allocation", "age": "69"}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def save(client: Client, **told: str) -> str:
    response = client.post("/shared/", {**TOLD, **told})
    assert response.status_code == 302
    return str(response.headers["Location"])


def token_of(html: str) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[0]


@pytest.mark.django_db
def test_a_saved_answer_reads_as_it_was_issued(client: Client) -> None:
    path = save(client)
    assert re.fullmatch(r"/shared/[0-9A-HJKMNP-TV-Z]{26}/", path)
    html = text_of(client.get(path))
    assert "97.00" in html
    assert "原样保存" in html
    assert code_groups(path.split("/")[2]) in html
    reason = unescape(re.findall(r'class="why[^"]*" href="([^"]+)"', html)[0])
    assert reason.startswith(path)
    assert "一步一步算" in text_of(client.get(reason))


@pytest.mark.django_db
def test_a_case_of_a_saved_answer_has_its_reason_too(client: Client) -> None:
    path = save(client, age="", skip="age")
    reasons = [unescape(href) for href in re.findall(r'class="why[^"]*" href="([^"]+)"', text_of(client.get(path)))]
    assert any(href.endswith("case=2") for href in reasons)
    for href in reasons:
        assert client.get(href).status_code == 200


@pytest.mark.django_db
def test_point_21_a_saved_answer_holds_no_name_and_its_paper_is_a_pdf(client: Client) -> None:
    path = save(client, **{"as": "pdf"})
    assert path.endswith(".pdf")
    paper = client.get(path)
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert "inline" in paper.headers["Content-Disposition"]


@pytest.mark.django_db
def test_point_36_a_code_is_checked_however_it_is_typed(client: Client) -> None:
    path = save(client)
    code = path.split("/")[2]
    for typed in (code, code_groups(code), code.lower(), code_groups(code).replace("-", " ")):
        assert client.get("/check/?" + urlencode({"code": typed})).headers["Location"] == path
    other = "0" * 26
    for typed, told in (("", "没有填"), ("123", "现在是 3 位"), (other, "没有找到")):
        html = text_of(client.get("/check/?" + urlencode({"code": typed})))
        assert "<title>错误：" in html
        assert told in html


def test_letters_that_look_like_digits_are_digits() -> None:
    assert read_code("oO iI lL-09") == "00111109"


@pytest.mark.django_db
def test_deleting_asks_first_and_is_for_good(client: Client) -> None:
    path = save(client)
    asked = text_of(client.get(path + "delete/"))
    assert "要删除这份结果吗" in asked
    assert "找不回来" in asked
    assert client.get(path).status_code == 200, "asking deletes nothing"
    assert "已经删除" in text_of(client.post(path + "delete/"))
    for gone in (path, path + "delete/", path[:-1] + ".pdf", path + "reason/allocation_net/"):
        assert client.get(gone).status_code == 404


@pytest.mark.django_db
def test_saving_and_deleting_need_the_token_of_our_own_form() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/shared/", TOLD).status_code == 403
    assert client.get("/shared/").status_code == 405
    html = text_of(client.get("/answers/allocation/?" + urlencode({**TOLD, "done": "1"})))
    token = token_of(html.split('action="/shared/"')[1])
    assert client.post("/shared/", {**TOLD, "csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.django_db
def test_what_cannot_be_answered_is_not_saved(client: Client) -> None:
    assert save(client, age="200").startswith("/answers/allocation/?")
    assert save(client, area="").startswith("/answers/allocation/?")
    assert client.post("/shared/", {**TOLD, "topic": "weather"}).status_code == 404


def test_point_59_the_switch_sets_a_cookie_for_a_year_and_comes_back() -> None:
    client = Client(enforce_csrf_checks=True)
    here = "/answers/allocation/?" + urlencode({"area": "北京", "age": "69"})
    html = text_of(client.get(here))
    assert f'name="next" value="{here.replace("&", "&amp;")}"' in html
    response = client.post("/display/", {"size": "elder", "next": here, "csrfmiddlewaretoken": token_of(html)})
    assert (response.status_code, response.headers["Location"]) == (302, here)
    cookie = response.cookies["display"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("elder.auto", 365 * 24 * 3600, "Lax")
    assert 'class="elder"' in text_of(client.get(here))
    assert ">标准版</button>" in text_of(client.get(here))


@pytest.mark.parametrize(
    "where", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "about/", ""]
)
def test_the_switch_never_leads_to_another_site(client: Client, where: str) -> None:
    assert client.post("/display/", {"size": "elder", "next": where}).headers["Location"] == "/"


def test_size_and_colour_are_kept_apart(client: Client) -> None:
    client.post("/display/", {"size": "xl", "next": "/"})
    client.post("/display/", {"colour": "contrast", "next": "/"})
    assert 'class="elder xl contrast"' in text_of(client.get("/"))
    client.post("/display/", {"size": "huge", "colour": "pink", "next": "/"})
    assert 'class="elder xl contrast"' in text_of(client.get("/"))


def test_point_59_large_print_is_found_under_its_other_names(client: Client) -> None:
    html = text_of(client.get("/display/"))
    for name in ("长辈版", "关怀版", "关爱版", "亲情版"):
        assert name in html
