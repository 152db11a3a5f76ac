"""Every public page: its title, its figures with their reasons, its errors, and that reading writes nothing.

Most tests here have no database mark: a page that read or wrote a row would fail (checklist point 8).
"""

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import get_resolver

import yibao.channels.portal
from yibao.channels.portal import words
from yibao.channels.portal.views import errors
from yibao.services.answers import ALL_TOPICS
from yibao.services.wording import SERVICE_NAME

PORTAL = Path(yibao.channels.portal.__file__).parent
TEMPLATES = sorted((PORTAL / "templates" / "portal").glob("*.html"))
BEIJING = {"area": "北京", "on": "2025-06-01", "scheme": "employee", "status": "retired"}
FIGURE = re.compile(r'<a class="why[^"]*" href="([^"]*)" data-figure="(\w+)"><span class="vh">[^<]*</span>(.*?)</a>')


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


def test_points_07_59_every_page_has_its_name_the_switch_and_the_help_in_the_same_place(
    client: Client, any_path: str
) -> None:
    html = text_of(client.get(any_path))
    assert '<html lang="zh-CN"' in html
    assert title_of(html).endswith(f" · {SERVICE_NAME}")
    assert html.count("<h1") == 1
    assert html.index("</main>") < html.index('class="help"') < html.index('href="tel:12393"', html.index("</main>"))
    assert html.index("长辈版") < html.index("<main")
    assert "不是官方服务" in html
    code = re.findall(r'<script(?! type="application/ld\+json")[^>]*>', html)  # that one is data, and is not run
    own = ["app"] if any_path in ("/app/", "/offline/") else []  # the pages of the device itself
    assert code == [f'<script src="/static/portal/{name}.js" defer>' for name in (*own, "portal")][::-1]


def test_point_07_titles_are_unique(client: Client, pages: dict[str, str]) -> None:
    titles = {name: title_of(text_of(client.get(path))) for name, path in pages.items()}
    same = {title: [name for name in titles if titles[name] == title] for title in titles.values()}
    assert {title: names for title, names in same.items() if len(names) > 1} == {}


def test_a_page_that_exists_answers_and_another_does_not(client: Client, any_path: str) -> None:
    assert client.get(any_path).status_code == (404 if "no-such" in any_path else 200)


def test_point_60_elder_mode_changes_a_class_and_nothing_else(client: Client, any_path: str) -> None:
    def plain(html: str) -> str:
        html = re.sub(r'<svg[^>]* role="img".*?</svg>', "", main_of(html), flags=re.DOTALL)  # drawn with larger letters
        return re.sub(r'name="(csrfmiddlewaretoken|key)" value="[\w-]+"| checked', "", html)

    normal = text_of(client.get(any_path))
    client.cookies["display"] = "elder.contrast"
    elder = text_of(client.get(any_path))
    assert '<html lang="zh-CN" class="elder contrast">' in elder
    assert plain(normal) == plain(elder)


def test_point_09_every_figure_leads_to_its_reason(client: Client, answer_path: str) -> None:
    html = text_of(client.get(answer_path))
    figures = FIGURE.findall(html)
    assert figures
    assert html.count("data-figure=") == len(figures)
    for href, name, shown in figures[:12]:
        page = client.get(unescape(href))
        assert page.status_code == 200, (href, name)
        assert words_of(shown) in words_of(main_of(text_of(page)).split("</h1>")[0])


def test_point_10_a_reason_tells_the_sum_the_facts_and_the_law_in_this_order(client: Client, reason_path: str) -> None:
    main = main_of(text_of(client.get(reason_path)))
    order = ["为什么是", "一步一步算", "用到的您的情况", "<h2>依据</h2>", "接下来可以"]
    places = [main.index(part) for part in order]
    assert places == sorted(places)
    assert "核对于" in main
    assert 'class="grade ' in main
    assert "自己验算" in main
    assert 'href="tel:123' in main


def test_point_11_the_last_line_of_the_sum_is_the_figure(client: Client, pages: dict[str, str]) -> None:
    main = main_of(text_of(client.get(pages["reason"])))
    last = main.split('<li class="res">')[1].split("</li>")[0]
    assert "97.00 元/月" in last
    assert "97.00" in main.split("</h1>")[0]


def test_point_09_no_amount_stands_in_a_template() -> None:
    for template in TEMPLATES:
        source = template.read_text()
        assert "¥" not in source, template.name
        assert not re.search(r"\d\.\d\d\b", source), template.name
        assert "|yuan" not in source, f"{template.name}: an amount is shown by the tag of figures, with its reason"


