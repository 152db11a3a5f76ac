"""Charts on the pages: a picture with its words, the same data as a table whose figures lead to their reasons."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from yibao.services.answers import answer
from yibao.services.charts import Chart, chart_of
from yibao.services.clock import today
from yibao.services.results import Done

STAY = {
    "scheme": "employee", "status": "retired", "level": "3", "cost": "120000", "stay": "1", "age": "70",
    "excluded": "1000", "upfront": "500",
}  # fmt: skip


def main_of(response: Any) -> str:
    return str(response.content.decode()).split("<main")[1].split("</main>")[0]


def address(topic: str, **told: str) -> str:
    return f"/answers/{topic}/?" + urlencode({**told, "done": "1"})


def rows_of(html: str) -> list[tuple[str, str]]:
    table = html.split('<table class="data">')[1].split("</table>")[0]
    found = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', table, re.DOTALL)
    return [
        (unescape(label), re.sub(r'<span class="vh">.*?</span>|<[^>]+>|\s', "", unescape(cell)))
        for label, cell in found
    ]


def expected(topic: str, area: str, **facts: str) -> Chart:
    found = answer(topic, area=area, on=today(), facts=facts)
    assert isinstance(found, Done)
    chart = chart_of(found.value.to_json())
    assert chart
    return chart


def check(html: str, chart: Chart) -> None:
    assert html.count('role="img"') == 1
    assert chart.summary in unescape(html)
    assert rows_of(html) == [(label, re.sub(r"\s", "", cell.text)) for label, cell in chart.table.rows]


def test_an_answer_has_its_chart_and_its_figures_lead_to_their_reasons(client: Client) -> None:
    html = main_of(client.get(address("inpatient", area="北京", **STAY)))
    check(html, expected("inpatient", "北京", **STAY))
    section = html.split('class="data"')[1].split("</table>")[0]
    ways = [unescape(way) for way in re.findall(r'href="([^"]+)"', section)]
    assert ways
    assert all(client.get(way).status_code == 200 for way in ways)


@pytest.mark.django_db
def test_a_saved_answer_has_the_same_chart_on_page_and_paper(client: Client) -> None:
    told = {"topic": "inpatient", "area": "北京", **STAY}
    saved = client.post("/shared/", told)
    html = main_of(client.get(saved.headers["Location"]))
    check(html, expected("inpatient", "北京", **STAY))
    paper = client.get(saved.headers["Location"].rstrip("/") + ".pdf")
    assert paper.content.startswith(b"%PDF")


def test_the_size_of_print_is_that_of_the_page(client: Client) -> None:
    sizes = []
    for size in ("normal", "elder", "xl"):
        client.cookies["display"] = f"{size}.light"
        html = main_of(client.get(address("inpatient", area="北京", **STAY)))
        sizes.append(int(re.findall(r'font-size="(\d+)"', html)[0]))
    assert sizes == [16, 22, 30]


def test_cases_and_what_is_not_known(client: Client) -> None:
    cases = main_of(client.get(address("allocation", area="北京", status="retired", skip="age")))
    assert [label for label, _ in rows_of(cases)] == ["不满70周岁", "70周岁及以上"]
    unknown = main_of(client.get(address("inpatient", area="拉萨", **STAY)))
    assert 'role="img"' not in unknown


def test_areas_side_by_side(client: Client) -> None:
    told = {"scheme": "employee", "status": "retired", "age": "72", "average_pension": "4500"}
    areas = [("area", area) for area in ("北京", "重庆", "拉萨", "上海")]
    html = main_of(client.get("/compare/allocation/?" + urlencode([*areas, *told.items()])))
    rows = rows_of(html)
    assert [label for label, _ in rows] == ["北京市", "重庆市", "西藏自治区", "上海市"]
    assert "～" in rows[2][1] or "到" in rows[2][1], "a range stays a range"
    assert rows[3][1].startswith("只有"), "上海 credits a sum a year: said in words, not drawn among sums a month"
    for href in re.findall(r'href="([^"]+)"', html.split('class="data"')[1].split("</table>")[0]):
        assert client.get(unescape(href)).status_code == 200
