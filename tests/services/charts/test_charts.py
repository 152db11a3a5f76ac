"""Charts: what is drawn is what the answer says, the table says the same, the picture is sound XML."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any
from xml.etree import ElementTree

import pytest

from yibao.law.values import UNLIMITED
from yibao.services.answers import TOPICS, answer
from yibao.services.answers.examples import questions, usual_value
from yibao.services.charts import Bar, Chart, Piece, chart_of, chart_of_several, svg
from yibao.services.charts.choosing import AFTERWARDS
from yibao.services.charts.drawing import LEAST, WIDTH, broken, lengths, wide
from yibao.services.results import Done

ON = date(2025, 6, 1)
AREAS = ("北京", "上海", "深圳", "重庆", "广州", "杭州", "兰州", "拉萨", "甘肃")
SPACE = "{http://www.w3.org/2000/svg}"
STAY = {
    "scheme": "employee", "status": "active", "level": "3", "stay": "1", "age": "40", "tier": "1",
    "continuous_months": "120",
}  # fmt: skip

Json = dict[str, Any]


def ask(topic: str, area: str, **facts: str) -> Json:
    found = answer(topic, area=area, on=ON, facts=facts)
    assert isinstance(found, Done), found
    return found.value.to_json()


def asked() -> Iterator[Json]:
    """Many answers: what the coverage asks, with every fact, and with some left out, so that cases come back."""
    for question, area in product(questions(), AREAS):
        topic = TOPICS.get(question.topic)
        if topic is None:
            continue
        usual = {name: usual_value(topic, name) for name in topic.facts if name not in ("away", "aid_group")}
        for facts in (question.facts, dict(list(question.facts.items())[:-1]), {**usual, **question.facts}):
            found = answer(question.topic, area=area, on=ON, facts=facts)
            if isinstance(found, Done):
                yield found.value.to_json()
    for cost, status in product(("300", "2000", "50000", "700000"), ("active", "retired")):
        facts = {**STAY, "cost": cost, "status": status, "excluded": "100", "upfront": "50"}
        yield from (ask("inpatient", area, **facts) for area in ("北京", "上海", "重庆"))


@pytest.fixture(scope="module")
def drawn() -> list[tuple[Json, Chart]]:
    found = [(one, chart_of(one)) for one in asked()]
    return [(one, chart) for one, chart in found if chart]


def pieces_of(chart: Chart) -> list[Piece]:
    return [piece for bar in chart.bars for piece in (*bar.pieces, *([bar.mark] if bar.mark else []))]


def ends(figure: Json) -> tuple[int, int]:
    return figure.get("value", figure.get("low")), figure.get("value", figure.get("high"))


def test_there_are_charts_of_every_kind(drawn: list[tuple[Json, Chart]]) -> None:
    assert {chart.kind for _, chart in drawn} == {"parts", "bars", "against"}
    with_charts = {one["topic"] for one, _ in drawn}
    assert {"allocation", "inpatient", "outpatient", "premium", "pension", "contribution-years"} <= with_charts


def test_what_is_drawn_is_a_figure_of_the_answer(drawn: list[tuple[Json, Chart]]) -> None:
    for one, chart in drawn:
        for piece in pieces_of(chart):
            if piece.name:
                figures = one["cases"][piece.case - 1]["figures"] if piece.case else one["figures"]
                assert ends(figures[piece.name]) == (piece.low, piece.high)
                assert figures[piece.name]["unit"] == chart.unit
            assert 0 <= piece.low <= piece.high < UNLIMITED


def test_the_parts_make_up_what_the_answer_names_as_the_whole(drawn: list[tuple[Json, Chart]]) -> None:
    for one, chart in drawn:
        if chart.kind != "parts":
            continue
        told = {row["name"]: row["value"] for row in one["inputs"]}
        figures = {name: ends(figure)[0] for name, figure in one["figures"].items()}
        whole = {
            "inpatient": told.get("cost"), "outpatient": told.get("cost"), "pension": figures.get("pension"),
            "allocation": figures.get("allocation_gross"),
            "premium": sum(figures.get(name, 0) for name in ("person_pays", "employer_pays", "subsidy")),
        }[one["topic"]]  # fmt: skip
        assert chart.bars[0].size == whole
        assert all(piece.low > 0 for piece in chart.bars[0].pieces)
    assert any(len(chart.bars[0].pieces) > 4 for _, chart in drawn if chart.kind == "parts")


def test_oneself_pays_what_the_answer_says(drawn: list[tuple[Json, Chart]]) -> None:
    bills = [(one, chart) for one, chart in drawn if chart.title == "谁付多少"]
    assert bills
    for one, chart in bills:
        own = sum(piece.low for piece in chart.bars[0].pieces if piece.look.startswith("own"))
        later = sum(piece.low for piece in chart.bars[0].pieces if piece.name in AFTERWARDS)
        assert own + later == one["figures"]["person_pays"]["value"]


def test_table_picture_and_sentence_say_the_same(drawn: list[tuple[Json, Chart]]) -> None:
    for _, chart in drawn:
        rows = [(cell.text, cell.piece) for _, cell in chart.table.rows]
        assert [piece for _, piece in rows if piece and piece in pieces_of(chart)]
        assert {text for text, piece in rows if piece} >= {chart.text(piece) for piece in pieces_of(chart)}
        picture = svg(chart)
        words = re.sub(r"\s", "", "".join(re.findall(r">([^<]*)</text>", picture)))
        for label, cell in chart.table.rows:
            if chart.kind != "against":
                assert re.sub(r"\s", "", label) in words
                assert re.sub(r"\s", "", cell.text) in words
        assert chart.summary.endswith("。")
        if chart.kind == "parts" or len(chart.bars) <= 4:
            assert all(chart.text(piece) in chart.summary for piece in pieces_of(chart))


@pytest.mark.parametrize("letters", [16, 22, 30])
def test_every_picture_is_sound_and_within_its_frame(drawn: list[tuple[Json, Chart]], letters: int) -> None:
    for _, chart in drawn[:: 1 if letters == 16 else 5]:
        root = ElementTree.fromstring(svg(chart, letters, "m"))
        assert root.get("role") == "img"
        title, sentence = (root.find(SPACE + tag) for tag in ("title", "desc"))
        assert title is not None
        assert sentence is not None
        assert (title.text, sentence.text) == (chart.title, chart.summary)
        assert root.get("aria-labelledby") == f"{title.get('id')} {sentence.get('id')}"
        known = {one.get("id") for one in root.iter() if one.get("id")}
        assert set(re.findall(r"url\(#([^)]+)\)", svg(chart, letters, "m"))) <= known
        high = int(str(root.get("viewBox")).split()[3])
        for box in root.iter(SPACE + "rect"):
            if box.get("x"):
                assert 0 <= int(str(box.get("x"))) + int(str(box.get("width"))) <= WIDTH
                assert int(str(box.get("y"))) + int(str(box.get("height"))) <= high
        for text in root.iter(SPACE + "text"):
            assert (
                wide(str(text.text)) * letters
                <= (WIDTH - int(str(text.get("x"))) * (not text.get("text-anchor"))) * 100
            )


def test_lengths_are_in_proportion_and_what_is_small_is_seen() -> None:
    assert lengths([75, 25], 100, 300) == [225, 75]
    assert lengths([99_999, 1], 100_000, 300) == [300 - LEAST, LEAST]
    assert lengths([0, 0], 10, 300) == [0, 0]
    assert lengths([50], 100, 300) == [150]


def test_a_premium_that_the_government_pays_in_part() -> None:
    """An answer with aid as it comes back: 400 yuan, 285 of them paid by the government, which adds 700."""
    sums = {"person_pays": 40_000, "own_after_aid": 11_500, "aid_year": 28_500, "subsidy": 70_000}
    figures = {name: {"value": value, "unit": "fen/year", "label": name} for name, value in sums.items()}
    chart = chart_of({"topic": "premium", "certainty": "exact", "cases": [], "figures": figures})
    assert chart
    assert [piece.low for piece in chart.bars[0].pieces] == [11_500, 28_500, 70_000]


def test_patterns_tell_the_parts_apart_without_colour() -> None:
    facts = {**STAY, "status": "retired", "age": "70", "cost": "700000", "excluded": "1000", "upfront": "2000"}
    chart = chart_of(ask("inpatient", "北京", **facts))
    assert chart
    looks = [piece.look for piece in chart.bars[0].pieces]
    assert len(set(looks)) == len(looks) >= 7


def test_marks_in_a_label_are_written_out() -> None:
    chart = Chart("bars", "<b>&\"'", "fen", (Bar("甲<script>&\x00", (Piece("甲", 1, 2),)), Bar("乙", (), "没有")))
    picture = svg(chart)
    assert "<script" not in picture
    assert ElementTree.fromstring(picture).find(SPACE + "title").text == "<b>&\"'"  # type: ignore[union-attr]


def test_a_range_is_drawn_as_a_range() -> None:
    chart = chart_of(ask("allocation", "拉萨", status="retired", age="72", average_pension="4500"))
    assert chart
    (piece,) = chart.bars[0].pieces
    assert (piece.low, piece.high) == (9_000, 12_600), "2 % and 2.8 % of 4,500 yuan"
    assert "url(#chart-range)" in svg(chart)
    assert "90.00～126.00 元/月" in chart.summary


def test_what_is_not_known_has_no_chart() -> None:
    assert chart_of(ask("allocation", "香港")) is None
    assert chart_of(ask("allocation", "北京", scheme="resident")) is None
    unknown = ask("inpatient", "拉萨", **STAY, cost="50000")
    assert unknown["certainty"] == "unknown"
    assert chart_of(unknown) is None
    assert chart_of(ask("retirement-age", "北京", sex="male", born="1970-06-15")) is None, "a month has no size"


def test_parts_that_do_not_add_up_are_not_drawn() -> None:
    one = ask("inpatient", "北京", **STAY, cost="50000")
    assert chart_of(one)
    one["figures"]["person_pays"]["value"] += 1
    assert chart_of(one) is None
    years = {"sex": "male", "paid_months": "20y", "deemed_months": "0", "local_months": "8y"}
    lacking = ask("contribution-years", "深圳", **years)
    assert chart_of(lacking)
    lacking["figures"]["missing_months"]["value"] -= 12
    assert chart_of(lacking) is None


def test_years_are_measured_against_what_is_asked() -> None:
    years = {"sex": "male", "paid_months": "20y", "deemed_months": "0", "local_months": "8y", "retires": "2025-06"}
    chart = chart_of(ask("contribution-years", "深圳", **years))
    assert chart
    assert chart.summary.startswith(
        "总年限：规定 25年，已有 20年，还差 5年；本地实际缴费：规定 10年，已有 8年，还差 2年"
    )


def test_several_answers_side_by_side() -> None:
    facts = {"scheme": "employee", "status": "retired", "age": "70", "average_pension": "4500"}
    told = [(area, ask("allocation", area, **facts)) for area in ("北京", "重庆", "拉萨", "香港")]
    chart = chart_of_several(told)
    assert chart
    assert [len(bar.pieces) for bar in chart.bars] == [1, 1, 1, 0]
    assert chart.bars[3].note == "没有这一项"
    for number, (bar, (label, one)) in enumerate(zip(chart.bars, told, strict=True), 1):
        assert bar.label == label
        for piece in bar.pieces:
            assert piece.case == number
            assert ends(one["figures"][piece.name]) == (piece.low, piece.high)
    assert chart_of_several(told[3:]) is None
    born = {"sex": "male", "born": "1970-06-15"}
    assert chart_of_several([(area, ask("retirement-age", area, **born)) for area in ("北京", "上海")]) is None


def test_lines_are_broken_between_words() -> None:
    assert broken("统筹基金付", 10_000) == ["统筹基金付"]
    for text in ("每月划入额（扣费前）", "1,234.56～12,345.67 元/月", "只有一年划入 1,680.00 元/年"):
        lines = broken(text, 700)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not any(line[0] in "，。）/" for line in lines)
        assert not any(re.search(r"\d$", line) for line in lines[:-1]), "a number keeps its unit"