def test_points_16_40_words_that_say_nothing_are_not_used() -> None:
    sources = [*TEMPLATES, *PORTAL.glob("**/*.py")]
    for source in sources:
        found = re.findall(r"系统繁忙|操作失败|非法|无效|因地区而异|大约|左右", source.read_text())
        assert found == [], source.name


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (0, "0.00"), (1, "0.01"), (10, "0.10"), (99, "0.99"), (100, "1.00"), (10_700, "107.00"), (123_456, "1,234.56"),
        (100_000_000, "1,000,000.00"), (12_345_678_901, "123,456,789.01"), (-10_700, "−107.00"),
    ],
)  # fmt: skip
def test_point_13_money_is_written_with_two_decimals(fen: int, shown: str) -> None:
    assert Template("{% load portal %}{{ fen|yuan }}").render(Context({"fen": fen})) == shown


@pytest.mark.parametrize(("months", "shown"), [(300, "25年"), (150, "12年6个月"), (6, "6个月"), (0, "0个月")])
def test_months_are_written_as_years(months: int, shown: str) -> None:
    assert Template("{% load portal %}{{ months|months }}").render(Context({"months": months})) == shown


def test_rates_are_written_in_percent() -> None:
    template = Template("{% load portal %}{{ a|percent }} {{ b|percent }}")
    assert template.render(Context({"a": 20_000, "b": 2_500})) == "2% 0.25%"


def test_point_15_a_range_says_that_it_is_the_national_frame(client: Client, pages: dict[str, str]) -> None:
    html = text_of(client.get(pages["range"]))
    assert "从90.00到126.00" in words_of(html)
    assert "国家只定了框架" in html
    assert "12393" in main_of(html)


def test_point_15_what_is_not_known_is_never_zero(client: Client, pages: dict[str, str]) -> None:
    main = main_of(text_of(client.get(pages["unknown"])))
    assert "缺的是什么" in main
    assert 'href="tel:12393"' in main
    assert "data-figure" not in main
    assert not re.search(r"\b0\.00", main)


def test_point_18_not_applicable_is_an_answer_with_its_reason(client: Client, pages: dict[str, str]) -> None:
    html = text_of(client.get(pages["not applicable"]))
    assert not title_of(html).startswith("错误")
    assert "您没有这一项" in html
    assert "居民医保" in main_of(html)


def test_point_17_official_words_are_explained_where_they_first_stand(client: Client, pages: dict[str, str]) -> None:
    assert "返款" in text_of(client.get("/"))
    for name in ("answer", "reason"):
        assert "俗称“返款”" in text_of(client.get(pages[name]))


def test_point_12_the_day_and_the_area_stand_beside_every_figure(client: Client, answer_path: str) -> None:
    head = main_of(text_of(client.get(answer_path))).split("</header>")[0]
    assert re.search(r"按 <span class=\"nb\">\d{4}年\d+月\d+日</span> 的规定", head)


def test_every_topic_has_a_task_and_a_figure_to_show(client: Client) -> None:
    assert {task.topic for task in words.TASKS} == set(ALL_TOPICS) == set(words.TOPIC_ICONS)


@pytest.mark.parametrize("path", ["/answers/weather/", "/answers/weather/reason/x/", "/shared/XX/", "/nothing/"])
def test_no_such_page_is_said_in_the_same_look(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "没有这一页" in text_of(response)
    assert 'href="tel:12393"' in text_of(response)


def test_a_figure_that_the_answer_has_not_is_no_page(client: Client) -> None:
    told = urlencode({**BEIJING, "age": "69"})
    assert client.get(f"/answers/allocation/reason/pension/?{told}").status_code == 404
    assert client.get(f"/answers/allocation/reason/allocation_net/?{told}&case=9").status_code == 404


@pytest.mark.parametrize(
    ("status", "view"),
    [(400, errors.bad_request), (403, errors.forbidden), (403, errors.csrf_failure), (404, errors.not_found),
     (500, errors.server_error)],
)  # fmt: skip
def test_what_went_wrong_is_told_with_the_telephone_below(status: int, view: Any) -> None:
    response = view(RequestFactory().get("/x/"))
    assert response.status_code == status
    html = text_of(response)
    assert html.index("</main>") < html.index('class="help"')
    assert "回到首页" in main_of(html)


def test_the_site_uses_these_pages_for_what_went_wrong() -> None:
    resolver = get_resolver()
    handlers = {status: resolver.resolve_error_handler(status) for status in (400, 403, 404, 500)}
    assert handlers == {
        400: errors.bad_request, 403: errors.forbidden, 404: errors.not_found, 500: errors.server_error
    }  # fmt: skip
    assert f"{errors.csrf_failure.__module__}.{errors.csrf_failure.__name__}" == settings.CSRF_FAILURE_VIEW
