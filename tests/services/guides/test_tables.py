"""Do the tables of the guides say what `answer()` says, and why where it says nothing?"""

import pytest
from tests.services.guides.made import A_DOZEN, ON, made

from yibao.services.answers import ALL_TOPICS, FACTS, TOPICS, answer
from yibao.services.guides import codes
from yibao.services.guides.common import ELSEWHERE, PLANS, USUAL
from yibao.services.guides.shapes import Cell, Guide, Row, Table
from yibao.services.results import Done


def cells(found: Guide) -> list[tuple[Table, Row, Cell]]:
    return [(table, row, cell) for table in found.tables for row in table.rows for cell in row.cells]


@pytest.mark.parametrize("code", A_DOZEN)
@pytest.mark.parametrize("topic", PLANS)
def test_every_figure_is_that_of_the_answer(code: str, topic: str) -> None:
    found = made(code, topic)
    for table, row, cell in cells(found):
        asked = answer(table.topic, area=code, on=ON, facts=cell.facts, today=ON)
        assert isinstance(asked, Done)
        for line in cell.lines:
            told = asked.value.cases[line.case - 1] if line.case else asked.value.to_json()
            shown = {name: told["figures"][name] for name in line.figures}
            plain = {name: {k: v for k, v in one.items() if k != "plain_label"} for name, one in line.figures.items()}
            assert plain == shown, (row.label, line)
            if row.code:
                assert told["facts"]["area"] == row.code


@pytest.mark.parametrize("code", A_DOZEN)
@pytest.mark.parametrize("topic", PLANS)
def test_a_cell_without_a_figure_says_why(code: str, topic: str) -> None:
    for table, row, cell in cells(made(code, topic)):
        assert cell.lines, (table.title, row.label)
        for line in cell.lines:
            assert line.figures or len(line.note) > 4, (table.title, row.label)
            assert "还有几项没有填" not in line.note


def test_beijing_tells_the_credits_of_the_retired_to_the_fen() -> None:
    table = made("110000", "allocation").tables[0]
    # 100 yuan under 70 and 110 from 70, less 3 yuan that are held back.
    net = [row.cells[0].lines[0].figures["allocation_net"]["value"] for row in table.rows]
    assert [row.label for row in table.rows] == ["65 岁", "70 岁", "75 岁"]
    assert net == [(100 - 3) * 100, (110 - 3) * 100, (110 - 3) * 100]


def test_shenzhen_asks_a_man_who_retires_in_2030_for_thirty_years_and_a_woman_for_25() -> None:
    table = made("440300", "contribution-years").tables[0]
    years = [[cell.lines[0].figures["required_months"]["value"] for cell in row.cells] for row in table.rows]
    assert years == [[25 * 12, 30 * 12], [25 * 12, 25 * 12]]


def test_bazhong_has_no_figure_for_a_stay_and_says_why_once() -> None:
    found = made("511900", "inpatient")
    assert found.certainty == "unknown"
    assert not any(line.figures for _, _, cell in cells(found) for line in cell.lines)
    assert len(found.tables) == 1
    assert len(found.tables[0].rows) == 1
    assert "起付标准没有查到" in found.tables[0].rows[0].same
    assert any("巴中市基本医疗保险住院待遇的文件" in line for line in found.settles)


def test_a_province_whose_areas_differ_lists_its_areas() -> None:
    rows = made("510000", "allocation").tables[0].rows
    assert {row.code[:2] for row in rows} == {"51"}
    assert all(len(row.cells) == 1 for row in rows)


def test_what_a_table_took_for_granted_is_told() -> None:
    assert "转到哪里 上海" in made("110000", "transfer").tables[0].told
    assert "转到哪里 北京" in made("310000", "transfer").tables[0].told
    assert ELSEWHERE["310000"] != USUAL["to"]


def test_the_plans_name_only_what_there_is() -> None:
    for topic, plans in PLANS.items():
        assert topic in ALL_TOPICS
        for plan in plans:
            values = [plan.facts, *(facts for _, facts in (*plan.rows, *plan.heads)), plan.lead or {}]
            asked = TOPICS[plan.topic]
            for facts in values:
                for name, text in facts.items():
                    assert name in asked.facts, (topic, name)
                    options = [value for value, _, _ in asked.fact(name).options]
                    assert not options or text in options, (topic, name, text)
            row, head = plan.example
            assert plan.rows[row]
            assert plan.heads[head]
    assert USUAL.keys() <= FACTS.keys()


def test_every_topic_with_figures_has_a_table() -> None:
    assert set(TOPICS) <= set(PLANS)


@pytest.mark.soak
def test_every_guide_of_every_area_tells_an_answer_or_why_not() -> None:
    for code in codes():
        for topic in ALL_TOPICS:
            found = made(code, topic)
            assert found.lead
            assert all(lead.words for lead in found.lead)
            for table, row, cell in cells(found):
                assert all(line.figures or line.note for line in cell.lines), (code, topic, table.title, row.label)
